#include <algorithm>

#include "base/assert.hpp"
#include "gateway/payments/allocate.hpp"
#include "gateway/payments/audit_of.hpp"
#include "gateway/payments/commands_stall.hpp"
#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/desk.hpp"
#include "gateway/payments/event_body.hpp"
#include "gateway/payments/split.hpp"
#include "gateway/payments/status.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

AuditDraft audit_of_desk(Actor const& actor, std::string_view action, Payment const& payment, std::optional<PaymentRequestId> request,
                         std::optional<StallId> stall = {}) {
    auto out = AuditDraft{actor, std::string{action}, payment.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", payment.merchant.text()).member("account", payment.account.text()).member("amount", payment.amount);
    if (request) json.member("payment_request", request->text());
    if (stall) json.member("stall", stall->text());
    json.end();
    return out;
}

AccountKind payee_kind(CollectorMode mode, bool confirmed) {
    if (mode == CollectorMode::direct) return AccountKind::received;
    return confirmed ? AccountKind::due_confirmed : AccountKind::due_seen;
}

void give_to_merchant(Effects& effects, AssignPayment const& asked, Payment& payment) {
    auto const journal = template_between(AccountKind::unreferenced, payee_kind(asked.account.mode, false));
    payment.status = PaymentStatus::allocated;
    payment.merchant = *asked.merchant;
    payment.stall = asked.stall;
    effects.movements.push_back({.journal = {journal, payment.id.uuid(), payment.occurred_at, payment.amount, payment.account, payment.merchant},
                                 .allocation = {},
                                 .event = EventDraft{event_type::payment_received, payment.id.uuid(), payment.merchant,
                                                     body_of_received(payment, nullptr), payee_side(journal, payment.merchant)}});
}

}  // namespace

Result<Effects, Refusal> decide(AssignPayment const& asked, AssignView const& view, Instant now) {
    CHOSO_ASSERT(asked.request.has_value() != asked.merchant.has_value());
    if (!view.payment || (asked.request && !view.request)) return Refusal::not_found;
    auto const free = view.payment->status == PaymentStatus::unreferenced && view.payment->amount.is_positive();
    if (!free || refunding(view.refunds).is_positive()) return Refusal::payment_not_assignable;
    if (view.request && view.request->status == RequestStatus::cancelled) return Refusal::already_cancelled;

    auto effects = Effects{};
    auto payment = *view.payment;
    payment.wrong_account = false;
    auto shares = std::optional<std::vector<Share>>{};
    if (view.request) {
        auto told = RecordCredit{};
        told.account = asked.account;
        told.refund_id = asked.refund_id;
        auto known = CreditView{};
        known.standing = view.standing;
        known.refunds = view.refunds;
        shares = allocate(effects, told, payment, *view.request, known, AccountKind::unreferenced, now);
    } else {
        give_to_merchant(effects, asked, payment);
    }
    if (asked.account.mode == CollectorMode::pooled && payment.confirmed_at) confirm_allocated(effects, payment, shares, now);
    effects.audits.push_back(audit_of_desk(asked.actor, "payment.assigned", payment, asked.request, asked.stall));
    effects.answer = payment.id;
    effects.changed_payments.push_back(std::move(payment));
    return effects;
}

Result<Effects, Refusal> decide(ClaimPayment const& told, ClaimView const& view, Instant now) {
    if (!view.payment || view.payment->account != told.account.id) return Refusal::not_found;
    auto const& request = view.request;
    auto const is_theirs = request && (request->account != told.account.id || request->merchant != told.merchant || request->stall != told.stall);
    if (told.request && (!request || is_theirs)) return Refusal::not_found;
    if (!told.request && (!told.stall || told.account.owner != told.merchant)) return Refusal::not_found;
    // A seller may take less than a desk: only what is nobody's at all, and exactly what was asked for.
    auto const& known = *view.payment;
    if (known.wrong_account || known.request) return Refusal::payment_not_assignable;
    auto const asked_for = !request || !request->amount || request->status == RequestStatus::cancelled || request->still_open() == known.amount;
    if (!asked_for) return Refusal::payment_not_assignable;
    auto order = AssignPayment{};
    order.payment = told.payment;
    order.account = told.account;
    order.request = told.request;
    if (!told.request) order.merchant = told.merchant;
    order.stall = told.stall;
    order.refund_id = told.refund_id;
    order.actor = told.actor;
    return decide(order, AssignView{view.payment, view.request, view.standing, view.refunds}, now);
}

namespace {

/// Money that was paid out already cannot be taken back from a payee.
bool may_be_taken(ReleasePayment const& asked, ReleaseView const& view) {
    if (asked.account.mode == CollectorMode::direct || !view.payment->confirmed_at) return true;
    auto taken = std::map<MerchantId, Money>{};
    if (view.request && view.request->split) {
        for (auto const& each : view.standing)
            if (each.payment.id == view.payment->id)
                for (auto const& share : each.shares) taken[share.merchant] += share.amount;
    } else {
        taken[view.payment->merchant] = view.payment->amount;
    }
    return std::ranges::all_of(taken, [&](auto const& part) {
        auto const found = view.due_confirmed.find(part.first);
        return found != view.due_confirmed.end() && found->second >= part.second;
    });
}

}  // namespace

Result<Effects, Refusal> decide(ReleasePayment const& asked, ReleaseView const& view, Instant now) {
    if (!view.payment) return Refusal::not_found;
    auto const stands = view.payment->status == PaymentStatus::allocated && view.payment->amount.is_positive();
    if (!stands || refunding(view.refunds).is_positive()) return Refusal::payment_not_releasable;
    if (!may_be_taken(asked, view)) return Refusal::not_enough_due;

    auto effects = Effects{};
    auto payment = *view.payment;
    effects.audits.push_back(audit_of_desk(asked.actor, "payment.released", payment, payment.request));
    auto request = view.request;
    auto allocation = std::optional<Allocation>{};
    if (request && view.allocated.is_positive()) {
        auto const before = request->status;
        request = with_money(*request, -view.allocated, is_late(*request, payment.occurred_at));
        allocation = Allocation{payment.id, request->id, -view.allocated};
        if (before == RequestStatus::paid && request->expires_at && *request->expires_at + expiry_grace <= now)
            effects.new_dues.push_back({now, due_kind::expire_request, request->id.uuid()});
        effects.changed_requests.push_back(*request);
    }
    auto const payee = payment.merchant;
    payment.status = PaymentStatus::unreferenced;
    payment.merchant = asked.account.owner;
    payment.request.reset();
    payment.stall.reset();
    auto event = EventDraft{event_type::payment_unreferenced, payment.id.uuid(), payment.merchant, body_of_unreferenced(payment, "match_undone", {}), {}};
    if (allocation && request->split) {
        auto const its = std::ranges::find_if(view.standing, [&](auto const& each) { return each.payment.id == payment.id; });
        CHOSO_ASSERT(its != view.standing.end());
        release_split(effects, *request, view.standing, asked.account.mode, *its, AccountKind::unreferenced, std::move(event), now, now);
    } else {
        auto const journal = template_between(payee_kind(asked.account.mode, payment.confirmed_at.has_value()), AccountKind::unreferenced);
        effects.movements.push_back({.journal = {journal, payment.id.uuid(), now, payment.amount, payment.account, payee},
                                     .allocation = allocation,
                                     .event = std::move(event)});
    }
    effects.answer = payment.id;
    effects.changed_payments.push_back(std::move(payment));
    return effects;
}

}  // namespace choso::payments
