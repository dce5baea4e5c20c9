#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/process.hpp"

namespace choso::load {

/// The gateway of a run, on a free port and on the run's database, ended with it. Its log is `FOLDER/gateway.log`.
class Gateway {
 public:
    /// Migrates nothing and seeds nothing; throws std::runtime_error, with the log, when it does not become ready.
    Gateway(std::string const& folder, std::uint16_t port);
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] pid_t pid() const { return process_->id(); }
    /// A figure of /metrics, summed over its labels.
    [[nodiscard]] double metric(std::string_view name) const;
    void stop() { process_->stop(); }

 private:
    std::uint16_t port_;
    std::optional<support::Process> process_;
};

}  // namespace choso::load
