// DESIGN §7, refunds: who may approve, never more than came, and a refund goes its payout's way.
#include <gtest/gtest.h>

#include "tests/unit/payments/out_words.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;

// --- who may approve ---

struct Approver {
    std::string name;
    Actor actor;
    bool fresh;
    Actor made_by;
    std::optional<Refusal> why;
};
void PrintTo(Approver const& row, std::ostream* out) { *out << row.name; }
class WhoApproves : public ::testing::TestWithParam<Approver> {};

TEST_P(WhoApproves, a_payout_and_a_refund_alike) {
    auto const& row = GetParam();
    auto payout = payout_in(S::proposed);
    payout.maker = row.made_by;
    auto of_payout = ApprovePayout{};
    of_payout.actor = row.actor;
    of_payout.second_factor_fresh = row.fresh;
    auto const one = decide(of_payout, {payout, Money{60'000}, reference}, at(20));
    auto refund = refund_of(60'000, RefundStatus::proposed);
    refund.maker = row.made_by;
    auto of_refund = ApproveRefund{};
    of_refund.account = account(CollectorMode::pooled);
    of_refund.actor = row.actor;
    of_refund.second_factor_fresh = row.fresh;
    auto const two = decide(of_refund, {refund, received(60'000), Money{60'000}, reference, false}, at(20));
    EXPECT_EQ(one.ok(), !row.why);
    EXPECT_EQ(two.ok(), !row.why);
    if (!row.why) return;
    EXPECT_EQ(word(one.error()), word(*row.why));
    EXPECT_EQ(word(two.error()), word(*row.why));
}

INSTANTIATE_TEST_SUITE_P(maker_and_checker, WhoApproves,
                         ::testing::Values(Approver{"another_person", other_person, true, person, {}},
                                           Approver{"a_person_of_a_keys_proposal", person, true, maker, {}},
                                           Approver{"a_person_of_our_own_proposal", person, true, Actor{}, {}},
                                           Approver{"the_maker", person, true, person, Refusal::approver_is_maker},
                                           Approver{"a_key", maker, true, person, Refusal::approver_must_be_person},
                                           Approver{"the_gateway", Actor{}, true, person, Refusal::approver_must_be_person},
                                           Approver{"without_a_second_factor", other_person, false, person, Refusal::second_factor_needed},
                                           Approver{"the_maker_without_one", person, false, person, Refusal::second_factor_needed}),
                         [](auto const& given) { return given.param.name; });

// --- every state of a refund × approve, reject, name its destination ---

TEST(RefundStates, only_a_proposal_is_decided) {
    for (auto const status : {RefundStatus::approved, RefundStatus::submitted, RefundStatus::succeeded, RefundStatus::failed, RefundStatus::unknown}) {
        auto const refund = refund_of(60'000, status);
        auto approve = ApproveRefund{};
        approve.account = account(CollectorMode::pooled);
        approve.actor = other_person;
        approve.second_factor_fresh = true;
        auto reject = RejectRefund{};
        reject.actor = other_person;
        auto name = NameDestination{};
        name.merchant = refund.merchant;
        auto const one = decide(approve, {refund, received(60'000), Money{60'000}, reference, false}, at(20));
        auto const two = decide(reject, refund, at(20));
        auto const three = decide(name, refund, at(20));
        for (auto const* decision : {&one, &two, &three}) {
            ASSERT_FALSE(decision->ok()) << word(status);
            EXPECT_EQ(decision->error(), Refusal::already_decided) << word(status);
        }
        // The same person again is answered as the first time.
        if (status == RefundStatus::failed) continue;
        approve.actor = person;
        auto const again = decide(approve, {refund, received(60'000), Money{60'000}, reference, false}, at(20));
        ASSERT_TRUE(again.ok());
        EXPECT_TRUE(again->movements.empty());
    }
}

TEST(Refunds, never_ask_back_more_than_came) {
    auto ask = ProposeRefund{};
    ask.merchant = account().owner;
    ask.amount = Money{60};
    auto others = std::vector<Refund>{refund_of(60, RefundStatus::proposed)};
    EXPECT_TRUE(decide(ask, {received(100), {}, false}, at(20)).ok());
    for (auto const status : {RefundStatus::proposed, RefundStatus::approved, RefundStatus::submitted, RefundStatus::succeeded, RefundStatus::unknown}) {
        others.front().status = status;
        auto const second = decide(ask, {received(100), others, false}, at(20));
        ASSERT_FALSE(second.ok()) << word(status);
        EXPECT_EQ(second.error(), Refusal::refund_exceeds_payment);
    }
    others.front().status = RefundStatus::failed;
    EXPECT_TRUE(decide(ask, {received(100), others, false}, at(20)).ok());
}

TEST(Refunds, what_cannot_be_refunded_is_said) {
    auto ask = ProposeRefund{};
    ask.merchant = account().owner;
    ask.amount = Money{60};
    EXPECT_EQ(decide(ask, {{}, {}, false}, at(20)).error(), Refusal::not_found);
    EXPECT_EQ(decide(ask, {received(100, true, PaymentStatus::reversed), {}, false}, at(20)).error(), Refusal::payment_not_refundable);
    EXPECT_EQ(decide(ask, {received(-100, true, PaymentStatus::outside), {}, false}, at(20)).error(), Refusal::payment_not_refundable);
    EXPECT_EQ(decide(ask, {received(100), {}, true}, at(20)).error(), Refusal::payment_not_refundable);
    ask.merchant = id<MerchantId>(99);
    EXPECT_EQ(decide(ask, {received(100), {}, false}, at(20)).error(), Refusal::not_found);
}

ApproveRefund approval(CollectorMode mode) {
    auto out = ApproveRefund{};
    out.account = account(mode);
    out.payout = its_payout;
    out.actor = person;
    out.second_factor_fresh = true;
    return out;
}

TEST(Refunds, only_confirmed_money_with_a_destination_and_enough_of_it) {
    auto const pooled = approval(CollectorMode::pooled);
    auto refund = refund_of(60, RefundStatus::proposed);
    EXPECT_EQ(decide(pooled, {refund, received(60, false), Money{60}, reference, false}, at(20)).error(), Refusal::not_confirmed);
    EXPECT_EQ(decide(pooled, {refund, received(60), Money{59}, reference, false}, at(20)).error(), Refusal::not_enough_due);
    // Nobody's money is not owed to anybody: it is there.
    EXPECT_TRUE(decide(pooled, {refund, received(60, true, PaymentStatus::unreferenced), Money{}, reference, false}, at(20)).ok());
    refund.destination.reset();
    EXPECT_EQ(decide(pooled, {refund, received(60), Money{60}, reference, false}, at(20)).error(), Refusal::destination_missing);
}

TEST(Refunds, of_a_collectors_account_become_an_approved_payout_in_the_same_commit) {
    for (auto const status : {PaymentStatus::allocated, PaymentStatus::unreferenced}) {
        auto const decision =
            decide(approval(CollectorMode::pooled), {refund_of(60, RefundStatus::proposed), received(60, true, status), Money{60}, reference, false}, at(20));
        ASSERT_TRUE(decision.ok());
        ASSERT_EQ(decision->new_payouts.size(), 1U);
        EXPECT_EQ(decision->new_payouts.front().status, S::approved);
        EXPECT_EQ(decision->new_payouts.front().reference, reference);
        EXPECT_EQ(decision->changed_refunds.front().status, RefundStatus::approved);
        auto const from = status == PaymentStatus::allocated ? AccountKind::due_confirmed : AccountKind::unreferenced;
        EXPECT_EQ(moved_by(*decision), (Ledger{{from, Money{60}}, {AccountKind::refund_in_flight, Money{-60}}}));
        EXPECT_EQ(types_of(*decision), (std::vector<std::string>{"refund.approved", "payout.approved"}));
    }
}

TEST(Refunds, of_a_payees_own_account_are_an_instruction_that_its_line_fulfils) {
    auto const decision =
        decide(approval(CollectorMode::direct), {refund_of(60, RefundStatus::proposed), received(60), Money{}, reference, false}, at(20));
    ASSERT_TRUE(decision.ok());
    EXPECT_TRUE(decision->new_payouts.empty());
    EXPECT_TRUE(decision->movements.empty());
    auto refund = decision->changed_refunds.front();
    EXPECT_EQ(refund.reference, reference);
    for (auto const status : {PaymentStatus::allocated, PaymentStatus::unreferenced}) {
        auto view = CreditView{};
        view.instructed = {{refund, received(60, true, status)}};
        auto told = credit(-60, at(30), {{reference, How::exact, false, true}});
        told.account.keeps_debits = false;
        auto const taken = decide(told, view, at(31));
        ASSERT_TRUE(taken.ok());
        ASSERT_TRUE(taken->new_payment.has_value());
        EXPECT_EQ(taken->new_payment->status, PaymentStatus::sent);
        EXPECT_EQ(taken->changed_refunds.front().status, RefundStatus::succeeded);
        auto const from = status == PaymentStatus::allocated ? AccountKind::received : AccountKind::unreferenced;
        EXPECT_EQ(moved_by(*taken), (Ledger{{from, Money{60}}, {AccountKind::bank, Money{-60}}}));
    }
    // Another amount is not it.
    auto view = CreditView{};
    view.instructed = {{refund, received(60)}};
    auto const other = decide(credit(-59, at(30), {{reference, How::exact, false, true}}), view, at(31));
    ASSERT_TRUE(other.ok());
    EXPECT_EQ(other->new_payment->status, PaymentStatus::outside);
    EXPECT_TRUE(other->changed_refunds.empty());
}

// --- a refund goes its payout's way ---

TEST(RefundOfPayout, follows_it_and_gets_its_money_back_where_it_was_taken) {
    for (auto const place : {MoneyPlace::payee, MoneyPlace::unreferenced}) {
        auto view = view_in(S::submitted, true);
        view.refund->taken_from = place;
        auto told = PayoutAnswered{};
        told.answer = PayoutAnswer::failed;
        told.reason = "account_closed";
        auto const failed = decide(told, view, at(20));
        ASSERT_TRUE(failed.ok());
        EXPECT_EQ(failed->changed_refunds.front().status, RefundStatus::failed);
        EXPECT_EQ(failed->changed_refunds.front().failure, "account_closed");
        EXPECT_FALSE(failed->changed_refunds.front().taken_from.has_value());
        auto const to = place == MoneyPlace::payee ? AccountKind::due_confirmed : AccountKind::unreferenced;
        EXPECT_EQ(moved_by(*failed), (Ledger{{AccountKind::refund_in_flight, Money{60'000}}, {to, Money{-60'000}}}));
    }
    auto told = PayoutAnswered{};
    told.answer = PayoutAnswer::succeeded;
    auto const done = decide(told, view_in(S::unknown, true), at(20));
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->changed_refunds.front().status, RefundStatus::succeeded);
}

TEST(Reversal, drops_what_is_not_with_the_bank_yet_and_keeps_why) {
    auto told = ReverseCredit{};
    told.id = id<PaymentId>(55).uuid();
    told.account = account(CollectorMode::pooled);
    told.occurred_at = at(30);
    told.reason = "bank says so";
    told.actor = person;
    auto view = ReversalView{};
    view.payment = received(60'000);
    view.refunds = {refund_of(60'000, RefundStatus::approved)};
    view.payouts = {payout_in(S::approved, true)};
    auto const decision = decide(told, view, at(31));
    ASSERT_TRUE(decision.ok());
    EXPECT_EQ(decision->changed_payouts.front().status, S::failed);
    EXPECT_EQ(decision->changed_payouts.front().failure, "payment_reversed");
    EXPECT_EQ(decision->changed_refunds.front().status, RefundStatus::failed);
    EXPECT_EQ(moved_by(*decision), (Ledger{{AccountKind::refund_in_flight, Money{60'000}}, {AccountKind::bank, Money{-60'000}}}));
    ASSERT_TRUE(decision->reversal.has_value());
    EXPECT_EQ(decision->reversal->reason, "bank says so");
    // With the bank it stays there: the payee owes it.
    view.refunds.front().status = RefundStatus::submitted;
    view.payouts.front().status = S::submitted;
    EXPECT_TRUE(decide(told, view, at(31))->changed_payouts.empty());
    // The same order again answers as the first did; another does not.
    view.payment->status = PaymentStatus::reversed;
    view.reversed_by = told.id;
    EXPECT_TRUE(decide(told, view, at(31)).ok());
    view.reversed_by = id<PaymentId>(56).uuid();
    EXPECT_EQ(decide(told, view, at(31)).error(), Refusal::payment_already_reversed);
}

TEST(Cancellation, leaves_what_refunds_took_to_the_unreferenced_money) {
    auto request = asked(200'000);
    request.status = RequestStatus::partially_paid;
    request.amount_paid = Money{100'000};
    auto refund = refund_of(60'000, RefundStatus::submitted);
    auto cancel = CancelRequest{};
    cancel.id = request.id;
    cancel.merchant = request.merchant;
    cancel.mode = CollectorMode::pooled;
    auto view = CancelView{};
    view.request = request;
    view.mode = CollectorMode::pooled;
    view.payments = {{received(100'000), Money{100'000}, Money{60'000}, {}, {refund}}};
    view.refund_ids = {id<RefundId>(80)};
    auto const decision = decide(cancel, view, at(12));
    ASSERT_TRUE(decision.ok());
    // 60 of the 100 were the payee's no more: only 40 change hands.
    EXPECT_EQ(moved_by(*decision), (Ledger{{AccountKind::due_confirmed, Money{40'000}}, {AccountKind::unreferenced, Money{-40'000}}}));
    EXPECT_EQ(decision->changed_refunds.front().taken_from, MoneyPlace::unreferenced);
    EXPECT_EQ(decision->new_refunds.front().amount, Money{40'000});
}

}  // namespace
}  // namespace choso::payments
