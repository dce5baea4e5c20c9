// Every way a transfer can go wrong, played by choso-bank against the real gateway, and what is then shown.
#include "tests/stories/simulated_bank.hpp"

namespace choso::stories {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Banks : public SharedProvince {
 public:
    static void SetUpTestSuite() {
        SharedProvince::SetUpTestSuite();
        bank_ = std::make_unique<SimulatedBank>(province(), SimulatedBank::Options{.seed = 3});
    }
    static void TearDownTestSuite() {
        bank_.reset();
        SharedProvince::TearDownTestSuite();
    }

 protected:
    void SetUp() override { clock(); }
    static SimulatedBank& bank() { return *bank_; }
    static Stall stall(std::size_t n = 0) { return province().stall(n); }
    /// The bank's clock at the real time, `on` further.
    static void clock(seconds on = {}) { bank().stands_at(now() + on); }
    static void sends_files() {
        (void)bank().does(R"("do":"files")");
        bank().delivers();
    }
    static std::string status_of(json::Value const& movement) {
        return province().sql("select status from payment where bank_ref = '" + text_at(movement, "reference") + "' and amount = " + text_at(movement, "amount"));
    }
    static std::string count_of(json::Value const& movement) {
        return province().sql("select count(*) from payment where bank_ref = '" + text_at(movement, "reference") + "' and amount = " + text_at(movement, "amount"));
    }

 private:
    inline static std::unique_ptr<SimulatedBank> bank_;
};

TEST_F(Banks, each_way_ends_as_the_table_of_states_says) {
    struct {
        char const *way, *status;
        std::int64_t paid, overpaid;  // -1: some
    } const rows[] = {
        {"exact", "paid", 50'000, 0},      {"too_little", "partially_paid", -1, 0}, {"too_much", "paid", -1, -1},
        {"twice", "paid", 100'000, 50'000}, {"late", "paid_late", 50'000, 0},        {"wrong_note", "paid", 50'000, 0},
        {"mangled", "paid", 50'000, 0},     {"repeated", "paid", 50'000, 0},         {"no_note", "open", 0, 0},
        {"wrong_account", "open", 0, 0},    {"taken_back", "paid", 50'000, 0},
    };
    for (auto const& row : rows) {
        SCOPED_TRACE(row.way);
        clock();
        auto const asked = stall().asks(50'000);
        auto const movements = bank().pays(asked, row.way);
        bank().delivers();
        auto const seen = stall().sees(asked);
        EXPECT_EQ(seen.text("status"), row.status) << testing::PrintToString(seen) << ' ' << text_at(movements[0], "content");
        auto const expect = [&](char const* member, std::int64_t amount) {
            EXPECT_TRUE(amount >= 0 ? seen.number(member) == amount : seen.number(member) > 0) << member << ' ' << seen.number(member);
        };
        expect("amount_paid", row.paid);
        expect("overpaid_by", row.overpaid);
        for (auto const& movement : movements) EXPECT_EQ(count_of(movement), "1");
        // What a payer's phone shows is the same state.
        auto const page = http::Client{"127.0.0.1", province().port, patience}.get(asked.pay_url.substr(province().base_url.size()));
        EXPECT_EQ(page.status, 200);
        if (std::string_view{row.status} == "partially_paid") {
            EXPECT_NE(page.body.find("thiếu"), std::string::npos);
        }
    }
}

TEST_F(Banks, mangled_by_every_bank_the_code_is_found) {
    for (auto const* bin : {"970436", "970407", "970416", "970405", "970415", "970423", "970403", "970418", "970422", "971025", "963399", "970432"}) {
        for (auto const to : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
            auto const asked = stall(to).asks(20'000);
            auto const movement = bank().pays(asked, "exact", R"("bank":")" + std::string{bin} + "\"")[0];
            bank().delivers();
            EXPECT_EQ(stall(to).status(asked), "paid") << bin << ": " << text_at(movement, "content");
        }
    }
}

TEST_F(Banks, money_without_its_note_is_shown_as_nobodys_and_in_the_wrong_account_as_such) {
    auto live = province().listens();
    auto const asked = stall().asks(51'000);
    auto const lost = bank().pays(asked, "no_note")[0];
    bank().delivers();
    EXPECT_EQ(text_at(live.hears("payment.unreferenced"), "amount"), "51000");
    EXPECT_EQ(status_of(lost), "unreferenced");
    auto const elsewhere = bank().pays(asked, "wrong_account")[0];
    bank().delivers();
    EXPECT_EQ(text_at(live.hears("payment.wrong_account", asked.id), "amount"), "51000");
    EXPECT_NE(text_at(elsewhere, "account"), asked.account);
    EXPECT_EQ(stall().status(asked), "open");
}

TEST_F(Banks, what_is_told_late_or_out_of_order_counts_from_the_banks_time) {
    for (auto const* way : {"reordered", "delayed"}) {
        SCOPED_TRACE(way);
        clock();
        auto const asked = stall().asks(52'000);
        bank().pays(asked, way);
        bank().delivers();
        EXPECT_EQ(stall().status(asked), "open");
        clock(minutes{16});
        bank().delivers();
        EXPECT_EQ(stall().status(asked), "paid");
    }
}

TEST_F(Banks, what_no_notice_told_the_file_tells_and_it_confirms_the_rest) {
    auto const told = stall().asks(53'000), untold = stall().asks(54'000);
    auto const first = bank().pays(told, "exact")[0], second = bank().pays(untold, "unnoticed")[0];
    bank().delivers();
    EXPECT_EQ(stall().status(told), "paid");
    EXPECT_EQ(stall().status(untold), "open");
    auto const confirmed = [&](json::Value const& movement) {
        return province().sql("select confirmed_at is not null from payment where bank_ref = '" + text_at(movement, "reference") + "'");
    };
    EXPECT_EQ(confirmed(first), "f");
    sends_files();
    EXPECT_EQ(stall().status(untold), "paid");
    EXPECT_EQ(confirmed(first), "t");
    EXPECT_EQ(count_of(first), "1") << "one fact, told by two sources";
    EXPECT_EQ(confirmed(second), "f") << "the file alone has told it";
}

TEST_F(Banks, what_the_bank_takes_back_is_open_again_once_the_file_says_so) {
    auto live = province().listens();
    auto const asked = stall().asks(55'000);
    auto const paid = bank().pays(asked, "taken_back")[0];
    bank().delivers();
    EXPECT_EQ(stall().status(asked), "paid");
    clock(minutes{3});
    bank().delivers();
    EXPECT_EQ(stall().status(asked), "paid") << "a notice of credits only says nothing of it";
    sends_files();
    EXPECT_EQ(stall().status(asked), "open");
    EXPECT_EQ(text_at(live.hears("payment.reversed"), "amount"), "55000");
    EXPECT_EQ(status_of(paid), "reversed");
    sends_files();
    EXPECT_EQ(stall().sees(asked).number("amount_paid"), 0);
}

TEST_F(Banks, notices_wait_for_a_gateway_that_is_away_and_survive_the_banks_own_crash) {
    auto const asked = stall().asks(56'000);
    bank().pays(asked, "exact");
    province().stop();
    bank().delivers();
    bank().kill();
    province().start();
    bank().start();
    clock(minutes{1});
    bank().delivers();
    EXPECT_EQ(stall().status(asked), "paid");
    auto const waiting = bank().get("/deliveries?waiting=true");
    for (auto const& delivery : waiting.items()) ADD_FAILURE() << text_at(delivery, "answer");
}

TEST_F(Banks, an_order_to_pay_out_pays_once_whoever_asks_again) {
    auto const account = stall().account;
    bank().pays(stall().asks(90'000), "exact");
    auto const order = [&](std::string const& id) {
        return R"({"id":")" + id + R"(","from":{"bin":")" + stall().bin + R"(","account":")" + account +
               R"("},"to":{"bin":"970422","account":"0711223344","holder":"VU VAN X"},"amount":40000,"content":"KX3CM1K6121492"})";
    };
    EXPECT_EQ(bank().post("/payouts", order("po_a"), "wrong").status(), 401);
    auto const first = bank().post("/payouts", order("po_a"), "story-payout-token");
    EXPECT_EQ(first.text("status"), "succeeded") << first.response.body;
    bank().kill();
    bank().start();
    clock();
    auto const again = bank().post("/payouts", order("po_a"), "story-payout-token");
    EXPECT_EQ(again.response.body, first.response.body);
    auto debits = 0;
    auto const movements = bank().get("/accounts/" + stall().bin + "/" + account + "/movements");
    for (auto const& movement : movements.items()) debits += text_at(movement, "payout") == "po_a";
    EXPECT_EQ(debits, 1);
    auto const unheard = http::Client("127.0.0.1", bank().port()).get("/payouts/po_b", {{"Authorization", "Bearer story-payout-token"}});
    EXPECT_EQ(unheard.status, 404);
    EXPECT_EQ(unheard.body, R"({"id":"po_b","status":"unknown"})");
}

TEST_F(Banks, the_page_pays) {
    auto const asked = stall().asks(57'000);
    auto client = http::Client{"127.0.0.1", bank().port(), patience};
    auto const shown = client.get("/?qr=" + asked.qr);
    EXPECT_NE(shown.body.find("57.000"), std::string::npos);
    EXPECT_NE(shown.body.find(asked.reference), std::string::npos);
    auto const type = std::vector<http::Header>{{"Content-Type", "application/x-www-form-urlencoded"}};
    auto const paid = client.post("/pay", "qr=" + asked.qr + "&way=exact&bank=970436&amount=57.000", type);
    EXPECT_EQ(paid.status, 303) << paid.body;
    bank().delivers();
    EXPECT_EQ(stall().status(asked), "paid");
    EXPECT_EQ(client.post("/pay", "qr=nonsense&way=exact", type).status, 422);
    auto foreign = type;
    foreign.push_back({"Origin", "http://evil.example"});
    EXPECT_EQ(client.post("/pay", "qr=" + asked.qr + "&way=exact", foreign).status, 403);
}

TEST_F(Banks, the_book_balances_after_all_of_it) { EXPECT_TRUE(province().book().balances()); }

}  // namespace
}  // namespace choso::stories
