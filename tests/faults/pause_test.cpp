#include <gtest/gtest.h>

#include <csignal>
#include <iostream>

#include "platform/postgres/connection.hpp"
#include "tests/faults/checker.hpp"
#include "tests/faults/proxy.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// A paused process keeps no bucket longer than this (idle_in_transaction_session_timeout 5 s, and a moment).
constexpr auto longest = 6s;

/// Transactions of lanes that stand open while their client says nothing.
constexpr auto held =
    "select count(*) from pg_stat_activity where application_name like 'choso lane %' and xact_start is not null"
    " and wait_event = 'ClientRead' and state_change < clock_timestamp() - interval '100 ms' and datname = current_database()";

std::int64_t number(postgres::Connection& database, std::string const& sql) {
    return std::stoll(std::string{database.execute(sql).text(0, 0)});
}

bool is_stopped(pid_t process) {
    auto const state = state_of(process);
    return state == 'T' || state == 't';
}

/// Asks one gateway for money of each payee, once: all buckets of the province. False when one is not answered.
bool serves_all_buckets(Province const& province, std::uint16_t port, std::vector<std::string>& made) {
    auto client = http::Client{"127.0.0.1", port, 30s};
    for (auto const& payee : province.payees) {
        auto const body = R"({"merchant":")" + payee.merchant + R"(","amount":1000,"description":"x"})";
        auto const answer = client.post("/api/v1/payment-requests", body,
                                        {{"Authorization", "Bearer " + province.api_key},
                                         {"Content-Type", "application/json"},
                                         {"Idempotency-Key", "probe-" + std::to_string(made.size())}});
        if (answer.status != 201) return false;
        made.push_back(answer.body);
    }
    return true;
}

struct Paused {
    bool in_transaction = false;
    std::chrono::milliseconds served_after{0};
};

/// Pauses `victim` (at a system call if strace may, else at once), sees whether `other` serves every bucket in time.
void pause_once(Province const& province, Gateway& victim, Gateway& other, Clients& load, postgres::Connection& database,
                std::vector<std::string>& probes, Paused& out) {
    ASSERT_TRUE(load.advance(1));
    auto injection = std::optional<Injection>{};
    if (Injection::possible()) injection.emplace(victim.pid(), "sendto", "STOP", pick(1, 40));
    else victim.pause();
    ASSERT_TRUE(support::eventually(30s, [&] { return is_stopped(victim.pid()); })) << "it was not stopped: " << victim.log();
    auto const start = Steady::now();
    ASSERT_TRUE(serves_all_buckets(province, other.port(), probes)) << other.log();
    out.served_after = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - start);
    out.in_transaction = number(database, held) > 0 || out.served_after > 1s;
    injection.reset();
    victim.resume();
    ASSERT_TRUE(support::eventually(20s, [&] { return !is_stopped(victim.pid()) && victim.is_ready(); })) << victim.log();
}

TEST(Pause, of_one_gateway_in_a_batch_lets_the_other_go_on_and_doubles_nothing) {
    auto const province = Province::in(support::Cluster::shared());
    auto one = Gateway{province.database.server_url};
    auto two = Gateway{province.database.server_url};
    one.start();
    two.start();
    auto database = postgres::Connection{province.database.super_url, {.application_name = "pause_test"}};
    // Both feed on the same payees; whoever gets no answer in 3 s asks the other gateway under the same key.
    auto clients = Clients{province, {one.port(), two.port()}, 12, 3s};
    auto probes = std::vector<std::string>{};
    auto const count = rounds(8, 60);
    auto caught = 0;
    auto slowest = 0ms;
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        auto paused = Paused{};
        pause_once(province, one, two, clients, database, probes, paused);
        if (HasFatalFailure()) break;
        caught += paused.in_transaction ? 1 : 0;
        slowest = std::max(slowest, paused.served_after);
        EXPECT_LE(paused.served_after, longest) << "a paused gateway held a bucket";
    }
    one.resume();
    EXPECT_TRUE(clients.finish()) << one.log() << two.log();
    std::cout << "  " << caught << " of " << count << " pauses struck inside a transaction; all buckets were served again after at most "
              << slowest.count() << " ms; " << clients.resent() << " requests were sent again\n";
    EXPECT_EQ(one.stop(), 0) << one.log();
    EXPECT_EQ(two.stop(), 0) << two.log();
    // The probes are requests nobody pays; the rest must be exactly the clients'.
    database.execute("create temp table probe as select id from payment_request where amount = 1000");
    EXPECT_EQ(number(database, "select count(*) from probe"), static_cast<std::int64_t>(probes.size()));
    expect_sound_book(province.database, {&clients}, static_cast<std::int64_t>(probes.size()));
}

/// The hardest moment: half of a batch is at the server, which waits for the rest inside a statement's pipeline, where no
/// idle_in_transaction_session_timeout runs.
TEST(Pause, between_two_packets_of_a_batch_lets_the_other_go_on_too) {
    auto const province = Province::in(support::Cluster::shared());
    auto proxy = Proxy{province.database.server_url};
    auto one = Gateway{proxy.url()};
    auto two = Gateway{province.database.server_url};
    one.start();
    two.start();
    auto clients = Clients{province, {one.port(), two.port()}, 8, 3s};
    auto probes = std::vector<std::string>{};
    auto const count = rounds(1, 10);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        ASSERT_TRUE(clients.advance(20)) << one.log();
        proxy.arm(CommitFault::commit_withheld);
        ASSERT_TRUE(support::eventually(30s, [&] { return proxy.hits() > round; }));
        one.pause();
        auto const start = Steady::now();
        EXPECT_TRUE(serves_all_buckets(province, two.port(), probes)) << two.log();
        EXPECT_LE(Steady::now() - start, longest) << "a paused gateway held a bucket";
        one.resume();
        ASSERT_TRUE(support::eventually(30s, [&] { return one.is_ready(); })) << one.log();
    }
    EXPECT_TRUE(clients.finish()) << one.log() << two.log();
    EXPECT_EQ(one.stop(), 0) << one.log();
    EXPECT_EQ(two.stop(), 0) << two.log();
    expect_sound_book(province.database, {&clients}, static_cast<std::int64_t>(probes.size()));
}

}  // namespace
}  // namespace choso::faults
