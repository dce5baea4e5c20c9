#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "gateway/api/limits.hpp"

namespace choso::api {
namespace {

using namespace std::chrono_literals;
using Time = TokenBuckets::Time;

struct Row {
    char const* name;
    char const* text;
    std::optional<Rate> rate;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }
class Rates : public testing::TestWithParam<Row> {};

TEST_P(Rates, are_read_whole_or_not_at_all) { EXPECT_EQ(Rate::parse(GetParam().text), GetParam().rate); }

INSTANTIATE_TEST_SUITE_P(limits, Rates,
                         testing::Values(Row{"second", "5/second", Rate{5, 1s}}, Row{"minute", "600/minute", Rate{600, 60s}},
                                         Row{"hour", "10/hour", Rate{10, 3600s}}, Row{"day", "1/day", Rate{1, 86'400s}}, Row{"none", "0/second", {}},
                                         Row{"negative", "-1/second", {}}, Row{"no_count", "/second", {}}, Row{"no_unit", "5", {}},
                                         Row{"empty_unit", "5/", {}}, Row{"plural", "5/seconds", {}}, Row{"blank", "5 /second", {}},
                                         Row{"fraction", "0.5/second", {}}, Row{"huge", "99999999999999999999/second", {}}, Row{"empty", "", {}}),
                         [](auto const& each) { return each.param.name; });

class Buckets : public testing::Test {
 protected:
    /// How many of `times` asked at once are let through.
    int taken(std::string const& name, Rate const& rate, int times) {
        auto out = 0;
        for (auto i = 0; i < times; ++i) out += buckets.take(name, rate, now) ? 0 : 1;
        return out;
    }
    TokenBuckets buckets{64};
    Time now{1'000'000s};
};

TEST_F(Buckets, let_the_whole_count_through_at_once_and_then_one_by_one) {
    auto const rate = Rate{10, 60s};
    EXPECT_EQ(taken("a", rate, 20), 10);
    EXPECT_EQ(buckets.take("a", rate, now), 6'000ms);
    now += 5'999ms;
    EXPECT_EQ(buckets.take("a", rate, now), 1ms);
    now += 1ms;
    EXPECT_EQ(taken("a", rate, 5), 1);
    now += 30s;
    EXPECT_EQ(taken("a", rate, 20), 5);
    now += 1h;
    EXPECT_EQ(taken("a", rate, 20), 10);
}

TEST_F(Buckets, are_apart_for_each_name) {
    auto const rate = Rate{3, 1s};
    EXPECT_EQ(taken("a", rate, 9), 3);
    EXPECT_EQ(taken("b", rate, 9), 3);
    EXPECT_EQ(taken("a", rate, 9), 0);
}

TEST_F(Buckets, of_one_that_is_held_back_are_not_freed_by_a_flood_of_names) {
    auto const rate = Rate{10, 3600s};
    EXPECT_EQ(taken("guesser", rate, 100), 10);
    for (auto i = 0; i < 100'000; ++i) (void)buckets.take("flood " + std::to_string(i), rate, now);
    EXPECT_EQ(taken("guesser", rate, 100), 0);
}

TEST_F(Buckets, never_let_more_through_than_the_rate_over_any_stretch) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    auto const rate = Rate{20, 10s};
    auto passed = std::vector<Time>{};
    for (auto i = 0; i < 20'000; ++i) {
        now += std::chrono::milliseconds{random() % 300};
        if (!buckets.take("a", rate, now)) passed.push_back(now);
    }
    // In any stretch: the count that may come at once, and what came back meanwhile.
    for (auto from = std::size_t{0}; from < passed.size(); ++from)
        for (auto to = from; to < std::min(passed.size(), from + 100); ++to) {
            auto const back = std::chrono::duration<double>(passed[to] - passed[from]).count() * 2.0;
            ASSERT_LE(static_cast<double>(to - from + 1), 20.0 + back + 1.0) << "seed " << seed;
        }
    EXPECT_GT(passed.size(), 4'000U) << "seed " << seed;
}

/// What is asked of the limits: from where, with which key, on which route.
struct Ask {
    std::string remote = "203.0.113.9";
    std::string key = "";
    std::string route = "pay_page";
    http::Method method = http::Method::get;
};

class ALimit : public testing::Test {
 protected:
    void start() {
        auto world = Limits::World{};
        world.key_of = [](http::Request const& request) -> std::optional<std::string> {
            auto const key = request.header("Authorization");
            if (!key || !key->starts_with("good")) return std::nullopt;
            return std::string{*key};
        };
        world.lanes_are_full = [this] { return full; };
        limits.emplace(options, std::move(world));
    }
    std::optional<http::NotAdmitted> admit(Ask const& ask) {
        if (!limits) start();
        auto request = http::Request{};
        request.method = ask.method;
        request.remote = ask.remote;
        if (!ask.key.empty()) request.headers.push_back({"Authorization", ask.key});
        auto route = http::Route{};
        route.name = ask.route;
        return limits->admit(request, route);
    }
    int admitted(Ask const& ask, int times) {
        auto out = 0;
        for (auto i = 0; i < times; ++i) out += admit(ask) ? 0 : 1;
        return out;
    }
    LimitOptions options{.address = Rate{5, 3600s}, .key = Rate{8, 3600s}, .routes = {{"notice", {20, 3600s}}}, .guarded = {{"sign_in", {2, 3600s}}}};
    bool full = false;
    std::optional<Limits> limits{};
};

TEST_F(ALimit, holds_for_each_address_and_tells_when_to_come_again) {
    EXPECT_EQ(admitted({}, 10), 5);
    EXPECT_EQ(admitted({.remote = "203.0.113.10"}, 10), 5);
    auto const refused = admit({});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->why, http::ErrorKind::too_many_requests);
    EXPECT_EQ(refused->retry_after, 720s);
}

TEST_F(ALimit, counts_a_neighbourhood_of_ipv6_as_one) {
    EXPECT_EQ(admitted({.remote = "2001:db8:1:2::1"}, 3), 3);
    EXPECT_EQ(admitted({.remote = "2001:db8:1:2:ffff::1"}, 10), 2);
    EXPECT_EQ(admitted({.remote = "2001:db8:1:3::1"}, 10), 5);
}

TEST_F(ALimit, of_a_key_follows_the_key_whatever_its_address) {
    EXPECT_EQ(admitted({.key = "good 1"}, 6), 6);
    EXPECT_EQ(admitted({.remote = "203.0.113.10", .key = "good 1"}, 10), 2);
    EXPECT_EQ(admitted({.key = "good 2"}, 10), 8);
    EXPECT_EQ(admitted({.key = "guess 1"}, 4) + admitted({.key = "guess 2"}, 4), 5) << "guessed keys are their address's";
}

TEST_F(ALimit, of_a_route_stands_in_place_of_the_others) {
    EXPECT_EQ(admitted({.route = "notice"}, 30), 20);
    EXPECT_EQ(admitted({}, 30), 5);
}

TEST_F(ALimit, does_not_hold_for_this_machine_but_where_it_is_guarded) {
    EXPECT_EQ(admitted({.remote = "127.0.0.1"}, 100), 100);
    EXPECT_EQ(admitted({.remote = "::1", .key = "good 1", .route = "notice"}, 100), 100);
    EXPECT_EQ(admitted({.remote = "127.0.0.1", .route = "sign_in"}, 100), 2);
    options.loopback = true;
    limits.reset();
    EXPECT_EQ(admitted({.remote = "127.0.0.1"}, 100), 5);
}

TEST_F(ALimit, never_keeps_a_balancer_from_asking_whether_we_live) {
    EXPECT_EQ(admitted({.route = "livez"}, 100), 100);
    full = true;
    EXPECT_EQ(admitted({.route = "readyz"}, 100), 100);
}

TEST_F(ALimit, sends_away_what_would_wait_in_vain_before_its_body_is_read) {
    full = true;
    auto const refused = admit({.method = http::Method::post});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->why, http::ErrorKind::overloaded);
    EXPECT_FALSE(admit({})) << "who only reads is served";
}

}  // namespace
}  // namespace choso::api
