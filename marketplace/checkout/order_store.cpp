#include "marketplace/checkout/order_rows.hpp"
#include "marketplace/checkout/statements.hpp"

namespace choso::marketplace {

using payments::BatchBuckets;
using payments::RowBuckets;
using payments::with_buckets;
using postgres::Array;
using postgres::Pipeline;
using Type = postgres::Array::Type;

void OrderRows::store_orders(Pipeline& pipeline, BatchBuckets const& in) const {
    auto const& sql = order_statements();
    RowBuckets fresh, known, fresh_parts, known_parts;
    Array id{Type::uuid}, merchant{Type::uuid}, account{Type::uuid}, buyer{Type::uuid}, phone{Type::uuid}, code{Type::text}, token{Type::uuid},
        amount{Type::int8}, created{Type::timestamptz}, expires{Type::timestamptz}, note{Type::text}, cash{Type::boolean}, waiting{Type::boolean};
    Array id2{Type::uuid}, waiting2{Type::boolean}, short2{Type::boolean};
    Array part{Type::uuid}, parent{Type::uuid}, seller{Type::uuid}, goods{Type::int8}, shipping{Type::int8}, at{Type::timestamptz}, position{Type::int2},
        commission{Type::int4}, vat{Type::int4}, pit{Type::int4}, status{Type::text};
    Array part2{Type::uuid}, status2{Type::text}, reason2{Type::text}, credited2{Type::int8}, commission2{Type::int8}, tax2{Type::int8}, at2{Type::timestamptz};
    for (auto const& [key, slot] : orders_) {
        auto const& o = slot.order;
        if (slot.kept == Kept::loaded) continue;
        if (slot.kept == Kept::inserted) {
            fresh.add(key.bucket());
            id.add(o.id), merchant.add(o.merchant), account.add(o.account), buyer.add(o.buyer), phone.add(o.phone_key), code.add(o.code);
            token.add(o.token), amount.add(o.amount), created.add(o.created_at), expires.add(o.expires_at), note.add(o.note), cash.add(o.cash);
            waiting.add(o.waiting);
        } else {
            known.add(key.bucket());
            id2.add(o.id), waiting2.add(o.waiting), short2.add(o.is_short);
        }
        for (auto const& p : o.parts) {
            if (slot.kept == Kept::inserted) {
                fresh_parts.add(key.bucket());
                part.add(p.id), parent.add(o.id), seller.add(p.seller), goods.add(p.goods), shipping.add(p.shipping), at.add(p.updated_at);
                position.add(p.position), commission.add(p.commission_bp), vat.add(p.shipping_tax.vat_bp), pit.add(p.shipping_tax.pit_bp);
                status.add(word(p.status));
            } else {
                known_parts.add(key.bucket());
                part2.add(p.id), status2.add(word(p.status)), reason2.add(p.reason), credited2.add(p.credited.gross);
                commission2.add(p.credited.commission), tax2.add(p.credited.tax), at2.add(p.updated_at);
            }
        }
    }
    if (!id.empty()) {
        pipeline.add(sql.insert_orders.in(in), with_buckets(fresh, in, id, merchant, account, buyer, phone, code, token, amount, created, expires, note, cash, waiting));
        pipeline.add(sql.insert_seller_orders.in(in), with_buckets(fresh_parts, in, part, parent, seller, goods, shipping, at, position, commission, vat, pit, status));
    }
    if (id2.empty()) return;
    pipeline.add(sql.update_orders.in(in), with_buckets(known, in, id2, waiting2, short2, static_cast<std::int64_t>(id2.size())));
    pipeline.add(sql.update_seller_orders.in(in), with_buckets(known_parts, in, part2, status2, reason2, credited2, commission2, tax2, at2,
                                                               static_cast<std::int64_t>(part2.size())));
}

void OrderRows::store_lines(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets fresh, known;
    Array parent{Type::uuid}, variant{Type::uuid}, product{Type::uuid}, quantity{Type::int8}, price{Type::int8}, position{Type::int2}, vat{Type::int4},
        pit{Type::int4}, tax_class{Type::text}, name{Type::text}, unit{Type::text};
    Array parent2{Type::uuid}, position2{Type::int2}, returned2{Type::int8};
    for (auto const& [key, slot] : orders_) {
        for (auto const& part : slot.order.parts) {
            auto n = std::int16_t{0};
            for (auto const& line : part.lines) {
                ++n;
                if (slot.kept == Kept::inserted) {
                    fresh.add(key.bucket());
                    parent.add(part.id), variant.add(line.variant), product.add(line.product), quantity.add(line.quantity), price.add(line.price);
                    position.add(n), vat.add(line.tax.vat_bp), pit.add(line.tax.pit_bp), tax_class.add(line.tax_class), name.add(line.name);
                    unit.add(line.unit);
                } else if (slot.kept == Kept::changed && line.returned > 0) {
                    known.add(key.bucket());
                    parent2.add(part.id), position2.add(n), returned2.add(line.returned);
                }
            }
        }
    }
    if (!parent.empty())
        pipeline.add(order_statements().insert_order_lines.in(in),
                     with_buckets(fresh, in, parent, variant, product, quantity, price, position, vat, pit, tax_class, name, unit));
    if (!parent2.empty())
        pipeline.add(order_statements().update_order_lines.in(in),
                     with_buckets(known, in, parent2, position2, returned2, static_cast<std::int64_t>(parent2.size())));
}

void OrderRows::store_after(Pipeline& pipeline, BatchBuckets const& in) const {
    auto const& sql = order_statements();
    RowBuckets parcels, parcel_lines, arrived, returns, return_lines, answered, refunds, people;
    Array parcel{Type::uuid}, of{Type::uuid}, at{Type::timestamptz}, carrier{Type::text}, tracking{Type::text};
    Array in_parcel{Type::uuid}, position{Type::int2}, quantity{Type::int8}, there{Type::uuid}, when{Type::timestamptz};
    for (auto const& id : new_parcels_) {
        auto const& it = parcels_.at(id);
        parcels.add(id.bucket());
        parcel.add(id), of.add(it.order), at.add(it.shipped_at), carrier.add(it.carrier), tracking.add(it.tracking);
        for (auto const& line : it.lines) parcel_lines.add(id.bucket()), in_parcel.add(id), position.add(line.position), quantity.add(line.quantity);
    }
    if (!parcel.empty()) {
        pipeline.add(sql.insert_parcels.in(in), with_buckets(parcels, in, parcel, of, at, carrier, tracking));
        pipeline.add(sql.insert_parcel_lines.in(in), with_buckets(parcel_lines, in, in_parcel, position, quantity));
    }
    for (auto const& id : changed_parcels_)
        if (auto const& it = parcels_.at(id); it.delivered_at) arrived.add(id.bucket()), there.add(id), when.add(*it.delivered_at);
    if (!there.empty()) pipeline.add(sql.update_parcels.in(in), with_buckets(arrived, in, there, when, static_cast<std::int64_t>(there.size())));

    Array back{Type::uuid}, of2{Type::uuid}, at2{Type::timestamptz}, why{Type::text}, in_return{Type::uuid}, position2{Type::int2}, quantity2{Type::int8};
    for (auto const& id : new_returns_) {
        auto const& it = returns_.at(id);
        returns.add(id.bucket());
        back.add(id), of2.add(it.order), at2.add(it.created_at), why.add(it.reason);
        for (auto const& line : it.lines) return_lines.add(id.bucket()), in_return.add(id), position2.add(line.position), quantity2.add(line.quantity);
    }
    if (!back.empty()) {
        pipeline.add(sql.insert_returns.in(in), with_buckets(returns, in, back, of2, at2, why));
        pipeline.add(sql.insert_return_lines.in(in), with_buckets(return_lines, in, in_return, position2, quantity2));
    }
    Array decided{Type::uuid}, status{Type::text}, answer{Type::text}, at3{Type::timestamptz};
    for (auto const& id : changed_returns_) {
        auto const& it = returns_.at(id);
        answered.add(id.bucket());
        decided.add(id), status.add(word(it.status)), answer.add(it.answer), at3.add(it.decided_at);
    }
    if (!decided.empty()) pipeline.add(sql.update_returns.in(in), with_buckets(answered, in, decided, status, answer, at3, static_cast<std::int64_t>(decided.size())));

    Array refund{Type::uuid}, order{Type::uuid}, part{Type::uuid}, is_return{Type::boolean};
    for (auto const& it : new_refunds_) refunds.add(it.order.bucket()), refund.add(it.refund), order.add(it.order), part.add(it.part), is_return.add(it.is_return);
    if (!refund.empty()) pipeline.add(sql.insert_order_refunds.in(in), with_buckets(refunds, in, refund, order, part, is_return));

    Array person{Type::uuid}, name{Type::text}, phone{Type::text}, address{Type::text}, made{Type::timestamptz};
    for (auto const& [id, it] : buyers_) people.add(id.bucket()), person.add(id), name.add(it.name), phone.add(it.phone), address.add(it.address), made.add(book_.now());
    if (!person.empty()) pipeline.add(sql.insert_buyers.in(in), with_buckets(people, in, person, name, phone, address, made));
}

void OrderRows::store_stock(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets;
    Array variant{Type::uuid}, hand{Type::int8}, held{Type::int8};
    for (auto const& [id, change] : stock_changes_) {
        auto const& [bucket, sum] = change;
        if (sum.on_hand == 0 && sum.reserved == 0) continue;
        buckets.add(bucket);
        variant.add(id), hand.add(sum.on_hand), held.add(sum.reserved);
    }
    // As differences: what the catalogue counts anew meanwhile is not lost, and the row's own check has the last word.
    if (!variant.empty())
        pipeline.add(order_statements().change_stock.in(in), with_buckets(buckets, in, variant, hand, held, static_cast<std::int64_t>(variant.size())));
}

void OrderRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    store_orders(pipeline, in);
    store_lines(pipeline, in);
    store_after(pipeline, in);
    store_stock(pipeline, in);
}

}  // namespace choso::marketplace
