// Collecting for others: one transfer into a collector's account is several payees' money.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include "tests/stories/pooled.hpp"

namespace choso::stories {
namespace {

using ::testing::ElementsAre;
using std::chrono::hours;
using std::chrono::minutes;

/// Each payee with a key of its own, and a feed that tells a second time.
class Collector : public PooledStory {
 protected:
    [[nodiscard]] std::string lines(std::vector<std::int64_t> const& amounts) const {
        std::string out;
        for (std::size_t i = 0; i < amounts.size(); ++i)
            out += (i == 0 ? "" : ",") + std::string{R"({"merchant":")"} + payees.at(i) + R"(","amount":)" + std::to_string(amounts[i]) + "}";
        return "[" + out + "]";
    }
    [[nodiscard]] Answer asks(std::int64_t amount, std::string const& split, std::string const& more = {}) const {
        return province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + owner + R"(","amount":)" + std::to_string(amount) +
                                                                      R"(,"split":)" + split + (more.empty() ? "" : "," + more) + "}");
    }
    /// 50,000, 30,000 and 20,000 for the three.
    [[nodiscard]] Asked bills(std::string const& more = {}) const {
        auto const answer = asks(100'000, lines({50'000, 30'000, 20'000}), more);
        if (answer.status() != 201) throw std::runtime_error{answer.response.body};
        return {answer.text("id"), answer.text("reference"), answer.text("qr"), answer.text("pay_url"), account, answer.text("expires_at"), 100'000};
    }
    [[nodiscard]] Answer sees(Asked const& asked) const { return province.caller().get("/api/v1/payment-requests/" + asked.id); }
    [[nodiscard]] std::vector<std::int64_t> filled(Asked const& asked) const {
        auto out = std::vector<std::int64_t>{};
        auto const answer = sees(asked);
        for (auto const& line : at(answer.body, "split")->items()) out.push_back(at(line, "filled")->as_int().value());
        return out;
    }
    /// Of the three payees and the collector's own merchant.
    [[nodiscard]] std::vector<std::int64_t> due(std::string_view member) const {
        auto whose = payees;
        whose.push_back(owner);
        auto out = std::vector<std::int64_t>{};
        for (auto const& merchant : whose) out.push_back(due_of(merchant, member));
        return out;
    }
    [[nodiscard]] Caller key_of(std::string const& merchant) const { return key_with(merchant, {"payments:read", "requests:read", "events:read"}); }
    void reverse(std::size_t newest) {
        auto const list = province.caller().get("/api/v1/payments?merchant=" + owner);
        auto const id = text_at(at(list.body, "data")->items()[newest], "id");
        EXPECT_EQ(province.choso({"admin", "payment", "reverse", id, "--reason", "the bank's mistake"}).status, 0);
    }
};

TEST_F(Collector, one_transfer_is_owed_to_three_payees) {
    auto const asked = bills();
    auto const notice = bank.credits(asked, 100'000);
    EXPECT_EQ(sees(asked).text("status"), "paid");
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 30'000, 20'000));
    EXPECT_THAT(due("seen"), ElementsAre(50'000, 30'000, 20'000, 0));
    EXPECT_EQ(province.sql("select count(*) from journal where template = 'credit_due'"), "1") << "one transfer, one journal";
    EXPECT_EQ(province.sql("select count(*) from entry"), "4");
    confirm(notice);
    EXPECT_THAT(due("seen"), ElementsAre(0, 0, 0, 0));
    EXPECT_THAT(due("confirmed"), ElementsAre(50'000, 30'000, 20'000, 0));
}

TEST_F(Collector, a_second_telling_without_the_reference_confirms_each_part) {
    auto const asked = bills();
    auto notice = bank.credits(asked, 60'000);
    notice.content = "chuyen tien";
    confirm(notice);
    EXPECT_THAT(due("confirmed"), ElementsAre(50'000, 10'000, 0, 0));
}

TEST_F(Collector, short_money_pays_the_first_bills_first) {
    auto const asked = bills();
    bank.credits(asked, 60'000);
    EXPECT_EQ(sees(asked).text("status"), "partially_paid");
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 10'000, 0));
    bank.credits(asked, 40'000);
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 30'000, 20'000));
    EXPECT_EQ(sees(asked).text("status"), "paid");
}

TEST_F(Collector, together_owes_nobody_anything_until_all_is_paid) {
    auto const asked = bills(R"("fill":"together")");
    auto const first = bank.credits(asked, 60'000);
    confirm(first);
    EXPECT_THAT(due("seen"), ElementsAre(0, 0, 0, 0));
    EXPECT_THAT(due("confirmed"), ElementsAre(0, 0, 0, 0));
    EXPECT_TRUE(province.book().balances());
    bank.credits(asked, 40'000);
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 30'000, 20'000));
    EXPECT_THAT(due("confirmed"), ElementsAre(50'000, 10'000, 0, 0));
    EXPECT_THAT(due("seen"), ElementsAre(0, 20'000, 20'000, 0));
}

TEST_F(Collector, what_comes_over_is_the_askers) {
    auto const asked = bills();
    bank.credits(asked, 130'000);
    EXPECT_EQ(sees(asked).number("overpaid_by"), 30'000);
    EXPECT_THAT(due("seen"), ElementsAre(50'000, 30'000, 20'000, 30'000));
}

TEST_F(Collector, a_cancellation_releases_every_part_and_asks_the_money_back) {
    auto live = province.listens();
    auto const asked = bills(R"("expires_in":3600)");
    confirm(bank.credits(asked, 60'000));
    auto const cancelled = province.caller().post("/api/v1/payment-requests/" + asked.id + "/cancel", "");
    EXPECT_EQ(cancelled.status(), 200) << cancelled.response.body;
    EXPECT_THAT(filled(asked), ElementsAre(0, 0, 0));
    EXPECT_THAT(due("confirmed"), ElementsAre(0, 0, 0, 0));
    EXPECT_EQ(text_at(live.hears("refund.proposed", asked.id), "amount"), "60000");
}

TEST_F(Collector, what_the_bank_takes_back_empties_the_last_lines_first) {
    auto const asked = bills();
    bank.credits(asked, 60'000);
    confirm(bank.credits(asked, 40'000));
    reverse(1);
    EXPECT_EQ(sees(asked).text("status"), "partially_paid");
    EXPECT_THAT(filled(asked), ElementsAre(40'000, 0, 0));
    EXPECT_THAT(due("confirmed"), ElementsAre(40'000, 0, 0, 0));
    bank.credits(asked, 60'000);
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 30'000, 20'000));
}

TEST_F(Collector, late_and_expired_money_keeps_its_lines) {
    auto live = province.listens();
    auto const asked = bills(R"("expires_in":60,"late":"accept")");
    bank.credits(asked, 60'000);
    province.advance_clock(minutes{10});
    EXPECT_FALSE(live.hears("payment_request.expired", asked.id).is_null());
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 10'000, 0));
    bank.credits(asked, 40'000, now() + minutes{10});
    EXPECT_EQ(sees(asked).text("status"), "paid_late");
    EXPECT_THAT(filled(asked), ElementsAre(50'000, 30'000, 20'000));
}

TEST_F(Collector, the_next_days_run_proposes_one_payout_a_payee_and_none_twice) {
    auto const of_today = bank.credits(bills(), 100'000);
    EXPECT_EQ(text_at(province.choso_json({"settle"}).at(0), "settlement_batch"), "nothing to settle") << "only seen, not confirmed";
    confirm(of_today);
    province.advance_clock(hours{24});
    auto const run = province.choso_json({"settle"});
    auto const ours = std::find_if(run.begin(), run.end(), [](auto const& of) { return text_at(of, "payouts") == "3"; });
    ASSERT_NE(ours, run.end()) << "the other collector, the marketplace, has nothing to settle";
    EXPECT_EQ(text_at(*ours, "amount"), "100000");
    EXPECT_EQ(province.sql("select string_agg(amount::text, ' ' order by amount desc) from payout where purpose = 'settlement' and status = 'proposed'"),
              "50000 30000 20000");
    EXPECT_EQ(province.sql("select count(*) from payout o join person p on p.bucket = o.bucket and p.id = o.destination "
                            "join payout_account a on a.merchant = o.merchant and a.number = p.account and a.bin = p.bin"),
              "3") << "each to its registered account";
    EXPECT_THAT(due("proposed"), ElementsAre(50'000, 30'000, 20'000, 0));
    EXPECT_EQ(text_at(province.choso_json({"settle"}).at(0), "settlement_batch"), "nothing to settle");

    auto const batches = province.caller().get("/api/v1/settlement-batches?merchant=" + owner);
    ASSERT_EQ(at(batches.body, "data")->items().size(), 1U) << batches.response.body;
    auto const one = province.caller().get("/api/v1/settlement-batches/" + text_at(run[0], "settlement_batch"));
    EXPECT_EQ(one.number("amount"), 100'000);
    EXPECT_EQ(at(one.body, "payouts")->items().size(), 3U);
    EXPECT_EQ(key_of(payees[0]).get("/api/v1/settlement-batches/" + one.text("id")).status(), 404) << "the run is the collector's";
}

TEST_F(Collector, runs_at_once_propose_nothing_twice) {
    confirm(bank.credits(bills(), 100'000));
    auto codes = std::vector<int>(16);
    auto threads = std::vector<std::thread>{};
    for (std::size_t i = 0; i < codes.size(); ++i)
        threads.emplace_back([&, i] { codes[i] = province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + owner + "\"}").status(); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::count(codes.begin(), codes.end(), 201), 1);
    EXPECT_EQ(std::count(codes.begin(), codes.end(), 409), 15);
    EXPECT_EQ(province.sql("select sum(amount) from payout"), "100000");
}

TEST_F(Collector, a_run_may_stop_at_a_days_end_and_answers_the_same_again) {
    auto const day_of = [](Instant at) { return to_rfc3339(at).substr(0, 10); };
    confirm(bank.credits(bills(), 100'000));
    auto const asked = [&](std::string const& day, std::string const& key) {
        return province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + owner + R"(","day":")" + day + "\"}", key);
    };
    auto const too_young = asked(day_of(now() - hours{24}), {});
    EXPECT_EQ(too_young.status(), 409);
    EXPECT_EQ(too_young.text("code"), "nothing_to_settle");
    auto const first = asked(day_of(now()), "run");
    ASSERT_EQ(first.status(), 201) << first.response.body;
    auto const again = asked(day_of(now()), "run");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.response.body, first.response.body);
    auto const stall = province.stall();
    EXPECT_EQ(province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + stall.merchant + "\"}").text("code"), "collector_is_direct");
    EXPECT_EQ(province.caller().post("/api/v1/settlement-batches", R"({"merchant":")" + payees[0] + "\"}").text("code"), "field_invalid");
    EXPECT_EQ(asked("tomorrow", {}).text("code"), "field_invalid");
}

TEST_F(Collector, the_journal_of_split_and_held_money_passes_hledger) {
    bank.credits(bills(), 130'000);
    bank.credits(bills(R"("fill":"together")"), 60'000);
    auto const journal = province.choso({"ledger", "export", "--format", "hledger"});
    ASSERT_EQ(journal.status, 0) << journal.output;
    auto const file = province.folder.path() / "book.journal";
    std::ofstream{file, std::ios::binary} << journal.output;
    auto const asked = [&](std::vector<std::string> more) {
        auto arguments = std::vector<std::string>{"hledger", "-f", file.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return support::run({.arguments = arguments, .environment = {}, .output = {}, .input = {}});
    };
    EXPECT_EQ(asked({"check"}).status, 0) << asked({"check"}).output;
    EXPECT_NE(asked({"balance", "--flat", "held"}).output.find("-60000 VND"), std::string::npos) << asked({"balance", "--flat"}).output;
    EXPECT_EQ(journal.output.find("unknown:"), std::string::npos) << "every account has its collector";
}

TEST_F(Collector, each_payee_hears_its_own_part_with_its_own_number) {
    auto const key = key_of(payees[1]);
    auto live = Stream{key};
    auto const asked = bills();
    bank.credits(asked, 60'000);
    auto const first = live.hears("payment.received");
    EXPECT_EQ(text_at(first, "merchant"), payees[1]);
    EXPECT_EQ(text_at(first, "amount"), "10000");
    EXPECT_EQ(text_at(first, "n"), "1");
    EXPECT_EQ(text_at(first, "expected") + text_at(first, "missing") + text_at(first, "amount_paid"), "") << "nothing of the whole";
    bank.credits(asked, 40'000);
    auto const second = live.hears("payment.received");
    EXPECT_EQ(text_at(second, "amount"), "20000");
    EXPECT_EQ(text_at(second, "n"), "2");
}

TEST_F(Collector, a_payees_key_sees_its_share_and_nothing_of_the_others) {
    auto const key = key_of(payees[1]);
    auto const asked = bills();
    bank.credits(asked, 60'000);
    auto const list = key.get("/api/v1/payments");
    ASSERT_EQ(at(list.body, "data")->items().size(), 1U) << list.response.body;
    auto const& payment = at(list.body, "data")->items()[0];
    EXPECT_EQ(text_at(payment, "merchant"), payees[1]);
    EXPECT_EQ(text_at(payment, "amount"), "10000");
    auto const one = key.get("/api/v1/payments/" + text_at(payment, "id"));
    EXPECT_EQ(one.text("amount"), "10000");
    EXPECT_EQ(key.get("/api/v1/payment-requests/" + asked.id).status(), 404) << "the request is the asker's";
    for (auto const& answer : {list, one}) {
        EXPECT_EQ(answer.response.body.find(payees[0]), std::string::npos);
        EXPECT_EQ(answer.response.body.find("60000"), std::string::npos);
    }
    EXPECT_EQ(at(key.get("/api/v1/payments?status=reversed").body, "data")->items().size(), 0U);

    auto const third = key_of(payees[2]);
    EXPECT_EQ(third.get("/api/v1/payments/" + text_at(payment, "id")).status(), 404) << "nothing of it is the third's";
    EXPECT_EQ(at(third.get("/api/v1/payments").body, "data")->items().size(), 0U);
    auto const whole = province.caller().get("/api/v1/payments?merchant=" + owner);
    EXPECT_EQ(text_at(at(whole.body, "data")->items()[0], "amount"), "60000");
}

TEST_F(Collector, an_askers_key_sees_only_the_lines_it_may_name) {
    auto const asked = bills();
    auto const seen = key_of(owner).get("/api/v1/payment-requests/" + asked.id);
    EXPECT_EQ(seen.status(), 200);
    EXPECT_TRUE(at(seen.body, "split")->items().empty()) << seen.response.body;
}

TEST_F(Collector, a_payees_pages_follow_one_another_without_loss) {
    auto const key = key_of(payees[0]);
    for (auto i = 0; i < 5; ++i) bank.credits(bills(), 100'000);
    auto seen = std::set<std::string>{};
    auto after = std::string{};
    do {
        auto const page = key.get("/api/v1/payments?limit=2" + (after.empty() ? "" : "&after=" + after));
        for (auto const& row : at(page.body, "data")->items()) EXPECT_TRUE(seen.insert(text_at(row, "id")).second);
        after = page.text("next");
    } while (!after.empty());
    EXPECT_EQ(seen.size(), 5U);
}

TEST_F(Collector, asking_again_under_one_key_answers_the_same) {
    auto const body = R"({"merchant":")" + owner + R"(","amount":100000,"split":)" + lines({50'000, 30'000, 20'000}) + "}";
    auto const first = province.caller().post("/api/v1/payment-requests", body, "split-once");
    auto const asked = Asked{first.text("id"), first.text("reference"), {}, {}, account, {}, 100'000};
    bank.credits(asked, 60'000);
    auto const again = province.caller().post("/api/v1/payment-requests", body, "split-once");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.response.body, first.response.body);
}

TEST_F(Collector, payees_apart_are_refused) {
    auto const stall = province.stall();
    auto const line = [](std::string const& merchant, int amount) { return R"({"merchant":")" + merchant + R"(","amount":)" + std::to_string(amount) + "}"; };
    auto const apart = asks(2'000, "[" + line(payees[0], 1'000) + "," + line(stall.merchant, 1'000) + "]");
    EXPECT_EQ(apart.status(), 422);
    EXPECT_EQ(apart.text("code"), "payees_differ");
    EXPECT_NE(apart.text("title"), "");
    auto const by_a_stall = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + stall.merchant + R"(","amount":1000,"split":[)" +
                                                                                     line(province.stall(1).merchant, 1'000) + "]}");
    EXPECT_EQ(by_a_stall.text("code"), "payees_differ");
    auto const own = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + stall.merchant + R"(","amount":1000,"split":[)" +
                                                                              line(stall.merchant, 600) + "," + line(stall.merchant, 400) + "]}");
    EXPECT_EQ(own.status(), 201) << "an owner may split its own money into lines";
}

TEST_F(Collector, lines_that_do_not_sum_to_the_amount_are_refused) {
    EXPECT_EQ(asks(99'999, lines({50'000, 30'000, 20'000})).text("code"), "split_sum_differs");
    auto const open = province.caller().post("/api/v1/payment-requests",
                                             R"({"merchant":")" + owner + R"(","amount":null,"split":)" + lines({50'000}) + "}");
    EXPECT_EQ(open.text("code"), "split_sum_differs");
    EXPECT_EQ(asks(50, "[" + std::string{R"({"merchant":")"} + payees[0] + R"(","amount":50,"note":"x"}])").text("code"), "field_invalid");
    auto many = std::string{};
    for (auto i = 0; i < 51; ++i) many += (i == 0 ? "" : ",") + std::string{R"({"merchant":")"} + payees[0] + R"(","amount":1})";
    EXPECT_EQ(asks(51, "[" + many + "]").text("code"), "field_invalid");
    EXPECT_EQ(asks(50, R"([{"merchant":")" + payees[0] + R"(","amount":50}])", R"("fill":"later")").text("code"), "field_invalid");
    auto const gives_back = asks(50, R"([{"merchant":")" + payees[0] + R"(","amount":50}])", R"("late":"refund")");
    EXPECT_EQ(gives_back.text("code"), "field_invalid");
    EXPECT_EQ(gives_back.text("param"), "late");
}

}  // namespace
}  // namespace choso::stories
