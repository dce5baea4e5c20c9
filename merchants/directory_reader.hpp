#pragma once
#include <chrono>
#include <cstdint>
#include <memory>

#include "merchants/directory_rows.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::merchants {

/// What a process polls for: whether its copy of the directory is old, and how far the test clock stands ahead.
struct DirectoryState {
    std::int64_t version = 0;
    std::chrono::microseconds clock_advance{0};
};

/// Turns the tables into a Directory. All functions may throw postgres::ConnectionLost or StatementFailed.
class DirectoryReader {
 public:
    /// One snapshot of all tables, one round trip; 68,000 stalls take a fraction of a second.
    [[nodiscard]] static std::shared_ptr<Directory const> read(postgres::Connection& connection);
    [[nodiscard]] static DirectoryState read_state(postgres::Connection& connection);
    /// Fails with StatementFailed when the database was never migrated.
    [[nodiscard]] static Installation read_installation(postgres::Connection& connection);

    /// Indexes rows that are already in memory.
    [[nodiscard]] static std::shared_ptr<Directory const> index(DirectoryRows rows);
};

}  // namespace choso::merchants
