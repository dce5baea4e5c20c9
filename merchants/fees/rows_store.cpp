#include "merchants/fees/rows.hpp"
#include "merchants/fees/statements.hpp"

namespace choso::fees {
namespace {

using payments::BatchBuckets;
using payments::RowBuckets;
using payments::with_buckets;
using postgres::Array;
using postgres::Pipeline;
using Type = postgres::Array::Type;

void add_maybe(Array& column, std::optional<Uuid> const& uuid) {
    if (uuid) column.add(*uuid);
    else column.add_null();
}

}  // namespace

void FeeRows::store_payers(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_payers_.empty()) {
        RowBuckets buckets;
        Array id{Type::uuid}, merchant{Type::uuid}, unit{Type::uuid}, code{Type::text}, at{Type::timestamptz};
        for (auto const& [key, payer] : new_payers_) {
            buckets.add(payer.id.bucket());
            id.add(payer.id);
            merchant.add(payer.merchant);
            unit.add(payer.unit);
            code.add(payer.code);
            auto const person = persons_.find(payer.id);
            if (person != persons_.end()) at.add(person->second.at);
            else at.add_null();
        }
        pipeline.add(statements().upsert_payers.in(in), with_buckets(buckets, in, id, merchant, unit, code, at));
    }
    if (persons_.empty()) return;
    RowBuckets buckets;
    Array id{Type::uuid}, name{Type::text}, phone{Type::text}, at{Type::timestamptz};
    for (auto const& [key, person] : persons_) {
        buckets.add(key.bucket());
        id.add(person.id);
        name.add(person.name);
        phone.add(person.phone);
        at.add(person.at);
    }
    pipeline.add(statements().upsert_persons.in(in), with_buckets(buckets, in, id, name, phone, at));
}

void FeeRows::store_bills(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets, changed;
    Array id{Type::uuid}, merchant{Type::uuid}, payer{Type::uuid}, unit{Type::uuid}, request{Type::uuid}, amount{Type::int8}, least{Type::int8},
        created{Type::timestamptz}, issued{Type::timestamptz}, due{Type::text}, revision{Type::int4}, stage{Type::text}, partial{Type::boolean},
        counter{Type::boolean}, number{Type::text}, title{Type::text}, code{Type::text}, visit{Type::text}, told{Type::text};
    Array id2{Type::uuid}, request2{Type::uuid}, amount2{Type::int8}, issued2{Type::timestamptz}, due2{Type::text}, revision2{Type::int4},
        stage2{Type::text}, counter2{Type::boolean}, number2{Type::text}, confirmed2{Type::text}, told2{Type::text};
    for (auto const& [key, slot] : bills_) {
        auto const& bill = slot.bill;
        if (slot.kept == Kept_::inserted) {
            buckets.add(key.bucket());
            id.add(bill.id);
            merchant.add(bill.merchant);
            payer.add(bill.payer);
            unit.add(bill.unit);
            request.add(bill.request);
            amount.add(bill.amount);
            least.add(bill.amount_min);
            created.add(bill.created_at);
            issued.add(bill.issued_at);
            due.add(bill.due);
            revision.add(bill.revision);
            stage.add(word(bill.stage));
            partial.add(bill.partial);
            counter.add(bill.at_counter);
            number.add(bill.number);
            title.add(bill.title);
            code.add(bill.code);
            visit.add(bill.visit);
            told.add(bill.told);
        } else if (slot.kept == Kept_::changed) {
            changed.add(key.bucket());
            id2.add(bill.id);
            request2.add(bill.request);
            amount2.add(bill.amount);
            issued2.add(bill.issued_at);
            due2.add(bill.due);
            revision2.add(bill.revision);
            stage2.add(word(bill.stage));
            counter2.add(bill.at_counter);
            number2.add(bill.number);
            confirmed2.add(bill.confirmed);
            told2.add(bill.told);
        }
    }
    if (!id.empty())
        pipeline.add(statements().insert_bills.in(in), with_buckets(buckets, in, id, merchant, payer, unit, request, amount, least, created, issued,
                                                                    due, revision, stage, partial, counter, number, title, code, visit, told));
    if (!id2.empty())
        pipeline.add(statements().update_bills.in(in), with_buckets(changed, in, id2, request2, amount2, issued2, due2, revision2, stage2, counter2,
                                                                    number2, confirmed2, told2, static_cast<std::int64_t>(id2.size())));
}

void FeeRows::store_lines(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_lines_.empty()) {
        RowBuckets buckets;
        Array bill{Type::uuid}, revision{Type::int4}, position{Type::int2}, item{Type::uuid}, amount{Type::int8}, quantity{Type::int4},
            online{Type::boolean}, kind{Type::text}, name{Type::text}, reason{Type::text}, law{Type::text};
        for (auto const& row : new_lines_) {
            buckets.add(row.bill.bucket());
            bill.add(row.bill);
            revision.add(row.revision);
            position.add(row.position);
            item.add(row.line.item);
            amount.add(row.line.amount);
            quantity.add(row.line.quantity);
            online.add(row.line.online_only);
            kind.add(word(row.line.kind));
            name.add(row.line.name);
            reason.add(row.line.reason);
            law.add(row.line.legal_basis);
        }
        pipeline.add(statements().insert_bill_lines.in(in),
                     with_buckets(buckets, in, bill, revision, position, item, amount, quantity, online, kind, name, reason, law));
    }
    if (new_changes_.empty()) return;
    RowBuckets buckets;
    Array bill{Type::uuid}, n{Type::int4}, revision{Type::int4}, amount{Type::int8}, actor_kind{Type::text}, actor{Type::uuid}, what{Type::text},
        reason{Type::text}, at{Type::timestamptz};
    for (auto const& [number, change] : new_changes_) {
        buckets.add(change.bill.bucket());
        bill.add(change.bill);
        n.add(number);
        revision.add(change.revision);
        amount.add(change.amount);
        actor_kind.add(payments::word(change.actor.kind));
        actor.add(change.actor.id);
        what.add(change.what);
        reason.add(change.reason);
        at.add(change.at);
    }
    pipeline.add(statements().insert_bill_changes.in(in), with_buckets(buckets, in, bill, n, revision, amount, actor_kind, actor, what, reason, at));
}

void FeeRows::store_money(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_covers_.empty()) {
        RowBuckets buckets;
        Array bill{Type::uuid}, id{Type::uuid}, kind{Type::text}, amount{Type::int8}, desk{Type::uuid}, undoes{Type::uuid}, actor_kind{Type::text},
            actor{Type::uuid}, outside{Type::text}, reason{Type::text}, at{Type::timestamptz};
        for (auto const& cover : new_covers_) {
            buckets.add(cover.bill.bucket());
            bill.add(cover.bill);
            id.add(cover.id);
            kind.add(cover.kind);
            amount.add(cover.amount);
            add_maybe(desk, cover.desk);
            add_maybe(undoes, cover.undoes);
            actor_kind.add(payments::word(cover.actor.kind));
            actor.add(cover.actor.id);
            outside.add(cover.outside_id);
            reason.add(cover.reason);
            at.add(cover.at);
        }
        pipeline.add(statements().insert_bill_covers.in(in),
                     with_buckets(buckets, in, bill, id, kind, amount, desk, undoes, actor_kind, actor, outside, reason, at));
    }
    if (!new_kept_.empty()) {
        RowBuckets buckets;
        Array bill{Type::uuid}, refund{Type::uuid}, payer{Type::uuid}, amount{Type::int8}, at{Type::timestamptz};
        for (auto const& kept : new_kept_) {
            buckets.add(kept.bill.bucket());
            bill.add(kept.bill);
            refund.add(kept.refund);
            payer.add(kept.payer);
            amount.add(kept.amount);
            at.add(kept.at);
        }
        pipeline.add(statements().insert_bill_kept.in(in), with_buckets(buckets, in, bill, refund, payer, amount, at));
    }
    if (new_groups_.empty()) return;
    RowBuckets buckets;
    Array request{Type::uuid}, position{Type::int2}, bill{Type::uuid}, amount{Type::int8};
    for (auto const& row : new_groups_) {
        buckets.add(row.request.bucket());
        request.add(row.request);
        position.add(row.position);
        bill.add(row.bill);
        amount.add(row.amount);
    }
    pipeline.add(statements().insert_bill_groups.in(in), with_buckets(buckets, in, request, position, bill, amount));
}

void FeeRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    store_payers(pipeline, in);
    store_bills(pipeline, in);
    store_lines(pipeline, in);
    store_money(pipeline, in);
}

}  // namespace choso::fees
