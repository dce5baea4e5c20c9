// DESIGN §7, payouts: what every command makes of every state, and what the ledger says of it.
#include <gtest/gtest.h>

#include "tests/unit/payments/out_words.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;

// --- every state of a payout × every command ---

enum class Order { approve, reject, submit, succeeded, failed, pending, unanswered, line };
struct Cell {
    std::string name;
    S before;
    Order order;
    std::optional<S> after;  ///< none: refused
    Ledger ledger{};
};
void PrintTo(Cell const& cell, std::ostream* out) { *out << cell.name; }

/// The row that is due next.
PayoutUnanswered unanswered(Payout const& payout) {
    auto out = PayoutUnanswered{};
    out.id = payout.id;
    auto const asked = static_cast<std::size_t>(payout.asked);
    out.due_at = payout.submitted_at.value_or(at(10)) + (asked < payout_asks.size() ? payout_asks.at(asked) : payout_given_up);
    return out;
}

Result<Effects, Refusal> give(Order order, PayoutView const& view) {
    auto const& payout = *view.payout;
    switch (order) {
        case Order::approve: {
            auto asked = ApprovePayout{};
            asked.actor = other_person;
            asked.second_factor_fresh = true;
            return decide(asked, {view.payout, Money{60'000}, reference}, at(20));
        }
        case Order::reject: {
            auto asked = RejectPayout{};
            asked.actor = other_person;
            return decide(asked, view.payout, at(20));
        }
        case Order::submit: {
            auto asked = SubmitPayout{};
            asked.attempt = id<PayoutId>(99).uuid();
            return decide(asked, view, at(20));
        }
        case Order::succeeded:
        case Order::failed:
        case Order::pending: {
            auto told = PayoutAnswered{};
            told.answer = order == Order::succeeded ? PayoutAnswer::succeeded : order == Order::failed ? PayoutAnswer::failed : PayoutAnswer::pending;
            told.reason = "account_closed";
            return decide(told, view, at(20));
        }
        case Order::unanswered: return decide(unanswered(payout), view, at(20));
        case Order::line: {
            auto told = credit(-payout.amount.dong(), at(12), {{reference, How::exact, false, true}}, CollectorMode::pooled);
            auto line = Payment{};
            line.id = told.id;
            line.amount = told.amount;
            line.account = told.account.id;
            auto effects = Effects{};
            auto credit_view = CreditView{};
            credit_view.payouts = {view};
            if (!take_line(effects, told, line, credit_view, at(20))) return Refusal::payout_not_sendable;
            return effects;
        }
    }
    return Refusal::not_found;
}

class EveryPayoutCell : public ::testing::TestWithParam<Cell> {};

TEST_P(EveryPayoutCell, ends_in_its_state) {
    auto const& cell = GetParam();
    auto const view = view_in(cell.before);
    auto const decision = give(cell.order, view);
    ASSERT_EQ(decision.ok(), cell.after.has_value());
    if (!decision) return;
    auto const& changed = decision->changed_payouts;
    auto const after = changed.empty() ? cell.before : changed.front().status;
    EXPECT_EQ(word(after), word(*cell.after));
    EXPECT_EQ(moved_by(*decision), cell.ledger);
}

auto const reserved = Ledger{{AccountKind::due_confirmed, Money{60'000}}, {AccountKind::payout_in_flight, Money{-60'000}}};
auto const sent = Ledger{{AccountKind::payout_in_flight, Money{60'000}}, {AccountKind::bank, Money{-60'000}}};
auto const back = Ledger{{AccountKind::payout_in_flight, Money{60'000}}, {AccountKind::due_confirmed, Money{-60'000}}};

INSTANTIATE_TEST_SUITE_P(
    design_7, EveryPayoutCell,
    ::testing::Values(
        Cell{"proposed_approve", S::proposed, Order::approve, S::approved, reserved}, Cell{"proposed_reject", S::proposed, Order::reject, S::failed},
        Cell{"proposed_submit", S::proposed, Order::submit, {}}, Cell{"proposed_succeeded", S::proposed, Order::succeeded, {}},
        Cell{"proposed_failed", S::proposed, Order::failed, {}}, Cell{"proposed_pending", S::proposed, Order::pending, {}},
        Cell{"proposed_unanswered", S::proposed, Order::unanswered, S::proposed}, Cell{"proposed_line", S::proposed, Order::line, {}},
        Cell{"approved_approve", S::approved, Order::approve, {}}, Cell{"approved_reject", S::approved, Order::reject, {}},
        Cell{"approved_submit", S::approved, Order::submit, S::submitted}, Cell{"approved_succeeded", S::approved, Order::succeeded, {}},
        Cell{"approved_failed", S::approved, Order::failed, {}}, Cell{"approved_pending", S::approved, Order::pending, {}},
        Cell{"approved_unanswered", S::approved, Order::unanswered, S::approved}, Cell{"approved_line", S::approved, Order::line, S::succeeded, sent},
        Cell{"submitted_approve", S::submitted, Order::approve, {}}, Cell{"submitted_reject", S::submitted, Order::reject, {}},
        Cell{"submitted_submit", S::submitted, Order::submit, {}}, Cell{"submitted_succeeded", S::submitted, Order::succeeded, S::succeeded, sent},
        Cell{"submitted_failed", S::submitted, Order::failed, S::failed, back}, Cell{"submitted_pending", S::submitted, Order::pending, S::submitted},
        Cell{"submitted_unanswered", S::submitted, Order::unanswered, S::unknown},
        Cell{"submitted_line", S::submitted, Order::line, S::succeeded, sent}, Cell{"unknown_approve", S::unknown, Order::approve, {}},
        Cell{"unknown_reject", S::unknown, Order::reject, {}}, Cell{"unknown_submit", S::unknown, Order::submit, {}},
        Cell{"unknown_succeeded", S::unknown, Order::succeeded, S::succeeded, sent}, Cell{"unknown_failed", S::unknown, Order::failed, S::failed, back},
        Cell{"unknown_pending", S::unknown, Order::pending, S::unknown}, Cell{"unknown_unanswered", S::unknown, Order::unanswered, S::unknown},
        Cell{"unknown_line", S::unknown, Order::line, S::succeeded, sent}, Cell{"succeeded_approve", S::succeeded, Order::approve, {}},
        Cell{"succeeded_reject", S::succeeded, Order::reject, {}}, Cell{"succeeded_submit", S::succeeded, Order::submit, {}},
        Cell{"succeeded_succeeded", S::succeeded, Order::succeeded, S::succeeded}, Cell{"succeeded_failed", S::succeeded, Order::failed, S::succeeded},
        Cell{"succeeded_pending", S::succeeded, Order::pending, S::succeeded}, Cell{"succeeded_unanswered", S::succeeded, Order::unanswered, S::succeeded},
        Cell{"succeeded_line_is_linked", S::succeeded, Order::line, S::succeeded}, Cell{"failed_approve", S::failed, Order::approve, {}},
        Cell{"failed_reject", S::failed, Order::reject, {}}, Cell{"failed_submit", S::failed, Order::submit, {}},
        Cell{"failed_succeeded", S::failed, Order::succeeded, S::failed}, Cell{"failed_failed", S::failed, Order::failed, S::failed},
        Cell{"failed_pending", S::failed, Order::pending, S::failed}, Cell{"failed_unanswered", S::failed, Order::unanswered, S::failed},
        Cell{"failed_line", S::failed, Order::line, {}}),
    [](auto const& given) { return given.param.name; });

TEST(Payouts, on_an_account_that_is_fed_whole_only_the_line_books_them_once) {
    auto told = PayoutAnswered{};
    told.answer = PayoutAnswer::succeeded;
    told.keeps_debits = true;
    auto const answered = decide(told, view_in(S::submitted), at(20));
    ASSERT_TRUE(answered.ok());
    EXPECT_TRUE(answered->movements.empty());
    auto const payout = answered->changed_payouts.front();
    EXPECT_TRUE(payout.is_in_flight());
    auto const line = give(Order::line, {payout, {}});
    ASSERT_TRUE(line.ok());
    EXPECT_EQ(moved_by(*line), sent);
    EXPECT_FALSE(give(Order::line, {line->changed_payouts.front(), {}}).ok()) << "a second line of one payout is another matter";
}

TEST(Payouts, the_same_submission_again_is_told_so_and_another_is_refused) {
    auto again = SubmitPayout{};
    again.attempt = attempt;
    EXPECT_TRUE(decide(again, view_in(S::submitted), at(20)).ok());
    // It was asked for meanwhile, and may have been given back: whoever comes now sends nothing.
    for (auto const later : {S::unknown, S::succeeded, S::failed})
        EXPECT_EQ(decide(again, view_in(later), at(20)).error(), Refusal::payout_not_sendable) << word(later);
    again.attempt = id<PayoutId>(98).uuid();
    EXPECT_EQ(decide(again, view_in(S::submitted), at(20)).error(), Refusal::payout_not_sendable);
}

TEST(Payouts, are_asked_for_at_their_times_and_then_left_to_a_person) {
    auto view = view_in(S::submitted);
    auto asks = std::vector<Seconds>{};
    for (auto n = 0; n < 4; ++n) {
        auto const row = unanswered(*view.payout);
        auto const effects = decide(row, view, at(20));
        ASSERT_EQ(types_of(effects), std::vector<std::string>{"payout.unknown"});
        ASSERT_EQ(effects.new_dues.size(), 1U);
        asks.push_back(std::chrono::duration_cast<Seconds>(effects.new_dues.front().at - at(10)));
        view.payout = effects.changed_payouts.front();
        // The same row run by a second process.
        auto const again = decide(row, view, at(20));
        EXPECT_TRUE(again.done_due.has_value());
        EXPECT_TRUE(types_of(again).empty() && again.new_dues.empty() && again.changed_payouts.empty());
    }
    EXPECT_EQ(asks, (std::vector<Seconds>{std::chrono::minutes{5}, std::chrono::hours{1}, std::chrono::hours{24}, std::chrono::hours{25}}));
    auto const row = unanswered(*view.payout);
    auto const last = decide(row, view, at(20));
    EXPECT_EQ(types_of(last), std::vector<std::string>{"payout.unresolved"});
    EXPECT_TRUE(last.new_dues.empty());
    view.payout = last.changed_payouts.front();
    EXPECT_EQ(view.payout->status, S::unknown);
    EXPECT_TRUE(types_of(decide(row, view, at(20))).empty()) << "a person is told once";
}

TEST(Payouts, need_confirmed_money_and_a_collector) {
    auto ask = ProposePayout{};
    ask.amount = Money{100};
    ask.account = account(CollectorMode::pooled);
    EXPECT_TRUE(decide(ask, Money{100}, at(20)).ok());
    EXPECT_EQ(decide(ask, Money{99}, at(20)).error(), Refusal::not_enough_due);
    ask.account = account(CollectorMode::direct);
    EXPECT_EQ(decide(ask, Money{100}, at(20)).error(), Refusal::collector_is_direct);
    auto approve = ApprovePayout{};
    approve.actor = person;
    approve.second_factor_fresh = true;
    EXPECT_EQ(decide(approve, {payout_in(S::proposed), Money{59'999}, reference}, at(20)).error(), Refusal::not_enough_due);
}

TEST(Payouts, that_the_bank_gives_back_are_their_owners_again) {
    auto view = CreditView{};
    view.payouts = {view_in(S::succeeded)};
    auto const told = credit(60'000, at(30), {{reference, How::exact, false, true}}, CollectorMode::pooled);
    auto const effects = decide(told, view, at(31));
    ASSERT_TRUE(effects.ok());
    EXPECT_EQ(effects->changed_payouts.front().returned_by, told.id);
    EXPECT_EQ(effects->changed_payouts.front().status, S::succeeded);
    EXPECT_EQ(moved_by(*effects), (Ledger{{AccountKind::bank, Money{60'000}}, {AccountKind::due_seen, Money{-60'000}}}));
    // One that never went to the bank cannot come back: the credit is for a person.
    for (auto const before : {S::proposed, S::approved, S::failed}) {
        view.payouts = {view_in(before)};
        auto const other = decide(told, view, at(31));
        ASSERT_TRUE(other.ok());
        EXPECT_EQ(other->new_payment->status, PaymentStatus::unreferenced) << word(before);
    }
}

TEST(Payouts, that_come_back_before_they_are_told_sent_are_sent_first_and_once) {
    for (auto const before : {S::submitted, S::unknown, S::succeeded}) {
        auto view = CreditView{};
        view.payouts = {view_in(before)};
        view.payouts.front().payout->booked_at.reset();
        auto const told = credit(60'000, at(30), {{reference, How::exact, false, true}}, CollectorMode::pooled);
        auto const effects = decide(told, view, at(31));
        ASSERT_TRUE(effects.ok());
        ASSERT_EQ(effects->changed_payouts.size(), 1U);
        auto const payout = effects->changed_payouts.front();
        EXPECT_EQ(payout.status, S::succeeded);
        EXPECT_EQ(payout.returned_by, told.id);
        EXPECT_TRUE(payout.booked_at.has_value());
        EXPECT_EQ(moved_by(*effects), (Ledger{{AccountKind::payout_in_flight, Money{60'000}}, {AccountKind::due_seen, Money{-60'000}}}));
        // Its own line and the bank's answer come after: nothing is booked again.
        auto const line = give(Order::line, {payout, {}});
        ASSERT_TRUE(line.ok());
        EXPECT_TRUE(moved_by(*line).empty());
        EXPECT_TRUE(moved_by(*give(Order::succeeded, {payout, {}})).empty());
        EXPECT_TRUE(moved_by(*give(Order::failed, {payout, {}})).empty());
    }
}

}  // namespace
}  // namespace choso::payments
