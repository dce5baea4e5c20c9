#include <gtest/gtest.h>

#include <iostream>

#include "tests/faults/checker.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

/// A cluster of these tests' own, for they stop it.
support::Cluster& cluster() {
    static auto own = support::Cluster{};
    return own;
}

/// Payment requests in the book, with those the demo began with.
int requests_in(Province const& province) {
    return std::stoi(cluster().sql("select count(*) from payment_request", province.database.name));
}

TEST(Postgres, crashes_under_load_and_the_gateway_goes_on_by_itself) {
    auto const province = Province::in(cluster());
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 16};
    auto const count = rounds(2, 20);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        ASSERT_TRUE(clients.advance(pick(50, 400))) << gateway.log();
        cluster().crash();
        cluster().start();
        ASSERT_TRUE(clients.advance(100)) << "it does not go on after the database came back: " << gateway.log();
        ASSERT_TRUE(gateway.running()) << gateway.log();
    }
    EXPECT_TRUE(clients.finish()) << gateway.log();
    EXPECT_GT(gateway.metric("choso_lane_connections_lost_total"), 0);
    std::cout << "  " << count << " crashes of the database; " << clients.resent() << " requests were sent again\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    expect_sound_book(province.database, {&clients});
}

TEST(Postgres, stopped_means_not_ready_and_try_again_until_it_is_back) {
    auto const province = Province::in(cluster());
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto const before = requests_in(province);
    auto const& payee = province.payees.front();
    auto const body = R"({"merchant":")" + payee.merchant + R"(","stall":")" + payee.stall + R"(","amount":50000,"description":"x"})";
    auto const ask = [&](std::string const& key) {
        return http::Client{"127.0.0.1", gateway.port(), 60s}.post(
            "/api/v1/payment-requests", body,
            {{"Authorization", "Bearer " + province.api_key}, {"Content-Type", "application/json"}, {"Idempotency-Key", key}});
    };
    ASSERT_EQ(ask("before").status, 201);

    cluster().stop();
    EXPECT_TRUE(support::eventually(10s, [&] { return gateway.status_of("/readyz") == 503; }));
    EXPECT_EQ(gateway.status_of("/livez"), 200);
    auto const refused = ask("meanwhile");
    EXPECT_EQ(refused.status, 503) << refused.body;
    EXPECT_TRUE(refused.header("Retry-After").has_value());
    EXPECT_NE(refused.body.find(R"("retryable":true)"), std::string::npos) << refused.body;
    EXPECT_EQ(refused.body.find(R"("money_moved":"yes")"), std::string::npos) << refused.body;
    EXPECT_TRUE(gateway.running()) << gateway.log();

    cluster().start();
    EXPECT_TRUE(support::eventually(20s, [&] { return gateway.status_of("/readyz") == 200; })) << gateway.log();
    auto const again = ask("meanwhile");
    EXPECT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(requests_in(province), before + 2);
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
}

TEST(Postgres, away_is_told_at_the_first_try_when_no_commit_is_in_doubt) {
    auto const province = Province::in(cluster());
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto const before = requests_in(province);
    auto const& payee = province.payees.front();
    auto const ask = [&](std::string const& key) {
        return http::Client{"127.0.0.1", gateway.port(), 60s}.post(
            "/api/v1/payment-requests", R"({"merchant":")" + payee.merchant + R"(","amount":50000,"description":"x"})",
            {{"Authorization", "Bearer " + province.api_key}, {"Content-Type", "application/json"}, {"Idempotency-Key", key}});
    };
    auto const tries = [&] { return gateway.metric("choso_lane_connections_lost_total"); };
    ASSERT_EQ(ask("before").status, 201);
    ASSERT_EQ(tries(), 0);

    cluster().stop();
    // The first finds the lane's connection broken, and then nobody to connect to; each further one asks once. A lane that
    // tried until its time was over would have asked some twenty times for each.
    for (auto n = 0; n < 3; ++n) {
        auto const refused = ask("meanwhile" + std::to_string(n));
        EXPECT_EQ(refused.status, 503) << refused.body;
        EXPECT_TRUE(refused.header("Retry-After").has_value());
        EXPECT_LE(tries(), n + 2) << gateway.log();
    }
    EXPECT_GE(tries(), 3) << "not asked at all: then this test shows nothing";
    cluster().start();
    EXPECT_TRUE(support::eventually(20s, [&] { return ask("afterwards").status == 201; })) << gateway.log();
    EXPECT_EQ(requests_in(province), before + 2) << "what was told away was not done";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
}

}  // namespace
}  // namespace choso::faults
