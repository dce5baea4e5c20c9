// What follows for an order from its payment request: in the batch, and so in the commit, that changes the request.
#include <algorithm>

#include "base/assert.hpp"
#include "gateway/payments/event_body.hpp"
#include "marketplace/checkout/decide.hpp"
#include "marketplace/checkout/events.hpp"

namespace choso::marketplace {
namespace {

using payments::PaymentRequest;
using payments::RequestStatus;
using payments::Template;

void turn(SellerOrder& part, OrderStatus status, Instant now) {
    part.status = status;
    part.updated_at = now;
}

bool is_whole(PaymentRequest const& request) { return request.amount_paid >= request.amount.value(); }

/// It waits no more: sold, or given back to who comes next.
void settle_stock(OrderEffects& effects, Order& order, bool sold, OrderStatus becomes, std::string_view event, Instant now) {
    order.waiting = false;
    for (auto const& [variant, quantity] : wanted_of(order.parts)) effects.stock.push_back({variant, sold ? -quantity : 0, -quantity});
    effects.money.events.push_back(told_of(event, order));
    for (auto& part : order.parts) {
        turn(part, becomes, now);
        effects.money.events.push_back(told_of(event, part, part.total()));
    }
}

/// Its money came after it had expired: each seller's part is sold if all of it is still there, else it goes back.
void revive(OrderEffects& effects, Order& order, StockOf stock, Instant now) {
    for (auto& part : order.parts) {
        if (part.status != OrderStatus::expired) continue;
        auto const wanted = wanted_of({part});
        auto const there = std::ranges::all_of(wanted, [&](auto const& want) {
            auto const found = stock.find(want.first);
            return found != stock.end() && found->second.free() >= want.second;
        });
        turn(part, there ? OrderStatus::paid : OrderStatus::no_stock, now);
        effects.money.events.push_back(told_of(there ? order_event::paid : order_event::no_stock, part, part.total()));
        if (!there) continue;
        for (auto const& [variant, quantity] : wanted) {
            stock[variant].on_hand -= quantity;
            effects.stock.push_back({variant, -quantity, 0});
        }
    }
}

Money live_total(Order const& order) {
    auto sum = Money{};
    for (auto const& part : order.parts)
        if (is_live(part.status)) sum += part.total();
    return sum;
}

/// What refunds ask back beside returns, whose money is inside the part they are of.
Money given_back(std::vector<OrderRefund> const& refunds) {
    auto sum = Money{};
    for (auto const& refund : refunds)
        if (!refund.failed && !refund.is_return) sum += refund.amount;
    return sum;
}

std::string why_surplus(Order const& order) {
    auto const any = [&](OrderStatus status) { return std::ranges::any_of(order.parts, [&](auto const& part) { return part.status == status; }); };
    if (any(OrderStatus::no_stock)) return "paid_no_stock";
    if (any(OrderStatus::cancelled)) return "order_cancelled";
    if (any(OrderStatus::expired)) return "paid_after_expiry";
    return "overpaid";
}

/// All of the money that stands for it was told by a second source.
bool is_confirmed(OrderView const& view) {
    return !view.payments.empty() && std::ranges::all_of(view.payments, [](auto const& each) { return each.first.confirmed_at.has_value(); });
}

void book_release(OrderEffects& effects, OrderView const& view, SellerOrder const& part, Template name, Money amount, std::vector<payments::Part> parties,
                  bool out, Instant now) {
    auto journal = payments::JournalDraft{name, part.id.uuid(), now, amount, view.order.account, view.order.merchant, {}};
    journal.parties.request = view.request.id;
    auto movement = payments::Movement{.journal = std::move(journal), .allocation = {}, .event = {}};
    for (auto const& party : parties) movement.releases.push_back({view.request.id, part.id.uuid(), party.merchant, out ? party.amount : -party.amount});
    if (parties.empty()) movement.releases.push_back({view.request.id, part.id.uuid(), std::nullopt, out ? amount : -amount});
    (out ? movement.journal.parties.credited : movement.journal.parties.debited) = std::move(parties);
    effects.money.movements.push_back(std::move(movement));
}

/// Who gains and who loses when what was credited becomes what is due: out of `held` first, then back into it.
void credit(OrderEffects& effects, OrderView const& view, SellerOrder& part, Instant now) {
    auto const wanted = part.shares();
    auto const& before = part.credited;
    if (wanted == before) return;
    auto gains = std::vector<payments::Part>{};
    auto losses = std::vector<payments::Part>{};
    auto const change = [&](MerchantId who, Money by) {
        if (by.is_positive()) gains.push_back({who, by});
        if (by.is_negative()) losses.push_back({who, -by});
    };
    if (part.seller == view.order.merchant) {
        change(part.seller, wanted.net() + wanted.commission - before.net() - before.commission);
    } else {
        change(part.seller, wanted.net() - before.net());
        change(view.order.merchant, wanted.commission - before.commission);
    }
    auto const sum = [](std::vector<payments::Part> const& parts) {
        auto out = Money{};
        for (auto const& each : parts) out += each.amount;
        return out;
    };
    auto const tax = wanted.tax - before.tax;
    if (!gains.empty()) book_release(effects, view, part, Template::held_to_due_confirmed, sum(gains), gains, true, now);
    if (tax.is_positive()) book_release(effects, view, part, Template::held_to_withheld_tax, tax, {}, true, now);
    if (!losses.empty()) book_release(effects, view, part, Template::due_confirmed_to_held, sum(losses), losses, false, now);
    if (tax.is_negative()) book_release(effects, view, part, Template::withheld_tax_to_held, -tax, {}, false, now);
    part.credited = wanted;
    effects.money.events.push_back(told_of(order_event::credited, part, wanted.net()));
}

/// The core leaves money that came late to us.
void answer_late(OrderEffects& effects, PaymentRequest const& request, Order const& order) {
    if (request.status != RequestStatus::paid_late || request.late_decision != payments::LateDecision::none || order.waiting) return;
    auto decided = request;
    decided.late_decision = live_total(order).is_positive() ? payments::LateDecision::accepted : payments::LateDecision::refunding;
    effects.money.changed_requests.push_back(std::move(decided));
}

}  // namespace

void propose_refunds(OrderEffects& effects, OrderView const& view, std::optional<SellerOrderId> part, bool is_return, Money amount,
                     std::string const& reason, Instant now) {
    for (auto at = view.payments.rbegin(); at != view.payments.rend() && amount.is_positive(); ++at) {
        auto left = at->second;
        for (auto const& known : view.refunds)
            if (!known.failed && known.payment == at->first.id) left -= known.amount;
        for (auto const& made : effects.refunds)
            if (made.payment == at->first.id) left -= made.amount;
        auto const sum = std::min(left, amount);
        if (!sum.is_positive()) continue;
        amount -= sum;
        auto refund = payments::Refund{};
        refund.id = view.new_refund();
        refund.payment = at->first.id;
        refund.request = view.request.id;
        refund.amount = sum;
        refund.reason = reason;
        refund.merchant = view.order.merchant;
        refund.created_at = now;
        effects.refunds.push_back({refund.id, view.order.id, part, is_return, refund.payment, sum, false});
        effects.money.events.push_back({payments::event_type::refund_proposed, refund.id.uuid(), refund.merchant, payments::body_of_refund(refund), {}});
        effects.money.new_refunds.push_back(std::move(refund));
    }
}

std::optional<OrderEffects> follow(OrderView const& view, Instant now) {
    CHOSO_ASSERT(view.request.id.uuid() == view.order.id.uuid() && view.request.amount == view.order.amount);
    auto effects = OrderEffects{};
    auto order = view.order;
    auto const& request = view.request;
    if (order.waiting) {
        if (request.status == RequestStatus::cancelled) settle_stock(effects, order, false, OrderStatus::cancelled, order_event::cancelled, now);
        else if (is_whole(request)) settle_stock(effects, order, true, OrderStatus::paid, order_event::paid, now);
        else if (request.status == RequestStatus::expired) settle_stock(effects, order, false, OrderStatus::expired, order_event::expired, now);
    } else if (is_whole(request) && given_back(view.refunds).is_zero()) {
        // Once any of its money is on the way back, the rest of it goes the same way.
        revive(effects, order, view.stock, now);
    }
    answer_late(effects, request, order);
    if (!order.waiting) {
        auto const surplus = request.amount_paid - live_total(order) - given_back(view.refunds);
        if (surplus.is_positive()) propose_refunds(effects, view, {}, false, surplus, why_surplus(order), now);
        auto const is_short = surplus.is_negative();
        if (is_short && !order.is_short) effects.money.events.push_back(told_of(order_event::payment_reversed, order));
        order.is_short = is_short;
        if (!is_short && is_confirmed(view))
            for (auto& part : order.parts)
                if (part.status == OrderStatus::delivered) credit(effects, view, part, now);
    }
    auto const changed = !effects.money.events.empty() || !effects.money.changed_requests.empty() || order.is_short != view.order.is_short;
    if (!changed) return std::nullopt;
    effects.order = std::move(order);
    return effects;
}

}  // namespace choso::marketplace
