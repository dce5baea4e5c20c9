// The close of a day: opening + movements = closing, clearing accounts at zero or explained, and no lane waits for it.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using std::chrono::hours;

std::string day_text(Instant at) { return to_rfc3339(at).substr(0, 10); }

class Close : public testing::Test {
 protected:
    void SetUp() override {
        province.settings = {{"CHOSO_READERS__POLL_MS", "50"}};
        province.stop();
        province.start();
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }
    json::Value closes(std::string const& day, std::vector<std::string> more = {}, int expected = 0) {
        auto arguments = std::vector<std::string>{"close", "--day", day, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto const done = province.choso(arguments);
        EXPECT_EQ(done.status, expected) << done.output;
        return done.output.starts_with("{") ? parsed(done.output) : json::Value{};
    }
    Province province;
    std::string today = day_text(now());
    std::string pooled = text_at(province.demo, "pooled.bank_account.account");
};

TEST_F(Close, a_day_ends_once_with_what_is_left_explained) {
    auto const stall = province.stall(0);
    province.bank().credits(stall.asks(50'000), 50'000);
    EXPECT_EQ(province.bank().sends(province.bank().transfer(pooled, "khong ro", 70'000)).status(), 200);
    EXPECT_TRUE(support::eventually(patience, [&] { return province.sql("select count(*) from exception") == "1"; }));
    EXPECT_EQ(province.choso({"close", "--day", today}).status, 1) << "the day is not over";
    province.advance_clock(hours{25});
    auto const first = closes(today);
    EXPECT_EQ(text_at(first, "unexplained"), "0");
    EXPECT_EQ(text_at(first, "clearing"), "1") << "70,000 that nobody was found for, explained by its exception";
    EXPECT_EQ(text_at(first, "accounts"), "4");
    EXPECT_EQ(province.sql("select string_agg(opening || '+' || closing - opening, ',' order by closing) from day_balance"), "0+-70000,0+-50000,0+50000,0+70000");
    EXPECT_EQ(province.sql("select what || ' ' || amount from day_explained"), "exceptions 70000");
    auto const again = closes(today);
    EXPECT_EQ(text_at(again, "closed_before"), text_at(first, "books"));
    EXPECT_EQ(province.sql("select max(revision) from day_close"), "1");

    // Money after the day changes nothing of it.
    province.bank().credits(stall.asks(10'000), 10'000);
    auto const reopened = closes(today, {"--reopen", "--reason", "xem lại"});
    EXPECT_EQ(text_at(reopened, "revision"), "2");
    EXPECT_EQ(text_at(reopened, "unexplained"), "0");
    EXPECT_EQ(province.sql("select count(*) from audit where action = 'day.reopened'"), text_at(reopened, "books"));

    province.advance_clock(hours{24});
    auto const tomorrow = day_text(now() + hours{25});
    auto const second = closes(tomorrow);
    EXPECT_EQ(text_at(second, "accounts"), "2") << "only what was touched";
    EXPECT_EQ(province.sql("select opening || '+' || closing - opening from day_balance where day = '" + tomorrow + "' and closing > 0"), "50000+10000");

    auto const person = province.signed_in("doi-soat");
    auto const shown = person.get("/api/v1/day-closes/" + today);
    EXPECT_EQ(shown.number("unexplained"), 0) << shown.response.body;
    EXPECT_EQ(province.signed_in("duyet-truong").get("/api/v1/day-closes/" + today).status(), 404) << "a school's approver sees no other's book";
}

TEST_F(Close, days_that_nobody_closed_are_closed_first) {
    province.bank().credits(province.stall(0).asks(50'000), 50'000);
    province.advance_clock(hours{25});
    closes(today);
    province.advance_clock(hours{72});
    province.bank().credits(province.stall(0).asks(20'000), 20'000);
    province.advance_clock(hours{24});
    closes(day_text(now() + hours{97}));
    EXPECT_EQ(province.sql("select count(distinct day) from day_close"), "5");
    // Before the first close there is nothing to close: what moved then is in that close.
    auto const earlier = closes(day_text(now() - hours{48}));
    EXPECT_EQ(text_at(earlier, "closed_before"), text_at(earlier, "books"));
    EXPECT_EQ(province.sql("select count(distinct day) from day_close"), "5");
}

TEST_F(Close, what_stands_open_is_carried_over_days_that_do_not_touch_it) {
    EXPECT_EQ(province.bank().sends(province.bank().transfer(pooled, "khong ro", 70'000)).status(), 200);
    EXPECT_TRUE(support::eventually(patience, [&] { return province.sql("select count(*) from exception") == "1"; }));
    province.advance_clock(hours{49});
    auto const second = closes(day_text(now() + hours{24}));
    EXPECT_EQ(text_at(second, "clearing"), "1");
    EXPECT_EQ(text_at(closes(day_text(now() + hours{24}), {"--reopen", "--reason", "xem lại"}), "unexplained"), "0");
    province.advance_clock(hours{24});
    auto const quiet = closes(day_text(now() + hours{48}));
    EXPECT_EQ(text_at(quiet, "accounts"), "0");
    EXPECT_EQ(text_at(quiet, "clearing"), "1") << "the day touched nothing, and the money still waits";
    EXPECT_EQ(province.sql("select count(*) || ' ' || min(closing) from day_rest"), "2 -70000");
}

TEST_F(Close, a_batch_that_commits_after_the_close_of_its_day_is_in_the_next_one) {
    province.bank().credits(province.stall(0).asks(50'000), 50'000);
    province.advance_clock(hours{25});
    closes(today);
    // The same accounts again, listed under the day that is closed: as if their batch had been held up over midnight.
    province.bank().credits(province.stall(0).asks(20'000), 20'000);
    (void)province.sql("delete from account_day where day > '" + today + "'");
    province.advance_clock(hours{24});
    EXPECT_EQ(text_at(closes(day_text(now() + hours{25})), "accounts"), "2");
}

TEST_F(Close, says_what_it_does_not_take) {
    EXPECT_EQ(province.choso({"close"}).status, 2);
    EXPECT_EQ(province.choso({"close", "--day", "2026-13-01"}).status, 2);
    EXPECT_EQ(province.choso({"close", "--day", today, "--reopen"}).status, 2);
    EXPECT_EQ(province.choso({"close", "--day", "2020-01-01", "--reopen", "--reason", "x"}).status, 1);
}

}  // namespace
}  // namespace choso::stories
