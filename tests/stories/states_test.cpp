// DESIGN's table of states, over HTTP, with test mode's clock.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class States : public testing::Test {
 protected:
    Province province;
    Stall stall = province.stall();
    Bank bank = province.bank();
    Stream live = province.listens();

    static Instant expiry_of(Asked const& asked) { return parse_rfc3339(asked.expires_at).value(); }
    /// Lets the request's time and the grace pass, and waits until its due row was read.
    void let_expire(Asked const& asked) {
        province.advance_clock(minutes{10});
        EXPECT_FALSE(live.hears("payment_request.expired", asked.id).is_null()) << "it never expired";
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }
};

TEST_F(States, open_expires_by_its_due_row) {
    auto const asked = stall.asks(50'000, R"("expires_in":60)");
    let_expire(asked);
    EXPECT_EQ(stall.status(asked), "expired");
    auto const cancelled = stall.cancels(asked);
    EXPECT_EQ(cancelled.status(), 409) << cancelled.response.body;
    EXPECT_EQ(cancelled.text("code"), "already_expired");
}

TEST_F(States, a_request_without_a_time_never_expires) {
    auto const made = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + stall.merchant + R"(","amount":50000})");
    EXPECT_TRUE(at(made.body, "expires_at")->is_null());
    auto const timed = stall.asks(50'000, R"("expires_in":60)");
    let_expire(timed);
    EXPECT_EQ(province.caller().get("/api/v1/payment-requests/" + made.text("id")).text("status"), "open");
}

TEST_F(States, short_money_is_kept_and_the_rest_may_follow) {
    auto const asked = stall.asks(200'000);
    bank.credits(asked, 200);
    auto const heard = live.hears("payment.received", asked.id);
    EXPECT_EQ(text_at(heard, "status"), "partially_paid");
    EXPECT_EQ(text_at(heard, "missing"), "199800");
    EXPECT_FALSE(live.hears("payment_request.partially_paid", asked.id).is_null());
    EXPECT_EQ(stall.status(asked), "partially_paid");
    bank.credits(asked, 199'800);
    EXPECT_EQ(stall.status(asked), "paid");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 200'000);
    EXPECT_FALSE(live.hears("payment_request.paid", asked.id).is_null());
}

TEST_F(States, too_much_is_paid_and_says_by_how_much) {
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 80'000);
    EXPECT_EQ(text_at(live.hears("payment.received", asked.id), "overpaid_by"), "30000");
    auto const seen = stall.sees(asked);
    EXPECT_EQ(seen.text("status"), "paid");
    EXPECT_EQ(seen.number("amount_paid"), 80'000);
    EXPECT_EQ(seen.number("overpaid_by"), 30'000);
}

TEST_F(States, paid_twice_is_told_as_a_duplicate) {
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 50'000);
    bank.credits(asked, 50'000);
    EXPECT_EQ(text_at(live.hears("payment.duplicate", asked.id), "amount"), "50000");
    EXPECT_EQ(stall.status(asked), "paid");
    EXPECT_EQ(stall.sees(asked).number("overpaid_by"), 50'000);
}

TEST_F(States, told_late_but_paid_in_time_is_paid) {
    auto const asked = stall.asks(50'000, R"("expires_in":600)");
    province.advance_clock(minutes{20});
    EXPECT_FALSE(live.hears("payment_request.expired", asked.id).is_null());
    bank.credits(asked, 50'000, expiry_of(asked) - seconds{30});
    EXPECT_EQ(stall.status(asked), "paid");
}

TEST_F(States, short_money_told_late_opens_again_and_expires_again) {
    auto const asked = stall.asks(50'000, R"("expires_in":60)");
    let_expire(asked);
    bank.credits(asked, 20'000, expiry_of(asked) - seconds{5});
    EXPECT_EQ(stall.status(asked), "partially_paid");
    let_expire(asked);
    EXPECT_EQ(stall.status(asked), "expired");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 20'000) << "the money stays allocated";
}

TEST_F(States, partially_paid_expires_and_keeps_its_money) {
    auto const asked = stall.asks(50'000, R"("expires_in":60)");
    bank.credits(asked, 20'000);
    EXPECT_EQ(stall.status(asked), "partially_paid");
    let_expire(asked);
    EXPECT_EQ(stall.status(asked), "expired");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 20'000);
}

TEST_F(States, cancel_with_partial_money_proposes_a_refund) {
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 20'000);
    auto const cancelled = stall.cancels(asked);
    EXPECT_EQ(cancelled.status(), 200) << cancelled.response.body;
    EXPECT_EQ(cancelled.text("status"), "cancelled");
    auto const refund = live.hears("refund.proposed", asked.id);
    EXPECT_EQ(text_at(refund, "amount"), "20000");
    EXPECT_EQ(text_at(refund, "status"), "proposed");
    EXPECT_EQ(text_at(refund, "subject").rfind("rf_", 0), 0U);
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 0);
    EXPECT_EQ(stall.cancels(asked).text("code"), "already_cancelled");
}

TEST_F(States, money_after_a_cancel_is_unreferenced_and_proposed_for_refund) {
    auto const asked = stall.asks(50'000);
    EXPECT_EQ(stall.cancels(asked).status(), 200);
    EXPECT_FALSE(live.hears("payment_request.cancelled", asked.id).is_null());
    bank.credits(asked, 50'000);
    EXPECT_EQ(text_at(live.hears("payment.unreferenced", asked.id), "reason"), "request_cancelled");
    EXPECT_EQ(text_at(live.hears("refund.proposed", asked.id), "reason"), "paid_after_cancel");
    EXPECT_EQ(stall.status(asked), "cancelled");
}

TEST_F(States, a_paid_request_cannot_be_cancelled) {
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 50'000);
    auto const refused = stall.cancels(asked);
    EXPECT_EQ(refused.status(), 409);
    EXPECT_EQ(refused.text("code"), "already_paid");
    EXPECT_EQ(stall.status(asked), "paid");
}

/// What becomes of whole money that came late, by the request's policy.
struct Late {
    std::string policy, decision;
    bool refund;
};
void PrintTo(Late const& row, std::ostream* out) { *out << row.policy; }

class LateMoney : public States, public testing::WithParamInterface<Late> {};

TEST_P(LateMoney, is_paid_late_and_decided_by_policy) {
    auto const& row = GetParam();
    auto const asked = stall.asks(50'000, R"("expires_in":1,"late":")" + row.policy + "\"");
    // The bank's time has whole seconds: two seconds after the expiry are late whatever the fraction was.
    bank.credits(asked, 50'000, expiry_of(asked) + seconds{2});
    EXPECT_EQ(stall.status(asked), "paid_late");
    EXPECT_EQ(stall.sees(asked).text("late_decision"), row.decision);
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 50'000);
    EXPECT_FALSE(live.hears("payment_request.paid_late", asked.id).is_null());
    if (row.refund) {
        EXPECT_EQ(text_at(live.hears("refund.proposed", asked.id), "reason"), "paid_late");
    } else {
        EXPECT_EQ(province.sql("select count(*) from refund"), "0");
    }
}

INSTANTIATE_TEST_SUITE_P(stories, LateMoney,
                         testing::Values(Late{"accept", "accepted", false}, Late{"hold", "none", false}, Late{"refund", "refunding", true}),
                         [](auto const& tested) { return tested.param.policy; });

TEST_F(States, late_money_that_is_short_leaves_it_expired) {
    auto const asked = stall.asks(50'000, R"("expires_in":60,"late":"accept")");
    let_expire(asked);
    bank.credits(asked, 200, expiry_of(asked) + seconds{30});
    EXPECT_EQ(stall.status(asked), "expired");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 200);
}

TEST_F(States, money_that_the_bank_took_back_opens_the_request_again) {
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 20'000);
    bank.credits(asked, 30'000);
    EXPECT_EQ(stall.status(asked), "paid");
    auto const list = province.caller().get("/api/v1/payments?merchant=" + stall.merchant);
    auto const payments = at(list.body, "data")->items();
    ASSERT_EQ(payments.size(), 2U) << list.response.body;
    auto const taken_back = [&](json::Value const& payment) {
        auto const id = text_at(payment, "id");
        EXPECT_EQ(province.choso({"admin", "payment", "reverse", id, "--reason", "the bank's mistake"}).status, 0);
        EXPECT_FALSE(live.hears("payment.reversed", id).is_null()) << "a process beside the gateway wrote it";
        EXPECT_EQ(province.caller().get("/api/v1/payments/" + id).text("status"), "reversed");
        EXPECT_EQ(province.choso({"admin", "payment", "reverse", id, "--reason", "again"}).status, 1);
    };
    taken_back(payments[0]);
    EXPECT_EQ(stall.status(asked), "partially_paid");
    taken_back(payments[1]);
    EXPECT_EQ(stall.status(asked), "open");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 0);
}

TEST_F(States, the_clock_only_goes_forward) {
    EXPECT_EQ(province.choso({"clock", "advance", "-5m"}).status, 2);
    EXPECT_EQ(province.choso({"clock", "advance", "0s"}).status, 2);
    EXPECT_EQ(province.choso({"clock", "advance", "soon"}).status, 2);
    EXPECT_EQ(province.choso({"clock", "advance", "1h"}).status, 0);
    auto const shown = province.choso_json({"clock", "show"});
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(text_at(shown[0], "advance_seconds"), "3600");
}

}  // namespace
}  // namespace choso::stories
