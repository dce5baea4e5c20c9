#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/id.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::feeds {

/// A notice that was refused, as it came.
struct RefusedNotice {
    std::optional<FeedId> feed;  ///< none: nobody we know sent it
    std::string reason;
    std::string remote;
    std::string headers;  ///< without credentials
    std::string body;
};

/// How much anybody may make us keep; a thousand tries of a minute are told apart from a bank's words.
class KeepRate {
 public:
    KeepRate(std::size_t per_minute) : per_minute_{per_minute} {}
    [[nodiscard]] bool take(std::chrono::steady_clock::time_point now);

 private:
    std::size_t per_minute_;
    std::size_t taken_ = 0;
    std::chrono::steady_clock::time_point since_{};
};

/// Keeps refused notices raw for the desk, on a thread of its own: at most 60 a minute from nobody we know and 600 from
/// our feeds, the newest 10,000 of each, 64 KB a body. Nothing that waits is unbounded.
class RefusedNotices {
 public:
    explicit RefusedNotices(std::string database_url);
    RefusedNotices(RefusedNotices const&) = delete;
    RefusedNotices& operator=(RefusedNotices const&) = delete;
    /// Stores what waits, then ends.
    ~RefusedNotices();

    /// `done` runs once it is stored, or could not be, or was beyond the bounds; maybe at once, maybe on another thread.
    void keep(RefusedNotice notice, std::function<void()> done);

 private:
    struct Waiting {
        RefusedNotice notice;
        std::function<void()> done;
    };
    void run();
    void store(std::unique_ptr<postgres::Connection>& connection, RefusedNotice const& notice);

    std::string database_url_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> waiting_;
    KeepRate unknown_{60};
    KeepRate known_{600};
    std::size_t stored_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::feeds
