#include "gateway/payments/split.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/assert.hpp"
#include "gateway/payments/event_body.hpp"

namespace choso::payments {
namespace {

/// The end of the request's lines: excess comes after all of them.
constexpr std::int16_t behind_all = 32'767;
std::int16_t place_of(Share const& share) { return share.position == 0 ? behind_all : share.position; }

/// Where a payee's money stands: its own account, or what the collector owes it.
AccountKind payee_kind(CollectorMode mode, bool confirmed) {
    if (mode == CollectorMode::direct) return AccountKind::received;
    return confirmed ? AccountKind::due_confirmed : AccountKind::due_seen;
}

/// Per merchant, in the order of their first line; zeros left out.
std::vector<Part> by_merchant(std::vector<Share> const& shares) {
    auto out = std::vector<Part>{};
    for (auto const& share : shares) {
        auto const known = std::find_if(out.begin(), out.end(), [&](Part const& part) { return part.merchant == share.merchant; });
        if (known != out.end()) known->amount += share.amount;
        else out.push_back({share.merchant, share.amount});
    }
    std::erase_if(out, [](Part const& part) { return part.amount.is_zero(); });
    return out;
}

Money sum_of(std::vector<Part> const& parts) {
    auto sum = Money{};
    for (auto const& part : parts) sum += part.amount;
    return sum;
}

/// What turns the one into the other, line by line.
std::vector<Share> difference(std::vector<Share> const& before, std::vector<Share> const& after) {
    auto changes = std::map<std::int16_t, Share>{};
    auto const add = [&](Share const& share, Money amount) {
        auto& change = changes.try_emplace(place_of(share), Share{share.position, share.merchant, Money{}}).first->second;
        change.amount += amount;
    };
    for (auto const& share : before) add(share, -share.amount);
    for (auto const& share : after) add(share, share.amount);
    auto out = std::vector<Share>{};
    for (auto const& [place, change] : changes)
        if (!change.amount.is_zero()) out.push_back(change);
    return out;
}

std::vector<ShareRow> rows_of(PaymentRequestId request, PaymentId payment, std::vector<Share> const& changes) {
    auto out = std::vector<ShareRow>{};
    for (auto const& change : changes) out.push_back({request, payment, change});
    return out;
}

/// The payee's part of a journal, told to it alone. `sign` says which way the money went, where the type does not.
EventDraft told_of(std::string_view type, JournalDraft const& journal, PaymentRequestId request, Part const& part, int sign = 1) {
    return {type, journal.subject, part.merchant, body_of_share(request, sign < 0 ? -part.amount : part.amount),
            payee_side(journal.name, part.merchant)};
}

/// A journal between a payment's payees on one side and one account on the other: the asking merchant hears of the
/// whole, with its own number if a part is its own; every other payee of its part.
Movement with_payees(JournalDraft journal, PaymentRequestId request, std::vector<Part> const& parts, EventDraft told) {
    auto out = Movement{.journal = std::move(journal), .allocation = {}, .event = {}};
    for (auto const& part : parts) {
        if (part.merchant == told.merchant) told.numbered_by = payee_side(out.journal.name, part.merchant);
        else out.payee_events.push_back(told_of(told.type, out.journal, request, part));
    }
    out.event = std::move(told);
    return out;
}

JournalDraft journal_of(Template name, Payment const& payment, PaymentRequest const& request, Instant occurred_at, Money amount) {
    return {name, payment.id.uuid(), occurred_at, amount, payment.account, request.merchant, {.debited = {}, .credited = {}, .request = request.id}};
}

void confirm(Effects& effects, Payment const& payment, PaymentRequestId request, MerchantId asker, std::vector<Share> const& shares, Instant now) {
    auto const parts = by_merchant(shares);
    auto journal = JournalDraft{Template::due_confirmed, payment.id.uuid(), now, sum_of(parts), payment.account, asker, {parts, parts, request}};
    auto told = EventDraft{event_type::payment_confirmed, payment.id.uuid(), asker, body_of_confirmed(payment), {}};
    effects.movements.push_back(with_payees(std::move(journal), request, parts, std::move(told)));
}

/// All of the amount is there: what was held is owed now.
void pay_out_held(Effects& effects, PaymentRequest const& request, Payment const& payment, std::vector<Share> const& shares, CollectorMode mode,
                  Instant now) {
    auto const parts = by_merchant(shares);
    auto journal = journal_of(template_between(AccountKind::held, payee_kind(mode, false)), payment, request, now, sum_of(parts));
    journal.parties.credited = parts;
    auto movement = Movement{.journal = std::move(journal), .allocation = {}, .event = {}};
    for (auto const& part : parts) {
        auto const type = part.merchant == request.merchant ? event_type::payment_moved : event_type::payment_received;
        movement.payee_events.push_back(told_of(type, movement.journal, request.id, part));
    }
    movement.shares = rows_of(request.id, payment.id, shares);
    effects.movements.push_back(std::move(movement));
    if (payment.confirmed_at && mode == CollectorMode::pooled) confirm(effects, payment, request.id, request.merchant, shares, now);
}

/// A part of the amount is gone again: what is left is owed to nobody.
void hold_back(Effects& effects, PaymentRequest const& request, AllocatedPayment const& left, CollectorMode mode, Instant now) {
    auto const parts = by_merchant(left.shares);
    auto const from = payee_kind(mode, left.payment.confirmed_at.has_value());
    auto journal = journal_of(template_between(from, AccountKind::held), left.payment, request, now, sum_of(parts));
    journal.parties.debited = parts;
    auto movement = Movement{.journal = std::move(journal), .allocation = {}, .event = {}};
    for (auto const& part : parts) movement.payee_events.push_back(told_of(event_type::payment_moved, movement.journal, request.id, part, -1));
    movement.shares = rows_of(request.id, left.payment.id, difference(left.shares, {}));
    effects.movements.push_back(std::move(movement));
}

/// The payment fills other lines than before.
void move_lines(Effects& effects, PaymentRequest const& request, AllocatedPayment const& left, std::vector<Share> const& changes, CollectorMode mode,
                Instant now) {
    auto rows = rows_of(request.id, left.payment.id, changes);
    auto losing = std::vector<Part>{};
    auto gaining = std::vector<Part>{};
    for (auto const& part : by_merchant(changes)) {
        if (part.amount.is_negative()) losing.push_back({part.merchant, -part.amount});
        else gaining.push_back(part);
    }
    if (gaining.empty()) {
        // Lines of one and the same payee: nothing moves in the ledger, so the journal before it carries the rows.
        auto& before = effects.movements.back().shares;
        before.insert(before.end(), rows.begin(), rows.end());
        return;
    }
    auto const kind = payee_kind(mode, left.payment.confirmed_at.has_value());
    auto movement = Movement{.journal = journal_of(template_between(kind, kind), left.payment, request, now, sum_of(gaining)), .allocation = {}, .event = {}};
    for (auto const& part : losing) movement.payee_events.push_back(told_of(event_type::payment_moved, movement.journal, request.id, part, -1));
    for (auto const& part : gaining) movement.payee_events.push_back(told_of(event_type::payment_moved, movement.journal, request.id, part));
    movement.journal.parties.debited = std::move(losing);
    movement.journal.parties.credited = std::move(gaining);
    movement.shares = std::move(rows);
    effects.movements.push_back(std::move(movement));
}

/// Money that stays with the request, brought to the shares it has by the rule.
void refill(Effects& effects, PaymentRequest const& request, AllocatedPayment const& left, std::vector<Share> const& planned, CollectorMode mode,
            Instant now) {
    auto const changes = difference(left.shares, planned);
    if (changes.empty()) return;
    if (left.shares.empty()) pay_out_held(effects, request, left.payment, planned, mode, now);
    else if (planned.empty()) hold_back(effects, request, left, mode, now);
    else move_lines(effects, request, left, changes, mode, now);
}

/// In the order in which they fill the lines; held ones in the order they came.
std::vector<AllocatedPayment> in_order(std::vector<AllocatedPayment> standing) {
    auto const key = [](AllocatedPayment const& each) {
        auto first = behind_all;
        auto last = std::int16_t{0};
        for (auto const& share : each.shares) {
            first = std::min(first, place_of(share));
            last = std::max(last, place_of(share));
        }
        return std::tuple{first, last, each.payment.recorded_at, each.payment.id};
    };
    std::sort(standing.begin(), standing.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
    return standing;
}

}  // namespace

std::vector<std::vector<Share>> shares_of(PaymentRequest const& request, std::vector<Money> const& payments) {
    auto out = std::vector<std::vector<Share>>(payments.size());
    auto const& split = request.split.value();
    auto all = Money{};
    for (auto const amount : payments) all += amount;
    if (split.fill == FillRule::on_release) return out;
    if (split.fill == FillRule::together && all < request.amount.value()) return out;
    auto line = std::size_t{0};
    auto room = split.lines.front().amount;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        for (auto left = payments[i]; left.is_positive();) {
            if (line == split.lines.size()) {
                out[i].push_back({0, request.merchant, left});
                break;
            }
            auto const part = std::min(left, room);
            out[i].push_back({static_cast<std::int16_t>(line + 1), split.lines[line].merchant, part});
            left -= part;
            room -= part;
            if (room.is_zero() && ++line < split.lines.size()) room = split.lines[line].amount;
        }
    }
    return out;
}

std::vector<Share> receive_split(Effects& effects, PaymentRequest const& request, std::vector<AllocatedPayment> const& standing, CollectorMode mode,
                                 Payment const& payment, AccountKind source, EventDraft told, Instant now) {
    auto const before = in_order(standing);
    auto amounts = std::vector<Money>{};
    for (auto const& each : before) amounts.push_back(each.amount);
    amounts.push_back(payment.amount);
    auto const planned = shares_of(request, amounts);

    auto const& own = planned.back();
    auto const parts = by_merchant(own);
    auto const target = own.empty() ? AccountKind::held : payee_kind(mode, false);
    auto journal = journal_of(template_between(source, target), payment, request, payment.occurred_at, payment.amount);
    journal.parties.credited = parts;
    auto movement = with_payees(std::move(journal), request.id, parts, std::move(told));
    movement.allocation = Allocation{payment.id, request.id, payment.amount};
    movement.shares = rows_of(request.id, payment.id, own);
    effects.movements.push_back(std::move(movement));
    for (std::size_t i = 0; i < before.size(); ++i) refill(effects, request, before[i], planned[i], mode, now);
    return own;
}

void release_split(Effects& effects, PaymentRequest const& request, std::vector<AllocatedPayment> const& standing, CollectorMode mode,
                   AllocatedPayment const& leaving, AccountKind target, EventDraft told, Instant occurred_at, Instant now) {
    auto const& payment = leaving.payment;
    auto const parts = by_merchant(leaving.shares);
    auto const source = parts.empty() ? AccountKind::held : payee_kind(mode, payment.confirmed_at.has_value());
    auto journal = journal_of(template_between(source, target), payment, request, occurred_at, leaving.amount);
    journal.parties.debited = parts;
    auto movement = with_payees(std::move(journal), request.id, parts, std::move(told));
    movement.allocation = Allocation{payment.id, request.id, -leaving.amount};
    movement.shares = rows_of(request.id, payment.id, difference(leaving.shares, {}));
    effects.movements.push_back(std::move(movement));

    auto staying = std::vector<AllocatedPayment>{};
    for (auto& each : in_order(standing))
        if (each.payment.id != payment.id) staying.push_back(std::move(each));
    auto amounts = std::vector<Money>{};
    for (auto const& each : staying) amounts.push_back(each.amount);
    auto const planned = shares_of(request, amounts);
    for (std::size_t i = 0; i < staying.size(); ++i) refill(effects, request, staying[i], planned[i], mode, now);
}

void confirm_split(Effects& effects, Payment const& payment, std::vector<Share> const& shares, Instant now) {
    if (!shares.empty()) return confirm(effects, payment, payment.request.value(), payment.merchant, shares, now);
    effects.events.push_back({event_type::payment_confirmed, payment.id.uuid(), payment.merchant, body_of_confirmed(payment), {}});
}

}  // namespace choso::payments
