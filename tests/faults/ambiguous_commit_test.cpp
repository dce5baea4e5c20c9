#include <gtest/gtest.h>

#include <iostream>
#include <ostream>

#include "tests/faults/checker.hpp"
#include "tests/faults/proxy.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

struct Row {
    char const* name;
    CommitFault fault;
    int few, full;  ///< how often; what is withheld costs the lane's ten seconds each time
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class AmbiguousCommit : public testing::TestWithParam<Row> {};

TEST_P(AmbiguousCommit, is_answered_rightly_and_once) {
    auto const province = Province::in(support::Cluster::shared());
    auto proxy = Proxy{province.database.server_url};
    auto gateway = Gateway{proxy.url()};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 12};
    auto const count = rounds(GetParam().few, GetParam().full);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        ASSERT_TRUE(clients.advance(pick(1, 100))) << gateway.log();
        proxy.arm(GetParam().fault);
        ASSERT_TRUE(support::eventually(60s, [&] { return proxy.hits() > round; })) << gateway.log();
        // Not only the other lane: more than what can be acknowledged without the one that was hit.
        ASSERT_TRUE(support::eventually(40s, [&] { return gateway.metric("choso_lane_connections_lost_total") > round; })) << gateway.log();
        ASSERT_TRUE(clients.advance(50)) << gateway.log();
    }
    EXPECT_TRUE(clients.finish()) << gateway.log();
    EXPECT_EQ(proxy.hits(), count);
    std::cout << "  " << proxy.hits() << " COMMITs met it, " << proxy.passed() << " passed; " << clients.resent()
              << " requests were sent again by clients\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    expect_sound_book(province.database, {&clients});
}

INSTANTIATE_TEST_SUITE_P(faults, AmbiguousCommit,
                         testing::Values(Row{"answer_lost", CommitFault::answer_lost, 20, 200},
                                         Row{"commit_lost", CommitFault::commit_lost, 20, 200},
                                         Row{"answer_withheld", CommitFault::answer_withheld, 1, 4},
                                         Row{"commit_withheld", CommitFault::commit_withheld, 1, 4}),
                         [](auto const& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace choso::faults
