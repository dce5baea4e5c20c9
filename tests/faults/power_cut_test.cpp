#include <gtest/gtest.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "platform/postgres/connection.hpp"
#include "tests/faults/checker.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

/// Linux, fs/ext4/ext4.h: the file system stops at once; what was neither flushed nor in its log is gone.
constexpr auto ext4_shutdown = _IOR('X', 125, std::uint32_t);
constexpr std::uint32_t without_flushing_the_log = 2;

std::string done(std::vector<std::string> arguments) {
    auto const name = arguments.front();
    auto finished = support::run({.arguments = std::move(arguments), .environment = {}, .output = {}, .input = {}}, 3min);
    if (finished.status != 0) throw std::runtime_error{name + ": " + finished.output};
    return finished.output;
}

/// An ext4 file system in a file, on a loop device, whose power can be cut.
class Disk {
 public:
    Disk() {
        auto const image = (folder_.path() / "image").string();
        std::ofstream{image}.close();
        std::filesystem::resize_file(image, std::uintmax_t{2} << 30U);
        std::filesystem::create_directory(place());
        done({"mkfs.ext4", "-q", "-F", image});
        mount();
    }
    Disk(Disk const&) = delete;
    Disk& operator=(Disk const&) = delete;
    ~Disk() {
        if (mounted_) std::ignore = std::system(("umount -l '" + place().string() + "' 2>/dev/null").c_str());
    }

    [[nodiscard]] std::filesystem::path place() const { return folder_.path() / "disk"; }
    void cut() const {
        auto const root = ::open(place().c_str(), O_RDONLY | O_CLOEXEC);
        auto how = without_flushing_the_log;
        auto const result = ::ioctl(root, ext4_shutdown, &how);
        ::close(root);
        if (result != 0) throw std::runtime_error{"the file system cannot be shut down"};
    }
    void mount() {
        done({"mount", "-o", "loop", (folder_.path() / "image").string(), place().string()});
        mounted_ = true;
        std::filesystem::permissions(place(), std::filesystem::perms{0755});
    }
    /// True once nobody uses it any more.
    [[nodiscard]] bool unmount() {
        auto const gone = support::eventually(20s, [&] {
            return support::run({.arguments = {"umount", place().string()}, .environment = {}, .output = {}, .input = {}}).status == 0;
        });
        mounted_ = !gone;
        return gone;
    }

 private:
    support::TemporaryFolder folder_;
    bool mounted_ = false;
};

/// A cluster on such a disk.
class Machine {
 public:
    Machine() {
        manage({"init", folder(), "--throw-away"});
        auto const url = [&](std::string const& role) {
            auto out = manage({"url", folder(), "--role", role, "--database", "choso"});
            while (out.ends_with('\n')) out.pop_back();
            return out;
        };
        database_ = {.name = "choso", .owner_url = url("owner"), .server_url = url("server"), .super_url = url("super")};
        auto const migrated = choso(database_, {"migrate"});
        if (migrated.status != 0) throw std::runtime_error{migrated.output};
    }
    Machine(Machine const&) = delete;
    Machine& operator=(Machine const&) = delete;
    ~Machine() {
        try {
            manage({"stop", folder(), "--immediate"});
        } catch (std::exception const&) {
            end_server();
        }
    }

    [[nodiscard]] support::Database const& database() const { return database_; }
    /// The power goes: first the disk, so that nobody can flush anything on the way, then every process. And comes back.
    void lose_power() {
        postmaster_ = std::atoi(support::read_file(disk_.place() / "cluster" / "postgres" / "postmaster.pid").c_str());
        disk_.cut();
        end_server();
        postmaster_ = 0;
        if (!disk_.unmount()) throw std::runtime_error{"the disk is still in use"};
        disk_.mount();
        manage({"start", folder()});
    }
    void settle() const { done({"sync", "-f", disk_.place().string()}); }

 private:
    [[nodiscard]] std::string folder() const { return (disk_.place() / "cluster").string(); }
    static std::string manage(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), CHOSO_SOURCE_DIR "/deploy/cluster");
        return done(std::move(arguments));
    }
    /// SIGKILL to the postmaster and its children, by the parent's number in /proc.
    void end_server() const {
        if (postmaster_ <= 1) return;
        auto children = std::vector<pid_t>{};
        for (auto const& entry : std::filesystem::directory_iterator{"/proc"}) {
            auto const pid = std::atoi(entry.path().filename().c_str());
            if (pid <= 1) continue;
            auto const stat = support::read_file(entry.path() / "stat");
            auto const at = stat.rfind(')');
            if (at != std::string::npos && at + 4 < stat.size() && std::atoi(stat.c_str() + at + 4) == postmaster_) children.push_back(pid);
        }
        ::kill(postmaster_, SIGKILL);
        for (auto const child : children) ::kill(child, SIGKILL);
    }

    Disk disk_;
    support::Database database_;
    pid_t postmaster_ = 0;
};

/// From here on this thread and what it starts see mounts that nobody else sees, and that go when they end, however.
void keep_mounts_to_ourselves() {
    static auto const done_once = [] {
        if (::unshare(CLONE_NEWNS) != 0) throw std::runtime_error{"no mount namespace of our own"};
        done({"mount", "--make-rprivate", "/"});
        return true;
    }();
    static_cast<void>(done_once);
}

/// Empty when a disk can be made and cut here, else why not.
std::string why_not() {
    if (::geteuid() != 0) return "only root may mount";
    try {
        keep_mounts_to_ourselves();
        auto disk = Disk{};
        disk.cut();
        return disk.unmount() ? "" : "a cut disk cannot be unmounted";
    } catch (std::exception const& failed) {
        return failed.what();
    }
}

TEST(PowerCut, loses_nothing_that_the_gateway_acknowledged) {
    if (auto const why = why_not(); !why.empty()) GTEST_SKIP() << "no loop device to cut the power of: " << why;
    auto machine = Machine{};
    auto const province = Province::in(machine.database());
    machine.settle();
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 16};
    auto const count = rounds(2, 20);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        ASSERT_TRUE(clients.advance(pick(100, 500))) << gateway.log();
        machine.lose_power();
        ASSERT_TRUE(clients.advance(100)) << gateway.log();
    }
    EXPECT_TRUE(clients.finish()) << gateway.log();
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    std::cout << "  " << count << " power cuts; " << clients.resent() << " requests were sent again\n";
    expect_sound_book(province.database, {&clients});
}

/// The cut must be able to hurt, or the test above would prove nothing: commits that do not wait for the disk are lost.
TEST(PowerCut, negative_control_without_synchronous_commit_does_lose) {
    if (auto const why = why_not(); !why.empty()) GTEST_SKIP() << "no loop device to cut the power of: " << why;
    auto machine = Machine{};
    auto const url = machine.database().super_url;
    auto acknowledged = std::int64_t{0};
    {
        auto connection = postgres::Connection{url, {.application_name = "negative_control"}};
        connection.execute("create table told (n bigint primary key)");
        connection.execute("checkpoint");
        machine.settle();
        connection.execute("set synchronous_commit = off");
        for (; acknowledged < 3'000; ++acknowledged) connection.execute("insert into told values (" + std::to_string(acknowledged) + ")");
        machine.lose_power();
    }
    auto connection = postgres::Connection{url, {.application_name = "negative_control"}};
    auto const there = std::stoll(std::string{connection.execute("select count(*) from told").text(0, 0)});
    std::cout << "  " << acknowledged - there << " of " << acknowledged << " acknowledged rows lost with synchronous_commit = off\n";
    EXPECT_LT(there, acknowledged) << "the power cut does not cut";
}

}  // namespace
}  // namespace choso::faults
