// The counter's rules: a code that learns its amount, and money that a seller says whose it is.
#include <gtest/gtest.h>

#include "gateway/payments/commands_stall.hpp"
#include "gateway/payments/reversal_line.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;

StallId const stall = id<StallId>(40);

PaymentRequest leased(std::int64_t paid = 0) {
    auto out = asked(1);
    out.amount.reset();
    out.stall = stall;
    out.amount_paid = Money{paid};
    out.status = paid > 0 ? RequestStatus::paid : RequestStatus::open;
    out.expires_at = at(48 * 60);
    return out;
}

SetAmount sets(std::int64_t dong) {
    auto out = SetAmount{};
    out.id = leased().id;
    out.merchant = leased().merchant;
    out.stall = stall;
    out.amount = Money{dong};
    out.expires_in = Seconds{900};
    return out;
}

struct SetRow {
    char const* name;
    PaymentRequest request;
    std::int64_t amount;
    std::optional<Refusal> refusal;
    RequestStatus status = RequestStatus::open;
};
void PrintTo(SetRow const& row, std::ostream* out) { *out << row.name; }
class SetsAmount : public testing::TestWithParam<SetRow> {};

TEST_P(SetsAmount, as_the_table_says) {
    auto const& row = GetParam();
    auto const effects = decide(sets(row.amount), row.request, at(10));
    if (row.refusal) {
        ASSERT_FALSE(effects);
        EXPECT_EQ(effects.error(), *row.refusal);
        return;
    }
    ASSERT_TRUE(effects);
    ASSERT_EQ(effects->changed_requests.size(), 1U);
    auto const& after = effects->changed_requests.front();
    EXPECT_EQ(after.amount, Money{row.amount});
    EXPECT_EQ(after.status, row.status);
    EXPECT_EQ(after.amount_paid, row.request.amount_paid);
    EXPECT_EQ(after.expires_at, at(25)) << "its fifteen minutes begin now";
    EXPECT_EQ(effects->new_dues.size(), 1U);
    EXPECT_TRUE(effects->movements.empty()) << "no money moves";
}

/// The same, changed.
auto with(auto row, auto change) {
    change(row);
    return row;
}

INSTANTIATE_TEST_SUITE_P(
    payments, SetsAmount,
    testing::Values(SetRow{"nothing_came", leased(), 50'000, {}, RequestStatus::open},
                    SetRow{"exactly_that_came", leased(50'000), 50'000, {}, RequestStatus::paid},
                    SetRow{"less_came", leased(200), 50'000, {}, RequestStatus::partially_paid},
                    SetRow{"more_came", leased(80'000), 50'000, {}, RequestStatus::paid},
                    SetRow{"has_its_amount", with(leased(), [](auto& it) { it.amount = Money{1}; }), 50'000, Refusal::already_decided},
                    SetRow{"cancelled", with(leased(), [](auto& it) { it.status = RequestStatus::cancelled; }), 50'000, Refusal::already_cancelled},
                    SetRow{"expired", with(leased(), [](auto& it) { it.status = RequestStatus::expired; }), 50'000, Refusal::already_expired},
                    SetRow{"another_stalls", with(leased(), [](auto& it) { it.stall = id<StallId>(41); }), 50'000, Refusal::not_found},
                    SetRow{"another_merchants", with(leased(), [](auto& it) { it.merchant = id<MerchantId>(42); }), 50'000, Refusal::not_found}));

TEST(SetAmount, of_no_request_is_not_found) { EXPECT_EQ(decide(sets(1), std::nullopt, at(0)).error(), Refusal::not_found); }

PaymentRequest open_at_stall(std::int64_t dong) {
    auto out = asked(dong);
    out.stall = stall;
    return out;
}

Payment nobodys(std::int64_t dong) {
    auto out = as_told(credit(dong, at(5), {}), at(5));
    out.status = PaymentStatus::unreferenced;
    return out;
}

ClaimPayment assigns(bool to_request = true) {
    auto out = ClaimPayment{};
    out.account = account();
    out.merchant = account().owner;
    out.stall = stall;
    if (to_request) out.request = asked(1).id;
    out.refund_id = id<RefundId>(50);
    return out;
}

Result<Effects, Refusal> assigned(ClaimPayment order, ClaimView const& view) {
    if (view.payment) order.payment = view.payment->id;
    return decide(order, view, at(6));
}

TEST(ClaimPayment, books_as_if_the_notice_had_named_the_request) {
    auto const effects = assigned(assigns(), {nobodys(50'000), open_at_stall(50'000), {}});
    ASSERT_TRUE(effects);
    ASSERT_EQ(effects->movements.size(), 1U);
    EXPECT_EQ(effects->movements[0].journal.name, Template::unreferenced_to_received);
    EXPECT_EQ(effects->changed_requests.front().status, RequestStatus::paid);
    EXPECT_EQ(effects->changed_payments.front().status, PaymentStatus::allocated);
    EXPECT_EQ(effects->audits.size(), 1U) << "it is told who said so";
}

TEST(ClaimPayment, to_the_stall_itself_is_its_receipt) {
    auto const effects = assigned(assigns(false), {nobodys(12'345), {}, {}});
    ASSERT_TRUE(effects);
    EXPECT_EQ(effects->movements.size(), 1U);
    EXPECT_EQ(effects->changed_payments.front().stall, stall);
}

struct AssignRow {
    char const* name;
    ClaimView view;
    Refusal refusal;
};
void PrintTo(AssignRow const& row, std::ostream* out) { *out << row.name; }
class Refuses : public testing::TestWithParam<AssignRow> {};

TEST_P(Refuses, what_is_not_nobodys_or_not_asked_for) { EXPECT_EQ(assigned(assigns(), GetParam().view).error(), GetParam().refusal); }

Refund waiting_refund() {
    auto out = Refund{};
    out.amount = Money{50'000};
    return out;
}

INSTANTIATE_TEST_SUITE_P(
    payments, Refuses,
    testing::Values(AssignRow{"no_payment", {{}, open_at_stall(50'000), {}}, Refusal::not_found},
                    AssignRow{"no_request", {nobodys(50'000), {}, {}}, Refusal::not_found},
                    AssignRow{"another_account", {with(nobodys(50'000), [](auto& it) { it.account = id<AccountId>(43); }), open_at_stall(50'000), {}}, Refusal::not_found},
                    AssignRow{"another_stalls_request", {nobodys(50'000), asked(50'000), {}}, Refusal::not_found},
                    AssignRow{"has_an_owner", {with(nobodys(50'000), [](auto& it) { it.status = PaymentStatus::allocated; }), open_at_stall(50'000), {}}, Refusal::payment_not_assignable},
                    AssignRow{"somebody_elses_reference", {with(nobodys(50'000), [](auto& it) { it.wrong_account = true; }), open_at_stall(50'000), {}}, Refusal::payment_not_assignable},
                    AssignRow{"is_asked_back", {nobodys(50'000), open_at_stall(50'000), {waiting_refund()}}, Refusal::payment_not_assignable},
                    AssignRow{"other_amount", {nobodys(49'000), open_at_stall(50'000), {}}, Refusal::payment_not_assignable},
                    AssignRow{"cancelled", {nobodys(50'000), with(open_at_stall(50'000), [](auto& it) { it.status = RequestStatus::cancelled; }), {}}, Refusal::already_cancelled}));

TEST(ClaimPayment, to_a_stall_whose_account_others_share_is_refused) {
    auto order = assigns(false);
    order.merchant = id<MerchantId>(44);
    EXPECT_EQ(assigned(order, {nobodys(1), {}, {}}).error(), Refusal::not_found);
}

}  // namespace
}  // namespace choso::payments
