#include "gateway/payments/commands.hpp"

#include <set>

#include "gateway/payments/book.hpp"
#include "gateway/payments/decide_out.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

/// The answer of an earlier run under the same key, if there was one. Creation is answered as the row was when it was
/// new, which its unchanging columns tell; a cancellation as the row is, for nothing follows it.
std::optional<Outcome> replay(Book const& book, Bucket bucket, IdempotencyKey const& key, bool as_new) {
    auto const known = book.find_idempotency(bucket, key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    auto out = Outcome{};
    out.replayed = true;
    if (known->outcome != 0) {
        out.refusal = static_cast<Refusal>(known->outcome);
        return out;
    }
    out.request = book.find_request(PaymentRequestId{known->subject});
    CHOSO_ASSERT(out.request.has_value());
    if (as_new) {
        out.request->status = RequestStatus::open;
        out.request->amount_paid = Money{};
        out.request->late_paid = Money{};
        out.request->late_decision = LateDecision::none;
    }
    return out;
}

}  // namespace

void CreateRequest::plan(Book& book) const {
    book.want_idempotency(in, idempotency);
    if (order_code) book.want_order_code(in, merchant, *order_code);
    book.want_reference_number(in);
}

Outcome CreateRequest::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, in, idempotency, true)) return *earlier;
    auto const taken = order_code && book.has_order_code(merchant, *order_code);
    auto const view = CreateView{taken, taken ? Reference::from_data(0).value() : book.draw_reference(kind, live, in)};
    auto effects = payments::decide(*this, view, now);
    if (!effects) {
        book.remember(idempotency, in, id.uuid(), effects.error(), now);
        return Outcome::refused(effects.error());
    }
    book.apply(in, std::move(effects).value(), now);
    if (!payer_name.empty()) book.keep_payer(in, id, payer_name);
    book.remember(idempotency, in, id.uuid(), {}, now);
    auto out = Outcome{};
    out.request = book.find_request(id);
    return out;
}

std::string CreateRequest::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("merchant", merchant.text()).member("id", id.text()).member("amount", amount).member("description", description).end();
    return out;
}

void CancelRequest::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_idempotency(bucket(), idempotency);
    book.want_request_with_payments(id);
    book.want_payee_accounts(mode);
}

Outcome CancelRequest::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency, false)) return *earlier;
    auto view = CancelView{book.find_request(id), {}, mode, {}};
    for (auto const& [payment, amount] : book.payments_of(id)) {
        auto refunds = book.refunds_of(payment.id);
        auto const asked_back = refunding(refunds);
        view.payments.push_back({payment, amount, asked_back, book.shares_of(id, payment.id), std::move(refunds)});
        view.refund_ids.push_back(RefundId::make(bucket(), now));
    }
    if (view.request && mode == CollectorMode::pooled) {
        auto payees = std::set<MerchantId>{view.request->merchant};
        for (auto const& each : view.payments)
            for (auto const& share : each.shares) payees.insert(share.merchant);
        for (auto const& payee : payees) view.due_confirmed[payee] = -book.balance(bucket(), {AccountKind::due_confirmed, payee.uuid()});
    }
    auto effects = payments::decide(*this, view, now);
    if (!effects) {
        if (effects.error() != Refusal::not_found) book.remember(idempotency, bucket(), id.uuid(), effects.error(), now);
        return Outcome::refused(effects.error());
    }
    book.apply(bucket(), std::move(effects).value(), now);
    book.remember(idempotency, bucket(), id.uuid(), {}, now);
    auto out = Outcome{};
    out.request = book.find_request(id);
    return out;
}

std::string CancelRequest::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("merchant", merchant.text()).member("id", id.text()).end();
    return out;
}

void ExpireRequest::plan(Book& book) const { book.want_request(id); }

Outcome ExpireRequest::decide(Book& book, Instant now) const {
    book.apply(bucket(), payments::decide(*this, book.find_request(id), now), now);
    return {};
}

std::string ExpireRequest::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("due_at", to_rfc3339(due_at)).end();
    return out;
}

namespace {

/// The transfer of ours that a code names: a payout, or a refund that its payee was told to pay.
void add_transfer(CreditView& view, Book const& book, Reference code) {
    if (auto const payout = book.out().find_payout(code)) {
        view.payouts.push_back({payout, payout->refund ? book.out().find_refund(*payout->refund) : std::nullopt});
    } else if (auto const refund = book.out().find_refund(code)) {
        if (auto const payment = book.find_payment(refund->payment)) view.instructed.push_back({*refund, *payment});
    }
}

}  // namespace

void RecordCredit::plan(Book& book) const {
    book.want_sighting(in, source, source_id);
    book.want_facts(*this);
    for (auto const& reference : found) {
        if (reference.of_payout) book.out().want_code(in, reference.reference);
        else if (!reference.elsewhere) book.want_request(in, reference.reference);
    }
    book.want_payee_accounts(account.mode);
    book.want_account(in, {AccountKind::bank, account.id.uuid()});
    book.want_account(in, {AccountKind::unreferenced, account.id.uuid()});
    if (amount.is_negative()) book.want_account(in, {AccountKind::outside, account.id.uuid()});
    auto const want_payee = [&](MerchantId merchant) {
        if (account.mode == CollectorMode::direct) {
            book.want_account(in, {AccountKind::received, merchant.uuid()});
        } else {
            book.want_account(in, {AccountKind::due_seen, merchant.uuid()});
            book.want_account(in, {AccountKind::due_confirmed, merchant.uuid()});
        }
    };
    for (auto const& merchant : payees) want_payee(merchant);
    if (named_merchant) want_payee(*named_merchant);
    if (account.static_merchant) want_payee(*account.static_merchant);
}

Outcome RecordCredit::decide(Book& book, Instant now) const {
    auto view = CreditView{book.find_sighting(in, source, source_id), {}, {}};
    if (!view.same_sighting) view.same_fact = book.facts_of(account.id, amount);
    for (auto const& reference : found) {
        if (reference.of_payout) add_transfer(view, book, reference.reference);
        else if (auto request = book.find_request(reference.reference)) view.requests.push_back(std::move(*request));
    }
    auto named = std::set<PaymentRequestId>{};
    for (auto const& request : view.requests) named.insert(request.id);
    for (auto const& payment : view.same_fact) {
        if (payment.request) named.insert(*payment.request);
        for (auto& refund : book.refunds_of(payment.id)) view.refunds.push_back(std::move(refund));
    }
    for (auto const& request_id : named)
        for (auto& each : book.standing_of(request_id)) view.standing.push_back(std::move(each));
    auto const repeated = view.same_sighting.has_value();
    auto effects = payments::decide(*this, view, now);
    if (!effects) return Outcome::refused(effects.error());
    auto out = Outcome{};
    out.replayed = repeated;
    out.payment = effects.value().answer;
    book.apply(in, std::move(effects).value(), now);
    if (out.payment && !repeated) book.keep_text(*this, *out.payment, now);
    return out;
}

std::string RecordCredit::text() const {
    std::string out;
    json::Writer{out}.object().member("account", account.id.text()).member("source", source).member("source_id", source_id)
        .member("amount", amount).member("occurred_at", to_rfc3339(occurred_at)).member("raw", raw).end();
    return out;
}

void ReverseCredit::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_payment(payment);
    book.want_payee_accounts(account.mode);
    for (auto const kind : {AccountKind::bank, AccountKind::unreferenced, AccountKind::outside})
        book.want_account(bucket(), {kind, account.id.uuid()});
}

ReversalView reversal_view(Book const& book, PaymentId payment) {
    auto view = ReversalView{book.find_payment(payment), {}, {}, book.refunds_of(payment), {}, book.out().payouts_of(payment),
                             book.out().reversal_of(payment)};
    if (view.payment && view.payment->request) {
        view.request = book.find_request(*view.payment->request);
        view.allocated = book.allocated(payment, *view.payment->request);
        view.standing = book.standing_of(*view.payment->request);
    }
    return view;
}

Outcome ReverseCredit::decide(Book& book, Instant now) const {
    auto const view = reversal_view(book, payment);
    auto effects = payments::decide(*this, view, now);
    if (!effects) return Outcome::refused(effects.error());
    auto out = Outcome{};
    out.replayed = view.payment->status == PaymentStatus::reversed;
    out.payment = payment;
    book.apply(bucket(), std::move(effects).value(), now);
    if (view.payment->request) out.request = book.find_request(*view.payment->request);
    return out;
}

std::string ReverseCredit::text() const {
    std::string out;
    json::Writer{out}.object().member("payment", payment.text()).member("reason", reason).member("by", word(actor.kind)).end();
    return out;
}

void NoteWrongAccount::plan(Book& book) const {
    book.want_request(in, reference);
    book.want_misdirected(in, payment);
}

Outcome NoteWrongAccount::decide(Book& book, Instant now) const {
    book.apply(in, payments::decide(*this, book.find_request(reference), book.is_misdirected(payment)), now);
    return {};
}

std::string NoteWrongAccount::text() const {
    std::string out;
    json::Writer{out}.object().member("reference", reference.text()).member("payment", payment.text()).member("amount", amount).end();
    return out;
}

}  // namespace choso::payments
