// Orders about money are in the trail with who gave them, in the commit of what they did.
#include <algorithm>
#include <array>
#include <sstream>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

constexpr auto destination = R"({"bin":"970436","account":"0011004455667","holder":"NGUYEN VAN A"})";
constexpr auto money = std::array{"refund.", "payout.", "settlement.", "payment.", "payment_request."};

/// The demo's collector for others; money that two feeds have told, and what is ordered about it.
class MoneyAudit : public testing::Test {
 protected:
    void SetUp() override { approver = province.signed_in("duyet-chi"); }

    std::string asks() {
        auto const asked = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + payee + R"(","amount":100000})");
        EXPECT_EQ(asked.status(), 201) << asked.response.body;
        reference = asked.text("reference");
        return asked.text("id");
    }
    /// For what was asked last, confirmed by a feed of its own; the payment's id.
    std::string paid() {
        auto notice = province.bank().transfer(text_at(province.demo, "pooled.bank_account.account"), reference + " tra tien", 100'000);
        EXPECT_EQ(province.bank().sends(notice).status(), 200);
        auto const feed = province.choso_json({"admin", "feed", "create", "--kind", "sepay", "--name", "f" + std::to_string(next_number()), "--auth",
                                               "apikey", "--account", text_at(province.demo, "pooled.bank_account.id")});
        notice.id = next_number();
        auto const key = "Apikey " + text_at(feed.at(0), "secret");
        EXPECT_TRUE(support::eventually(patience, [&] {
            return post_to(province.port, "/feeds/sepay", {{"Authorization", key}, {"Content-Type", "application/json"}}, notice.json()).status() == 200;
        }));
        auto const list = province.caller().get("/api/v1/payments?merchant=" + payee);
        return text_at(at(list.body, "data")->items()[0], "id");
    }
    [[nodiscard]] Answer proposes_refund(std::string const& payment, std::int64_t amount, std::string const& key, bool to_whom = true) const {
        return province.caller().post("/api/v1/refunds", R"({"payment":")" + payment + R"(","amount":)" + std::to_string(amount) +
                                                             R"(,"reason":"trả cho chị Nguyễn Thị Hoa")" + (to_whom ? std::string{",\"destination\":"} + destination : std::string{}) + "}", key);
    }
    [[nodiscard]] Answer proposes_payout(std::int64_t amount) const {
        return province.caller().post("/api/v1/payouts", R"({"merchant":")" + payee + R"(","amount":)" + std::to_string(amount) +
                                                             R"(,"reason":"trả cho chị Nguyễn Thị Hoa","destination":)" + destination + "}");
    }
    /// What the trail tells of money: "action by whom", in its order.
    [[nodiscard]] std::vector<std::string> told() const {
        auto out = std::vector<std::string>{};
        auto lines = std::istringstream{province.choso({"audit", "export", "--format", "json"}).output};
        for (std::string line; std::getline(lines, line);) {
            auto const row = parsed(line);
            auto const action = text_at(row, "action");
            auto const of_money = std::any_of(money.begin(), money.end(), [&](auto const* word) { return action.starts_with(word); });
            if (of_money) out.push_back(action + " by " + text_at(row, "actor_kind"));
        }
        return out;
    }

    Province province;
    Visitor approver{0};
    std::string payee{at(province.demo, "pooled.payees")->items()[0].as_string().value()};
    std::string reference;
};

TEST_F(MoneyAudit, each_order_is_told_once_with_who_gave_it_and_a_changed_row_is_named) {
    auto const key = province.caller();
    (void)asks();
    auto const payment = paid();
    auto const refund = "/api/v1/refunds/" + proposes_refund(payment, 60'000, "one").text("id");
    EXPECT_EQ(proposes_refund(payment, 60'000, "one").header("Idempotency-Replayed"), "true");
    EXPECT_EQ(proposes_refund(payment, 50'000, "two").text("code"), "refund_exceeds_payment");
    EXPECT_EQ(key.post(refund + "/approve", "").text("code"), "approver_must_be_person");
    EXPECT_EQ(approver.post(refund + "/approve", "").status(), 200);
    EXPECT_EQ(approver.post(refund + "/approve", "").status(), 200) << "again, as the first time";
    auto const wrong = "/api/v1/refunds/" + proposes_refund(payment, 10'000, "three", false).text("id");
    EXPECT_EQ(key.post(wrong + "/destination", destination).status(), 200);
    EXPECT_EQ(approver.post(wrong + "/reject", "").status(), 200);
    EXPECT_EQ(approver.post("/api/v1/payouts/" + proposes_payout(10'000).text("id") + "/approve", "").status(), 200);
    EXPECT_EQ(approver.post("/api/v1/payouts/" + proposes_payout(5'000).text("id") + "/reject", "").status(), 200);
    EXPECT_EQ(proposes_payout(40'000).text("code"), "not_enough_due");
    auto const owner = R"({"merchant":")" + text_at(province.demo, "pooled.merchant") + "\"}";
    EXPECT_EQ(key.post("/api/v1/settlement-batches", owner).number("amount"), 30'000);
    EXPECT_EQ(key.post("/api/v1/settlement-batches", owner).text("code"), "nothing_to_settle");
    EXPECT_EQ(province.choso({"admin", "payment", "reverse", payment, "--reason", "của chị Nguyễn Thị Hoa"}).status, 0);
    auto const cancelled = "/api/v1/payment-requests/" + asks() + "/cancel";
    EXPECT_EQ(key.post(cancelled, "", "four").status(), 200);
    EXPECT_EQ(key.post(cancelled, "", "four").header("Idempotency-Replayed"), "true");
    EXPECT_EQ(key.post(cancelled, "", "five").status(), 409);

    EXPECT_EQ(told(), (std::vector<std::string>{
                          "refund.proposed by key", "refund.approved by person", "refund.proposed by key", "refund.destination_named by key",
                          "refund.rejected by person", "payout.proposed by key", "payout.approved by person", "payout.proposed by key",
                          "payout.rejected by person", "settlement.proposed by key", "payment.reversed by system",
                          "payment_request.cancelled by key"}));
    auto const whole = province.choso({"audit", "export", "--format", "json"}).output;
    for (auto const* kept_out : {"Nguyễn", "NGUYEN", "0011004455667"}) EXPECT_EQ(whole.find(kept_out), std::string::npos) << kept_out;
    EXPECT_EQ(province.sql("select count(*) from audit where actor = (select id from staff where login = 'duyet-chi') and action like any "
                           "(array['refund.%', 'payout.%'])"),
              "4");
    EXPECT_EQ(province.sql("select count(*) from audit a join api_key k on k.id = a.actor where a.actor_kind = 'key'"), "7");
    // Whom the money goes to leaves no event; all else was told by an event of the same transaction.
    EXPECT_EQ(province.sql("select coalesce(string_agg(action, ' '), 'all') from audit a where action ~ '^(refund|payout|settlement|payment|payment_request)[.]' "
                           "and not exists (select from event e where e.bucket = a.bucket and e.xmin = a.xmin)"),
              "refund.destination_named");
    EXPECT_TRUE(province.book().balances());

    auto const row = province.sql("update audit set body = replace(body, '60000', '6000') where action = 'refund.approved' returning "
                                  "'bucket ' || bucket || ' seq ' || seq");
    auto const verified = province.choso({"verify"});
    EXPECT_EQ(verified.status, 1);
    EXPECT_NE(verified.output.find(row.substr(0, row.find('\n')) + " does not follow from the row before"), std::string::npos)
        << row << "\n" << verified.output;
}

}  // namespace
}  // namespace choso::stories
