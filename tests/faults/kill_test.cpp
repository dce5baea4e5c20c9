#include <gtest/gtest.h>

#include <csignal>
#include <iostream>

#include "tests/faults/checker.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

/// What the money path calls the kernel for: to the database, from it, to the client, and to wait.
constexpr char const* calls[] = {"sendto", "recvfrom", "sendmsg", "recvmsg", "epoll_wait", "poll", "futex", "write"};

TEST(Kill, at_the_nth_system_call_loses_and_doubles_nothing) {
    if (!Injection::possible()) GTEST_SKIP() << "strace is not installed or may not trace here";
    auto const province = Province::in(support::Cluster::shared());
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 6};
    auto const count = rounds(24, 160);
    auto reached = 0;
    for (auto round = 0; round < count; ++round) {
        auto const* call = calls[static_cast<std::size_t>(round) % std::size(calls)];
        // Early calls in turn, so that each step of a batch is met; the later ones at random.
        auto const at = round % 2 == 0 ? 1 + round / static_cast<int>(std::size(calls)) : pick(1, 30);
        SCOPED_TRACE(std::string{call} + " " + std::to_string(at) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        ASSERT_TRUE(clients.advance(1)) << gateway.log();
        {
            auto const injection = Injection{gateway.pid(), call, "KILL", at};
            // Dead, or the call does not come so often: a gateway that works on under the tracer is as good a witness.
            auto const enough = clients.acknowledged() + 400;
            ASSERT_TRUE(support::eventually(60s, [&] { return !gateway.running() || clients.acknowledged() > enough; }));
        }
        reached += gateway.running() ? 0 : 1;
        gateway.kill();
        gateway.start();
    }
    EXPECT_TRUE(clients.finish()) << gateway.log();
    EXPECT_GT(reached, count / 4) << "the faults hardly ever struck";
    std::cout << "  " << reached << " of " << count << " kills struck at their call; " << clients.resent() << " requests were sent again\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    expect_sound_book(province.database, {&clients});
}

TEST(Kill, at_any_moment_under_load_loses_and_doubles_nothing) {
    auto const province = Province::in(support::Cluster::shared());
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 16};
    auto const count = rounds(30, 300);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        // Right after the start, or when the load is under way.
        ASSERT_TRUE(clients.advance(pick(0, 200))) << gateway.log();
        ASSERT_TRUE(gateway.running()) << "it died by itself: " << gateway.log();
        gateway.kill();
        gateway.start();
    }
    EXPECT_TRUE(clients.finish()) << gateway.log();
    std::cout << "  " << count << " kills; " << clients.resent() << " requests were sent again\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    expect_sound_book(province.database, {&clients});
}

}  // namespace
}  // namespace choso::faults
