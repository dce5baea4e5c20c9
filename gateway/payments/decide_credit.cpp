#include <algorithm>

#include "base/assert.hpp"
#include "gateway/payments/allocate.hpp"
#include "gateway/payments/audit_of.hpp"
#include "gateway/payments/confirm.hpp"
#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/event_body.hpp"
#include "gateway/payments/match.hpp"
#include "gateway/payments/reversal_line.hpp"
#include "gateway/payments/split.hpp"
#include "gateway/payments/status.hpp"

namespace choso::payments {
namespace {

std::string_view event_named_after(RequestStatus status) {
    switch (status) {
        case RequestStatus::paid: return "payment_request.paid";
        case RequestStatus::partially_paid: return "payment_request.partially_paid";
        case RequestStatus::paid_late: return "payment_request.paid_late";
        case RequestStatus::expired: return event_type::request_expired;
        case RequestStatus::open:
        case RequestStatus::cancelled: break;
    }
    return {};
}

void propose_refund(Effects& effects, RefundId id, Payment const& payment, PaymentRequestId request, Money amount, MerchantId merchant,
                    std::string reason) {
    auto refund = Refund{};
    refund.id = id;
    refund.payment = payment.id;
    refund.request = request;
    refund.amount = amount;
    refund.reason = std::move(reason);
    refund.merchant = merchant;
    refund.created_at = payment.recorded_at;
    effects.events.push_back({event_type::refund_proposed, refund.id.uuid(), merchant, body_of_refund(refund), {}});
    effects.new_refunds.push_back(std::move(refund));
}

/// What stands for one request, of all that was loaded.
std::vector<AllocatedPayment> standing_for(PaymentRequestId request, std::vector<AllocatedPayment> const& all) {
    auto out = std::vector<AllocatedPayment>{};
    for (auto const& each : all)
        if (each.payment.request == request) out.push_back(each);
    return out;
}

/// What no refund asks back yet.
Money not_refunding(Payment const& payment, std::vector<Refund> refunds) {
    std::erase_if(refunds, [&](Refund const& refund) { return refund.payment != payment.id; });
    return payment.amount - refunding(refunds);
}

/// Where money for a known payee is booked first.
AccountKind payee_kind(RecordCredit const& told) { return told.account.mode == CollectorMode::direct ? AccountKind::received : AccountKind::due_seen; }

}  // namespace

std::optional<std::vector<Share>> allocate(Effects& effects, RecordCredit const& told, Payment& payment, PaymentRequest const& before, CreditView const& view,
              AccountKind source, Instant now) {
    auto const late = is_late(before, payment.occurred_at);
    auto const after = with_money(before, payment.amount, late);
    payment.status = PaymentStatus::allocated;
    payment.merchant = before.merchant;
    payment.request = before.id;
    payment.stall = before.stall;
    auto event = EventDraft{event_type::payment_received, payment.id.uuid(), before.merchant, body_of_received(payment, &after), {}};
    auto shares = std::optional<std::vector<Share>>{};
    if (before.split) {
        shares = receive_split(effects, before, standing_for(before.id, view.standing), told.account.mode, payment, source, std::move(event), now);
    } else {
        auto const journal = template_between(source, payee_kind(told));
        event.numbered_by = payee_side(journal, before.merchant);
        effects.movements.push_back({.journal = {journal, payment.id.uuid(), payment.occurred_at, payment.amount, payment.account, before.merchant},
                                     .allocation = Allocation{payment.id, before.id, payment.amount},
                                     .event = std::move(event)});
    }
    auto const was_whole = before.status == RequestStatus::paid || before.status == RequestStatus::paid_late;
    if (was_whole && payment.amount == before.amount)
        effects.events.push_back({event_type::payment_duplicate, payment.id.uuid(), before.merchant, body_of_received(payment, &after), {}});
    if (after.status != before.status)
        effects.events.push_back({event_named_after(after.status), after.id.uuid(), after.merchant, body_of_status(after), {}});
    // In time but told after the expiry, and still short: it stays open for the grace only.
    if (before.status == RequestStatus::expired && after.status == RequestStatus::partially_paid)
        effects.new_dues.push_back({now + expiry_grace, due_kind::expire_request, before.id.uuid()});
    if (auto const left = not_refunding(payment, view.refunds); late && before.late_policy == LatePolicy::refund && left.is_positive())
        propose_refund(effects, told.refund_id, payment, before.id, left, before.merchant, "paid_late");
    effects.changed_requests.push_back(after);
    return shares;
}

void confirm_allocated(Effects& effects, Payment const& payment, std::optional<std::vector<Share>> const& shares, Instant now) {
    if (shares) return confirm_split(effects, payment, *shares, now);
    effects.movements.push_back(
        {.journal = {Template::due_confirmed, payment.id.uuid(), now, payment.amount, payment.account, payment.merchant},
         .allocation = {},
         .event = EventDraft{event_type::payment_confirmed, payment.id.uuid(), payment.merchant, body_of_confirmed(payment),
                             payee_side(Template::due_confirmed, payment.merchant)}});
}

namespace {

/// Money on the account that is nobody's yet: at once in the book, with the reason.
void leave_unreferenced(Effects& effects, RecordCredit const& told, Payment& payment, Match const& match) {
    auto const& cancelled = match.request;
    payment.status = PaymentStatus::unreferenced;
    payment.wrong_account = match.wrong_account;
    if (cancelled != nullptr) {
        payment.merchant = cancelled->merchant;
        payment.request = cancelled->id;
    }
    auto const body = match.wrong_account ? body_of_wrong_account(payment.id, payment.amount, {}, match.reference)
                      : cancelled != nullptr ? body_of_unreferenced(payment, "request_cancelled", cancelled->id)
                                             : body_of_unreferenced(payment, match.why_unreferenced, {});
    effects.movements.push_back(
        {.journal = {Template::credit_unreferenced, payment.id.uuid(), payment.occurred_at, payment.amount, payment.account, payment.merchant},
         .allocation = {},
         .event = EventDraft{match.wrong_account ? event_type::payment_wrong_account : event_type::payment_unreferenced, payment.id.uuid(),
                             payment.merchant, body, {}}});
    if (cancelled != nullptr)
        propose_refund(effects, told.refund_id, payment, cancelled->id, payment.amount, cancelled->merchant, "paid_after_cancel");
    if (match.theirs != nullptr) {
        effects.misdirected = std::pair{payment.id, match.theirs->id};
        effects.misdirected_amount = payment.amount;
        effects.events.push_back({event_type::payment_wrong_account, payment.id.uuid(), match.theirs->merchant,
                                  body_of_wrong_account(payment.id, payment.amount, match.theirs->id, match.reference), {}});
    }
}

void book_to_stall(Effects& effects, RecordCredit const& told, Payment& payment, AccountKind source) {
    auto const journal = template_between(source, payee_kind(told));
    auto const merchant = told.named_stall ? *told.named_merchant : *told.account.static_merchant;
    payment.status = PaymentStatus::allocated;
    payment.merchant = merchant;
    payment.stall = told.named_stall ? told.named_stall : told.account.static_stall;
    effects.movements.push_back({.journal = {journal, payment.id.uuid(), payment.occurred_at, payment.amount, payment.account, merchant},
                                 .allocation = {},
                                 .event = EventDraft{event_type::payment_received, payment.id.uuid(), merchant,
                                                     body_of_received(payment, nullptr), payee_side(journal, merchant)}});
}

/// What the payment stands for, if its request is split.
std::optional<std::vector<Share>> known_shares(Payment const& payment, CreditView const& view) {
    for (auto const& each : view.standing)
        if (each.payment.id == payment.id) return each.shares;
    return std::nullopt;
}

/// The payment is confirmed now: what it stands for may be paid out, where somebody else holds it; and it is told.
void tell_confirmed(Effects& effects, RecordCredit const& told, Payment const& payment, std::optional<std::vector<Share>> const& shares, Instant now) {
    auto const owed = told.account.mode == CollectorMode::pooled && payment.status == PaymentStatus::allocated && payment.amount.is_positive();
    if (owed) {
        confirm_allocated(effects, payment, shares, now);
    } else {
        effects.events.push_back({event_type::payment_confirmed, payment.id.uuid(), payment.merchant, body_of_confirmed(payment), {}});
    }
}

/// A second source tells a known payment: it is confirmed now, and if this source's copy of the content names a
/// request that the first copy had lost, the money finds it.
Effects joined(RecordCredit const& told, Payment payment, CreditView const& view, Instant now) {
    auto effects = Effects{};
    effects.answer = payment.id;
    effects.sighting = SightingRow{told.source, told.source_id, payment.id};
    payment.sources.push_back(told.source);
    if (payment.bank_ref.empty()) payment.bank_ref = told.bank_ref;
    auto const pooled = told.account.mode == CollectorMode::pooled;
    auto const was_confirmed = payment.confirmed_at.has_value();
    if (!was_confirmed) payment.confirmed_at = now;

    auto shares = known_shares(payment, view);
    // Confirmed money may be on its way back to its payer already: it is not found any more.
    if (payment.amount.is_positive() && payment.status == PaymentStatus::unreferenced && !payment.request && !was_confirmed) {
        auto const found = match(told, view.requests);
        if (!payment.reference) payment.reference = found.reference;
        if (found.request != nullptr && found.request->status != RequestStatus::cancelled) {
            payment.wrong_account = false;
            shares = allocate(effects, told, payment, *found.request, view, AccountKind::unreferenced, now);
        } else if (found.to_stall && !payment.wrong_account) {
            book_to_stall(effects, told, payment, AccountKind::unreferenced);
        }
    }
    auto const allocated_now = !effects.movements.empty();
    auto const owed = pooled && payment.status == PaymentStatus::allocated && payment.amount.is_positive();
    if ((owed && allocated_now) || (!was_confirmed && payment.status != PaymentStatus::reversed)) tell_confirmed(effects, told, payment, shares, now);
    effects.changed_payments.push_back(std::move(payment));
    return effects;
}

}  // namespace

Payment as_told(RecordCredit const& told, Instant now) {
    auto payment = Payment{};
    payment.id = told.id;
    payment.account = told.account.id;
    payment.amount = told.amount;
    payment.occurred_at = told.occurred_at;
    payment.recorded_at = now;
    payment.content_hash = told.content_hash;
    payment.merchant = told.account.owner;
    payment.bank_ref = told.bank_ref;
    payment.sources = {told.source};
    if (is_statement(told.source)) payment.confirmed_at = now;
    return payment;
}

Result<Effects, Refusal> decide(RecordCredit const& told, CreditView const& view, Instant now) {
    if (view.same_sighting) {
        auto const& first = *view.same_sighting;
        if (first.account != told.account.id || first.amount != told.amount) return Refusal::sighting_conflict;
        auto repeat = Effects{};
        repeat.answer = first.id;
        return repeat;
    }

    // From here on the money is booked; nothing below may refuse.
    if (auto const* known = same_fact(told, view.same_fact)) return joined(told, *known, view, now);
    auto effects = Effects{};
    auto payment = as_told(told, now);
    auto shares = std::optional<std::vector<Share>>{};
    if (told.amount.is_negative()) {
        if (!take_line(effects, told, payment, view, now)) {
            if (!told.account.keeps_debits && effects.events.empty()) return effects;
            payment.status = PaymentStatus::outside;
            effects.movements.push_back(
                {.journal = {Template::debit_outside, payment.id.uuid(), payment.occurred_at, -payment.amount, payment.account, payment.merchant},
                 .allocation = {}, .event = {}});
        }
    } else if (!take_return(effects, told, payment, view, now)) {
        auto const found = match(told, view.requests);
        payment.reference = found.reference;
        auto const to_request = found.request != nullptr && found.request->status != RequestStatus::cancelled;
        if (to_request) {
            shares = allocate(effects, told, payment, *found.request, view, AccountKind::bank, now);
        } else if (found.to_stall) {
            book_to_stall(effects, told, payment, AccountKind::bank);
        } else {
            // A household's own account: what is not for us is none of our business, and not kept.
            auto const ours = found.request != nullptr || found.wrong_account;
            if (!ours && !told.account.keeps_unreferenced) return effects;
            leave_unreferenced(effects, told, payment, found);
        }
    }
    if (is_statement(told.source) && told.amount.is_positive()) tell_confirmed(effects, told, payment, shares, now);
    effects.answer = payment.id;
    effects.sighting = SightingRow{told.source, told.source_id, payment.id};
    effects.new_payment = std::move(payment);
    return effects;
}

namespace {

Template reversal_template(Payment const& payment, CollectorMode mode) {
    if (payment.status == PaymentStatus::outside) return Template::outside_reversed;
    if (payment.status == PaymentStatus::unreferenced) return Template::unreferenced_reversed;
    if (mode == CollectorMode::direct) return Template::received_reversed;
    return payment.confirmed_at ? Template::due_confirmed_reversed : Template::due_reversed;
}

}  // namespace

Result<Effects, Refusal> decide(ReverseCredit const& told, ReversalView const& view, Instant now) {
    if (!view.payment) return Refusal::not_found;
    if (view.payment->status == PaymentStatus::reversed) {
        if (view.reversed_by == told.id) return Effects{};
        return Refusal::payment_already_reversed;
    }
    // Our own transfer is not taken back by an order: it comes back as a credit.
    if (view.payment->status == PaymentStatus::sent) return Refusal::payment_not_refundable;

    auto effects = Effects{};
    effects.reversal = ReversalRow{told.payment, told.id, told.actor, told.reason};
    effects.audits.push_back(audit_of(told, *view.payment));
    drop_refunds(effects, view, now);
    auto payment = *view.payment;
    auto const amount = payment.amount.is_negative() ? -payment.amount : payment.amount;
    auto request = view.request;
    auto allocation = std::optional<Allocation>{};
    if (request && view.allocated.is_positive()) {
        auto const late = is_late(*request, payment.occurred_at);
        auto const before = request->status;
        request = with_money(*request, -view.allocated, late);
        allocation = Allocation{payment.id, request->id, -view.allocated};
        // Its expiry was told while it was paid; if the time has passed, tell it again.
        if (before == RequestStatus::paid && request->expires_at && *request->expires_at + expiry_grace <= now)
            effects.new_dues.push_back({now, due_kind::expire_request, request->id.uuid()});
        effects.changed_requests.push_back(*request);
    }
    auto event = EventDraft{event_type::payment_reversed, payment.id.uuid(), payment.merchant, body_of_reversed(payment, request ? &*request : nullptr), {}};
    if (allocation && request->split) {
        auto const its = std::find_if(view.standing.begin(), view.standing.end(), [&](auto const& each) { return each.payment.id == payment.id; });
        CHOSO_ASSERT(its != view.standing.end());
        release_split(effects, *request, view.standing, told.account.mode, *its, AccountKind::bank, std::move(event), told.occurred_at, now);
    } else {
        auto const journal = reversal_template(payment, told.account.mode);
        event.numbered_by = payee_side(journal, payment.merchant);
        effects.movements.push_back({.journal = {journal, payment.id.uuid(), told.occurred_at, amount, payment.account, payment.merchant},
                                     .allocation = allocation,
                                     .event = std::move(event)});
    }
    payment.status = PaymentStatus::reversed;
    effects.answer = payment.id;
    effects.changed_payments.push_back(std::move(payment));
    return effects;
}

Effects decide(NoteWrongAccount const& told, std::optional<PaymentRequest> const& request, bool known) {
    auto effects = Effects{};
    if (!request || known) return effects;
    effects.misdirected = std::pair{told.payment, request->id};
    effects.misdirected_amount = told.amount;
    effects.events.push_back({event_type::payment_wrong_account, told.payment.uuid(), request->merchant,
                              body_of_wrong_account(told.payment, told.amount, request->id, told.reference), {}});
    return effects;
}

}  // namespace choso::payments
