// A bank's line that takes a credit back, told once, twice, by two sources, in either order.
#include <gtest/gtest.h>

#include "gateway/payments/ledger.hpp"
#include "gateway/payments/reversal_line.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;

/// What one decision moves, by account kind.
std::map<AccountKind, std::int64_t> moved(Effects const& effects) {
    auto out = std::map<AccountKind, std::int64_t>{};
    for (auto const& movement : effects.movements) {
        auto const& j = movement.journal;
        for (auto const& posting : postings(j.name, j.amount, j.account, j.merchant)) out[posting.account.kind] += posting.amount.dong();
    }
    std::erase_if(out, [](auto const& it) { return it.second == 0; });
    return out;
}

struct Taken {
    PaymentRequest request = asked(50'000);
    Payment original;
    RecordReversal told{credit(-50'000, at(20), {}), {}};
    ReversalLineView view;

    Taken() {
        auto const paid = credit(50'000, at(10), {{*request.reference, How::exact, false}});
        auto effects = decide(paid, {{}, {}, {request}}, at(10));
        original = *effects.value().new_payment;
        request = effects.value().changed_requests.front();
        told.original = original.id;
        told.line.source = 2;
        view.original.payment = original;
        view.original.request = request;
        view.original.allocated = Money{50'000};
    }
    /// The same line as a notice without a word of what it undoes has told it.
    Payment as_debit() const {
        auto line = told.line;
        line.id = PaymentId{new_uuid(bucket, at(0))};
        line.source = 1;
        return *decide(line, {{}, {}, {}}, at(21)).value().new_payment;
    }
};

TEST(reversal_line, ends_the_credit_and_is_a_fact_of_its_own) {
    auto const it = Taken{};
    auto const effects = decide(it.told, it.view, at(30));
    ASSERT_TRUE(effects.ok());
    EXPECT_EQ(moved(*effects), (std::map<AccountKind, std::int64_t>{{AccountKind::bank, -50'000}, {AccountKind::received, 50'000}}));
    EXPECT_EQ(effects->new_payment->amount, Money{-50'000});
    EXPECT_EQ(effects->new_payment->status, PaymentStatus::reversed);
    EXPECT_EQ(effects->sighting->payment, effects->new_payment->id);
    ASSERT_EQ(effects->changed_requests.size(), 1U);
    EXPECT_EQ(effects->changed_requests[0].status, RequestStatus::open);
    EXPECT_EQ(effects->changed_requests[0].amount_paid, Money{});
    EXPECT_EQ(effects->changed_payments.back().id, it.original.id);
    EXPECT_EQ(effects->changed_payments.back().status, PaymentStatus::reversed);
}

TEST(reversal_line, told_again_does_nothing) {
    auto it = Taken{};
    it.view.same_sighting = *decide(it.told, it.view, at(30)).value().new_payment;
    auto const again = decide(it.told, it.view, at(31));
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->movements.empty() && !again->sighting && !again->new_payment);
    it.told.line.amount = Money{-40'000};
    EXPECT_EQ(decide(it.told, it.view, at(31)).error(), Refusal::sighting_conflict);
}

TEST(reversal_line, told_as_mere_debit_before_is_the_same_money) {
    auto it = Taken{};
    auto const debit = it.as_debit();
    ASSERT_EQ(debit.status, PaymentStatus::outside);
    it.view.same_fact = {debit};
    auto const effects = decide(it.told, it.view, at(30));
    ASSERT_TRUE(effects.ok());
    EXPECT_EQ(moved(*effects), (std::map<AccountKind, std::int64_t>{{AccountKind::outside, -50'000}, {AccountKind::received, 50'000}}))
        << "the bank account was told of it already";
    EXPECT_FALSE(effects->new_payment);
    EXPECT_EQ(effects->sighting->payment, debit.id);
    EXPECT_EQ(effects->changed_payments.back().id, debit.id);
    EXPECT_EQ(effects->changed_payments.back().status, PaymentStatus::reversed);
    EXPECT_EQ(effects->changed_payments.back().sources, (std::vector<std::int32_t>{1, 2}));
}

TEST(reversal_line, told_as_mere_debit_afterwards_is_the_same_money) {
    auto const it = Taken{};
    auto const line = *decide(it.told, it.view, at(30)).value().new_payment;
    auto notice = it.told.line;
    notice.id = PaymentId{new_uuid(bucket, at(0))};
    notice.source = 1;
    auto const effects = decide(notice, {{}, {line}, {}}, at(31));
    ASSERT_TRUE(effects.ok());
    EXPECT_TRUE(effects->movements.empty());
    EXPECT_FALSE(effects->new_payment);
    EXPECT_EQ(effects->sighting->payment, line.id);
}

TEST(reversal_line, by_two_sources_that_both_know) {
    auto it = Taken{};
    auto const first = decide(it.told, it.view, at(30));
    it.view.original.payment = first->changed_payments.back();
    it.view.same_fact = {*first->new_payment};
    it.told.line.source = 3;
    auto const second = decide(it.told, it.view, at(31));
    ASSERT_TRUE(second.ok());
    EXPECT_TRUE(second->movements.empty());
    EXPECT_EQ(second->sighting->payment, first->new_payment->id);
}

TEST(reversal_line, of_what_an_operator_took_back_is_only_noted) {
    auto it = Taken{};
    it.view.original.payment->status = PaymentStatus::reversed;
    auto const effects = decide(it.told, it.view, at(30));
    ASSERT_TRUE(effects.ok());
    EXPECT_TRUE(effects->movements.empty());
    EXPECT_EQ(effects->new_payment->status, PaymentStatus::reversed);
}

TEST(reversal_line, of_nothing_that_fits_is_refused) {
    auto absent = Taken{};
    absent.view.original.payment.reset();
    auto other_amount = Taken{};
    other_amount.view.original.payment->amount = Money{49'000};
    auto other_account = Taken{};
    other_account.view.original.payment->account = id<AccountId>(99);
    for (auto const* it : {&absent, &other_amount, &other_account})
        EXPECT_EQ(decide(it->told, it->view, at(30)).error(), Refusal::not_found);
}

}  // namespace
}  // namespace choso::payments
