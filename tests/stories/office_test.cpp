// What payees' offices do, over HTTP: receipts, a hospital's deposit, complaints.
#include <fstream>
#include <regex>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class Office : public testing::Test {
 protected:
    Province province;
    Bank bank = province.bank();
    std::string school = text_at(province.demo, "school.merchant");
    std::string hospital = text_at(province.demo, "hospital.merchant");

    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    [[nodiscard]] Asked asks(std::string const& merchant, std::string const& institution, std::int64_t amount) const {
        auto const answer = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + merchant + R"(","amount":)" + std::to_string(amount) +
                                                                                   R"(,"description":"Tiền ăn tháng 12","payer":{"name":"Lò Thị Mây"}})");
        if (answer.status() != 201) throw std::runtime_error{answer.response.body};
        return {answer.text("id"), answer.text("reference"), answer.text("qr"), answer.text("pay_url"), text_at(province.demo, institution + ".bank_account.account"), {}, amount};
    }
    [[nodiscard]] json::Value receipts_of(std::string const& merchant) const { return province.caller().get("/api/v1/receipts?merchant=" + merchant).body; }
    [[nodiscard]] bool receipted(std::string const& merchant, std::size_t count) const {
        return support::eventually(patience, [&] {
            auto const all = receipts_of(merchant);
            return at(all, "data") != nullptr && at(all, "data")->items().size() == count;
        });
    }
    /// The path of a page of ours.
    static std::string path_of(std::string const& url) { return url.substr(url.find("/bien-lai")); }
    [[nodiscard]] Answer opens(std::string const& target) const { return Visitor{province.port}.get(target); }
};

TEST_F(Office, a_payment_of_a_school_has_a_receipt_that_can_be_verified_and_is_cancelled_by_the_next_number) {
    bank.credits(asks(school, "school", 350'000), 350'000);
    ASSERT_TRUE(receipted(school, 1));
    bank.credits(asks(school, "school", 20'000), 25'000);
    ASSERT_TRUE(receipted(school, 2));
    auto const all = receipts_of(school);
    auto const& newest = at(all, "data")->items()[0];
    auto const& oldest = at(all, "data")->items()[1];
    EXPECT_TRUE(text_at(oldest, "number").ends_with("-0000001")) << text_at(oldest, "number");
    EXPECT_EQ(text_at(oldest, "amount"), "350000");
    EXPECT_EQ(text_at(newest, "amount"), "20000") << "what came over it is not receipted";
    EXPECT_EQ(text_at(newest, "status"), "valid");

    auto const page = opens(path_of(text_at(oldest, "url")));
    EXPECT_EQ(page.status(), 200);
    for (auto const* said : {"còn giá trị", "350.000", "Ba trăm năm mươi nghìn đồng", "L•••", "Tiền ăn tháng 12"}) EXPECT_NE(page.response.body.find(said), std::string::npos) << said;
    EXPECT_EQ(page.response.body.find("Lò Thị"), std::string::npos) << "the payer's name is masked";
    auto const file = opens(path_of(text_at(oldest, "url")) + "/pdf");
    EXPECT_EQ(file.status(), 200);
    ASSERT_TRUE(file.response.body.starts_with("%PDF"));
    auto const pdf = province.folder.path() / "receipt.pdf";
    std::ofstream{pdf, std::ios::binary} << file.response.body;
    auto const text = support::run({.arguments = {"pdftotext", "-layout", pdf.string(), "-"}, .environment = {}, .output = {}, .input = {}});
    for (auto const* said : {"BIÊN LAI THU TIỀN", "0000001", "Lò Thị Mây", "350.000", "Ba trăm năm mươi nghìn đồng"}) EXPECT_NE(text.output.find(said), std::string::npos) << said << text.output;

    auto const id = text_at(oldest, "id");
    auto const cancelled = province.caller().post("/api/v1/receipts/" + id + "/cancel", R"({"reason":"ghi sai tên"})");
    EXPECT_EQ(cancelled.status(), 201) << cancelled.response.body;
    EXPECT_EQ(cancelled.text("cancels"), id);
    EXPECT_EQ(cancelled.number("amount"), -350'000);
    EXPECT_TRUE(cancelled.text("number").ends_with("-0000003"));
    EXPECT_EQ(province.caller().post("/api/v1/receipts/" + id + "/cancel", R"({"reason":"ghi sai tên"})").text("id"), cancelled.text("id"));
    EXPECT_EQ(province.caller().post("/api/v1/receipts/" + id + "/cancel", R"({"reason":"khác"})").text("code"), "already_cancelled");
    EXPECT_EQ(province.caller().post("/api/v1/receipts/" + cancelled.text("id") + "/cancel", R"({"reason":"x"})").text("code"), "receipt_not_cancellable");
    EXPECT_EQ(province.caller().post("/api/v1/receipts/" + id + "/cancel", R"({"reason":""})").status(), 422);
    EXPECT_NE(opens(path_of(text_at(oldest, "url"))).response.body.find("đã bị huỷ"), std::string::npos);
    EXPECT_EQ(province.caller().get("/api/v1/receipts/" + id).text("status"), "cancelled");
    EXPECT_EQ(opens("/bien-lai/" + std::string(23, 'A')).status(), 404);
}

TEST_F(Office, receipts_are_looked_up_only_so_often) {
    auto const visitor = Visitor{province.port};
    auto const asks_for = [&](int n) {
        return visitor.send(http::Method::post, "/bien-lai", {{"Content-Type", "application/x-www-form-urlencoded"}}, "code=BL-2026-0000001&phone=09120000" + std::to_string(10 + n)).status();
    };
    for (auto n = 0; n < 10; ++n) EXPECT_EQ(asks_for(n), 200);
    EXPECT_EQ(asks_for(10), 429) << "whoever guesses the phone of a receipt waits";
}

TEST_F(Office, a_stall_gives_no_receipts) {
    auto const stall = province.stall();
    auto const asked = stall.asks(50'000);
    bank.credits(asked, 50'000);
    bank.credits(asks(school, "school", 1'000), 1'000);
    ASSERT_TRUE(receipted(school, 1));
    EXPECT_EQ(at(receipts_of(stall.merchant), "data")->items().size(), 0U);
}

TEST_F(Office, a_deposit_is_used_and_its_rest_is_proposed_for_refund_to_where_it_came_from) {
    auto const opened = province.caller().post("/api/v1/deposits", R"({"merchant":")" + hospital + R"(","code":"BN-2026-77","patient":{"name":"Giàng A Páo"}})");
    ASSERT_EQ(opened.status(), 201) << opened.response.body;
    auto const id = opened.text("id");
    auto const asked = Asked{opened.text("payment_request.id"), opened.text("payment_request.reference"), {}, {}, text_at(province.demo, "hospital.bank_account.account"), {}, 0};
    auto told = bank.transfer(asked, 3'000'000);
    told.content = "MBVCB.6994946307." + asked.reference + ".CT tu 0123456789 GIANG A PAO toi " + asked.account + " BENH VIEN";
    ASSERT_EQ(bank.sends(told).status(), 200);
    auto const deposit = [&] { return province.caller().get("/api/v1/deposits/" + id); };
    EXPECT_TRUE(support::eventually(patience, [&] { return deposit().number("held") == 3'000'000; })) << deposit().response.body;

    EXPECT_EQ(province.caller().post("/api/v1/deposits/" + id + "/uses", R"({"amount":1200000,"description":"Viện phí ngày 1"})", "use-1").number("held"), 1'800'000);
    auto const again = province.caller().post("/api/v1/deposits/" + id + "/uses", R"({"amount":1200000,"description":"Viện phí ngày 1"})", "use-1");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.number("used"), 1'200'000);
    EXPECT_EQ(province.caller().post("/api/v1/deposits/" + id + "/uses", R"({"amount":1800001})").text("code"), "deposit_exceeded");
    EXPECT_EQ(province.caller().post("/api/v1/deposits/" + id + "/uses", R"({"amount":0})").text("code"), "amount_invalid");

    auto const settled = province.caller().post("/api/v1/deposits/" + id + "/settle", "{}", "settle-1");
    EXPECT_EQ(settled.status(), 200) << settled.response.body;
    EXPECT_EQ(settled.number("returned"), 1'800'000);
    EXPECT_EQ(province.caller().post("/api/v1/deposits/" + id + "/uses", R"({"amount":1})").text("code"), "deposit_closed");
    auto const refunds = province.caller().get("/api/v1/refunds?merchant=" + hospital);
    ASSERT_EQ(at(refunds.body, "data")->items().size(), 1U) << refunds.response.body;
    auto const refund = province.caller().get("/api/v1/refunds/" + text_at(at(refunds.body, "data")->items()[0], "id"));
    EXPECT_EQ(refund.number("amount"), 1'800'000);
    EXPECT_EQ(refund.text("status"), "proposed");
    EXPECT_EQ(refund.text("destination.account"), "0123456789");
    EXPECT_EQ(refund.text("destination.told_by"), "statement");
}

TEST_F(Office, a_complaint_from_the_receipt_is_answered_in_time_or_escalated) {
    bank.credits(asks(school, "school", 350'000), 350'000);
    ASSERT_TRUE(receipted(school, 1));
    auto const all = receipts_of(school);
    auto const page = path_of(text_at(at(all, "data")->items()[0], "url"));
    EXPECT_EQ(opens(page + "/khieu-nai").status(), 200);
    auto const form = std::vector<http::Header>{{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(post_to(province.port, page + "/khieu-nai", form, "kind=none&text=x").status(), 422);
    auto const sent = post_to(province.port, page + "/khieu-nai", form, "kind=paid_twice&text=T%C3%B4i+tr%E1%BA%A3+hai+l%E1%BA%A7n&contact=0912345678");
    ASSERT_EQ(sent.status(), 303) << sent.response.body;
    auto const own = sent.header("Location");
    EXPECT_NE(opens(own).response.body.find("Đang chờ trả lời"), std::string::npos);
    EXPECT_EQ(post_to(province.port, page + "/khieu-nai", form, "kind=paid_twice&text=lai").header("Location"), own) << "the same trouble is complained of once";

    auto const open = province.caller().get("/api/v1/complaints?status=open&merchant=" + school);
    ASSERT_EQ(at(open.body, "data")->items().size(), 1U) << open.response.body;
    auto const& first = at(open.body, "data")->items()[0];
    auto const id = text_at(first, "id");
    EXPECT_EQ(text_at(first, "working_days"), "5");
    EXPECT_EQ(text_at(first, "text"), "Tôi trả hai lần");

    province.advance_clock(std::chrono::hours{24 * 12});
    EXPECT_TRUE(support::eventually(patience, [&] { return !province.caller().get("/api/v1/complaints/" + id).text("escalated_at").empty(); }));
    EXPECT_NE(opens(own).response.body.find("Quá hạn"), std::string::npos);
    auto const figures = province.caller().get("/api/v1/complaint-figures?merchant=" + school);
    EXPECT_EQ(text_at(at(figures.body, "data")->items()[0], "late"), "1") << figures.response.body;

    auto const answered = province.caller().post("/api/v1/complaints/" + id + "/answer", R"({"answer":"Nhà trường đã hoàn tiền"})");
    EXPECT_EQ(answered.status(), 200) << answered.response.body;
    EXPECT_EQ(answered.text("status"), "answered");
    EXPECT_EQ(province.caller().post("/api/v1/complaints/" + id + "/answer", R"({"answer":"x"})").text("code"), "complaint_closed");
    EXPECT_NE(opens(own).response.body.find("Nhà trường đã hoàn tiền"), std::string::npos);
}

TEST_F(Office, a_benefit_list_is_checked_row_by_row_and_no_key_approves_it) {
    auto const owner = text_at(province.demo, "pooled.merchant");
    auto const address = "/api/v1/benefit-lists?merchant=" + owner + "&programme=NCC&period=2026-12&file_name=t12.csv";
    auto const csv = std::string{"Mã,Họ tên,Số tiền,Hình thức,Ngân hàng,Số tài khoản\nP1,Lò Thị Mây,500000,CK,VCB,0011004455667\nP2,Giàng A Páo,600000,TM,,\nP3,,1,CK,VCB,1\n"};
    auto const sent = province.caller().post(address, csv, "list-1", {{"Content-Type", "text/csv"}});
    ASSERT_EQ(sent.status(), 201) << sent.response.body;
    EXPECT_EQ(sent.number("rows"), 3);
    EXPECT_EQ(sent.number("people"), 2);
    EXPECT_EQ(sent.number("amount"), 500'000);
    EXPECT_EQ(sent.number("cash_amount"), 600'000);
    EXPECT_EQ(sent.text("status"), "checked");
    EXPECT_EQ(province.caller().post(address, csv, "list-2", {{"Content-Type", "text/csv"}}).text("id"), sent.text("id")) << "the same file is the same list";
    auto const other = province.caller().post(address, csv + "P9,Mới,1000,TM,,\n", "list-3", {{"Content-Type", "text/csv"}});
    EXPECT_EQ(other.number("people"), 1) << "who is listed already is not listed again: " << other.response.body;
    auto const lines = province.caller().get("/api/v1/benefit-lists/" + sent.text("id") + "/lines?state=unpaid");
    EXPECT_NE(lines.response.body.find("Thiếu họ tên"), std::string::npos) << lines.response.body;
    EXPECT_EQ(province.caller().post("/api/v1/benefit-lists/" + sent.text("id") + "/approve", "").text("code"), "approver_must_be_person");

    auto chief = province.signed_in("duyet-chi");
    auto const poor = chief.post("/api/v1/benefit-lists/" + sent.text("id") + "/approve", "");
    EXPECT_EQ(poor.text("code"), "not_enough_due") << poor.response.body;
    EXPECT_EQ(chief.post("/api/v1/benefit-lists/" + other.text("id") + "/reject", "").text("status"), "rejected");
    EXPECT_EQ(chief.get("/tro-cap").status(), 200);
    EXPECT_EQ(chief.get("/tro-cap/" + sent.text("id")).status(), 200);
    for (auto const& [bad, field] : std::initializer_list<std::pair<std::string, std::string>>{
             {"/api/v1/benefit-lists?merchant=" + owner + "&programme=NCC&period=2026-13", "period"}, {"/api/v1/benefit-lists?merchant=" + owner + "&programme=&period=2026-12", "programme"}})
        EXPECT_EQ(province.caller().post(bad, csv).text("param"), field) << bad;
    EXPECT_EQ(province.caller().post(address, "không phải bảng", "list-9").text("param"), "file");
    EXPECT_EQ(province.caller().post("/api/v1/benefit-lists?merchant=" + school + "&programme=NCC&period=2026-12", csv).text("code"), "collector_is_direct");
}

}  // namespace
}  // namespace choso::stories
