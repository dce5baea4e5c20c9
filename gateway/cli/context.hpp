#pragma once
#include <chrono>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/cli/settings.hpp"
#include "platform/postgres/connection.hpp"

/// What every subcommand that needs the database shares: its configuration, its streams, its exit codes.
namespace choso::cli {

inline constexpr int exit_done = 0;
inline constexpr int exit_refused = 1;
inline constexpr int exit_misused = 2;

/// One run of one subcommand. `name` is how it calls itself in messages: `choso clock`.
struct Context {
    std::string_view name;
    Settings settings;
    std::ostream& out;
    std::ostream& err;

    /// As the server's restricted role; enough for everything but migrations.
    [[nodiscard]] postgres::Connection connect(std::chrono::milliseconds answer_timeout = std::chrono::minutes{1}) const;
    /// As the owner of the tables; a single statement may run for ten minutes, a lock is waited for 5 seconds.
    [[nodiscard]] postgres::Connection connect_as_owner() const;

    /// Says why on `err` and returns the exit code.
    int refused(std::string_view why) const;
    int misused(std::string_view why) const;
};

/// Reads the configuration (taking `--config` out of `args`) and runs `body`, turning what the database throws into one
/// line on `err` and exit code 1. `--help` anywhere is answered with `help` alone.
int run_with_context(std::string_view name, std::string_view help, std::vector<std::string_view> args, std::ostream& out,
                     std::ostream& err, std::function<int(Context const&, std::vector<std::string_view> const&)> const& body);

}  // namespace choso::cli
