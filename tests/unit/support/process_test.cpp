#include "tests/support/process.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <ostream>
#include <system_error>

namespace choso::support {
namespace {

using namespace std::chrono_literals;

Launch shell(std::string const& text) {
    return {.arguments = {"bash", "-c", text}, .environment = {}, .output = {}, .input = {}};
}

struct EndRow {
    char const* name;
    char const* text;
    int status;
};
void PrintTo(EndRow const& row, std::ostream* out) { *out << row.name; }

class Ends : public testing::TestWithParam<EndRow> {};

TEST_P(Ends, are_told_as_a_shell_tells_them) { EXPECT_EQ(run(shell(GetParam().text)).status, GetParam().status); }

INSTANTIATE_TEST_SUITE_P(process, Ends,
                         testing::Values(EndRow{"well", "exit 0", 0}, EndRow{"badly", "exit 3", 3},
                                         EndRow{"by_signal", "kill -KILL $$", 128 + SIGKILL}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(process, gives_both_outputs_and_the_added_environment) {
    auto launch = shell("echo out $COLOUR; echo err >&2; cat");
    launch.environment["COLOUR"] = "green";
    EXPECT_EQ(run(std::move(launch)).output, "out green\nerr\n");
}

TEST(process, refuses_a_program_that_is_not_there) {
    EXPECT_THROW(Process({.arguments = {"/nowhere/at-all"}, .environment = {}, .output = {}, .input = {}}), std::system_error);
}

TEST(process, wait_gives_up_at_its_limit) {
    Process process{shell("exec sleep 1000")};
    EXPECT_EQ(process.wait(20ms), std::nullopt);
    EXPECT_TRUE(process.running());
    EXPECT_EQ(process.stop(), 128 + SIGTERM);
    EXPECT_FALSE(process.running());
}

TEST(process, its_children_end_with_it) {
    TemporaryFolder const folder;
    auto const file = folder.path() / "child";
    int child = 0;
    {
        Process process{shell("sleep 1000 & echo $! >" + file.string() + "; wait")};
        ASSERT_TRUE(eventually(30s, [&] { return static_cast<bool>(std::ifstream{file} >> child); }));
        ASSERT_EQ(::kill(child, 0), 0);
    }
    EXPECT_TRUE(eventually(30s, [&] {
        auto const stat = read_file("/proc/" + std::to_string(child) + "/stat");
        return stat.empty() || stat.find(") Z ") != std::string::npos;
    }));
}

TEST(process, inherits_no_open_file_of_ours) {
    TemporaryFolder const folder;
    std::ofstream const held{folder.path() / "held"};
    EXPECT_EQ(run(shell("ls -l /proc/$$/fd")).output.find("held"), std::string::npos);
}

TEST(free_port, can_be_listened_on_and_differs) {
    auto const one = free_port();
    EXPECT_GE(one, 20'000);
    bool differs = false;
    for (int i = 0; i < 20; ++i) differs = differs || free_port() != one;
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace choso::support
