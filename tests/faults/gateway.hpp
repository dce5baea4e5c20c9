#pragma once
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "platform/http/client.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

/// The real program on a real database, and what is done to it.
namespace choso::faults {

/// How often a fault is done: `few`, or what CHOSO_TEST_FAULT_ROUNDS says (a number; `full` is the figure, `full`).
[[nodiscard]] int rounds(int few, int full);

/// Every random choice of this run; CHOSO_TEST_SEED repeats it. The seed is printed once.
[[nodiscard]] std::mt19937_64& chance();
[[nodiscard]] std::uint64_t seed();
/// A whole number from `least` to `most`.
[[nodiscard]] int pick(int least, int most);

struct Payee {
    std::string merchant, stall, account;
};

/// The demo province in a fresh database: who collects, and the keys to speak for them.
struct Province {
    support::Database database;
    std::string api_key, sepay_key;
    std::vector<Payee> payees;
    /// The collector for others: its account and whom it collects for.
    std::string pool_account;
    std::vector<std::string> pool_payees;

    [[nodiscard]] static Province in(support::Cluster& cluster);
    /// In a migrated, empty database.
    [[nodiscard]] static Province in(support::Database const& migrated);
};

/// `choso SUBCOMMAND…` on a database, run to its end.
[[nodiscard]] support::Finished choso(support::Database const& database, std::vector<std::string> arguments);

/// One gateway process on a port of its own that it keeps over restarts.
class Gateway {
 public:
    /// `database_url` may lead through a proxy. `log` collects what it writes.
    explicit Gateway(std::string database_url, std::map<std::string, std::string> more_settings = {});
    Gateway(Gateway const&) = delete;
    Gateway& operator=(Gateway const&) = delete;

    /// Starts it and waits until /readyz says 200; throws, with its log, when that does not happen.
    void start();
    /// SIGKILL, and it is gone when this returns.
    void kill();
    /// SIGTERM; the exit status.
    int stop();
    void pause() const { process_->signal(SIGSTOP); }
    void resume() const { process_->signal(SIGCONT); }
    [[nodiscard]] bool running() { return process_ && process_->running(); }
    [[nodiscard]] bool is_ready() const;
    [[nodiscard]] pid_t pid() const { return process_->id(); }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Status of a GET; 0 when there is no answer.
    [[nodiscard]] int status_of(std::string const& path) const;
    /// A figure of /metrics, summed over its labels.
    [[nodiscard]] double metric(std::string const& name) const;
    [[nodiscard]] std::string log() const { return process_ ? process_->output() : std::string{}; }

 private:
    std::string database_url_;
    std::map<std::string, std::string> more_settings_;
    std::uint16_t port_;
    support::TemporaryFolder folder_;
    std::optional<support::Process> process_;
};

/// strace attached to all threads of a process: sends it a signal at the N-th call of one kind that any thread makes
/// from now on. Detached by the destructor.
class Injection {
 public:
    Injection(pid_t target, std::string const& call, std::string const& signal, int at);

    /// strace stands on this machine and may trace.
    [[nodiscard]] static bool possible();

 private:
    support::TemporaryFolder folder_;
    support::Process strace_;
};

/// The letter /proc tells of a process: R, S, T (stopped), t (stopped by a tracer), Z; `-` when it is gone.
[[nodiscard]] char state_of(pid_t process);

}  // namespace choso::faults
