#include "gateway/payments/commands_stall.hpp"

#include "gateway/payments/book.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

/// The answer of an earlier run under the same key, without what it was about.
std::optional<Outcome> earlier(Book const& book, Bucket bucket, IdempotencyKey const& key) {
    auto const known = book.find_idempotency(bucket, key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    auto out = known->outcome == 0 ? Outcome{} : Outcome::refused(static_cast<Refusal>(known->outcome));
    out.replayed = true;
    return out;
}

}  // namespace

void SetAmount::plan(Book& book) const {
    book.want_idempotency(bucket(), idempotency);
    book.want_request(id);
}

Outcome SetAmount::decide(Book& book, Instant now) const {
    auto out = earlier(book, bucket(), idempotency);
    if (!out) {
        auto effects = payments::decide(*this, book.find_request(id), now);
        if (!effects) {
            if (effects.error() != Refusal::not_found) book.remember(idempotency, bucket(), id.uuid(), effects.error(), now);
            return Outcome::refused(effects.error());
        }
        book.apply(bucket(), std::move(effects).value(), now);
        book.remember(idempotency, bucket(), id.uuid(), {}, now);
        out = Outcome{};
    }
    if (!out->refusal) out->request = book.find_request(id);
    return *out;
}

std::string SetAmount::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("merchant", merchant.text()).member("amount", amount).end();
    return out;
}

void ClaimPayment::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_idempotency(bucket(), idempotency);
    book.want_payment(payment);
    if (request) book.want_request(*request);
    book.want_payee_accounts(account.mode);
    book.want_account(bucket(), {AccountKind::unreferenced, account.id.uuid()});
    auto const kinds = account.mode == CollectorMode::direct ? std::vector{AccountKind::received} : std::vector{AccountKind::due_seen, AccountKind::due_confirmed};
    for (auto const kind : kinds) book.want_account(bucket(), {kind, merchant.uuid()});
}

Outcome ClaimPayment::decide(Book& book, Instant now) const {
    auto out = earlier(book, bucket(), idempotency);
    if (!out) {
        auto view = ClaimView{book.find_payment(payment), request ? book.find_request(*request) : std::nullopt, book.refunds_of(payment), {}};
        if (request) view.standing = book.standing_of(*request);
        auto effects = payments::decide(*this, view, now);
        if (!effects) {
            if (effects.error() != Refusal::not_found) book.remember(idempotency, bucket(), payment.uuid(), effects.error(), now);
            return Outcome::refused(effects.error());
        }
        book.apply(bucket(), std::move(effects).value(), now);
        book.remember(idempotency, bucket(), payment.uuid(), {}, now);
        out = Outcome{};
    }
    out->payment = payment;
    if (request && !out->refusal) out->request = book.find_request(*request);
    return *out;
}

std::string ClaimPayment::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("payment", payment.text()).member("merchant", merchant.text());
    if (request) json.member("payment_request", request->text());
    json.end();
    return out;
}

}  // namespace choso::payments
