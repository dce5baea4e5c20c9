// Every order about money that somebody gives is told once in the trail; what is refused, repeated or the gateway's own is not.
#include <gtest/gtest.h>

#include <functional>

#include "gateway/payments/reversal_line.hpp"
#include "gateway/payments/settle.hpp"
#include "tests/unit/payments/out_words.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;
using Decision = Result<Effects, Refusal>;

constexpr auto somebody = "Nguyễn Văn A, 0912345678";
auto const its_request = id<PaymentRequestId>(83);
auto const its_batch = id<SettlementId>(81);
auto const its_reversal = id<PaymentId>(55).uuid();

Refund proposed_refund() { return refund_of(60'000, RefundStatus::proposed); }

Destination to_somebody() { return {id<PersonId>(22), "970436", "0011004455667", somebody, "maker"}; }

Decision propose_refund(std::int64_t dong) {
    auto order = ProposeRefund{};
    order.id = its_refund;
    order.payment = its_payment;
    order.merchant = account().owner;
    order.amount = Money{dong};
    order.reason = somebody;
    order.destination = to_somebody();
    order.actor = maker;
    return decide(order, {received(100'000), {}, false}, at(20));
}

Decision name_destination(RefundStatus status) {
    auto order = NameDestination{};
    order.id = its_refund;
    order.merchant = account().owner;
    order.destination = to_somebody();
    order.actor = maker;
    auto refund = refund_of(60'000, status);
    refund.destination.reset();
    return decide(order, refund, at(20));
}

Decision approve_refund(Refund const& refund, CollectorMode mode, Actor const& by) {
    auto order = ApproveRefund{};
    order.id = its_refund;
    order.payment = its_payment;
    order.account = account(mode);
    order.payout = its_payout;
    order.actor = by;
    order.second_factor_fresh = true;
    return decide(order, {refund, received(60'000), Money{60'000}, reference, false}, at(20));
}

Decision reject_refund(Refund const& refund, Actor const& by) {
    auto order = RejectRefund{};
    order.id = its_refund;
    order.actor = by;
    return decide(order, refund, at(20));
}

Decision propose_payout(CollectorMode mode) {
    auto order = ProposePayout{};
    order.id = its_payout;
    order.merchant = account().owner;
    order.account = account(mode);
    order.amount = Money{60'000};
    order.reason = somebody;
    order.destination = to_somebody();
    order.actor = maker;
    return decide(order, Money{60'000}, at(20));
}

Decision approve_payout(Payout const& payout, Actor const& by) {
    auto order = ApprovePayout{};
    order.id = its_payout;
    order.actor = by;
    order.second_factor_fresh = true;
    return decide(order, {payout, Money{60'000}, reference}, at(20));
}

Decision reject_payout(Payout const& payout, Actor const& by) {
    auto order = RejectPayout{};
    order.id = its_payout;
    order.actor = by;
    return decide(order, payout, at(20));
}

template <class Row>
Row rejected_by(Row row, Actor const& by) {
    row.approver = by;
    row.failure = "rejected";
    return row;
}

Decision settle(std::int64_t due) {
    auto order = ProposeSettlement{};
    order.id = its_batch;
    order.account = account(CollectorMode::pooled);
    order.owner = order.account.owner;
    order.actor = maker;
    for (std::uint8_t n = 40; n < 43; ++n) order.payees.push_back({id<MerchantId>(n), id<PayoutId>(n), to_somebody()});
    return decide(order, {{Money{due}, {}, {}}, {Money{due}, {}, {}}, {Money{-1}, {}, {}}}, at(20));
}

ReverseCredit reversal() {
    auto order = ReverseCredit{};
    order.id = its_reversal;
    order.payment = its_payment;
    order.account = account();
    order.occurred_at = at(30);
    order.reason = somebody;
    order.actor = person;
    return order;
}

/// With a refund that falls with it, of which no row of its own tells.
Decision reverse(std::optional<Uuid> before) {
    auto view = ReversalView{};
    view.payment = received(60'000, true, before ? PaymentStatus::reversed : PaymentStatus::allocated);
    view.refunds = {proposed_refund()};
    view.reversed_by = before;
    return decide(reversal(), view, at(31));
}

/// With money, for which a refund is proposed.
Decision cancel(RequestStatus status) {
    auto order = CancelRequest{};
    order.id = its_request;
    order.merchant = account().owner;
    order.actor = maker;
    auto view = CancelView{};
    view.request = asked(100'000);
    view.request->id = its_request;
    view.request->status = status;
    view.request->amount_paid = Money{60'000};
    view.payments = {{received(60'000), Money{60'000}, {}, {}, {}}};
    view.refund_ids = {id<RefundId>(82)};
    return decide(order, view, at(12));
}

Decision line_takes_back() {
    auto const order = RecordReversal{credit(-60'000, at(30), {}), its_payment};
    auto view = ReversalLineView{};
    view.original.payment = received(60'000);
    return decide(order, view, at(31));
}

Decision answered() {
    auto order = PayoutAnswered{};
    order.answer = PayoutAnswer::failed;
    return decide(order, view_in(S::submitted, true), at(20));
}

Decision submitted() {
    auto order = SubmitPayout{};
    order.attempt = attempt;
    return decide(order, view_in(S::approved, true), at(20));
}

Decision expired() {
    auto order = ExpireRequest{};
    order.id = its_request;
    return decide(order, asked(100'000), at(20));
}

// --- what is told ---

struct Told {
    char const* name;
    std::function<Decision()> order;
    char const* action;
    Actor actor;
    Uuid subject;
    char const* within;  ///< of the body
};
void PrintTo(Told const& row, std::ostream* out) { *out << row.name; }
class Orders : public ::testing::TestWithParam<Told> {};

TEST_P(Orders, leave_one_row_that_says_who_did_what_to_what) {
    auto const& row = GetParam();
    auto const decision = row.order();
    ASSERT_TRUE(decision.ok()) << word(decision.error());
    ASSERT_EQ(decision->audits.size(), 1U);
    auto const& told = decision->audits.front();
    EXPECT_EQ(told.action, row.action);
    EXPECT_EQ(told.actor, row.actor);
    EXPECT_EQ(told.subject, row.subject);
    EXPECT_NE(told.body.find(row.within), std::string::npos) << told.body;
    EXPECT_NE(told.body.find(R"("merchant":"mer_)"), std::string::npos) << told.body;
    for (auto const* kept_out : {"Nguy", "0912345678", "0011004455667"}) EXPECT_EQ(told.body.find(kept_out), std::string::npos) << told.body;
}

INSTANTIATE_TEST_SUITE_P(
    about_money, Orders,
    ::testing::Values(
        Told{"propose_refund", [] { return propose_refund(60'000); }, "refund.proposed", maker, its_refund.uuid(), R"("amount":60000)"},
        Told{"name_destination", [] { return name_destination(RefundStatus::proposed); }, "refund.destination_named", maker, its_refund.uuid(), R"("destination":")"},
        Told{"approve_pooled_refund", [] { return approve_refund(proposed_refund(), CollectorMode::pooled, person); }, "refund.approved", person,
             its_refund.uuid(), R"("payout":")"},
        Told{"approve_direct_refund", [] { return approve_refund(proposed_refund(), CollectorMode::direct, person); }, "refund.approved", person,
             its_refund.uuid(), R"("payment":")"},
        Told{"reject_refund", [] { return reject_refund(proposed_refund(), person); }, "refund.rejected", person, its_refund.uuid(), R"("payment":")"},
        Told{"propose_payout", [] { return propose_payout(CollectorMode::pooled); }, "payout.proposed", maker, its_payout.uuid(), R"("reason_given":true)"},
        Told{"approve_payout", [] { return approve_payout(payout_in(S::proposed), person); }, "payout.approved", person, its_payout.uuid(), R"("amount":60000)"},
        Told{"reject_payout", [] { return reject_payout(payout_in(S::proposed), person); }, "payout.rejected", person, its_payout.uuid(), R"("reason_given":false)"},
        Told{"settle", [] { return settle(50'000); }, "settlement.proposed", maker, its_batch.uuid(), R"("amount":100000,"payouts":2)"},
        Told{"reverse", [] { return reverse({}); }, "payment.reversed", person, its_payment.uuid(), R"("reason_given":true)"},
        Told{"cancel", [] { return cancel(RequestStatus::partially_paid); }, "payment_request.cancelled", maker, its_request.uuid(), R"("amount_paid":60000)"}),
    [](auto const& given) { return std::string{given.param.name}; });

// --- what is not ---

struct Untold {
    char const* name;
    std::function<Decision()> order;
    std::optional<Refusal> why;  ///< none: it is done, and no news
};
void PrintTo(Untold const& row, std::ostream* out) { *out << row.name; }
class NoOrders : public ::testing::TestWithParam<Untold> {};

TEST_P(NoOrders, leave_no_row) {
    auto const& row = GetParam();
    auto const decision = row.order();
    ASSERT_EQ(decision.ok(), !row.why);
    if (row.why) {
        EXPECT_EQ(word(decision.error()), word(*row.why));
        return;
    }
    EXPECT_TRUE(decision->audits.empty()) << decision->audits.front().action;
}

INSTANTIATE_TEST_SUITE_P(
    refused, NoOrders,
    ::testing::Values(
        Untold{"propose_refund", [] { return propose_refund(100'001); }, Refusal::refund_exceeds_payment},
        Untold{"name_destination", [] { return name_destination(RefundStatus::approved); }, Refusal::already_decided},
        Untold{"approve_refund", [] { return approve_refund(proposed_refund(), CollectorMode::pooled, maker); }, Refusal::approver_must_be_person},
        Untold{"reject_refund", [] { return reject_refund(refund_of(60'000, RefundStatus::approved), person); }, Refusal::already_decided},
        Untold{"propose_payout", [] { return propose_payout(CollectorMode::direct); }, Refusal::collector_is_direct},
        Untold{"approve_payout", [] { return approve_payout(payout_in(S::approved), other_person); }, Refusal::already_decided},
        Untold{"reject_payout", [] { return reject_payout(payout_in(S::proposed), maker); }, Refusal::approver_must_be_person},
        Untold{"settle", [] { return settle(0); }, Refusal::nothing_to_settle},
        Untold{"reverse", [] { return reverse(id<PaymentId>(56).uuid()); }, Refusal::payment_already_reversed},
        Untold{"cancel", [] { return cancel(RequestStatus::paid); }, Refusal::already_paid}),
    [](auto const& given) { return std::string{given.param.name}; });

INSTANTIATE_TEST_SUITE_P(
    repeated, NoOrders,
    ::testing::Values(
        Untold{"approve_refund", [] { return approve_refund(refund_of(60'000, RefundStatus::approved), CollectorMode::pooled, person); }, {}},
        Untold{"reject_refund", [] { return reject_refund(rejected_by(refund_of(60'000, RefundStatus::failed), person), person); }, {}},
        Untold{"approve_payout", [] { return approve_payout(payout_in(S::submitted), person); }, {}},
        Untold{"reject_payout", [] { return reject_payout(rejected_by(payout_in(S::failed), person), person); }, {}},
        Untold{"reverse", [] { return reverse(its_reversal); }, {}}),
    [](auto const& given) { return std::string{given.param.name}; });

INSTANTIATE_TEST_SUITE_P(the_gateways_own, NoOrders,
                         ::testing::Values(Untold{"submitted", submitted, {}}, Untold{"answered", answered, {}}, Untold{"expired", expired, {}},
                                           Untold{"a_line_takes_back", line_takes_back, {}}),
                         [](auto const& given) { return std::string{given.param.name}; });

}  // namespace
}  // namespace choso::payments
