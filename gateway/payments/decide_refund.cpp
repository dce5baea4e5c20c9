#include "gateway/payments/audit_of.hpp"
#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/event_body.hpp"

namespace choso::payments {
namespace {

/// Where the money of a payment stands now.
MoneyPlace place_of(Payment const& payment, bool is_held) {
    if (payment.status != PaymentStatus::allocated) return MoneyPlace::unreferenced;
    return is_held ? MoneyPlace::held : MoneyPlace::payee;
}

Template reserved_from(MoneyPlace place) {
    switch (place) {
        case MoneyPlace::payee: return Template::refund_reserved_due;
        case MoneyPlace::unreferenced: return Template::refund_reserved_unreferenced;
        case MoneyPlace::held: break;
    }
    return Template::refund_reserved_held;
}

bool can_be_refunded(Payment const& payment) {
    return payment.amount.is_positive() && payment.status != PaymentStatus::reversed;
}

std::optional<Refusal> why_not_approve(Actor const& approver, bool second_factor_fresh, Actor const& maker) {
    if (approver.kind != ActorKind::person) return Refusal::approver_must_be_person;
    if (!second_factor_fresh) return Refusal::second_factor_needed;
    if (approver == maker) return Refusal::approver_is_maker;
    return std::nullopt;
}

Payout payout_of(ApproveRefund const& asked, Refund const& refund, Reference reference, Instant now) {
    auto out = Payout{};
    out.id = asked.payout;
    out.purpose = PayoutPurpose::refund;
    out.refund = refund.id;
    out.merchant = refund.merchant;
    out.account = asked.account.id;
    out.amount = refund.amount;
    out.destination = *refund.destination;
    out.status = PayoutStatus::approved;
    out.maker = refund.maker;
    out.approver = asked.actor;
    out.reference = reference;
    out.reason = refund.reason;
    out.created_at = now;
    out.approved_at = now;
    return out;
}

void tell(Effects& effects, std::string_view type, Refund const& refund) {
    effects.events.push_back({type, refund.id.uuid(), refund.merchant, body_of_refund(refund), {}});
}

}  // namespace

Money refunding(std::vector<Refund> const& refunds) {
    auto sum = Money{};
    for (auto const& refund : refunds)
        if (refund.status != RefundStatus::failed) sum += refund.amount;
    return sum;
}

Result<Effects, Refusal> decide(ProposeRefund const& asked, ProposeRefundView const& view, Instant now) {
    if (!view.payment || view.payment->merchant != asked.merchant) return Refusal::not_found;
    if (!can_be_refunded(*view.payment) || view.stands_for_split) return Refusal::payment_not_refundable;
    if (asked.amount > view.payment->amount - refunding(view.refunds)) return Refusal::refund_exceeds_payment;

    auto effects = Effects{};
    auto refund = Refund{};
    refund.id = asked.id;
    refund.payment = asked.payment;
    refund.request = view.payment->request;
    refund.amount = asked.amount;
    refund.reason = asked.reason;
    refund.merchant = asked.merchant;
    refund.maker = asked.actor;
    refund.created_at = now;
    if (asked.destination) {
        refund.destination = asked.destination->id;
        effects.new_destinations.push_back(*asked.destination);
    }
    tell(effects, event_type::refund_proposed, refund);
    effects.audits.push_back(audit_of(asked.actor, audit_action::refund_proposed, refund));
    effects.new_refunds.push_back(std::move(refund));
    return effects;
}

Result<Effects, Refusal> decide(NameDestination const& asked, std::optional<Refund> const& known, Instant) {
    if (!known || known->merchant != asked.merchant) return Refusal::not_found;
    if (known->status != RefundStatus::proposed) return Refusal::already_decided;
    // Somebody may be looking at it, about to approve.
    if (known->destination) return Refusal::destination_differs;

    auto effects = Effects{};
    auto refund = *known;
    refund.destination = asked.destination.id;
    refund.maker = asked.actor;
    effects.new_destinations.push_back(asked.destination);
    effects.audits.push_back(audit_of(asked.actor, audit_action::refund_destination_named, refund));
    effects.changed_refunds.push_back(std::move(refund));
    return effects;
}

Result<Effects, Refusal> decide(ApproveRefund const& asked, ApproveRefundView const& view, Instant now) {
    if (!view.refund) return Refusal::not_found;
    if (auto const why = why_not_approve(asked.actor, asked.second_factor_fresh, view.refund->maker)) return *why;
    if (view.refund->status != RefundStatus::proposed) {
        if (view.refund->approver == asked.actor && view.refund->failure != "rejected") return Effects{};
        return Refusal::already_decided;
    }
    if (!view.payment || !can_be_refunded(*view.payment) || view.stands_for_split) return Refusal::payment_not_refundable;
    // Whoever may decide was found by the refund's merchant: it must still be whose money this is.
    if (view.refund->merchant != view.payment->merchant) return Refusal::payment_moved;
    if (refunding(view.refunds) > view.payment->amount) return Refusal::refund_exceeds_payment;
    if (!view.payment->confirmed_at) return Refusal::not_confirmed;
    if (!view.refund->destination) return Refusal::destination_missing;
    if (asked.destination && asked.destination != view.refund->destination) return Refusal::destination_differs;
    auto const place = place_of(*view.payment, view.held.has_value());
    auto const pooled = asked.account.mode == CollectorMode::pooled;
    if (pooled && view.refund->amount > most_transferred) return Refusal::transfer_too_large;
    if (pooled && place == MoneyPlace::payee && view.due_confirmed < view.refund->amount) return Refusal::not_enough_due;
    if (place == MoneyPlace::held && *view.held < view.refund->amount) return Refusal::not_enough_due;

    auto effects = Effects{};
    auto refund = *view.refund;
    refund.status = RefundStatus::approved;
    refund.approver = asked.actor;
    refund.decided_at = now;
    if (pooled) {
        refund.taken_from = place;
        auto payout = payout_of(asked, refund, view.reference.value(), now);
        effects.movements.push_back({.journal = {reserved_from(place), payout.id.uuid(), now, refund.amount, payout.account, view.payment->merchant},
                                     .allocation = {}, .event = {}});
        if (place == MoneyPlace::held) effects.movements.back().journal.parties.request = view.payment->request.value();
        tell(effects, event_type::refund_approved, refund);
        effects.events.push_back({event_type::payout_approved, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}});
        effects.audits.push_back(audit_of(asked.actor, audit_action::refund_approved, refund, &payout));
        effects.new_payouts.push_back(std::move(payout));
    } else {
        refund.reference = view.reference;
        tell(effects, event_type::refund_approved, refund);
        effects.audits.push_back(audit_of(asked.actor, audit_action::refund_approved, refund));
    }
    effects.changed_refunds.push_back(std::move(refund));
    return effects;
}

Result<Effects, Refusal> decide(RejectRefund const& asked, std::optional<Refund> const& known, Instant now) {
    if (!known) return Refusal::not_found;
    if (asked.actor.kind != ActorKind::person) return Refusal::approver_must_be_person;
    if (known->status != RefundStatus::proposed) {
        if (known->approver == asked.actor && known->failure == "rejected") return Effects{};
        return Refusal::already_decided;
    }

    auto effects = Effects{};
    auto refund = *known;
    refund.status = RefundStatus::failed;
    refund.failure = "rejected";
    refund.approver = asked.actor;
    refund.decided_at = now;
    tell(effects, event_type::refund_failed, refund);
    effects.audits.push_back(audit_of(asked.actor, audit_action::refund_rejected, refund));
    effects.changed_refunds.push_back(std::move(refund));
    return effects;
}

Result<Effects, Refusal> decide(ProposePayout const& asked, Money due_confirmed, Instant now) {
    if (asked.account.mode == CollectorMode::direct) return Refusal::collector_is_direct;
    if (asked.amount > due_confirmed) return Refusal::not_enough_due;

    auto effects = Effects{};
    auto payout = Payout{};
    payout.id = asked.id;
    payout.purpose = asked.purpose;
    payout.merchant = asked.merchant;
    payout.account = asked.account.id;
    payout.amount = asked.amount;
    payout.destination = asked.destination.id;
    payout.maker = asked.actor;
    payout.reason = asked.reason;
    payout.created_at = now;
    effects.new_destinations.push_back(asked.destination);
    effects.events.push_back({event_type::payout_proposed, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}});
    effects.audits.push_back(audit_of(asked.actor, audit_action::payout_proposed, payout));
    effects.new_payouts.push_back(std::move(payout));
    return effects;
}

Result<Effects, Refusal> decide(ApprovePayout const& asked, ApprovePayoutView const& view, Instant now) {
    if (!view.payout) return Refusal::not_found;
    if (auto const why = why_not_approve(asked.actor, asked.second_factor_fresh, view.payout->maker)) return *why;
    if (view.payout->status != PayoutStatus::proposed) {
        if (view.payout->approver == asked.actor && view.payout->failure != "rejected") return Effects{};
        return Refusal::already_decided;
    }
    if (view.due_confirmed < view.payout->amount) return Refusal::not_enough_due;

    auto effects = Effects{};
    auto payout = *view.payout;
    payout.status = PayoutStatus::approved;
    payout.approver = asked.actor;
    payout.approved_at = now;
    payout.reference = view.reference.value();
    effects.movements.push_back(
        {.journal = {Template::payout_reserved, payout.id.uuid(), now, payout.amount, payout.account, payout.merchant},
         .allocation = {},
         .event = EventDraft{event_type::payout_approved, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}}});
    effects.audits.push_back(audit_of(asked.actor, audit_action::payout_approved, payout));
    effects.changed_payouts.push_back(std::move(payout));
    return effects;
}

Result<Effects, Refusal> decide(RejectPayout const& asked, std::optional<Payout> const& known, Instant now) {
    if (!known) return Refusal::not_found;
    if (asked.actor.kind != ActorKind::person) return Refusal::approver_must_be_person;
    if (known->status != PayoutStatus::proposed) {
        if (known->approver == asked.actor && known->failure == "rejected") return Effects{};
        return Refusal::already_decided;
    }

    auto effects = Effects{};
    auto payout = *known;
    payout.status = PayoutStatus::failed;
    payout.failure = "rejected";
    payout.approver = asked.actor;
    payout.settled_at = now;
    effects.events.push_back({event_type::payout_failed, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}});
    effects.audits.push_back(audit_of(asked.actor, audit_action::payout_rejected, payout));
    effects.changed_payouts.push_back(std::move(payout));
    return effects;
}

}  // namespace choso::payments
