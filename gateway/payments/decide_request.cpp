#include "gateway/payments/audit_of.hpp"
#include "gateway/payments/commands_stall.hpp"
#include "gateway/payments/decide.hpp"
#include "gateway/payments/event_body.hpp"
#include "gateway/payments/split.hpp"
#include "gateway/payments/status.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

/// What refunds have taken of a payment was taken from its payee; now that the payment is nobody's, it is with the rest.
void move_refunds_along(Effects& effects, Payment const& payment, std::vector<Refund> const& refunds, CollectorMode mode, Instant now) {
    auto const to_payee = mode == CollectorMode::direct ? Template::unreferenced_to_received : Template::unreferenced_to_due_confirmed;
    for (auto refund : refunds) {
        if (!refund.taken_from || refund.taken_from == MoneyPlace::unreferenced) continue;
        auto const was_held = refund.taken_from == MoneyPlace::held;
        auto const back = was_held ? Template::unreferenced_to_held : to_payee;
        refund.taken_from = MoneyPlace::unreferenced;
        effects.movements.push_back({.journal = {back, payment.id.uuid(), now, refund.amount, payment.account, payment.merchant},
                                     .allocation = {}, .event = {}});
        if (was_held) effects.movements.back().journal.parties.request = refund.request.value();
        effects.changed_refunds.push_back(std::move(refund));
    }
}

/// What a cancellation takes of each payee's money that may be paid out; what refunds took of it comes back.
std::map<MerchantId, Money> taken_by(PaymentRequest const& request, CancelView const& view) {
    auto out = std::map<MerchantId, Money>{};
    for (auto const& each : view.payments) {
        if (view.mode == CollectorMode::direct || !each.payment.confirmed_at) continue;
        for (auto const& share : each.shares) out[share.merchant] += share.amount;
        if (!request.split) out[request.merchant] += each.amount;
        for (auto const& refund : each.refunds)
            if (refund.taken_from == MoneyPlace::payee) out[request.merchant] -= refund.amount;
    }
    return out;
}

}  // namespace

Result<Effects, Refusal> decide(CreateRequest const& asked, CreateView const& view, Instant now) {
    if (view.order_code_taken) return Refusal::order_code_taken;

    auto effects = Effects{};
    auto request = PaymentRequest{};
    request.id = asked.id;
    request.merchant = asked.merchant;
    request.account = asked.account;
    request.token = asked.token;
    request.reference = view.reference;
    request.amount = asked.amount;
    request.late_policy = asked.late_policy;
    if (asked.expires_in) request.expires_at = now + *asked.expires_in;
    request.created_at = now;
    request.description = asked.description;
    request.stall = asked.stall;
    request.order_code = asked.order_code;
    request.return_url = asked.return_url;
    request.metadata = asked.metadata;
    request.split = asked.split;
    if (request.expires_at)
        effects.new_dues.push_back({*request.expires_at + expiry_grace, due_kind::expire_request, request.id.uuid()});
    effects.events.push_back({event_type::request_created, request.id.uuid(), request.merchant, body_of_created(request), {}});
    effects.new_request = std::move(request);
    return effects;
}

Result<Effects, Refusal> decide(CancelRequest const& asked, CancelView const& view, Instant now) {
    if (!view.request || view.request->merchant != asked.merchant) return Refusal::not_found;
    switch (view.request->status) {
        case RequestStatus::paid:
        case RequestStatus::paid_late: return Refusal::already_paid;
        case RequestStatus::expired: return Refusal::already_expired;
        case RequestStatus::cancelled: return Refusal::already_cancelled;
        case RequestStatus::open:
        case RequestStatus::partially_paid: break;
    }
    // What a payee was paid already is not there to be given back.
    for (auto const& [payee, taken] : taken_by(*view.request, view)) {
        auto const known = view.due_confirmed.find(payee);
        if (taken > (known == view.due_confirmed.end() ? Money{} : known->second)) return Refusal::not_enough_due;
    }

    auto effects = Effects{};
    auto request = *view.request;
    effects.audits.push_back(audit_of(asked, request));
    request.status = RequestStatus::cancelled;
    for (std::size_t i = 0; i < view.payments.size(); ++i) {
        auto const& [payment, amount, refunding, shares, refunds] = view.payments[i];
        auto const confirmed = payment.confirmed_at.has_value();
        auto event = EventDraft{event_type::payment_unreferenced, payment.id.uuid(), request.merchant,
                                body_of_unreferenced(payment, "request_cancelled", request.id), {}};
        if (request.split) {
            // Nothing stays with the request, so nothing fills its lines anew.
            release_split(effects, request, {}, view.mode, view.payments[i], AccountKind::unreferenced, std::move(event), now, now);
        } else {
            auto const from = view.mode == CollectorMode::direct ? Template::received_to_unreferenced
                              : confirmed                        ? Template::due_confirmed_to_unreferenced
                                                                 : Template::due_to_unreferenced;
            event.numbered_by = payee_side(from, request.merchant);
            effects.movements.push_back({.journal = {from, payment.id.uuid(), now, amount, request.account, request.merchant},
                                         .allocation = Allocation{payment.id, request.id, -amount},
                                         .event = std::move(event)});
        }
        move_refunds_along(effects, payment, refunds, view.mode, now);
        if (amount > refunding) {
            auto refund = Refund{};
            refund.id = view.refund_ids[i];
            refund.payment = payment.id;
            refund.request = request.id;
            refund.amount = amount - refunding;
            refund.reason = "request_cancelled";
            refund.merchant = request.merchant;
            refund.created_at = now;
            effects.events.push_back({event_type::refund_proposed, refund.id.uuid(), request.merchant, body_of_refund(refund), {}});
            effects.new_refunds.push_back(refund);
        }
        auto released = payment;
        released.status = PaymentStatus::unreferenced;
        effects.changed_payments.push_back(std::move(released));
        request.amount_paid -= amount;
        if (is_late(request, payment.occurred_at)) request.late_paid -= amount;
    }
    effects.events.push_back({event_type::request_cancelled, request.id.uuid(), request.merchant, body_of_status(request), {}});
    effects.changed_requests.push_back(std::move(request));
    return effects;
}

Result<Effects, Refusal> decide(ReviseRequest const& asked, std::optional<PaymentRequest> const& request, Instant) {
    if (!request || request->split) return Refusal::not_found;
    if (request->status == RequestStatus::cancelled) return Refusal::already_cancelled;

    auto effects = Effects{};
    auto revised = *request;
    revised.amount = asked.amount;
    if (asked.description) revised.description = *asked.description;
    revised.status = status_of(revised);
    effects.events.push_back({event_type::request_revised, revised.id.uuid(), revised.merchant, body_of_revised(revised), {}});
    effects.changed_requests.push_back(std::move(revised));
    return effects;
}

Effects decide(ExpireRequest const& told, std::optional<PaymentRequest> const& request, Instant) {
    auto effects = Effects{};
    effects.done_due = DueRow{told.due_at, due_kind::expire_request, told.id.uuid()};
    if (!request) return effects;
    if (request->status != RequestStatus::open && request->status != RequestStatus::partially_paid) return effects;
    auto expired = with_time_passed(*request);
    effects.events.push_back({event_type::request_expired, expired.id.uuid(), expired.merchant, body_of_status(expired), {}});
    effects.changed_requests.push_back(std::move(expired));
    return effects;
}

namespace {

std::string body_of_amount_set(PaymentRequest const& request) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", request.amount).member("amount_paid", request.amount_paid).member("status", word(request.status));
    if (request.stall) json.member("stall", request.stall->text());
    json.end();
    return out;
}

/// The event of the status that money which came before its amount leaves it in.
std::string_view event_of(RequestStatus status) {
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

}  // namespace

Result<Effects, Refusal> decide(SetAmount const& asked, std::optional<PaymentRequest> const& request, Instant now) {
    if (!request || request->merchant != asked.merchant || request->stall != asked.stall || request->split) return Refusal::not_found;
    if (request->status == RequestStatus::cancelled) return Refusal::already_cancelled;
    if (request->status == RequestStatus::expired) return Refusal::already_expired;
    if (request->amount) return Refusal::already_decided;

    auto effects = Effects{};
    auto changed = *request;
    changed.amount = asked.amount;
    auto const until = asked.expires_in ? std::optional{now + *asked.expires_in} : std::nullopt;
    if (until && (!changed.expires_at || *until < *changed.expires_at)) {
        changed.expires_at = until;
        effects.new_dues.push_back({*until + expiry_grace, due_kind::expire_request, changed.id.uuid()});
    }
    changed.status = status_of(changed);
    if (changed.status != RequestStatus::paid_late) changed.late_decision = LateDecision::none;
    effects.events.push_back({event_amount_set, changed.id.uuid(), changed.merchant, body_of_amount_set(changed), {}});
    if (changed.status != request->status)
        effects.events.push_back({event_of(changed.status), changed.id.uuid(), changed.merchant, body_of_status(changed), {}});
    effects.changed_requests.push_back(std::move(changed));
    return effects;
}

}  // namespace choso::payments
