// Whoever wants a stall's money without its knowing: a code pasted over its own, an account changed behind its back.
#include "base/id.hpp"
#include "qr/vietqr.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class CounterFraud : public testing::Test {
 protected:
    Province province;
    Stall stall = province.stall(0);
    Visitor seller = opens(stall);

    [[nodiscard]] Visitor opens(Stall const& which) const {
        auto out = Visitor{province.port};
        out.take(out.get(which.url.substr(province.base_url.size())));
        out.csrf = out.get("/quay/state").text("csrf");
        EXPECT_FALSE(out.csrf.empty()) << "the stall's link opens no page";
        return out;
    }
    [[nodiscard]] Answer scans(std::string const& payload) const {
        std::string body;
        json::Writer{body}.object().member("payload", payload).end();
        return seller.post("/quay/sticker-reports", body);
    }
    [[nodiscard]] std::string reports() const { return province.sql("select count(*) from sticker_report"); }
    [[nodiscard]] std::string own_reference() const { return seller.get("/quay/state").text("stall.reference"); }
};

TEST_F(CounterFraud, a_code_that_claims_the_stall_and_pays_another_account_is_found_and_kept) {
    auto const own = seller.get("/quay/state").text("stall.qr");
    ASSERT_FALSE(own.empty());
    EXPECT_EQ(scans(own).text("pays_elsewhere"), "false");
    EXPECT_EQ(scans("https://vi.example/not-a-code").text("pays_elsewhere"), "false");
    EXPECT_EQ(reports(), "0");

    auto const pasted = qr::make({.bin = stall.bin, .account = "0987654321", .purpose = own_reference(), .name = "CO HOA"});
    ASSERT_TRUE(pasted);
    auto const found = scans(*pasted);
    EXPECT_EQ(found.status(), 200) << found.response.body;
    EXPECT_EQ(found.text("pays_elsewhere"), "true");
    EXPECT_EQ(province.sql("select account || ' ' || bin from sticker_report"), "0987654321 " + stall.bin);
    // The same number at another bank is another account.
    auto const other_bank = stall.bin == "970422" ? "970436" : "970422";
    EXPECT_EQ(scans(*qr::make({.bin = other_bank, .account = stall.account})).text("pays_elsewhere"), "true");
    EXPECT_EQ(reports(), "2");

    auto without = seller;
    without.csrf.clear();
    EXPECT_EQ(without.post("/quay/sticker-reports", R"({"payload":"x"})").status(), 403);
    EXPECT_EQ(Visitor{province.port}.post("/quay/sticker-reports", R"({"payload":"x"})").status(), 401);
    EXPECT_EQ(seller.post("/quay/sticker-reports", R"({"payload":)" + std::string(600, '"')).status(), 400);
    EXPECT_EQ(reports(), "2");
}

/// Somebody asks for another account of the stall's payee.
class AccountChange : public CounterFraud {
 protected:
    static constexpr auto manager_login = "duyet-chi";
    std::string account_ = new_account();
    std::string change_ = text_at(province.choso_json({"admin", "account-change", "ask", "--stall", stall.id, "--account", account_}).front(), "change");

    std::string new_account() {
        auto const market = province.sql("select m.name from market m join stall s on s.market = m.id where s.id = '" + to_hyphenated(StallId::parse(stall.id).value().uuid()) + "'");
        for (auto const& each : province.choso_json({"admin", "market", "list"})) {
            if (text_at(each, "name") != market) continue;
            EXPECT_EQ(province.choso({"admin", "market", "manage", "--market", text_at(each, "market"), "--login", manager_login}).status, 0);
        }
        return text_at(province.choso_json({"admin", "account", "create", "--merchant", stall.merchant, "--bank", "970422", "--number", "0987654321", "--holder", "NGUYEN VAN B"}).front(), "account");
    }
    [[nodiscard]] Answer decides(Visitor const& manager, std::string const& what) const {
        return manager.send(http::Method::post, "/ban-quan-ly/doi-tai-khoan", {{"Content-Type", "application/x-www-form-urlencoded"}}, "change=" + change_ + "&what=" + what);
    }
    [[nodiscard]] std::string asks_into() const { return stall.sees(stall.asks(10'000)).text("bank_account.number"); }
    [[nodiscard]] std::string state() const { return province.sql("select state from stall_account_change"); }
};

TEST_F(AccountChange, waits_a_day_in_sight_of_the_counter_and_then_for_a_second_person) {
    auto const seen = seller.get("/quay/state");
    EXPECT_EQ(seen.text("account_change.id"), change_) << seen.response.body;
    EXPECT_EQ(seen.text("account_change.holder"), "NGUYEN VAN B");
    EXPECT_EQ(seen.text("account_change.tail"), "4321");
    EXPECT_EQ(seen.response.body.find("0987654321"), std::string::npos) << "the whole number is nobody's business yet";
    EXPECT_EQ(asks_into(), stall.account);
    EXPECT_NE(province.choso({"admin", "account-change", "ask", "--stall", stall.id, "--account", account_}).status, 0) << "two changes wait";

    EXPECT_EQ(decides(province.signed_in(manager_login), "approve").status(), 422) << "before the day is over";
    EXPECT_EQ(asks_into(), stall.account);
    province.advance_clock(std::chrono::hours{25});
    auto const manager = province.signed_in(manager_login);
    ASSERT_TRUE(support::eventually(patience, [&] { return decides(manager, "approve").status() == 303; })) << decides(manager, "approve").response.body;
    EXPECT_EQ(state(), "approved");
    EXPECT_TRUE(support::eventually(patience, [&] { return asks_into() == "0987654321"; }));
    EXPECT_EQ(decides(manager, "approve").status(), 404) << "decided twice";
    // The code that hangs at the counter pays the old account from now on: its scan says so.
    EXPECT_EQ(scans(*qr::make({.bin = stall.bin, .account = stall.account, .purpose = own_reference()})).text("pays_elsewhere"), "true");
    EXPECT_TRUE(province.book().balances());
}

TEST_F(AccountChange, is_refused_at_the_counter_by_its_own_stall_alone) {
    auto const body = R"({"change":")" + change_ + "\"}";
    EXPECT_EQ(opens(province.stall(1)).post("/quay/account-change/reject", body).status(), 404);
    auto without = seller;
    without.csrf.clear();
    EXPECT_EQ(without.post("/quay/account-change/reject", body).status(), 403);
    EXPECT_EQ(seller.post("/quay/account-change/reject", body).status(), 200);
    EXPECT_EQ(state(), "rejected");
    province.advance_clock(std::chrono::hours{25});
    EXPECT_EQ(decides(province.signed_in(manager_login), "approve").status(), 404);
    EXPECT_EQ(asks_into(), stall.account);
}

}  // namespace
}  // namespace choso::stories
