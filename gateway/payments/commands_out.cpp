#include "gateway/payments/commands_out.hpp"

#include "gateway/payments/book.hpp"
#include "gateway/payments/decide_out.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

LedgerAccountKey due_of(MerchantId merchant) { return {AccountKind::due_confirmed, merchant.uuid()}; }

Outcome outcome_of(Book const& book, RefundId id, bool replayed) {
    auto out = Outcome{};
    out.replayed = replayed;
    out.refund = book.out().find_refund(id);
    return out;
}

Outcome outcome_of(Book const& book, PayoutId id, bool replayed) {
    auto out = Outcome{};
    out.replayed = replayed;
    out.payout = book.out().find_payout(id);
    return out;
}

/// As it was when it was proposed, which its unchanging columns tell.
Refund as_proposed(Refund refund) {
    refund.status = RefundStatus::proposed;
    refund.approver.reset();
    refund.decided_at.reset();
    refund.taken_from.reset();
    refund.reference.reset();
    refund.failure.clear();
    return refund;
}

Payout as_proposed(Payout const& payout) {
    auto out = Payout{};
    out.id = payout.id;
    out.purpose = payout.purpose;
    out.merchant = payout.merchant;
    out.account = payout.account;
    out.amount = payout.amount;
    out.destination = payout.destination;
    out.maker = payout.maker;
    out.reason = payout.reason;
    out.created_at = payout.created_at;
    return out;
}

/// The answer of an earlier run under the same key, if there was one.
template <class IdType>
std::optional<Outcome> replay(Book const& book, Bucket bucket, IdempotencyKey const& key) {
    auto const known = book.find_idempotency(bucket, key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    auto out = outcome_of(book, IdType{known->subject}, true);
    if (known->outcome != 0) out.refusal = static_cast<Refusal>(known->outcome);
    if (out.refund) out.refund = as_proposed(*out.refund);
    if (out.payout) out.payout = as_proposed(*out.payout);
    return out;
}

void want_key(Book& book, Bucket bucket, IdempotencyKey const& key) {
    book.want_idempotency(bucket, key);
    book.out().want_made_by(bucket, key.scoped_hash);
}

/// Applies what was decided under a key, or remembers the refusal; what does not exist is not remembered.
template <class IdType>
Outcome conclude(Book& book, Bucket bucket, IdType id, IdempotencyKey const& key, Result<Effects, Refusal> effects, Instant now) {
    if (!effects) {
        if (effects.error() != Refusal::not_found) book.remember(key, bucket, id.uuid(), effects.error(), now);
        return Outcome::refused(effects.error());
    }
    book.apply(bucket, std::move(effects).value(), now);
    book.remember(key, bucket, id.uuid(), {}, now);
    return outcome_of(book, id, false);
}

/// The same for an order that its subject's own state makes safe to repeat.
template <class IdType>
Outcome conclude(Book& book, IdType id, bool replayed, Result<Effects, Refusal> effects, Instant now) {
    if (!effects) return Outcome::refused(effects.error());
    book.apply(id.bucket(), std::move(effects).value(), now);
    return outcome_of(book, id, replayed);
}

PayoutView view_of(Book const& book, PayoutId id) {
    auto out = PayoutView{book.out().find_payout(id), {}};
    if (out.payout && out.payout->refund) out.refund = book.out().find_refund(*out.payout->refund);
    return out;
}

/// Its money is several payees': whose part goes back is not decided here.
bool stands_for_split(Book const& book, std::optional<Payment> const& payment) {
    if (!payment || payment->status != PaymentStatus::allocated || !payment->request) return false;
    auto const request = book.find_request(*payment->request);
    return request && request->split;
}

/// What the payment's request holds, if it is one that holds its money until it is released.
std::optional<Money> held_of(Book const& book, std::optional<Payment> const& payment) {
    if (!stands_for_split(book, payment)) return std::nullopt;
    auto const request = book.find_request(*payment->request).value();
    if (request.split->fill != FillRule::on_release) return std::nullopt;
    return -book.balance(request.id.bucket(), {AccountKind::held, request.id.uuid()});
}

std::string described(std::string const& id, std::optional<Money> amount = {}) {
    std::string out;
    json::Writer{out}.object().member("id", id).member("amount", amount).end();
    return out;
}

}  // namespace

void ProposeRefund::plan(Book& book) const {
    book.want_audit(bucket());
    want_key(book, bucket(), idempotency);
    book.want_payment(payment);
}

Outcome ProposeRefund::decide(Book& book, Instant now) const {
    if (auto earlier = replay<RefundId>(book, bucket(), idempotency)) return *earlier;
    auto view = ProposeRefundView{book.find_payment(payment), book.refunds_of(payment), false};
    view.stands_for_split = stands_for_split(book, view.payment);
    return conclude(book, bucket(), id, idempotency, payments::decide(*this, view, now), now);
}

std::string ProposeRefund::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("payment", payment.text()).member("amount", amount).member("reason", reason).end();
    return out;
}

void NameDestination::plan(Book& book) const {
    book.want_audit(bucket());
    want_key(book, bucket(), idempotency);
    book.out().want_refund(id);
}

Outcome NameDestination::decide(Book& book, Instant now) const {
    if (auto earlier = replay<RefundId>(book, bucket(), idempotency)) return *earlier;
    return conclude(book, bucket(), id, idempotency,
                    payments::decide(*this, book.out().find_refund(id), now), now);
}

std::string NameDestination::text() const { return described(id.text()); }

void ApproveRefund::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_payment(payment);
    book.want_reference_number(bucket());
    if (account.mode == CollectorMode::direct) return;
    book.want_payee_accounts(CollectorMode::pooled);
    for (auto const kind : {AccountKind::unreferenced, AccountKind::refund_in_flight}) book.want_account(bucket(), {kind, account.id.uuid()});
}

Outcome ApproveRefund::decide(Book& book, Instant now) const {
    auto view = ApproveRefundView{book.out().find_refund(id), {}, {}, {}};
    if (view.refund) view.payment = book.find_payment(view.refund->payment);
    view.held = held_of(book, view.payment);
    view.stands_for_split = stands_for_split(book, view.payment) && !view.held;
    if (view.payment) view.refunds = book.refunds_of(view.payment->id);
    if (view.payment && account.mode == CollectorMode::pooled) view.due_confirmed = -book.balance(bucket(), due_of(view.payment->merchant));
    auto const open = view.refund && view.refund->status == RefundStatus::proposed;
    if (open) view.reference = book.draw_reference(ReferenceKind::payout, live, bucket());
    return conclude(book, id, !open, payments::decide(*this, view, now), now);
}

std::string ApproveRefund::text() const { return described(id.text()); }

void RejectRefund::plan(Book& book) const {
    book.want_audit(bucket());
    book.out().want_refund(id);
}

Outcome RejectRefund::decide(Book& book, Instant now) const {
    auto const known = book.out().find_refund(id);
    auto const open = known && known->status == RefundStatus::proposed;
    return conclude(book, id, known && !open, payments::decide(*this, known, now), now);
}

std::string RejectRefund::text() const { return described(id.text()); }

void ProposePayout::plan(Book& book) const {
    book.want_audit(bucket());
    want_key(book, bucket(), idempotency);
    book.want_account(bucket(), due_of(merchant));
}

Outcome ProposePayout::decide(Book& book, Instant now) const {
    if (auto earlier = replay<PayoutId>(book, bucket(), idempotency)) return *earlier;
    auto const owed = -book.balance(bucket(), due_of(merchant));
    return conclude(book, bucket(), id, idempotency, payments::decide(*this, owed, now), now);
}

std::string ProposePayout::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("merchant", merchant.text()).member("amount", amount).member("reason", reason).end();
    return out;
}

void ApprovePayout::plan(Book& book) const {
    book.want_audit(bucket());
    book.out().want_payout(id);
    book.want_reference_number(bucket());
}

Outcome ApprovePayout::decide(Book& book, Instant now) const {
    auto view = ApprovePayoutView{book.out().find_payout(id), {}, {}};
    auto const open = view.payout && view.payout->status == PayoutStatus::proposed;
    if (open) {
        view.due_confirmed = -book.balance(bucket(), due_of(view.payout->merchant));
        view.reference = book.draw_reference(ReferenceKind::payout, live, bucket());
    }
    return conclude(book, id, !open, payments::decide(*this, view, now), now);
}

std::string ApprovePayout::text() const { return described(id.text()); }

void RejectPayout::plan(Book& book) const {
    book.want_audit(bucket());
    book.out().want_payout(id);
}

Outcome RejectPayout::decide(Book& book, Instant now) const {
    auto const known = book.out().find_payout(id);
    auto const open = known && known->status == PayoutStatus::proposed;
    return conclude(book, id, known && !open, payments::decide(*this, known, now), now);
}

std::string RejectPayout::text() const { return described(id.text()); }

void SubmitPayout::plan(Book& book) const { book.out().want_payout(id); }

Outcome SubmitPayout::decide(Book& book, Instant now) const {
    auto const view = view_of(book, id);
    auto const again = view.payout && view.payout->attempt == attempt;
    return conclude(book, id, again, payments::decide(*this, view, now), now);
}

std::string SubmitPayout::text() const { return described(id.text()); }

void PayoutAnswered::plan(Book& book) const { book.out().want_payout(id); }

Outcome PayoutAnswered::decide(Book& book, Instant now) const {
    return conclude(book, id, false, payments::decide(*this, view_of(book, id), now), now);
}

std::string PayoutAnswered::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("answer", static_cast<int>(answer)).member("reason", reason)
        .member("bank_reference", bank_reference).end();
    return out;
}

void PayoutUnanswered::plan(Book& book) const { book.out().want_payout(id); }

Outcome PayoutUnanswered::decide(Book& book, Instant now) const {
    book.apply(bucket(), payments::decide(*this, view_of(book, id), now), now);
    return {};
}

std::string PayoutUnanswered::text() const { return described(id.text()); }

}  // namespace choso::payments
