// Money that goes back and out: proposed by one, approved by another, sent once, asked for until it is known.
#include <thread>

#include "tests/stories/province.hpp"
#include "tests/support/payout_bank.hpp"

namespace choso::stories {
namespace {

using Manner = support::PayoutBank::Manner;

constexpr auto destination = R"({"bin":"970436","account":"0011004455667","holder":"NGUYEN VAN A"})";

/// The demo's collector for others, a bank to pay through, and the person who approves.
class MoneyOut : public testing::Test {
 protected:
    void SetUp() override { approver = province.signed_in("duyet-chi"); }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    /// From now on payouts reach the bank.
    void connect() {
        province.settings = {{"CHOSO_PAYOUTS__URL", bank.url()}, {"CHOSO_PAYOUTS__TOKEN", "t"}, {"CHOSO_PAYOUTS__TIMEOUT_MS", "500"},
                             {"CHOSO_READERS__POLL_MS", "50"}, {"CHOSO_CORE__DUE_POLL_MS", "50"}};
        province.stop();
        province.start();
    }
    /// Money for the payee that two independent feeds have told; its payment's id.
    std::string received(std::int64_t amount, bool confirmed = true) {
        auto const asked = province.caller().post("/api/v1/payment-requests",
                                                  R"({"merchant":")" + payee + R"(","amount":)" + std::to_string(amount) + "}");
        EXPECT_EQ(asked.status(), 201) << asked.response.body;
        auto notice = province.bank().transfer(account, asked.text("reference") + " tra tien", amount);
        EXPECT_EQ(province.bank().sends(notice).status(), 200);
        if (confirmed) confirm(notice, account_id);
        auto const list = province.caller().get("/api/v1/payments?merchant=" + payee);
        return text_at(at(list.body, "data")->items()[0], "id");
    }
    void confirm(Notice notice, std::string const& of) {
        auto const made = province.choso_json({"admin", "feed", "create", "--kind", "sepay", "--name", "f" + std::to_string(next_number()),
                                               "--auth", "apikey", "--account", of});
        notice.id = next_number();
        auto const key = "Apikey " + text_at(made.at(0), "secret");
        EXPECT_TRUE(support::eventually(patience, [&] {
            return post_to(province.port, "/feeds/sepay", {{"Authorization", key}, {"Content-Type", "application/json"}}, notice.json()).status() == 200;
        }));
    }
    [[nodiscard]] Answer refunds(std::string const& payment, std::int64_t amount, std::string const& key = {}) const {
        return province.caller().post("/api/v1/refunds", R"({"payment":")" + payment + R"(","amount":)" + std::to_string(amount) +
                                                             R"(,"reason":"hàng lỗi","destination":)" + destination + "}", key);
    }
    [[nodiscard]] Answer pays_out(std::int64_t amount) const {
        return province.caller().post("/api/v1/payouts", R"({"merchant":")" + payee + R"(","amount":)" + std::to_string(amount) +
                                                             R"(,"reason":"quyết toán","destination":)" + destination + "}");
    }
    /// A payout of confirmed money, approved; its id.
    std::string approved_payout(std::int64_t amount) {
        auto const proposed = pays_out(amount);
        EXPECT_EQ(proposed.status(), 201) << proposed.response.body;
        auto const answer = approver.post("/api/v1/payouts/" + proposed.text("id") + "/approve", "");
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
        return proposed.text("id");
    }
    [[nodiscard]] Answer payout(std::string const& id) const { return province.caller().get("/api/v1/payouts/" + id); }
    [[nodiscard]] bool comes_to(std::string const& id, std::string_view status) const {
        return support::eventually(patience, [&] { return payout(id).text("status") == status; });
    }
    /// Our own call has given up, so the test's clock does not run ahead of it.
    [[nodiscard]] bool call_ended() const {
        return support::eventually(patience, [&] { return province.gateway->log().find("bank_did_not_answer") != std::string::npos; });
    }
    [[nodiscard]] std::string due() const {
        return text_at(at(province.caller().get("/api/v1/due?merchant=" + payee).body, "data")->items()[0], "confirmed");
    }

    support::PayoutBank bank;
    Province province;
    Visitor approver{0};
    std::string payee{at(province.demo, "pooled.payees")->items()[0].as_string().value()};
    std::string account = text_at(province.demo, "pooled.bank_account.account");
    std::string account_id = text_at(province.demo, "pooled.bank_account.id");
};

TEST_F(MoneyOut, a_refund_goes_from_a_proposal_to_the_payer) {
    auto const payment = received(100'000);
    auto const refund = refunds(payment, 60'000, "r1");
    ASSERT_EQ(refund.status(), 201) << refund.response.body;
    EXPECT_EQ(refund.text("status"), "proposed");
    EXPECT_EQ(refund.text("destination.bank"), "Vietcombank");
    auto const again = refunds(payment, 60'000, "r1");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.text("id"), refund.text("id"));
    auto const path = "/api/v1/refunds/" + refund.text("id");

    auto const by_key = province.caller().post(path + "/approve", "");
    EXPECT_EQ(by_key.status(), 403);
    EXPECT_EQ(by_key.text("code"), "approver_must_be_person");
    // It goes where the approver saw it go, and nobody names another place meanwhile.
    auto const seen = province.caller().get(path).text("destination.id");
    EXPECT_EQ(refund.text("destination.id"), seen);
    EXPECT_EQ(province.caller().post(path + "/destination", destination).text("code"), "destination_differs");
    EXPECT_EQ(approver.post(path + "/approve", R"({"destination":"pd_x"})").text("code"), "field_invalid");
    auto elsewhere = seen;
    elsewhere.back() = elsewhere.back() == '0' ? '1' : '0';
    EXPECT_EQ(approver.post(path + "/approve", R"({"destination":")" + elsewhere + R"("})").text("code"), "destination_differs");
    auto const answer = approver.post(path + "/approve", R"({"destination":")" + seen + R"("})");
    ASSERT_EQ(answer.status(), 200) << answer.response.body;
    EXPECT_EQ(answer.text("status"), "approved");
    EXPECT_EQ(approver.post(path + "/approve", "").status(), 200) << "the same approval again is answered as the first";
    EXPECT_EQ(approver.post(path + "/reject", "").status(), 409);
    EXPECT_EQ(due(), "40000");

    // Without a channel it waits, and readiness says so.
    EXPECT_NE(http::Client("127.0.0.1", province.port).get("/readyz").body.find("payouts"), std::string::npos);
    EXPECT_TRUE(bank.sent().empty());
    connect();
    ASSERT_TRUE(support::eventually(patience, [&] { return province.caller().get(path).text("status") == "succeeded"; })) << province.gateway->log();
    auto const shown = province.caller().get(path);
    EXPECT_EQ(bank.paid(), (std::map<std::string, std::int64_t>{{shown.text("payout"), 60'000}}));
    EXPECT_NE(bank.last_body().find(R"("account":"0011004455667")"), std::string::npos);
    EXPECT_EQ(province.caller().get("/api/v1/payments/" + payment).number("amount_refunded"), 60'000);
    EXPECT_EQ(province.caller().get("/api/v1/refunds?merchant=" + payee).status(), 200);
    EXPECT_EQ(province.other_caller().get(path).status(), 404);
}

TEST_F(MoneyOut, of_200_refunds_of_60_on_100_one_passes) {
    auto const payment = received(100);
    auto statuses = std::vector<int>(200);
    {
        auto threads = std::vector<std::jthread>{};
        for (auto t = 0U; t < 20; ++t)
            threads.emplace_back([&, t] {
                for (auto n = t * 10; n < t * 10 + 10; ++n) statuses[n] = refunds(payment, 60).status();
            });
    }
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201), 1);
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409), 199);
}

TEST_F(MoneyOut, what_may_not_be_proposed_is_refused_with_its_reason) {
    auto const payment = received(100'000, false);
    EXPECT_EQ(refunds(payment, 100'001).text("code"), "refund_exceeds_payment");
    auto const seen_only = refunds(payment, 1'000);
    ASSERT_EQ(seen_only.status(), 201);
    EXPECT_EQ(approver.post("/api/v1/refunds/" + seen_only.text("id") + "/approve", "").text("code"), "not_confirmed");
    EXPECT_EQ(pays_out(1'000).text("code"), "not_enough_due");
    EXPECT_EQ(pays_out(499'999'999).text("code"), "not_enough_due");
    EXPECT_EQ(pays_out(500'000'000).text("code"), "amount_invalid") << "more than one transfer carries";
    auto const direct = province.caller().post("/api/v1/payouts", R"({"merchant":")" + province.stall().merchant +
                                                                      R"(","amount":1000,"reason":"x","destination":)" + destination + "}");
    EXPECT_EQ(direct.text("code"), "collector_is_direct");
    auto const wrong = province.caller().post("/api/v1/refunds", R"({"payment":")" + payment +
                                                                     R"(","amount":1000,"reason":"x","destination":{"bin":"999999","account":"1","holder":"A"}})");
    EXPECT_EQ(wrong.text("code"), "destination_invalid");
    EXPECT_EQ(wrong.text("param"), "destination.bin");
    EXPECT_EQ(province.other_caller().post("/api/v1/refunds", R"({"payment":")" + payment + R"(","amount":1000,"reason":"x"})").status(), 404);
    auto const rejected = approver.post("/api/v1/refunds/" + seen_only.text("id") + "/reject", "");
    EXPECT_EQ(rejected.text("status"), "failed");
    EXPECT_EQ(rejected.text("failure"), "rejected");
}

TEST_F(MoneyOut, a_payout_that_fails_gives_the_money_back_and_a_slow_one_is_asked_for) {
    received(100'000);
    connect();
    bank.behaves(Manner::refuses);
    auto const refused = approved_payout(30'000);
    ASSERT_TRUE(comes_to(refused, "failed")) << province.gateway->log();
    EXPECT_EQ(payout(refused).text("failure"), "account_closed");
    EXPECT_EQ(due(), "100000");
    bank.behaves(Manner::takes_time);
    auto const slow = approved_payout(30'000);
    ASSERT_TRUE(support::eventually(patience, [&] { return bank.sent().contains(slow); }));
    ASSERT_TRUE(comes_to(slow, "submitted"));
    province.advance_clock(std::chrono::minutes{2});
    ASSERT_TRUE(comes_to(slow, "succeeded")) << province.gateway->log();
    EXPECT_EQ(bank.sent().at(slow), 1);
    EXPECT_EQ(due(), "70000");
}

TEST_F(MoneyOut, a_bank_that_never_answers_leaves_it_unknown_until_asking_resolves_it) {
    received(100'000);
    connect();
    bank.behaves(Manner::stays_silent);
    auto const id = approved_payout(30'000);
    ASSERT_TRUE(support::eventually(patience, [&] { return bank.sent().contains(id); }));
    ASSERT_TRUE(call_ended());
    province.advance_clock(std::chrono::minutes{2});
    ASSERT_TRUE(comes_to(id, "unknown")) << province.gateway->log();
    ASSERT_TRUE(support::eventually(patience, [&] { return bank.asked() >= 1; }));
    EXPECT_EQ(payout(id).text("status"), "unknown");
    bank.wakes();
    province.advance_clock(std::chrono::minutes{5});
    ASSERT_TRUE(comes_to(id, "succeeded")) << province.gateway->log();
    EXPECT_EQ(payout(id).number("asked"), 2);
    EXPECT_EQ(bank.sent().at(id), 1);
}

TEST_F(MoneyOut, what_never_arrived_is_given_back) {
    received(100'000);
    connect();
    bank.behaves(Manner::loses_it);
    auto const id = approved_payout(30'000);
    ASSERT_TRUE(support::eventually(patience, [&] { return bank.sent().contains(id); }));
    ASSERT_TRUE(call_ended());
    province.advance_clock(std::chrono::minutes{2});
    ASSERT_TRUE(comes_to(id, "failed")) << province.gateway->log();
    EXPECT_EQ(payout(id).text("failure"), "never_arrived");
    EXPECT_EQ(due(), "100000");
}

TEST_F(MoneyOut, two_processes_send_each_payout_once) {
    received(1'000'000);
    connect();
    auto const other = province.another_gateway();
    auto ids = std::vector<std::string>{};
    for (auto n = 0; n < 20; ++n) ids.push_back(approved_payout(1'000));
    for (auto const& id : ids) EXPECT_TRUE(comes_to(id, "succeeded")) << id;
    EXPECT_EQ(bank.sent().size(), ids.size());
    for (auto const& [id, times] : bank.sent()) EXPECT_EQ(times, 1) << id;
}

TEST_F(MoneyOut, a_payee_that_collects_for_itself_is_told_and_its_own_line_is_the_proof) {
    auto const stall = province.stall();
    auto const asked = stall.asks(50'000);
    auto const notice = province.bank().credits(asked, 50'000);
    confirm(notice, stall.account_id);
    auto const list = province.caller().get("/api/v1/payments?merchant=" + stall.merchant);
    auto const refund = refunds(text_at(at(list.body, "data")->items()[0], "id"), 20'000);
    ASSERT_EQ(refund.status(), 201) << refund.response.body;
    auto const path = "/api/v1/refunds/" + refund.text("id");
    auto const approved = approver.post(path + "/approve", "");
    ASSERT_EQ(approved.status(), 200) << approved.response.body;
    EXPECT_EQ(approved.text("payout"), "");
    auto out = province.bank().transfer(stall.account, "Hoan tien " + approved.text("reference"), 20'000);
    out.type = "out";
    EXPECT_EQ(province.bank().sends(out).status(), 200);
    EXPECT_EQ(province.caller().get(path).text("status"), "succeeded");
    EXPECT_EQ(stall.sees(asked).number("amount_refunded"), 20'000);
}

TEST_F(MoneyOut, a_reversal_keeps_its_reason) {
    auto const payment = received(100'000);
    ASSERT_EQ(province.choso({"admin", "payment", "reverse", payment, "--reason", "ngân hàng thu hồi"}).status, 0);
    EXPECT_NE(province.sql("select reason from reversal").find("ngân hàng thu hồi"), std::string::npos);
}

}  // namespace
}  // namespace choso::stories
