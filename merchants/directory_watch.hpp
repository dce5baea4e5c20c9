#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <condition_variable>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "merchants/directory.hpp"

namespace choso::merchants {

/// Real time plus the test clock's advance, which a DirectoryWatch keeps up to date. Any thread.
class AdvancedClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override;
    void set_advance(std::chrono::microseconds advance) { advance_us_ = advance.count(); }

 private:
    std::atomic<std::int64_t> advance_us_{0};
};

/// Keeps the newest Directory (and the clock's advance) in memory: polls the version each `poll` and reloads on change.
/// A change made by any process is seen here within a second; while the database is away the last version serves.
class DirectoryWatch {
 public:
    /// Loads once before it returns; throws postgres::ConnectionLost or StatementFailed.
    DirectoryWatch(std::string database_url, AdvancedClock& clock, std::chrono::milliseconds poll = std::chrono::milliseconds{250});
    ~DirectoryWatch();

    [[nodiscard]] std::shared_ptr<Directory const> current() const;
    [[nodiscard]] Installation const& installation() const { return installation_; }
    /// Waits until a version ≥ `version` is loaded, or a second has passed; for those who just wrote.
    bool wait_for(std::int64_t version) const;

 private:
    void run();

    std::string database_url_;
    AdvancedClock& clock_;
    std::chrono::milliseconds poll_;
    Installation installation_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::shared_ptr<Directory const> current_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::merchants
