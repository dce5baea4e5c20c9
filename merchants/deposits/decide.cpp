#include "merchants/deposits/decide.hpp"

#include <algorithm>
#include <tuple>

#include "base/assert.hpp"
#include "platform/json/json.hpp"

namespace choso::deposits {
namespace {

using payments::Effects;
using payments::Refusal;
using payments::Template;

bool is_pooled(Case const& of) { return of.mode == payments::CollectorMode::pooled; }

/// Into the case's account, or out of it to whom it belongs.
void book(Decided& out, Case const& of, bool in, Money amount, Instant now) {
    auto const journal = in ? (is_pooled(of) ? Template::deposit_taken_due : Template::deposit_taken_received)
                            : (is_pooled(of) ? Template::deposit_used_due : Template::deposit_used_received);
    auto parties = payments::Parties{};
    parties.subject = of.deposit.id.uuid();
    out.effects.movements.push_back({.journal = {journal, of.deposit.id.uuid(), now, amount, of.account, of.deposit.merchant, parties}, .allocation = {}, .event = {}});
}

void note(Decided& out, MoveKind kind, Money amount, std::string what, payments::Actor const& by, Instant now) {
    out.moves.push_back({new_uuid(out.deposit.id.bucket(), now), out.deposit.id, kind, amount, std::move(what), by, now});
}

void tell(Decided& out, std::string_view type) {
    out.effects.events.push_back({type, out.deposit.id.uuid(), out.deposit.merchant, body_of(out.deposit), {}});
}

void audit(Decided& out, payments::Actor const& by, std::string_view action, Money amount) {
    auto draft = payments::AuditDraft{by, std::string{action}, out.deposit.id.uuid(), {}};
    json::Writer{draft.body}.object().member("amount", amount).member("held", out.deposit.held).member("used", out.deposit.used).end();
    out.effects.audits.push_back(std::move(draft));
}

/// What a payment can still give back of what stands for the case.
Money refundable(Advance const& advance) {
    return std::min(advance.amount, advance.payment.amount - payments::refunding(advance.refunds));
}

/// Proposes the rest back, of the newest payments first; what no payment can give stays the payee's.
Money propose_refunds(Decided& out, Case const& of, Settle const& asked, Money rest, Instant now) {
    auto newest_first = of.advances;
    std::sort(newest_first.begin(), newest_first.end(), [](Advance const& a, Advance const& b) {
        return std::tie(b.payment.recorded_at, b.payment.id) < std::tie(a.payment.recorded_at, a.payment.id);
    });
    auto proposed = Money{};
    for (auto const& advance : newest_first) {
        auto const part = std::min(rest - proposed, refundable(advance));
        if (!part.is_positive()) continue;
        auto order = payments::ProposeRefund{};
        order.id = RefundId::make(of.deposit.id.bucket(), now);
        order.payment = advance.payment.id;
        order.merchant = advance.payment.merchant;
        order.amount = part;
        order.reason = "deposit_rest";
        if (auto const named = asked.named.find(advance.payment.id); named != asked.named.end()) order.destination = named->second;
        else order.destination = asked.chosen;
        // One person's row each: a destination is erased by itself.
        if (order.destination) order.destination->id = PersonId::make(of.deposit.id.bucket(), now);
        order.actor = asked.actor;
        auto effects = payments::decide(order, {advance.payment, advance.refunds, false}, now);
        if (!effects) continue;
        proposed += part;
        auto made = std::move(effects).value();
        auto const move = [](auto& from, auto& to) { to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end())); };
        move(made.new_refunds, out.effects.new_refunds);
        move(made.new_destinations, out.effects.new_destinations);
        move(made.events, out.effects.events);
        move(made.audits, out.effects.audits);
    }
    return proposed;
}

}  // namespace

std::string body_of(Deposit const& deposit) {
    std::string out;
    json::Writer{out}.object().member("held", deposit.held).member("used", deposit.used).member("returned", deposit.returned)
        .member("status", word(deposit.status)).end();
    return out;
}

Money available(Case const& of) {
    auto sum = Money{};
    for (auto const& advance : of.advances) {
        if (is_pooled(of) && !advance.payment.confirmed_at) continue;
        sum += std::max(Money{}, refundable(advance));
    }
    return sum;
}

Decided sync(Case const& of, payments::Actor const& by, Instant now) {
    auto out = Decided{of.deposit, {}, {}};
    if (of.deposit.status != Status::open) return out;
    auto const there = available(of);
    auto const taken = of.deposit.taken();
    if (there > taken) {
        book(out, of, true, there - taken, now);
        out.deposit.held += there - taken;
        note(out, MoveKind::taken, there - taken, {}, by, now);
    } else if (there < taken) {
        auto const back = std::min(taken - there, of.deposit.held);
        if (!back.is_positive()) return out;
        book(out, of, false, back, now);
        out.deposit.held -= back;
        note(out, MoveKind::withdrawn, back, {}, by, now);
    }
    return out;
}

Result<Decided, Refusal> use(Case const& of, Use const& asked, Instant now) {
    if (of.deposit.status != Status::open) return Refusal::deposit_closed;
    auto out = sync(of, {}, now);
    if (asked.amount > out.deposit.held) return Refusal::deposit_exceeded;

    book(out, of, false, asked.amount, now);
    out.deposit.held -= asked.amount;
    out.deposit.used += asked.amount;
    note(out, MoveKind::used, asked.amount, asked.what, asked.actor, now);
    tell(out, event_type::used);
    audit(out, asked.actor, event_type::used, asked.amount);
    return out;
}

Result<Decided, Refusal> settle(Case const& of, Settle const& asked, Instant now) {
    if (of.deposit.status != Status::open) return Refusal::deposit_closed;
    auto out = sync(of, {}, now);
    auto const rest = out.deposit.held;
    if (rest.is_positive()) {
        // From here on it is its payee's to give back: a refund is paid out of what is the payee's.
        book(out, of, false, rest, now);
        out.deposit.held = Money{};
        out.deposit.returned = rest;
        note(out, MoveKind::returned, rest, {}, asked.actor, now);
        std::ignore = propose_refunds(out, of, asked, rest, now);
    }
    out.deposit.status = Status::settled;
    out.deposit.settled_at = now;
    tell(out, event_type::settled);
    audit(out, asked.actor, event_type::settled, rest);
    return out;
}

}  // namespace choso::deposits
