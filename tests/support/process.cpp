#include "tests/support/process.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <random>
#include <spawn.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace choso::support {
namespace {

using namespace std::chrono_literals;

[[noreturn]] void fail(int error, std::string const& what) { throw std::system_error{error, std::generic_category(), what}; }

/// NAME=value texts: ours, with the launch's on top.
std::vector<std::string> environment_of(std::map<std::string, std::string> const& added) {
    std::vector<std::string> texts;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string_view const text{*entry};
        if (!added.contains(std::string{text.substr(0, text.find('='))})) texts.emplace_back(text);
    }
    for (auto const& [name, value] : added) texts.push_back(name + '=' + value);
    return texts;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// The two structures of posix_spawn, freed whatever happens.
struct SpawnPlan {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    SpawnPlan() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        sigset_t defaults;
        sigemptyset(&defaults);
        for (int const number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&defaults, number);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    SpawnPlan(SpawnPlan const&) = delete;
    SpawnPlan& operator=(SpawnPlan const&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
};

}  // namespace

Process::Process(Launch launch) : output_{launch.output} {
    if (launch.arguments.empty()) throw std::invalid_argument{"a process needs a program"};
    auto const input = launch.input.empty() ? std::string{"/dev/null"} : launch.input.string();
    auto const output = launch.output.empty() ? std::string{"/dev/null"} : launch.output.string();
    SpawnPlan plan;
    posix_spawn_file_actions_addopen(&plan.files, 0, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&plan.files, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&plan.files, 1, 2);
    posix_spawn_file_actions_addclosefrom_np(&plan.files, 3);

    auto environment = environment_of(launch.environment);
    auto const arguments = pointers_to(launch.arguments);
    auto const variables = pointers_to(environment);
    auto const error = posix_spawnp(&id_, arguments[0], &plan.files, &plan.attributes, arguments.data(), variables.data());
    if (error != 0) fail(error, "cannot start " + launch.arguments[0]);
    handle_ = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
}

Process::Process(Process&& other) noexcept
    : id_{std::exchange(other.id_, -1)},
      handle_{std::exchange(other.handle_, -1)},
      status_{std::exchange(other.status_, std::nullopt)},
      output_{std::move(other.output_)} {}

Process::~Process() {
    if (id_ <= 0) return;
    // The group outlives its leader when the program left children behind; its number cannot have been given away
    // as long as any of them lives, and the leader is collected only after this.
    if (!status_) {
        signal_group(SIGKILL);
        collect(true);
    }
    if (handle_ >= 0) ::close(handle_);
}

bool Process::collect(bool block) {
    if (status_) return true;
    int raw = 0;
    pid_t found = 0;
    do {
        found = ::waitpid(id_, &raw, block ? 0 : WNOHANG);
    } while (found < 0 && errno == EINTR);
    if (found == 0) return false;
    if (found < 0) fail(errno, "cannot wait for a process");
    status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    return true;
}

bool Process::running() { return !collect(false); }

void Process::signal(int number) const {
    if (!status_) ::kill(id_, number);
}

void Process::signal_group(int number) const {
    if (!status_) ::kill(-id_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
    auto const until = std::chrono::steady_clock::now() + limit;
    while (!collect(false)) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left <= 0ms) return std::nullopt;
        if (handle_ >= 0) {
            pollfd watched{.fd = handle_, .events = POLLIN, .revents = 0};
            ::poll(&watched, 1, static_cast<int>(left.count()));
        } else {
            pause_between_polls();
        }
    }
    return status_;
}

int Process::stop(std::chrono::milliseconds grace) {
    signal(SIGTERM);
    if (!wait(grace)) {
        signal_group(SIGKILL);
        collect(true);
    }
    return *status_;
}

std::string Process::output() const { return output_.empty() ? std::string{} : read_file(output_); }

Finished run(Launch launch, std::chrono::milliseconds limit) {
    TemporaryFolder const folder;
    if (launch.output.empty()) launch.output = folder.path() / "output";
    auto const name = launch.arguments.empty() ? std::string{} : launch.arguments[0];
    Process process{std::move(launch)};
    auto const status = process.wait(limit);
    if (!status) throw std::runtime_error{name + " did not end in time; it said: " + process.output()};
    return {.status = *status, .output = process.output()};
}

std::uint16_t free_port() {
    static std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> ports{20'000, 31'999};
    for (int tries = 0; tries < 500; ++tries) {
        auto const port = static_cast<std::uint16_t>(ports(random));
        auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (socket < 0) fail(errno, "socket");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_ANY);
        auto const bound = ::bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
        ::close(socket);
        if (bound) return port;
    }
    throw std::runtime_error{"no free port found"};
}

TemporaryFolder::TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "choso-test.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) fail(errno, "cannot make " + name);
    path_ = name;
    std::filesystem::permissions(path_, std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string read_file(std::filesystem::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void pause_between_polls() { std::this_thread::sleep_for(5ms); }

}  // namespace choso::support
