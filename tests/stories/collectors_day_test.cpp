// A collector's day against choso-bank: one transfer for three payees, three payouts the next day, and the bank's own book is ours.
#include <algorithm>
#include <sstream>

#include "tests/stories/simulated_bank.hpp"

namespace choso::stories {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Payout {
    std::string id, payee;
    std::int64_t amount = 0;
};

/// The demo's collector for others, whose bank is choso-bank: it tells by SePay and by camt.054, and takes orders to pay.
class CollectorsDay : public testing::Test {
 protected:
    void SetUp() override {
        province.settings = {{"CHOSO_PAYOUTS__URL", "http://127.0.0.1:" + std::to_string(bank.port())},
                             {"CHOSO_PAYOUTS__TOKEN", "story-payout-token"},
                             {"CHOSO_PAYOUTS__TIMEOUT_MS", "500"},
                             {"CHOSO_READERS__POLL_MS", "50"},
                             {"CHOSO_CORE__DUE_POLL_MS", "50"}};
        province.stop();
        province.start();
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    /// 50,000, 30,000 and 20,000 for the three.
    [[nodiscard]] Asked bills() const {
        auto const line = [&](std::size_t n, int amount) { return R"({"merchant":")" + payees.at(n) + R"(","amount":)" + std::to_string(amount) + "}"; };
        auto const answer = asks("[" + line(0, 50'000) + "," + line(1, 30'000) + "," + line(2, 20'000) + "]", 100'000);
        if (answer.status() != 201) throw std::runtime_error{answer.response.body};
        return {answer.text("id"), answer.text("reference"), answer.text("qr"), answer.text("pay_url"), account, answer.text("expires_at"), 100'000};
    }
    [[nodiscard]] Answer asks(std::string const& split, std::int64_t amount) const {
        return province.caller().post("/api/v1/payment-requests",
                                      R"({"merchant":")" + owner + R"(","amount":)" + std::to_string(amount) + R"(,"split":)" + split + "}");
    }
    /// What is owed to each of the three, in one of the ways of `GET /due`.
    [[nodiscard]] std::vector<std::int64_t> due(std::string_view member) const {
        auto out = std::vector<std::int64_t>{};
        for (auto const& payee : payees) {
            auto const answer = province.caller().get("/api/v1/due?merchant=" + payee);
            out.push_back(at(at(answer.body, "data")->items()[0], member)->as_int().value());
        }
        return out;
    }
    /// A payer scans and pays; the bank tells at once, and again by its file.
    void is_paid_and_confirmed() const {
        auto const asked = bills();
        (void)bank.pays(asked, "exact");
        bank.delivers();
        EXPECT_EQ(province.caller().get("/api/v1/payment-requests/" + asked.id).text("status"), "paid");
        EXPECT_EQ(due("seen"), three) << "one source alone confirms nothing";
        EXPECT_EQ(due("confirmed"), nothing);
        tells_all();
        EXPECT_EQ(due("seen"), nothing);
        EXPECT_EQ(due("confirmed"), three);
    }
    /// Notices, then the file.
    void tells_all() const {
        bank.delivers();
        (void)bank.does(R"("do":"files")");
        bank.delivers();
    }
    /// Ours; the bank may be away.
    void advance(std::chrono::seconds time) {
        province.advance_clock(time);
        advanced_ += time;
    }
    /// Both clocks: the bank stands where ours goes on.
    void passes(std::chrono::seconds time) {
        advance(time);
        bank.stands_at(now() + advanced_);
    }

    [[nodiscard]] Answer settles() const { return province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + owner + "\"}"); }
    [[nodiscard]] std::vector<Payout> proposed() const {
        auto const list = province.caller().get("/api/v1/payouts?status=proposed");
        auto out = std::vector<Payout>{};
        for (auto const& row : at(list.body, "data")->items())
            out.push_back({text_at(row, "id"), text_at(row, "merchant"), at(row, "amount")->as_int().value()});
        std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.amount > b.amount; });
        return out;
    }
    static Answer approves(Visitor const& person, std::string const& id) { return person.post("/api/v1/payouts/" + id + "/approve", ""); }
    [[nodiscard]] Answer payout(std::string const& id) const { return province.caller().get("/api/v1/payouts/" + id); }
    [[nodiscard]] bool comes_to(std::string const& id, std::string_view status) const {
        return support::eventually(patience, [&] { return payout(id).text("status") == status; });
    }
    /// So many of our own calls have given up: the test's clock does not run ahead of them.
    [[nodiscard]] bool calls_ended(int count) const {
        return support::eventually(patience, [&] {
            auto const log = province.gateway->log();
            auto found = 0;
            for (auto at = log.find("bank_did_not_answer"); at != std::string::npos; at = log.find("bank_did_not_answer", at + 1)) ++found;
            return found >= count;
        });
    }

    /// What the bank's own book says of the collector's account.
    [[nodiscard]] std::int64_t banks_balance() const {
        auto const all = bank.get("/accounts");
        for (auto const& each : all.items())
            if (text_at(each, "account") == account) return at(each, "balance")->as_int().value();
        throw std::runtime_error{"the bank does not keep " + account};
    }
    /// How often the bank paid that order.
    [[nodiscard]] int executed(std::string const& id) const {
        auto const all = bank.get("/accounts/" + text_at(province.demo, "pooled.bank_account.bin") + "/" + account + "/movements");
        return static_cast<int>(std::count_if(all.items().begin(), all.items().end(), [&](auto const& each) { return text_at(each, "payout") == id; }));
    }
    struct Ledger {
        std::int64_t bank = 0, in_flight = 0;
        int in_flight_entries = 0;
    };
    /// Our book of the collector's account, and of what is under way from it, from the journal's export.
    [[nodiscard]] Ledger ledger() const {
        auto out = Ledger{};
        auto const exported = province.choso({"ledger", "export", "--format", "json"});
        auto lines = std::istringstream{exported.output};
        for (std::string line; std::getline(lines, line);) {
            auto const entry = parsed(line);
            auto const name = text_at(entry, "account");
            auto const amount = std::stoll(text_at(entry, "amount"));
            if (name.ends_with(":bank:" + account_id)) out.bank += amount;
            if (name.find(":payout_in_flight:") == std::string::npos) continue;
            out.in_flight += amount;
            ++out.in_flight_entries;
        }
        return out;
    }
    /// Everything is paid and told: nothing is owed or under way, and both books hold the same.
    void expect_both_books_agree(std::int64_t balance) const {
        for (auto const* member : {"seen", "confirmed", "proposed", "in_payout"}) EXPECT_EQ(due(member), nothing) << member;
        auto const ours = ledger();
        EXPECT_GT(ours.in_flight_entries, 0);
        EXPECT_EQ(ours.in_flight, 0);
        EXPECT_EQ(ours.bank, balance);
        EXPECT_EQ(banks_balance(), balance);
        auto const waiting = bank.get("/deliveries?waiting=true");
        for (auto const& delivery : waiting.items()) ADD_FAILURE() << "never taken: " << text_at(delivery, "to") << ' ' << text_at(delivery, "answer");
    }

    std::vector<std::int64_t> const three{50'000, 30'000, 20'000}, nothing{0, 0, 0};
    Province province;
    SimulatedBank bank{province};
    std::string owner = text_at(province.demo, "pooled.merchant");
    std::string account = text_at(province.demo, "pooled.bank_account.account");
    std::string account_id = text_at(province.demo, "pooled.bank_account.id");
    std::vector<std::string> payees = [this] {
        auto out = std::vector<std::string>{};
        for (auto const& payee : at(province.demo, "pooled.payees")->items()) out.emplace_back(payee.as_string().value());
        return out;
    }();

 private:
    std::chrono::seconds advanced_{0};
};

TEST_F(CollectorsDay, one_transfer_becomes_three_payouts_and_the_banks_book_is_ours) {
    is_paid_and_confirmed();
    EXPECT_EQ(banks_balance(), 100'000);
    EXPECT_EQ(ledger().bank, 100'000);

    passes(hours{24});
    auto const run = settles();
    ASSERT_EQ(run.status(), 201) << run.response.body;
    EXPECT_EQ(run.number("amount"), 100'000);
    auto const payouts = proposed();
    ASSERT_EQ(payouts.size(), 3U);
    EXPECT_EQ(due("proposed"), three);
    EXPECT_EQ(settles().text("code"), "nothing_to_settle");

    auto const approver = province.signed_in("duyet-chi");
    for (std::size_t n = 0; n < payouts.size(); ++n) {
        EXPECT_EQ(payouts[n].payee, payees[n]);
        EXPECT_EQ(payouts[n].amount, three[n]);
        auto const answer = approves(approver, payouts[n].id);
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
    }
    for (auto const& each : payouts) EXPECT_TRUE(comes_to(each.id, "succeeded")) << testing::PrintToString(payout(each.id)) << province.gateway->log();
    EXPECT_EQ(banks_balance(), 0);
    EXPECT_EQ(ledger().bank, 100'000) << "an account of which every line is told is booked by its lines";
    EXPECT_EQ(ledger().in_flight, -100'000);

    tells_all();
    for (auto const& each : payouts) {
        EXPECT_EQ(executed(each.id), 1);
        EXPECT_EQ(payout(each.id).text("status"), "succeeded");
    }
    expect_both_books_agree(0);
    EXPECT_EQ(province.sql("select count(*) from journal where template = 'payout_sent'"), "3") << "each line once, though told by two feeds";
}

TEST_F(CollectorsDay, the_command_settles_and_a_payout_that_is_never_answered_is_found_out_by_asking) {
    is_paid_and_confirmed();
    passes(hours{24});
    auto const runs = province.choso_json({"settle"});
    EXPECT_EQ(std::count_if(runs.begin(), runs.end(), [](auto const& run) { return text_at(run, "payouts") == "3"; }), 1);
    auto const payouts = proposed();
    ASSERT_EQ(payouts.size(), 3U);
    auto const approver = province.signed_in("duyet-chi");
    (void)bank.does(R"("do":"payouts","next":["silent"])");
    auto const& silent = payouts[0].id;
    EXPECT_EQ(approves(approver, silent).status(), 200);
    ASSERT_TRUE(calls_ended(1)) << province.gateway->log();
    for (auto n : {1U, 2U}) {
        EXPECT_EQ(approves(approver, payouts[n].id).status(), 200);
        EXPECT_TRUE(comes_to(payouts[n].id, "succeeded")) << province.gateway->log();
    }
    EXPECT_EQ(payout(silent).text("status"), "submitted");
    EXPECT_EQ(executed(silent), 1) << "the bank did it and never said so";

    // Nobody is there to be asked either.
    bank.kill();
    advance(minutes{2});
    ASSERT_TRUE(calls_ended(2)) << province.gateway->log();
    EXPECT_EQ(payout(silent).text("status"), "unknown");
    EXPECT_EQ(due("in_payout"), (std::vector<std::int64_t>{50'000, 0, 0}));
    bank.start();
    passes(minutes{5});
    ASSERT_TRUE(comes_to(silent, "succeeded")) << province.gateway->log();
    EXPECT_EQ(payout(silent).number("asked"), 2);
    EXPECT_EQ(executed(silent), 1);

    tells_all();
    expect_both_books_agree(0);
}

TEST_F(CollectorsDay, an_order_that_never_arrived_is_owed_again_and_paid_by_the_next_run) {
    is_paid_and_confirmed();
    passes(hours{24});
    ASSERT_EQ(settles().status(), 201);
    auto const payouts = proposed();
    ASSERT_EQ(payouts.size(), 3U);
    auto approver = province.signed_in("duyet-chi");
    (void)bank.does(R"("do":"payouts","next":["silent_lost"])");
    EXPECT_EQ(approves(approver, payouts[2].id).status(), 200);
    ASSERT_TRUE(calls_ended(1)) << province.gateway->log();
    for (auto n : {0U, 1U}) EXPECT_EQ(approves(approver, payouts[n].id).status(), 200);
    passes(minutes{2});
    ASSERT_TRUE(comes_to(payouts[2].id, "failed")) << province.gateway->log();
    EXPECT_EQ(payout(payouts[2].id).text("failure"), "never_arrived");
    EXPECT_EQ(due("confirmed"), (std::vector<std::int64_t>{0, 0, 20'000}));

    ASSERT_EQ(settles().status(), 201);
    auto const again = proposed();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].payee, payees[2]);
    EXPECT_EQ(approves(approver, again[0].id).status(), 200);
    EXPECT_TRUE(comes_to(again[0].id, "succeeded")) << province.gateway->log();
    for (auto n : {0U, 1U}) EXPECT_TRUE(comes_to(payouts[n].id, "succeeded"));
    EXPECT_EQ(executed(payouts[2].id), 0);
    EXPECT_EQ(executed(again[0].id), 1);
    tells_all();
    expect_both_books_agree(0);
}

TEST_F(CollectorsDay, nobody_approves_what_they_proposed_and_no_key_does) {
    is_paid_and_confirmed();
    passes(hours{24});
    auto maker = province.signed_in("duyet-chi");
    auto const run = maker.post("/api/v1/settlement-batches", R"({"merchant":")" + owner + "\"}");
    ASSERT_EQ(run.status(), 201) << run.response.body;
    auto const payouts = proposed();
    ASSERT_EQ(payouts.size(), 3U);
    auto const path = "/api/v1/payouts/" + payouts[0].id + "/approve";

    auto const own = maker.post(path, "");
    EXPECT_EQ(own.status(), 403);
    EXPECT_EQ(own.text("code"), "approver_is_maker");
    auto const by_key = province.caller().post(path, "");
    EXPECT_EQ(by_key.status(), 403);
    EXPECT_EQ(by_key.text("code"), "approver_must_be_person");
    EXPECT_EQ(province.signed_in("doi-soat").post(path, "").text("code"), "role_missing");

    auto half = Visitor{province.port};
    ASSERT_EQ(half.signs_in("duyet-chi-2", text_at(province.login("duyet-chi-2"), "password")).status(), 201);
    EXPECT_EQ(half.post(path, "").text("code"), "second_factor_due") << "the password alone";
    auto other = province.signed_in("duyet-chi-2");
    (void)province.sql("update staff_session set second_factor_at = now() - interval '6 minutes' where ended_at is null");
    auto const stale = other.post(path, "");
    EXPECT_EQ(stale.status(), 403);
    EXPECT_EQ(stale.text("code"), "step_up_needed");
    EXPECT_EQ(payout(payouts[0].id).text("status"), "proposed") << "none of this approved anything";
    EXPECT_EQ(banks_balance(), 100'000);

    ASSERT_EQ(other.gives(province.code_of("duyet-chi-2")).status(), 200);
    auto forged = other;
    forged.csrf = "x";
    EXPECT_EQ(forged.post(path, "").text("code"), "form_expired");
    for (auto const& each : payouts) EXPECT_EQ(approves(other, each.id).status(), 200);
    for (auto const& each : payouts) EXPECT_TRUE(comes_to(each.id, "succeeded")) << province.gateway->log();
    tells_all();
    expect_both_books_agree(0);
}

TEST_F(CollectorsDay, people_propose_as_their_role_lets_them) {
    is_paid_and_confirmed();
    auto const destination = std::string{R"({"bin":"970436","account":"0011004455667","holder":"NGUYEN VAN A"})"};
    auto const body = R"({"merchant":")" + payees[1] + R"(","amount":30000,"reason":"quyết toán","destination":)" + destination + "}";
    EXPECT_EQ(province.signed_in("nguoi-xem").post("/api/v1/payouts", body).text("code"), "role_missing");
    EXPECT_EQ(province.signed_in("thu-phi").post("/api/v1/payouts", body).status(), 404) << "the school's clerk knows nothing of the collector";
    auto const clerk = province.signed_in("doi-soat");
    auto forged = clerk;
    forged.csrf = "x";
    EXPECT_EQ(forged.post("/api/v1/payouts", body).text("code"), "form_expired");
    auto const made = clerk.post("/api/v1/payouts", body);
    ASSERT_EQ(made.status(), 201) << made.response.body;

    // A refund of what one of them received by itself.
    auto const asked = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + payees[0] + R"(","amount":40000})");
    ASSERT_EQ(asked.status(), 201) << asked.response.body;
    (void)bank.does(R"("do":"pay","way":"exact","qr":")" + asked.text("qr") + "\"");
    tells_all();
    auto const list = province.caller().get("/api/v1/payments?merchant=" + payees[0]);
    auto const payment = text_at(at(list.body, "data")->items()[0], "id");
    auto const approver = province.signed_in("duyet-chi");
    auto const refund = approver.post("/api/v1/refunds", R"({"payment":")" + payment + R"(","amount":15000,"reason":"trả nhầm"})");
    ASSERT_EQ(refund.status(), 201) << refund.response.body;
    auto const path = "/api/v1/refunds/" + refund.text("id");
    EXPECT_EQ(clerk.post(path + "/destination", destination).status(), 200);
    EXPECT_EQ(clerk.post(path + "/approve", "").text("code"), "role_missing");
    EXPECT_EQ(approver.post(path + "/approve", "").status(), 200) << "who names where it goes is its maker from then on";
    EXPECT_EQ(approves(approver, made.text("id")).status(), 200) << "what another proposed";

    EXPECT_TRUE(comes_to(made.text("id"), "succeeded")) << province.gateway->log();
    EXPECT_TRUE(support::eventually(patience, [&] { return province.caller().get(path).text("status") == "succeeded"; })) << province.gateway->log();
    tells_all();
    EXPECT_EQ(due("confirmed"), (std::vector<std::int64_t>{75'000, 0, 20'000}));
    EXPECT_EQ(ledger().bank, 95'000);
    EXPECT_EQ(banks_balance(), 95'000);
}

TEST_F(CollectorsDay, payees_of_two_collectors_are_refused_and_nothing_is_kept) {
    auto const line = [](std::string const& merchant) { return R"({"merchant":")" + merchant + R"(","amount":1000})"; };
    auto const before = province.sql("select count(*) from payment_request");
    auto const apart = asks("[" + line(payees[0]) + "," + line(text_at(province.demo, "school.merchant")) + "]", 2'000);
    EXPECT_EQ(apart.status(), 422);
    EXPECT_EQ(apart.text("code"), "payees_differ");
    EXPECT_EQ(province.sql("select count(*) from payment_request"), before);
    EXPECT_EQ(banks_balance(), 0);
}

}  // namespace
}  // namespace choso::stories
