#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "gateway.hpp"

namespace choso::edge_tests {
namespace {

std::size_t descriptors_of(pid_t process) {
    auto count = std::size_t{0};
    for ([[maybe_unused]] auto const& each : std::filesystem::directory_iterator{"/proc/" + std::to_string(process) + "/fd"}) ++count;
    return count;
}

/// Seconds of CPU a process has used.
double cpu_of(pid_t process) {
    auto const text = support::read_file("/proc/" + std::to_string(process) + "/stat");
    auto words = std::istringstream{text.substr(text.rfind(')') + 2)};
    auto word = std::string{};
    for (auto i = 0; i < 11; ++i) words >> word;
    auto user = 0.0, system = 0.0;
    words >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class Descriptors : public testing::Test {
 protected:
    void leave(std::size_t more) {
        auto const most = static_cast<rlim_t>(descriptors_of(gateway.pid()) + more);
        auto const limit = rlimit{most, most};
        ASSERT_EQ(prlimit(gateway.pid(), RLIMIT_NOFILE, &limit, nullptr), 0);
    }
    http::Wire wire() const { return {"127.0.0.1", gateway.port(), patience}; }
    /// The status a connection is told without having asked; 0 when it is closed without a word.
    static int told(http::Wire& connection) {
        auto in = std::string{};
        try {
            auto const answer = http::read_response(connection, in);
            return answer ? answer->status : 0;
        } catch (http::ClientError const&) {
            return -1;
        }
    }
    Gateway gateway{};
};

TEST_F(Descriptors, that_run_out_leave_nobody_hanging_and_nothing_spinning) {
    leave(10);
    auto held = std::vector<http::Wire>{};
    auto refused = 0;
    // Those who come too late are told so at once, instead of waiting in the kernel's queue.
    for (auto i = 0; i < 60; ++i) {
        held.push_back(wire());
        held.back().send("GET /livez HTTP/1.1\r\nHost: h\r\n\r\n");
        auto const status = told(held.back());
        EXPECT_TRUE(status == 200 || status == 503 || status == 0) << i << ": " << status;
        refused += status == 200 ? 0 : 1;
        if (status != 200) held.pop_back();
    }
    EXPECT_GE(refused, 40);
    EXPECT_GE(held.size(), 5U);
    // With everything taken and others knocking, the process rests.
    auto const before = cpu_of(gateway.pid());
    auto knocking = std::vector<http::Wire>{};
    for (auto i = 0; i < 20; ++i) knocking.push_back(wire());
    for (auto& connection : knocking) EXPECT_NE(told(connection), 200);
    auto const probe = [&] {
        held.front().send("GET /livez HTTP/1.1\r\nHost: h\r\n\r\n");
        return told(held.front());
    };
    for (auto i = 0; i < 20; ++i) EXPECT_EQ(probe(), 200) << "who is inside is served as ever";
    EXPECT_LT(cpu_of(gateway.pid()) - before, 1.0) << "seconds of CPU for twenty knocks";
    // It comes back by itself.
    held.clear();
    EXPECT_TRUE(support::eventually(patience, [&] {
        try {
            return gateway.get("/readyz").status == 200;
        } catch (http::ClientError const&) {
            return false;
        }
    }));
    EXPECT_TRUE(support::eventually(patience, [&] { return gateway.get("/metrics").body.find("choso_http_turned_away_total ") != std::string::npos; }));
}

}  // namespace
}  // namespace choso::edge_tests
