// A settlement run leaves as a payment file, and the bank's report settles its payouts.
#include <set>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class PaymentFiles : public testing::Test {
 protected:
    void SetUp() override {
        approver = province.signed_in("duyet-chi");
        reconciler = province.signed_in("doi-soat");
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    /// Confirmed money for each payee, settled in one run; its id.
    std::string settled(std::vector<std::int64_t> const& amounts) {
        auto const made = province.choso_json({"admin", "feed", "create", "--kind", "sepay", "--name", "second", "--auth", "apikey", "--account", account_id});
        auto const key = "Apikey " + text_at(made.at(0), "secret");
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            auto const asked = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + payees.at(i) + R"(","amount":)" + std::to_string(amounts[i]) + "}");
            EXPECT_EQ(asked.status(), 201) << asked.response.body;
            auto notice = province.bank().transfer(account, asked.text("reference"), amounts[i]);
            EXPECT_EQ(province.bank().sends(notice).status(), 200);
            notice.id = next_number();
            EXPECT_TRUE(support::eventually(patience, [&] {
                return post_to(province.port, "/feeds/sepay", {{"Authorization", key}, {"Content-Type", "application/json"}}, notice.json()).status() == 200;
            }));
        }
        auto const batch = province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + owner + "\"}");
        EXPECT_EQ(batch.status(), 201) << batch.response.body;
        return batch.text("id");
    }
    void approve_all(std::string const& batch) {
        auto const shown = province.caller().get("/api/v1/settlement-batches/" + batch);
        for (auto const& payout : at(shown.body, "payouts")->items())
            EXPECT_EQ(approver.post("/api/v1/payouts/" + text_at(payout, "id") + "/approve", "").status(), 200);
    }
    Answer reports(std::string const& file, std::string const& rest) {
        auto const body = R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>BANK-1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>)" +
                          file + "</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>" + rest + "</CstmrPmtStsRpt></Document>";
        return reconciler.send(http::Method::post, "/api/v1/payment-status-reports", {{"Content-Type", "application/xml"}}, body);
    }

    Province province;
    std::string owner = text_at(province.demo, "pooled.merchant");
    std::string account = text_at(province.demo, "pooled.bank_account.account");
    std::string account_id = text_at(province.demo, "pooled.bank_account.id");
    std::vector<std::string> payees = [this] {
        auto out = std::vector<std::string>{};
        for (auto const& payee : at(province.demo, "pooled.payees")->items()) out.emplace_back(payee.as_string().value());
        return out;
    }();
    Visitor approver{0}, reconciler{0};
};

TEST_F(PaymentFiles, each_transfer_stands_in_one_file_and_the_banks_report_settles_it) {
    auto const batch = settled({150'000, 250'000, 350'000});
    EXPECT_EQ(approver.post("/api/v1/settlement-batches/" + batch + "/payment-files", "").status(), 409) << "nothing is approved yet";
    approve_all(batch);
    EXPECT_EQ(reconciler.post("/api/v1/settlement-batches/" + batch + "/payment-files", "").status(), 403);
    auto const made = approver.post("/api/v1/settlement-batches/" + batch + "/payment-files", "");
    ASSERT_EQ(made.status(), 201) << made.response.body;
    EXPECT_EQ(made.number("count"), 3);
    EXPECT_EQ(made.number("amount"), 750'000);
    EXPECT_EQ(approver.post("/api/v1/settlement-batches/" + batch + "/payment-files", "").status(), 409) << "a transfer stands in one file in its life";

    auto const id = made.text("id");
    for (auto const* format : {"pain.001.001.03", "pain.001.001.09", "csv-vietcombank", "csv-bidv", "csv-mb"}) {
        auto const file = reconciler.get("/api/v1/payment-files/" + id + "?format=" + format);
        EXPECT_EQ(file.status(), 200);
        EXPECT_NE(file.response.body.find("750000"), std::string::npos) << format << ": the control sum";
        EXPECT_EQ(file.header("X-Content-SHA256").size(), 64U);
    }
    EXPECT_EQ(reconciler.get("/api/v1/payment-files/" + id + "?format=mt101").status(), 400);
    EXPECT_EQ(province.signed_in("duyet-truong").get("/api/v1/payment-files/" + id).status(), 404);

    auto const payouts = at(made.body, "payouts")->items();
    auto const first = text_at(payouts[0], "id");
    auto const second = text_at(payouts[1], "id");
    auto const of = [](std::string const& payout, std::string const& status, std::string const& reason = {}) {
        return "<TxInfAndSts><OrgnlInstrId>" + payout + "</OrgnlInstrId><TxSts>" + status + "</TxSts>" +
               (reason.empty() ? "" : "<StsRsnInf><Rsn><Cd>" + reason + "</Cd></Rsn></StsRsnInf>") + "</TxInfAndSts>";
    };
    auto const in_batch = [&](std::string const& inside) { return "<OrgnlPmtInfAndSts><OrgnlPmtInfId>" + id + "</OrgnlPmtInfId>" + inside + "</OrgnlPmtInfAndSts>"; };
    auto const partly = reports(id, in_batch("<PmtInfSts>PART</PmtInfSts>" + of(first, "ACSC") + of(second, "RJCT", "AC01")));
    EXPECT_EQ(partly.status(), 200) << partly.response.body;
    auto statuses = std::multiset<std::string>{};
    for (auto const& payout : at(partly.body, "payouts")->items()) statuses.insert(text_at(payout, "status"));
    EXPECT_EQ(statuses, (std::multiset<std::string>{"failed", "submitted", "succeeded"}));
    EXPECT_EQ(province.sql("select failure from payout where status = 'failed'"), "AC01");

    // Told again it changes nothing; the rest is settled by the batch's own word; what failed is owed again.
    EXPECT_EQ(reports(id, in_batch(of(first, "ACSC") + of(second, "RJCT", "AC01"))).status(), 200);
    auto const whole = reports(id, in_batch("<PmtInfSts>ACSC</PmtInfSts>" + of(second, "RJCT", "AC01")));
    EXPECT_EQ(province.sql("select string_agg(status::text, ',' order by status) from payout"), "succeeded,succeeded,failed") << whole.response.body;
    auto const next = province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + owner + "\"}");
    EXPECT_EQ(next.status(), 201) << "the failed payout's money is proposed again: " << next.response.body;
}

TEST_F(PaymentFiles, what_is_no_report_or_answers_no_file_of_ours_is_refused) {
    EXPECT_EQ(reconciler.send(http::Method::post, "/api/v1/payment-status-reports", {{"Content-Type", "application/xml"}}, "<a>").status(), 400);
    EXPECT_EQ(reports("pf_00000000000000000000000000", "").status(), 404);
    EXPECT_EQ(reports("MSGID-950", "").status(), 404);
}

}  // namespace
}  // namespace choso::stories
