#include "gateway/payments/out_rows.hpp"

#include "gateway/payments/columns.hpp"
#include "gateway/payments/statements.hpp"

namespace choso::payments {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

void add_actor(Array& kind, Array& id, std::optional<Actor> const& actor) {
    if (actor) {
        kind.add(word(actor->kind));
        id.add(actor->id);
    } else {
        kind.add_null();
        id.add_null();
    }
}

}  // namespace

template <class Row, class IdType>
void OutRows::put(std::map<IdType, Slot<Row>>& rows, Row const& row, Kept kept) {
    auto const [at, fresh] = rows.try_emplace(row.id, Slot<Row>{row, kept});
    if (fresh || kept == Kept::loaded) return;
    at->second.row = row;
    if (at->second.kept == Kept::loaded) at->second.kept = kept;
}

std::optional<Refund> OutRows::find_refund(RefundId id) const {
    auto const found = refunds_.find(id);
    return found == refunds_.end() ? std::nullopt : std::optional{found->second.row};
}

std::optional<Refund> OutRows::find_refund(Reference code) const {
    for (auto const& [id, slot] : refunds_)
        if (slot.row.reference == code) return slot.row;
    return std::nullopt;
}

std::optional<Payout> OutRows::find_payout(PayoutId id) const {
    auto const found = payouts_.find(id);
    return found == payouts_.end() ? std::nullopt : std::optional{found->second.row};
}

std::optional<Payout> OutRows::find_payout(Reference code) const {
    for (auto const& [id, slot] : payouts_)
        if (slot.row.reference == code) return slot.row;
    return std::nullopt;
}

Money OutRows::proposed_of(MerchantId merchant) const {
    auto sum = Money{};
    for (auto const& [id, slot] : payouts_)
        if (slot.row.merchant == merchant && slot.row.status == PayoutStatus::proposed) sum += slot.row.amount;
    return sum;
}

std::vector<Refund> OutRows::refunds_of(PaymentId payment) const {
    std::vector<Refund> out;
    for (auto const& [id, slot] : refunds_)
        if (slot.row.payment == payment) out.push_back(slot.row);
    return out;
}

std::vector<Payout> OutRows::payouts_of(PaymentId payment) const {
    std::vector<Payout> out;
    for (auto const& [id, slot] : payouts_) {
        auto const refund = slot.row.refund ? find_refund(*slot.row.refund) : std::nullopt;
        if (refund && refund->payment == payment) out.push_back(slot.row);
    }
    return out;
}

std::optional<Uuid> OutRows::reversal_of(PaymentId payment) const {
    auto const found = reversals_.find(payment);
    return found == reversals_.end() ? std::nullopt : std::optional{found->second};
}

std::vector<std::pair<Bucket, LedgerAccountKey>> OutRows::accounts() const {
    std::vector<std::pair<Bucket, LedgerAccountKey>> out;
    for (auto const& [id, slot] : payouts_) {
        for (auto const kind : {AccountKind::due_seen, AccountKind::due_confirmed})
            out.emplace_back(id.bucket(), LedgerAccountKey{kind, slot.row.merchant.uuid()});
        for (auto const kind : {AccountKind::bank, AccountKind::unreferenced, AccountKind::refund_in_flight, AccountKind::payout_in_flight})
            out.emplace_back(id.bucket(), LedgerAccountKey{kind, slot.row.account.uuid()});
        if (slot.row.programme) out.emplace_back(id.bucket(), LedgerAccountKey{AccountKind::benefit, *slot.row.programme});
    }
    for (auto const& [id, slot] : refunds_)
        if (slot.row.taken_from == MoneyPlace::held) out.emplace_back(id.bucket(), LedgerAccountKey{AccountKind::held, slot.row.request.value().uuid()});
    return out;
}

void OutRows::apply(Effects const& effects) {
    for (auto const& refund : effects.new_refunds) put(refunds_, refund, Kept::inserted);
    for (auto const& refund : effects.changed_refunds) put(refunds_, refund, Kept::changed);
    for (auto const& payout : effects.new_payouts) put(payouts_, payout, Kept::inserted);
    for (auto const& payout : effects.changed_payouts) put(payouts_, payout, Kept::changed);
    new_destinations_.insert(new_destinations_.end(), effects.new_destinations.begin(), effects.new_destinations.end());
    if (effects.reversal) {
        reversals_[effects.reversal->payment] = effects.reversal->id;
        new_reversals_.push_back(*effects.reversal);
    }
}

void OutRows::load(Pipeline& pipeline, BatchBuckets const& in, TakePayment const& take_payment) {
    auto const take_refunds = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) put(refunds_, read_refund(rows, row), Kept::loaded);
    };
    auto const take_payouts = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) put(payouts_, read_payout(rows, row), Kept::loaded);
    };
    auto const take_payments = [take_payment](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_payment(rows, row);
    };
    auto const& all = statements();
    if (!wanted_of_requests_.empty()) pipeline.add(all.load_refunds_of_requests.in(in), of_ids(wanted_of_requests_, in), take_refunds);
    if (!wanted_of_payments_.empty()) {
        auto const params = of_ids(wanted_of_payments_, in);
        pipeline.add(all.load_refunds_of_payments.in(in), params, take_refunds);
        pipeline.add(all.load_payouts_of_payments.in(in), params, take_payouts);
        pipeline.add(all.load_reversals.in(in), params, [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) reversals_[rows.id<PaymentId>(row, 0)] = rows.uuid(row, 1);
        });
    }
    if (!wanted_refunds_.empty()) {
        auto const params = of_ids(wanted_refunds_, in);
        pipeline.add(all.load_refunds.in(in), params, take_refunds);
        pipeline.add(all.load_payments_of_refunds.in(in), params, take_payments);
    }
    if (!wanted_payouts_.empty()) {
        auto const params = of_ids(wanted_payouts_, in);
        pipeline.add(all.load_payouts.in(in), params, take_payouts);
        pipeline.add(all.load_refunds_of_payouts.in(in), params, take_refunds);
    }
    if (!wanted_codes_.empty()) {
        RowBuckets buckets;
        auto codes = Array{Type::text};
        for (auto const& [bucket, code] : wanted_codes_) {
            buckets.add(bucket);
            codes.add(code.text());
        }
        auto const params = with_buckets(buckets, in, codes);
        pipeline.add(all.load_payouts_by_reference.in(in), params, take_payouts);
        pipeline.add(all.load_refunds_by_reference.in(in), params, take_refunds);
        pipeline.add(all.load_payments_of_refund_references.in(in), params, take_payments);
    }
    if (!wanted_proposed_.empty()) {
        RowBuckets buckets;
        auto merchants = Array{Type::uuid};
        for (auto const& [bucket, merchant] : wanted_proposed_) {
            buckets.add(bucket);
            merchants.add(merchant);
        }
        pipeline.add(all.load_proposed_payouts.in(in), with_buckets(buckets, in, merchants), take_payouts);
    }
    if (!wanted_keys_.empty()) {
        RowBuckets buckets;
        auto hashes = Array{Type::uuid};
        for (auto const& [bucket, hash] : wanted_keys_) {
            buckets.add(bucket);
            hashes.add(hash);
        }
        auto const params = with_buckets(buckets, in, hashes);
        pipeline.add(all.load_refunds_by_key.in(in), params, take_refunds);
        pipeline.add(all.load_payouts_by_key.in(in), params, take_payouts);
    }
}

bool OutRows::load_more(Pipeline& pipeline, BatchBuckets const& in) {
    if (wanted_of_facts_.empty()) return false;
    pipeline.add(statements().load_refunds_of_payments.in(in), of_ids(wanted_of_facts_, in), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) put(refunds_, read_refund(rows, row), Kept::loaded);
    });
    wanted_of_facts_.clear();
    return true;
}

void OutRows::store_refunds(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets, changed;
    Array id{Type::uuid}, payment{Type::uuid}, request{Type::uuid}, amount{Type::int8}, reason{Type::text}, merchant{Type::uuid},
        created{Type::timestamptz};
    // What an order may change, of new rows and old.
    struct Columns {
        Array id{Type::uuid}, status{Type::text}, maker_kind{Type::text}, maker{Type::uuid}, approver_kind{Type::text}, approver{Type::uuid},
            destination{Type::uuid}, taken_from{Type::text}, reference{Type::text}, failure{Type::text}, decided{Type::timestamptz};
        void add(Refund const& refund) {
            id.add(refund.id);
            status.add(word(refund.status));
            add_actor(maker_kind, maker, refund.maker);
            add_actor(approver_kind, approver, refund.approver);
            destination.add(refund.destination);
            if (refund.taken_from) taken_from.add(word(*refund.taken_from));
            else taken_from.add_null();
            reference.add(text_of(refund.reference));
            failure.add(refund.failure);
            decided.add(refund.decided_at);
        }
    } fresh, known;
    for (auto const& [key, slot] : refunds_) {
        auto const& refund = slot.row;
        if (slot.kept == Kept::inserted) {
            buckets.add(key.bucket());
            payment.add(refund.payment);
            request.add(refund.request);
            amount.add(refund.amount);
            reason.add(refund.reason);
            merchant.add(refund.merchant);
            created.add(refund.created_at);
            fresh.add(refund);
        } else if (slot.kept == Kept::changed) {
            changed.add(key.bucket());
            known.add(refund);
        }
    }
    if (!fresh.id.empty())
        pipeline.add(statements().insert_refunds.in(in),
                     with_buckets(buckets, in, fresh.id, payment, request, amount, fresh.status, reason, created, merchant, fresh.maker_kind,
                                  fresh.maker, fresh.approver_kind, fresh.approver, fresh.destination, fresh.taken_from, fresh.reference,
                                  fresh.failure, fresh.decided));
    if (!known.id.empty())
        pipeline.add(statements().update_refunds.in(in),
                     with_buckets(changed, in, known.id, known.status, known.maker_kind, known.maker, known.approver_kind, known.approver,
                                  known.destination, known.taken_from, known.reference, known.failure, known.decided,
                                  static_cast<std::int64_t>(known.id.size())));
}

void OutRows::store_payouts(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets, changed;
    Array purpose{Type::text}, refund{Type::uuid}, merchant{Type::uuid}, account{Type::uuid}, amount{Type::int8}, destination{Type::uuid},
        maker_kind{Type::text}, maker{Type::uuid}, reason{Type::text}, created{Type::timestamptz}, programme{Type::uuid};
    struct Columns {
        Array id{Type::uuid}, status{Type::text}, approver_kind{Type::text}, approver{Type::uuid}, reference{Type::text}, attempt{Type::uuid},
            line{Type::uuid}, returned{Type::uuid}, asked{Type::int4}, failure{Type::text}, bank_reference{Type::text},
            approved{Type::timestamptz}, submitted{Type::timestamptz}, settled{Type::timestamptz}, booked{Type::timestamptz};
        void add(Payout const& payout) {
            id.add(payout.id);
            status.add(word(payout.status));
            add_actor(approver_kind, approver, payout.approver);
            reference.add(text_of(payout.reference));
            attempt.add(payout.attempt);
            line.add(payout.line);
            returned.add(payout.returned_by);
            asked.add(payout.asked);
            failure.add(payout.failure);
            bank_reference.add(payout.bank_reference);
            approved.add(payout.approved_at);
            submitted.add(payout.submitted_at);
            settled.add(payout.settled_at);
            booked.add(payout.booked_at);
        }
    } fresh, known;
    for (auto const& [key, slot] : payouts_) {
        auto const& payout = slot.row;
        if (slot.kept == Kept::inserted) {
            buckets.add(key.bucket());
            purpose.add(word(payout.purpose));
            refund.add(payout.refund);
            merchant.add(payout.merchant);
            account.add(payout.account);
            amount.add(payout.amount);
            destination.add(payout.destination);
            add_actor(maker_kind, maker, payout.maker);
            reason.add(payout.reason);
            created.add(payout.created_at);
            programme.add(payout.programme);
            fresh.add(payout);
        } else if (slot.kept == Kept::changed) {
            changed.add(key.bucket());
            known.add(payout);
        }
    }
    if (!fresh.id.empty())
        pipeline.add(statements().insert_payouts.in(in),
                     with_buckets(buckets, in, fresh.id, purpose, refund, merchant, account, amount, destination, maker_kind, maker, reason, created,
                                  fresh.status, fresh.approver_kind, fresh.approver, fresh.reference, fresh.attempt, fresh.line, fresh.returned,
                                  fresh.asked, fresh.failure, fresh.bank_reference, fresh.approved, fresh.submitted, fresh.settled, fresh.booked, programme));
    if (!known.id.empty())
        pipeline.add(statements().update_payouts.in(in),
                     with_buckets(changed, in, known.id, known.status, known.approver_kind, known.approver, known.reference, known.attempt,
                                  known.line, known.returned, known.asked, known.failure, known.bank_reference, known.approved, known.submitted,
                                  known.settled, known.booked, static_cast<std::int64_t>(known.id.size())));
}

void OutRows::store(Pipeline& pipeline, BatchBuckets const& in, Instant now) const {
    if (!new_destinations_.empty()) {
        RowBuckets buckets;
        Array id{Type::uuid}, bin{Type::text}, account{Type::text}, holder{Type::text}, told_by{Type::text}, created{Type::timestamptz};
        for (auto const& to : new_destinations_) {
            buckets.add(to.id.bucket());
            id.add(to.id);
            bin.add(to.bin);
            account.add(to.account);
            holder.add(to.holder);
            told_by.add(to.told_by);
            created.add(now);
        }
        pipeline.add(statements().insert_destinations.in(in), with_buckets(buckets, in, id, bin, account, holder, told_by, created));
    }
    store_refunds(pipeline, in);
    store_payouts(pipeline, in);
    if (new_reversals_.empty()) return;
    RowBuckets buckets;
    Array payment{Type::uuid}, id{Type::uuid}, kind{Type::text}, actor{Type::uuid}, reason{Type::text}, at{Type::timestamptz};
    for (auto const& row : new_reversals_) {
        buckets.add(row.payment.bucket());
        payment.add(row.payment);
        id.add(row.id);
        add_actor(kind, actor, row.actor);
        reason.add(row.reason);
        at.add(now);
    }
    pipeline.add(statements().insert_reversals.in(in), with_buckets(buckets, in, payment, id, kind, actor, reason, at));
}

}  // namespace choso::payments
