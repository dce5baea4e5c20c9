#include <ostream>

#include "gateway.hpp"

namespace choso::edge_tests {
namespace {

struct Attack {
    char const* name;
    std::vector<std::string> options;
};
void PrintTo(Attack const& row, std::ostream* out) { *out << row.name; }

class SlowPeers : public testing::TestWithParam<Attack> {};

/// 1,000 connections of the tool's each kind, at most 15 s; it asks by itself, all the while, whether we still answer.
TEST_P(SlowPeers, leave_the_probe_available) {
    auto const tool = program("slowhttptest");
    if (tool.empty()) GTEST_SKIP() << "slowhttptest is not installed";
    auto const gateway = Gateway{};
    auto command = std::vector<std::string>{tool, "-c", "1000", "-r", "400", "-l", "15", "-p", "3", "-v", "1"};
    command.insert(command.end(), GetParam().options.begin(), GetParam().options.end());
    command.insert(command.end(), {"-u", "http://127.0.0.1:" + std::to_string(gateway.port()) + "/assets/choso.css"});
    auto const done = support::run({.arguments = command, .environment = {{"TERM", "dumb"}}, .output = {}, .input = {}}, std::chrono::seconds{60});
    EXPECT_NE(done.output.find("service available:"), std::string::npos) << done.output;
    EXPECT_EQ(done.output.find("service available:   NO"), std::string::npos) << done.output;
    EXPECT_EQ(gateway.get("/readyz").status, 200);
}

INSTANTIATE_TEST_SUITE_P(slowhttptest, SlowPeers,
                         testing::Values(Attack{"slow_headers", {"-H", "-i", "2"}}, Attack{"slow_body", {"-B", "-i", "2", "-s", "8192"}},
                                         Attack{"ranges", {"-R", "-a", "10", "-b", "3000"}},
                                         Attack{"slow_read", {"-X", "-k", "10", "-n", "2", "-w", "10", "-y", "20", "-z", "5"}}),
                         [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace choso::edge_tests
