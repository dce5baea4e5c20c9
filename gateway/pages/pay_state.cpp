#include "gateway/pages/pay_state.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "gateway/pages/layout.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

using payments::LateDecision;
using payments::Refund;
using payments::RefundStatus;
using payments::RequestStatus;

constexpr auto pages = std::to_array<StatePage>({
    {PayState::waiting, "waiting", Tone::wait, Text::waiting, Text::none_so_far, Text::waiting_next, true, true},
    {PayState::time_passed, "time_passed", Tone::ended, Text::time_passed, Text::none_so_far, Text::time_passed_next, false, true},
    {PayState::partially_paid, "partially_paid", Tone::part, Text::part, Text::part_money, Text::part_next, true, true},
    {PayState::paid, "paid", Tone::done, Text::paid, Text::paid_money, Text::paid_next, false, false},
    {PayState::overpaid, "overpaid", Tone::part, Text::over, Text::over_money, Text::over_next, false, false},
    {PayState::duplicate, "duplicate", Tone::part, Text::twice, Text::twice_money, Text::twice_next, false, false},
    {PayState::paid_late_held, "paid_late_held", Tone::part, Text::late_held, Text::late_held_money, Text::late_held_next, false, true},
    {PayState::paid_late_accepted, "paid_late_accepted", Tone::done, Text::late_accepted, Text::late_accepted_money,
     Text::late_accepted_next, false, false},
    {PayState::expired, "expired", Tone::ended, Text::expired, Text::expired_money, Text::expired_next, false, false},
    {PayState::expired_with_money, "expired_with_money", Tone::part, Text::expired_part, Text::expired_part_money,
     Text::expired_part_next, false, true},
    {PayState::cancelled, "cancelled", Tone::ended, Text::cancelled, Text::cancelled_money, Text::cancelled_next, false, false},
    {PayState::not_needed, "not_needed", Tone::ended, Text::not_needed, Text::none_so_far, Text::not_needed_next, false, false},
    {PayState::refund_proposed, "refund_proposed", Tone::part, Text::refund_proposed, Text::refund_proposed_money,
     Text::refund_proposed_next, false, true},
    {PayState::refund_approved, "refund_approved", Tone::part, Text::refund_approved, Text::refund_approved_money,
     Text::refund_approved_next, false, true},
    {PayState::refund_sent, "refund_sent", Tone::part, Text::refund_sent, Text::refund_sent_money, Text::refund_sent_next, false, true},
    {PayState::refund_in_doubt, "refund_in_doubt", Tone::part, Text::refund_in_doubt, Text::refund_in_doubt_money,
     Text::refund_in_doubt_next, false, true},
    {PayState::refund_done, "refund_done", Tone::done, Text::refund_done, Text::refund_done_money, Text::refund_done_next, false, false},
    {PayState::refund_failed, "refund_failed", Tone::part, Text::refund_failed, Text::refund_failed_money, Text::refund_failed_next,
     false, true},
    {PayState::reversed, "reversed", Tone::part, Text::reversed, Text::cancelled_money, Text::reversed_next, true, true},
    {PayState::reversed_ended, "reversed_ended", Tone::part, Text::reversed, Text::cancelled_money, Text::reversed_ended_next, false, false},
    {PayState::unavailable, "unavailable", Tone::ended, Text::unavailable, Text::unavailable_money, Text::unavailable_next, false, true},
    {PayState::not_found, "not_found", Tone::ended, Text::not_found, Text::not_found_money, Text::not_found_next, false, false},
});

constexpr bool is_whole() {
    for (auto i = std::size_t{0}; i < pages.size(); ++i)
        if (pages.at(i).state != static_cast<PayState>(i)) return false;
    return pages.back().state == PayState::not_found;
}
static_assert(is_whole(), "each state has one page, in the order of the enum");

PayState state_of(RefundStatus status) {
    switch (status) {
        case RefundStatus::proposed: return PayState::refund_proposed;
        case RefundStatus::approved: return PayState::refund_approved;
        case RefundStatus::submitted: return PayState::refund_sent;
        case RefundStatus::succeeded: return PayState::refund_done;
        case RefundStatus::failed: return PayState::refund_failed;
        case RefundStatus::unknown: return PayState::refund_in_doubt;
    }
    return PayState::refund_proposed;
}

/// A failed one that was followed by another of the same payment is history.
bool is_superseded(Refund const& refund, std::vector<Refund> const& all) {
    if (refund.status != RefundStatus::failed) return false;
    return std::ranges::any_of(all, [&](Refund const& other) { return other.payment == refund.payment && refund.id < other.id; });
}

/// Of several refunds the page tells of the one that is furthest from being done.
PayState of_refunds(std::vector<Refund> const& all) {
    auto refunds = std::vector<Refund>{};
    std::ranges::copy_if(all, std::back_inserter(refunds), [&](Refund const& refund) { return !is_superseded(refund, all); });
    constexpr std::array order{RefundStatus::failed,   RefundStatus::unknown,   RefundStatus::proposed,
                               RefundStatus::approved, RefundStatus::submitted, RefundStatus::succeeded};
    for (auto const status : order)
        if (std::ranges::find(refunds, status, &Refund::status) != refunds.end()) return state_of(status);
    return PayState::refund_proposed;
}

/// What the page says goes back: all of it, failed or not, but nothing twice.
Money sum_of(std::vector<Refund> const& refunds) {
    auto out = Money{};
    for (auto const& refund : refunds)
        if (!is_superseded(refund, refunds)) out += refund.amount;
    return out;
}

/// All that came goes back, or went.
bool all_goes_back(PayView const& view) {
    auto back = Money{};
    for (auto const& refund : view.money.refunds)
        if (refund.status != RefundStatus::failed) back += refund.amount;
    return back.is_positive() && back >= view.request.amount_paid;
}

Money taken_back(PayView const& view) {
    auto out = Money{};
    for (auto const& receipt : view.money.receipts)
        if (receipt.taken_back) out += receipt.amount;
    return out;
}

/// The whole amount came twice, each time in one transfer: the payer's finger, not a wrong figure.
bool came_twice(PayView const& view) {
    auto const whole = std::ranges::count_if(view.money.receipts, [&](auto const& receipt) {
        return !receipt.taken_back && receipt.amount == view.request.amount;
    });
    return whole > 1;
}

Text why_back(PayView const& view) {
    if (view.request.status == RequestStatus::cancelled) return Text::why_cancelled;
    if (view.request.status == RequestStatus::paid_late && view.request.late_decision == LateDecision::refunding) return Text::why_late;
    return Text::why_returned;
}

}  // namespace

std::string_view class_of(Tone tone) {
    switch (tone) {
        case Tone::wait: return "wait";
        case Tone::part: return "part";
        case Tone::done: return "done";
        case Tone::ended: break;
    }
    return "ended";
}

StatePage const& page_of(PayState state) { return pages.at(static_cast<std::size_t>(state)); }

std::span<StatePage const> state_pages() { return pages; }

PayState state_of(PayView const& view, Instant now) {
    auto const& request = view.request;
    auto const ended = request.expires_at && now > *request.expires_at;
    if (request.status == RequestStatus::cancelled) return view.money.refunds.empty() ? PayState::cancelled : of_refunds(view.money.refunds);
    if (all_goes_back(view)) return of_refunds(view.money.refunds);
    switch (request.status) {
        case RequestStatus::paid_late:
            if (request.late_decision == LateDecision::accepted) return PayState::paid_late_accepted;
            return request.late_decision == LateDecision::refunding ? of_refunds(view.money.refunds) : PayState::paid_late_held;
        case RequestStatus::paid:
            if (!request.overpaid_by().is_positive()) return PayState::paid;
            return came_twice(view) ? PayState::duplicate : PayState::overpaid;
        case RequestStatus::expired:
            if (taken_back(view).is_positive()) return PayState::reversed_ended;
            return request.amount_paid.is_positive() ? PayState::expired_with_money : PayState::expired;
        case RequestStatus::open:
        case RequestStatus::partially_paid:
            if (view.not_needed) return PayState::not_needed;
            if (ended) return PayState::time_passed;
            if (taken_back(view).is_positive()) return PayState::reversed;
            return request.status == RequestStatus::open ? PayState::waiting : PayState::partially_paid;
        case RequestStatus::cancelled: break;
    }
    return PayState::cancelled;
}

Told told(Language language, PayState state, PayView const& view, std::string_view payee) {
    auto const& request = view.request;
    auto const left = request.still_open().is_positive() ? with_unit(request.still_open()) : std::string{text(language, Text::pay_rest)};
    auto const fills = std::to_array<Fill>({
        {"paid", with_unit(request.amount_paid)},
        {"left", left},
        {"over", with_unit(request.overpaid_by())},
        {"back", with_unit(sum_of(view.money.refunds))},
        {"taken", with_unit(taken_back(view))},
        {"why", std::string{text(language, why_back(view))}},
        {"payee", std::string{payee}},
    });
    auto const say = [&](Text key) { return filled(text(language, key), fills.data(), fills.size()); };
    auto const& page = page_of(state);
    auto const any = page.title == Text::paid && !request.amount;
    auto const none = page.money == Text::none_so_far || page.money == Text::cancelled_money;
    auto const some = none && request.amount_paid.is_positive();
    return {say(any ? Text::paid_any : page.title), say(some ? Text::some_so_far : page.money), say(page.next)};
}

std::string fingerprint(PayView const& view, PayState state) {
    auto all = std::string{page_of(state).word} + ' ' + std::to_string(view.request.amount_paid.dong()) + ' ' +
               std::string{payments::word(view.request.status)} + ' ' + std::string{payments::word(view.request.late_decision)};
    for (auto const& receipt : view.money.receipts) all += receipt.taken_back ? " -" : " +" + std::to_string(receipt.amount.dong());
    for (auto const& refund : view.money.refunds)
        all += ' ' + refund.id.text() + std::string{payments::word(refund.status)} + std::to_string(refund.amount.dong());
    constexpr std::size_t symbols = 16;
    return crypto::to_hex(crypto::sha256(all)).substr(0, symbols);
}

Text word_of(RefundStatus status) {
    switch (status) {
        case RefundStatus::proposed: return Text::refund_proposed_word;
        case RefundStatus::approved: return Text::refund_approved_word;
        case RefundStatus::submitted: return Text::refund_submitted_word;
        case RefundStatus::succeeded: return Text::refund_succeeded_word;
        case RefundStatus::failed: return Text::refund_failed_word;
        case RefundStatus::unknown: break;
    }
    return Text::refund_unknown_word;
}

}  // namespace choso::pages
