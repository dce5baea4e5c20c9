#include "marketplace/checkout/order_rows.hpp"

#include "base/assert.hpp"
#include "marketplace/checkout/columns.hpp"
#include "marketplace/checkout/statements.hpp"

namespace choso::marketplace {

using payments::BatchBuckets;
using postgres::Array;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

// --- what is there ---------------------------------------------------------------------------------------------------

std::optional<Order> OrderRows::find(OrderId id) const {
    auto const found = orders_.find(id);
    return found == orders_.end() ? std::nullopt : std::optional{found->second.order};
}

std::optional<OrderView> OrderRows::view(OrderId id) const {
    auto const order = find(id);
    auto const request = book_.find_request(request_of(id));
    if (!order || !request) return std::nullopt;
    auto out = OrderView{*order, *request, book_.payments_of(request->id), {}, stock_, {}};
    if (auto const known = refunds_.find(id); known != refunds_.end()) out.refunds = known->second;
    for (auto& refund : out.refunds)
        if (auto const now = book_.out().find_refund(refund.refund)) refund.failed = now->status == payments::RefundStatus::failed;
    out.new_refund = [bucket = id.bucket(), at = now_] { return RefundId::make(bucket, at); };
    return out;
}

std::vector<Parcel> OrderRows::parcels_of(OrderId id) const {
    auto out = std::vector<Parcel>{};
    for (auto const& [key, parcel] : parcels_)
        if (auto const place = places_.find(parcel.order); place != places_.end() && place->second.first == id) out.push_back(parcel);
    return out;
}

std::vector<OrderReturn> OrderRows::returns_of(OrderId id) const {
    auto out = std::vector<OrderReturn>{};
    for (auto const& [key, returned] : returns_)
        if (auto const place = places_.find(returned.order); place != places_.end() && place->second.first == id) out.push_back(returned);
    return out;
}

std::int64_t OrderRows::open_of(Uuid const& phone_key) const {
    auto const found = open_.find(phone_key);
    return found == open_.end() ? 0 : found->second;
}

// --- what follows ----------------------------------------------------------------------------------------------------

void OrderRows::apply(Bucket bucket, OrderEffects effects, Instant now) {
    if (effects.order) {
        auto const id = effects.order->id;
        auto const known = orders_.find(id);
        auto const was_waiting = known != orders_.end() && known->second.order.waiting;
        if (effects.order->waiting != was_waiting) open_[effects.order->phone_key] += effects.order->waiting ? 1 : -1;
        for (std::size_t i = 0; i < effects.order->parts.size(); ++i) places_[effects.order->parts[i].id] = {id, i};
        if (known == orders_.end()) orders_[id] = {std::move(*effects.order), Kept::inserted};
        else {
            known->second.order = std::move(*effects.order);
            if (known->second.kept == Kept::loaded) known->second.kept = Kept::changed;
        }
    }
    for (auto const& change : effects.stock) {
        stock_[change.variant].on_hand += change.on_hand;
        stock_[change.variant].reserved += change.reserved;
        auto& sum = stock_changes_.try_emplace(change.variant, bucket, StockChange{change.variant, 0, 0}).first->second.second;
        sum.on_hand += change.on_hand;
        sum.reserved += change.reserved;
    }
    for (auto& refund : effects.refunds) {
        refunds_[refund.order].push_back(refund);
        new_refunds_.push_back(std::move(refund));
    }
    if (effects.parcel) {
        auto const id = effects.parcel->id;
        (parcels_.contains(id) ? changed_parcels_ : new_parcels_).insert(id);
        parcels_[id] = std::move(*effects.parcel);
    }
    if (effects.returned) {
        auto const id = effects.returned->id;
        (returns_.contains(id) ? changed_returns_ : new_returns_).insert(id);
        returns_[id] = std::move(*effects.returned);
    }
    book_.apply(bucket, std::move(effects.money), now);
}

void OrderRows::follow(Instant now) {
    now_ = now;
    auto ids = std::vector<OrderId>{};
    for (auto const& [id, slot] : orders_) ids.push_back(id);
    for (auto const& id : ids) {
        auto const known = view(id);
        if (!known || known->order.cash) continue;
        if (auto effects = marketplace::follow(*known, now)) apply(id.bucket(), std::move(*effects), now);
    }
}

// --- load ------------------------------------------------------------------------------------------------------------

void OrderRows::take_part(Result const& rows, int row) {
    auto part = read_part(rows, row);
    auto& parts = orders_.at(part.order).order.parts;
    places_[part.id] = {part.order, parts.size()};
    parts.push_back(std::move(part));
}

void OrderRows::load_orders(Pipeline& pipeline, BatchBuckets const& in, std::set<OrderId> const& ids) {
    auto const& sql = order_statements();
    auto const params = payments::of_ids(ids, in);
    pipeline.add(sql.load_orders.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto order = read_order(rows, row);
            orders_.try_emplace(order.id, Slot{std::move(order), Kept::loaded});
        }
    });
    pipeline.add(sql.load_seller_orders.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_part(rows, row);
    });
    pipeline.add(sql.load_order_lines.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const [order, place] = places_.at(rows.id<SellerOrderId>(row, 0));
            orders_.at(order).order.parts[place].lines.push_back(read_line(rows, row));
        }
    });
    pipeline.add(sql.load_parcels.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) add_parcel(parcels_, rows, row);
    });
    pipeline.add(sql.load_returns.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) add_return(returns_, rows, row);
    });
    pipeline.add(sql.load_order_refunds.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto refund = read_order_refund(rows, row);
            refunds_[refund.order].push_back(std::move(refund));
        }
    });
    pipeline.add(sql.load_stock_of_orders.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) stock_[rows.id<VariantId>(row, 0)] = {rows.integer(row, 1), rows.integer(row, 2)};
    });
}

void OrderRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    if (!wanted_.empty()) load_orders(pipeline, in, wanted_);
    if (!wanted_stock_.empty())
        pipeline.add(order_statements().load_stock.in(in), payments::of_ids(wanted_stock_, in), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) stock_[rows.id<VariantId>(row, 0)] = {rows.integer(row, 1), rows.integer(row, 2)};
        });
    if (wanted_open_.empty()) return;
    auto buckets = payments::RowBuckets{};
    auto phones = Array{Type::uuid};
    for (auto const& [bucket, phone] : wanted_open_) buckets.add(bucket), phones.add(phone);
    pipeline.add(order_statements().load_open_orders.in(in), payments::with_buckets(buckets, in, phones), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) open_[rows.uuid(row, 0)] = rows.integer(row, 1);
    });
}

bool OrderRows::load_more(Pipeline& pipeline, BatchBuckets const& in) {
    auto fresh = std::set<OrderId>{};
    for (auto const& id : book_.held_requests())
        if (!wanted_.contains(order_of(id))) fresh.insert(order_of(id));
    if (!fresh.empty()) {
        wanted_.insert(fresh.begin(), fresh.end());
        load_orders(pipeline, in, fresh);
    }
    // The accounts that their money may be released to.
    auto more = !fresh.empty();
    for (auto const& [id, slot] : orders_) {
        if (!loaded_.insert(id).second) continue;
        more = true;
        using payments::AccountKind;
        book_.want_account(id.bucket(), {AccountKind::held, id.uuid()});
        book_.want_account(id.bucket(), {AccountKind::withheld_tax, slot.order.account.uuid()});
        book_.want_account(id.bucket(), {AccountKind::due_confirmed, slot.order.merchant.uuid()});
        for (auto const& part : slot.order.parts) book_.want_account(id.bucket(), {AccountKind::due_confirmed, part.seller.uuid()});
    }
    return more;
}

}  // namespace choso::marketplace
