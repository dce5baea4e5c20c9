#pragma once
#include <cstdint>
#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::cli {

/// One file of deploy/migrations: `0002_money`.
struct Migration {
    std::string_view file;
    std::string_view sql;

    [[nodiscard]] std::int32_t number() const;
    [[nodiscard]] std::string_view name() const;
    /// SHA-256 of the text, 32 bytes: an applied migration never changes.
    [[nodiscard]] std::string checksum() const;
};

/// All of them, in the order of their numbers.
[[nodiscard]] std::span<Migration const> migrations();

/// Which are still to be applied, given the checksums of those that were; or why none may be.
struct MigrationRefusal {
    std::string text;
};
[[nodiscard]] Result<std::vector<Migration>, MigrationRefusal> pending(std::span<Migration const> known,
                                                                       std::map<std::int32_t, std::string> const& applied);

/// `choso migrate [--status]`: brings the database's tables to what this program expects, forward only, each migration in
/// its own transaction, and makes the installation's keys at the first run. Two at once take turns.
///
/// Returns the exit code: 0, 1 when refused or failed (the reason on `err`), 2 for a wrong command line.
int migrate(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
