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

TEST(Refunds, that_together_exceed_the_payment_are_not_approved) {
    auto const refund = refund_of(60, RefundStatus::proposed);
    auto other = refund_of(60, RefundStatus::proposed);
    other.id = id<RefundId>(81);
    for (auto const mode : {CollectorMode::pooled, CollectorMode::direct}) {
        auto const approve = [&](std::int64_t paid, std::vector<Refund> refunds) {
            return decide(approval(mode), {refund, received(paid), Money{1'000}, reference, false, std::move(refunds)}, at(20));
        };
        for (auto const status : {RefundStatus::proposed, RefundStatus::approved, RefundStatus::submitted, RefundStatus::succeeded, RefundStatus::unknown}) {
            other.status = status;
            EXPECT_EQ(approve(119, {refund, other}).error(), Refusal::refund_exceeds_payment) << word(status);
            EXPECT_TRUE(approve(120, {refund, other}).ok()) << word(status);
        }
        other.status = RefundStatus::failed;
        EXPECT_TRUE(approve(60, {refund, other}).ok());
    }
}

TEST(Refunds, of_late_money_ask_back_only_what_no_refund_asks_yet) {
    auto request = asked(100);
    request.late_policy = LatePolicy::refund;
    request.status = RequestStatus::expired;
    for (auto const already : {0, 60, 100}) {
        auto payment = received(100, false, PaymentStatus::unreferenced);
        payment.sources = {1};
        payment.occurred_at = at(20);
        payment.bank_ref = "FT";
        auto told = credit(100, at(20), {{*request.reference, How::exact, false, false}});
        told.source = 2;
        told.bank_ref = "FT";
        auto view = CreditView{};
        view.same_fact = {payment};
        view.requests = {request};
        if (already > 0) view.refunds = {refund_of(already, RefundStatus::proposed)};
        auto const decision = decide(told, view, at(21));
        ASSERT_TRUE(decision.ok());
        ASSERT_EQ(decision->changed_payments.front().status, PaymentStatus::allocated);
        ASSERT_EQ(decision->new_refunds.size(), already < 100 ? 1U : 0U) << already;
        if (already == 100) continue;
        EXPECT_EQ(decision->new_refunds.front().amount, Money{100 - already});
    }
}

TEST(Refunds, are_approved_only_for_the_merchant_whose_money_it_is) {
    auto refund = refund_of(60, RefundStatus::proposed);
    refund.merchant = id<MerchantId>(91);
    EXPECT_EQ(decide(approval(CollectorMode::pooled), {refund, received(60), Money{60}, reference, false}, at(20)).error(), Refusal::payment_moved);
    EXPECT_EQ(decide(approval(CollectorMode::direct), {refund, received(60), Money{}, reference, false}, at(20)).error(), Refusal::payment_moved);
}

TEST(Refunds, go_where_the_approver_saw_them_go) {
    auto refund = refund_of(60, RefundStatus::proposed);
    auto approve = approval(CollectorMode::pooled);
    approve.destination = id<PersonId>(92);
    EXPECT_EQ(decide(approve, {refund, received(60), Money{60}, reference, false}, at(20)).error(), Refusal::destination_differs);
    approve.destination = refund.destination;
    EXPECT_TRUE(decide(approve, {refund, received(60), Money{60}, reference, false}, at(20)).ok());
    // Nor is one that was named named anew.
    auto name = NameDestination{};
    name.merchant = refund.merchant;
    name.destination.id = id<PersonId>(92);
    EXPECT_EQ(decide(name, refund, at(20)).error(), Refusal::destination_differs);
    refund.destination.reset();
    auto const named = decide(name, refund, at(20));
    ASSERT_TRUE(named.ok());
    EXPECT_EQ(named->changed_refunds.front().destination, name.destination.id);
}

TEST(Refunds, are_no_larger_than_one_transfer_of_ours) {
    auto const most = most_transferred.dong();
    auto const approve = [](CollectorMode mode, std::int64_t dong) {
        return decide(approval(mode), {refund_of(dong, RefundStatus::proposed), received(dong), Money{dong}, reference, false}, at(20));
    };
    EXPECT_TRUE(approve(CollectorMode::pooled, most).ok());
    EXPECT_EQ(approve(CollectorMode::pooled, most + 1).error(), Refusal::transfer_too_large);
    EXPECT_TRUE(approve(CollectorMode::direct, most + 1).ok()) << "its payee sends it as it can";
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
    view.due_confirmed = {{request.merchant, Money{40'000}}};
    auto const decision = decide(cancel, view, at(12));
    ASSERT_TRUE(decision.ok());
    // 60 of the 100 were the payee's no more: only 40 change hands.
    EXPECT_EQ(moved_by(*decision), (Ledger{{AccountKind::due_confirmed, Money{40'000}}, {AccountKind::unreferenced, Money{-40'000}}}));
    EXPECT_EQ(decision->changed_refunds.front().taken_from, MoneyPlace::unreferenced);
    EXPECT_EQ(decision->new_refunds.front().amount, Money{40'000});
    // One of the 40 was paid out: there is not enough to give back.
    view.due_confirmed = {{request.merchant, Money{39'999}}};
    EXPECT_EQ(decide(cancel, view, at(12)).error(), Refusal::not_enough_due);
    // What no second source has told was never paid out.
    view.payments.front().payment.confirmed_at.reset();
    view.payments.front().refunds.clear();
    view.due_confirmed.clear();
    EXPECT_TRUE(decide(cancel, view, at(12)).ok());
}

TEST(Cancellation, takes_no_payee_more_than_it_is_owed) {
    auto const stall = id<MerchantId>(91);
    auto request = asked(100'000);
    request.status = RequestStatus::partially_paid;
    request.amount_paid = Money{90'000};
    request.split = Split{FillRule::in_order, {{stall, Money{70'000}, {}}, {request.merchant, Money{30'000}, {}}}};
    auto cancel = CancelRequest{};
    cancel.id = request.id;
    cancel.merchant = request.merchant;
    cancel.mode = CollectorMode::pooled;
    auto view = CancelView{};
    view.request = request;
    view.mode = CollectorMode::pooled;
    view.payments = {{received(90'000), Money{90'000}, {}, {{1, stall, Money{70'000}}, {2, request.merchant, Money{20'000}}}, {}}};
    view.refund_ids = {id<RefundId>(80)};
    view.due_confirmed = {{stall, Money{70'000}}, {request.merchant, Money{20'000}}};
    EXPECT_TRUE(decide(cancel, view, at(12)).ok());
    for (auto const payee : {stall, request.merchant}) {
        auto short_of = view;
        short_of.due_confirmed[payee] -= Money{1};
        EXPECT_EQ(decide(cancel, short_of, at(12)).error(), Refusal::not_enough_due);
    }
}

}  // namespace
}  // namespace choso::payments
