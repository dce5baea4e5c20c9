// Whose money a credit is, and what two tellings of one fact make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/payments/match.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

PaymentRequest other_request(std::int64_t dong, std::uint64_t data) {
    auto out = asked(dong);
    out.id = PaymentRequestId{new_uuid(bucket, at(0))};
    out.reference = Reference::from_data(data);
    return out;
}

FoundReference found(PaymentRequest const& request, How how = How::exact) { return {*request.reference, how, false}; }

TEST(Match, exact_reference_wins_whatever_the_amount) {
    auto const request = asked(200'000);
    auto const told = credit(200, at(1), {found(request)});
    auto const all = std::vector{request};
    EXPECT_EQ(match(told, all).request, &all[0]);
}

TEST(Match, two_exact_references_are_for_a_person) {
    auto const all = std::vector{asked(50'000), other_request(50'000, 77)};
    auto const told = credit(50'000, at(1), {found(all[0]), found(all[1])});
    EXPECT_EQ(match(told, all).request, nullptr);
    EXPECT_EQ(match(told, all).why_unreferenced, "several_references");
}

TEST(Match, corrected_reference_needs_the_amount_still_open) {
    auto request = asked(50'000);
    request.amount_paid = Money{20'000};
    auto const all = std::vector{request};
    EXPECT_EQ(match(credit(30'000, at(1), {found(request, How::swap)}), all).request, &all[0]);
    EXPECT_EQ(match(credit(50'000, at(1), {found(request, How::swap)}), all).request, nullptr);
}

TEST(Match, corrected_reference_never_meets_an_open_amount) {
    auto request = asked(1);
    request.amount.reset();
    auto const all = std::vector{request};
    EXPECT_EQ(match(credit(50'000, at(1), {found(request, How::missing)}), all).request, nullptr);
}

TEST(Match, exact_beats_corrected) {
    auto const all = std::vector{asked(50'000), other_request(50'000, 77)};
    auto const told = credit(50'000, at(1), {found(all[1], How::substitution), found(all[0])});
    EXPECT_EQ(match(told, all).request, &all[0]);
}

TEST(Match, reference_of_another_account_marks_nothing_paid) {
    auto request = asked(50'000);
    request.account = AccountId{new_uuid(bucket, at(0))};
    auto const all = std::vector{request};
    auto const hit = match(credit(50'000, at(1), {found(request)}), all);
    EXPECT_EQ(hit.request, nullptr);
    EXPECT_TRUE(hit.wrong_account);
    EXPECT_EQ(hit.theirs, &all[0]);
}

TEST(Match, a_stalls_own_account_takes_unreferenced_money) {
    auto told = credit(50'000, at(1), {});
    told.account.static_stall = id<StallId>(9);
    told.account.static_merchant = told.account.owner;
    EXPECT_TRUE(match(told, {}).to_stall);
}

TEST(Match, two_exact_references_stay_for_a_person_even_on_a_stalls_own_account) {
    auto const all = std::vector{asked(50'000), other_request(50'000, 77)};
    auto told = credit(50'000, at(1), {found(all[0]), found(all[1])});
    told.account.static_stall = id<StallId>(9);
    told.account.static_merchant = told.account.owner;
    EXPECT_FALSE(match(told, all).to_stall);
}

TEST(Match, the_banks_word_for_a_stall_goes_before_anothers_code) {
    auto const all = std::vector{asked(50'000)};
    auto told = credit(50'000, at(1), {found(all[0])});
    told.named_stall = id<StallId>(9);
    told.named_merchant = id<MerchantId>(8);
    told.by_virtual_account = true;
    EXPECT_TRUE(match(told, all).to_stall);
    told.named_merchant = all[0].merchant;
    EXPECT_EQ(match(told, all).request, &all[0]);
}

TEST(SameFact, a_credit_taken_back_does_not_swallow_the_next_one) {
    auto const first = credit(50'000, at(1), {});
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.take(decide(first, {}, at(2))));
    ASSERT_TRUE(book.step('r', 0));
    auto again = first;
    again.source = 2;
    again.bank_ref.clear();
    again.occurred_at = at(60);
    EXPECT_EQ(same_fact(again, book.payments()), nullptr);
    again.occurred_at = first.occurred_at;
    EXPECT_NE(same_fact(again, book.payments()), nullptr);
}

TEST(SameFact, the_second_copy_may_bring_the_stall_the_first_had_lost) {
    auto book = SmallBook{asked(50'000)};
    auto const mangled = credit(20'000, at(1), {});
    auto whole = mangled;
    whole.id = PaymentId{new_uuid(bucket, at(0))};
    whole.source = 2;
    whole.named_stall = id<StallId>(9);
    whole.named_merchant = account().owner;
    ASSERT_TRUE(book.take(decide(mangled, {}, at(2))));
    ASSERT_TRUE(book.take(decide(whole, {{}, book.payments(), {}}, at(3))));
    EXPECT_EQ(book.balance(AccountKind::unreferenced), Money{});
    EXPECT_EQ(book.balance(AccountKind::received), Money{-20'000});
    EXPECT_EQ(book.payments()[0].stall, whole.named_stall);
}

TEST(Decide, amount_and_time_alone_never_match_money) {
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.take(decide(credit(50'000, at(1), {}), {{}, {}, {}}, at(2))));
    EXPECT_EQ(book.request().status, RequestStatus::open);
    EXPECT_EQ(book.balance(AccountKind::unreferenced), Money{-50'000});
    EXPECT_THAT(book.events(), ElementsAre("payment.unreferenced"));
}

TEST(Decide, a_households_private_money_is_not_kept) {
    auto told = credit(50'000, at(1), {});
    told.account.keeps_unreferenced = false;
    auto const effects = decide(told, {}, at(2));
    ASSERT_TRUE(effects.ok());
    EXPECT_FALSE(effects->new_payment || effects->sighting || effects->answer);
}

TEST(Decide, paid_twice_says_duplicate) {
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.step('c', 50'000));
    ASSERT_TRUE(book.step('c', 50'000));
    EXPECT_THAT(book.events(), Contains("payment.duplicate"));
    EXPECT_EQ(book.request().overpaid_by(), Money{50'000});
}

TEST(Decide, money_after_cancel_is_proposed_for_refund) {
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.step('k', 0));
    ASSERT_TRUE(book.step('c', 50'000));
    ASSERT_EQ(book.refunds().size(), 1U);
    EXPECT_EQ(book.refunds()[0].status, RefundStatus::proposed);
    EXPECT_EQ(book.refunds()[0].amount, Money{50'000});
    EXPECT_EQ(book.balance(AccountKind::unreferenced), Money{-50'000});
}

TEST(Decide, a_reversal_fails_the_refund_that_was_proposed) {
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.step('k', 0));
    ASSERT_TRUE(book.step('c', 50'000));
    ASSERT_TRUE(book.step('r', 0));
    EXPECT_EQ(book.refunds()[0].status, RefundStatus::failed);
    EXPECT_FALSE(book.step('r', 0)) << "a credit is taken back once";
    for (auto const& [key, balance] : book.ledger()) EXPECT_TRUE(balance.is_zero());
}

TEST(Decide, one_payment_is_never_asked_back_twice) {
    auto request = asked(100);
    request.late_policy = LatePolicy::refund;
    auto book = SmallBook{request};
    ASSERT_TRUE(book.step('l', 30));  // late: its refund is proposed
    ASSERT_TRUE(book.step('c', 20));  // in time, told late: open again for the grace
    ASSERT_TRUE(book.step('k', 0));
    auto sums = std::map<PaymentId, Money>{};
    for (auto const& refund : book.refunds()) sums[refund.payment] += refund.amount;
    for (auto const& payment : book.payments()) EXPECT_EQ(sums[payment.id], payment.amount);
}

struct LateRow {
    LatePolicy policy;
    LateDecision decision;
    std::size_t refunds;
};
TEST(Decide, late_money_follows_the_requests_policy) {
    for (auto const& row : {LateRow{LatePolicy::accept, LateDecision::accepted, 0}, LateRow{LatePolicy::hold, LateDecision::none, 0},
                            LateRow{LatePolicy::refund, LateDecision::refunding, 1}}) {
        auto request = asked(50'000);
        request.late_policy = row.policy;
        auto book = SmallBook{request};
        ASSERT_TRUE(book.step('l', 50'000));
        EXPECT_EQ(book.request().late_decision, row.decision) << word(row.policy);
        EXPECT_EQ(book.refunds().size(), row.refunds) << word(row.policy);
    }
}

// --- one fact, two tellings ---

RecordCredit second_telling(RecordCredit of) {
    of.id = PaymentId{new_uuid(bucket, at(0))};
    of.source = 2;
    of.source_id = "other-" + of.source_id;
    return of;
}

TEST(SameFact, another_source_joins_by_bank_reference) {
    auto book = SmallBook{asked(50'000)};
    auto const first = credit(50'000, at(1), book.exact());
    ASSERT_TRUE(book.take(decide(first, {{}, {}, {book.request()}}, at(2))));
    ASSERT_TRUE(book.take(decide(second_telling(first), {{}, book.payments(), {book.request()}}, at(3))));
    ASSERT_EQ(book.payments().size(), 1U);
    EXPECT_TRUE(book.payments()[0].confirmed_at);
    EXPECT_EQ(book.request().amount_paid, Money{50'000});
}

TEST(SameFact, one_sources_two_ids_are_two_payments) {
    auto book = SmallBook{asked(50'000)};
    auto const first = credit(50'000, at(1), {});
    auto again = first;
    again.id = PaymentId{new_uuid(bucket, at(0))};
    again.source_id += "x";
    ASSERT_TRUE(book.take(decide(first, {}, at(2))));
    ASSERT_TRUE(book.take(decide(again, {{}, book.payments(), {}}, at(3))));
    EXPECT_EQ(book.payments().size(), 2U);
}

TEST(SameFact, different_bank_references_never_join) {
    auto book = SmallBook{asked(50'000)};
    auto const first = credit(50'000, at(1), {});
    auto other = second_telling(first);
    other.bank_ref += "9";
    ASSERT_TRUE(book.take(decide(first, {}, at(2))));
    ASSERT_TRUE(book.take(decide(other, {{}, book.payments(), {}}, at(3))));
    EXPECT_EQ(book.payments().size(), 2U);
}

TEST(SameFact, two_days_apart_never_join) {
    auto first = credit(50'000, at(1), {});
    auto other = second_telling(first);
    other.occurred_at += std::chrono::hours{49};
    auto book = SmallBook{asked(50'000)};
    ASSERT_TRUE(book.take(decide(first, {}, at(2))));
    EXPECT_EQ(same_fact(other, book.payments()), nullptr);
    other.occurred_at = first.occurred_at + std::chrono::hours{24};
    EXPECT_NE(same_fact(other, book.payments()), nullptr);
}

TEST(SameFact, the_second_copy_may_bring_the_reference_the_first_had_lost) {
    auto book = SmallBook{asked(50'000), CollectorMode::pooled};
    auto const mangled = credit(50'000, at(1), {}, CollectorMode::pooled);
    auto whole = second_telling(mangled);
    whole.found = book.exact();
    ASSERT_TRUE(book.take(decide(mangled, {}, at(2))));
    EXPECT_EQ(book.request().status, RequestStatus::open);
    ASSERT_TRUE(book.take(decide(whole, {{}, book.payments(), {book.request()}}, at(3))));
    EXPECT_EQ(book.request().status, RequestStatus::paid);
    EXPECT_EQ(book.balance(AccountKind::unreferenced), Money{});
    EXPECT_EQ(book.balance(AccountKind::due_confirmed), Money{-50'000});
}

TEST(SameFact, either_order_gives_the_same_book) {
    for (auto const mode : {CollectorMode::direct, CollectorMode::pooled}) {
        auto const seed = SmallBook{asked(50'000), mode};
        auto const mangled = credit(50'000, at(1), {}, mode);
        auto whole = second_telling(mangled);
        whole.found = seed.exact();
        auto one = seed;
        auto two = seed;
        ASSERT_TRUE(one.take(decide(mangled, {{}, one.payments(), {}}, at(2))));
        ASSERT_TRUE(one.take(decide(whole, {{}, one.payments(), {one.request()}}, at(3))));
        ASSERT_TRUE(two.take(decide(whole, {{}, two.payments(), {two.request()}}, at(2))));
        ASSERT_TRUE(two.take(decide(mangled, {{}, two.payments(), {}}, at(3))));
        for (auto const kind : {AccountKind::bank, AccountKind::received, AccountKind::due_seen, AccountKind::due_confirmed, AccountKind::unreferenced})
            EXPECT_EQ(one.balance(kind), two.balance(kind)) << word(kind);
        EXPECT_EQ(one.request().status, two.request().status);
    }
}

TEST(SameFact, one_id_with_another_amount_is_refused) {
    auto const first = credit(50'000, at(1), {});
    auto changed = first;
    changed.amount = Money{60'000};
    auto known = Payment{};
    known.account = first.account.id;
    known.amount = first.amount;
    auto const answer = decide(changed, {known, {}, {}}, at(2));
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error(), Refusal::sighting_conflict);
}

// --- the property behind DESIGN §7: the order of arrival does not change the book ---

TEST(Order, every_permutation_of_a_small_feed_ends_in_the_same_book) {
    auto const steps = std::vector<std::pair<char, std::int64_t>>{{'c', 20'000}, {'c', 10'000}, {'l', 20'000}, {'l', 5'000}};
    auto order = std::vector<std::size_t>{0, 1, 2, 3};
    auto reference = std::optional<std::tuple<RequestStatus, Money, Money>>{};
    do {
        auto book = SmallBook{asked(50'000)};
        for (auto const i : order) ASSERT_TRUE(book.step(steps[i].first, steps[i].second));
        ASSERT_TRUE(book.step('x', 0));  // the expiry is told again after each re-opening
        auto const end = std::tuple{book.request().status, book.request().amount_paid, book.balance(AccountKind::received)};
        if (!reference) reference = end;
        EXPECT_EQ(end, *reference);
        EXPECT_TRUE(book.balances());
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(std::get<0>(*reference), RequestStatus::paid_late);
}

TEST(Templates, each_sums_to_zero_for_every_amount) {
    auto random = std::mt19937_64{20261121};
    for (auto const& row : templates())
        for (auto n = 0; n < 100; ++n) {
            auto const amount = Money{static_cast<std::int64_t>(random() % 99'999'999'999) + 1};
            auto sum = Money{};
            for (auto const& posting : postings(row.name, amount, account().id, account().owner)) sum += posting.amount;
            EXPECT_TRUE(sum.is_zero()) << row.word << " " << amount.dong();
        }
}

}  // namespace
}  // namespace choso::payments
