#include "gateway/payments/book.hpp"
#include "gateway/payments/settle.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

LedgerAccountKey due_of(MerchantId merchant) { return {AccountKind::due_confirmed, merchant.uuid()}; }

/// The answer of an earlier run under the same key, if there was one: a batch never changes.
std::optional<Outcome> replay(Book const& book, Bucket bucket, IdempotencyKey const& key) {
    auto const known = book.find_idempotency(bucket, key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    auto out = Outcome{};
    out.replayed = true;
    if (known->outcome != 0) out.refusal = static_cast<Refusal>(known->outcome);
    else out.settlement = book.settlements().find(SettlementId{known->subject});
    CHOSO_ASSERT(out.refusal || out.settlement);
    return out;
}

}  // namespace

void ProposeSettlement::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_idempotency(bucket(), idempotency);
    book.settlements().want_made_by(bucket(), idempotency.scoped_hash);
    for (auto const& payee : payees) {
        book.want_account(bucket(), due_of(payee.merchant));
        book.out().want_proposed(bucket(), payee.merchant);
        if (until) book.settlements().want_confirmed_since(bucket(), payee.merchant, *until);
    }
}

Outcome ProposeSettlement::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto dues = std::vector<PayeeDue>{};
    for (auto const& payee : payees) {
        auto const key = due_of(payee.merchant);
        auto due = PayeeDue{-book.balance(bucket(), key), book.out().proposed_of(payee.merchant), {}};
        // What this very batch has confirmed is younger than any `until` that has passed.
        if (until) due.too_young = book.settlements().confirmed_since(payee.merchant, *until);
        if (until && now >= *until) due.too_young += book.credited_in_batch(bucket(), key);
        dues.push_back(due);
    }
    auto effects = payments::decide(*this, dues, now);
    if (!effects) {
        book.remember(idempotency, bucket(), id.uuid(), effects.error(), now);
        return Outcome::refused(effects.error());
    }
    auto out = Outcome{};
    out.settlement = effects->new_settlement;
    book.apply(bucket(), std::move(effects).value(), now);
    book.remember(idempotency, bucket(), id.uuid(), {}, now);
    return out;
}

std::string ProposeSettlement::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("merchant", owner.text()).member("payees", payees.size()).end();
    return out;
}

}  // namespace choso::payments
