#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace choso::support {

/// What a process is started with. `environment` is added to ours (an equal name wins over ours); `output` receives
/// stdout and stderr, appended, and is /dev/null when empty; `input` becomes stdin, else /dev/null.
struct Launch {
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment;
    std::filesystem::path output;
    std::filesystem::path input;
};

/// A program run by a test, in a process group of its own; ended, with its group, by the destructor.
/// Not for several threads. Throws std::system_error when the program cannot be started.
class Process {
 public:
    explicit Process(Launch launch);
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    Process(Process const&) = delete;
    ~Process();

    [[nodiscard]] pid_t id() const { return id_; }
    [[nodiscard]] bool running();
    /// To the process alone; to it and all that it started.
    void signal(int number) const;
    void signal_group(int number) const;
    /// Exit status, or 128 + the signal that ended it, as a shell says it; nullopt when it still runs after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit);
    /// SIGTERM, up to `grace` to end, then SIGKILL to the group. Returns as `wait`.
    int stop(std::chrono::milliseconds grace = std::chrono::seconds{20});
    /// What it has written so far to `output`.
    [[nodiscard]] std::string output() const;

 private:
    bool collect(bool block);

    pid_t id_ = -1;
    int handle_ = -1;
    std::optional<int> status_;
    std::filesystem::path output_;
};

/// Runs a program to its end. `output` holds stdout and stderr together.
struct Finished {
    int status = 0;
    std::string output;
};
[[nodiscard]] Finished run(Launch launch, std::chrono::milliseconds limit = std::chrono::minutes{2});

/// A TCP port that nothing listens on, below the range that outgoing connections get theirs from.
[[nodiscard]] std::uint16_t free_port();

/// A folder of its own under the system's temporary one, passable for other users; removed by the destructor.
class TemporaryFolder {
 public:
    TemporaryFolder();
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(std::filesystem::path const& file);

void pause_between_polls();

/// Polls `condition` until it is true; false when `limit` is over. The only way a test waits.
template <class Condition>
[[nodiscard]] bool eventually(std::chrono::milliseconds limit, Condition&& condition) {
    auto const until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= until) return false;
        pause_between_polls();
    }
    return true;
}

}  // namespace choso::support
