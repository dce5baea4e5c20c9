#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/events/log.hpp"
#include "gateway/payments/book.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::events {

/// Where readers read.
struct Reading {
    std::string database_url;
    std::chrono::milliseconds poll{500};
    Recall recall;  ///< asked before the table; none: the table alone
};

struct ReaderOptions {
    Reading from;
    std::string name;                      ///< its rows in `reader`
    std::vector<std::string_view> types;   ///< the events it is for; others are passed over in the database
    std::chrono::milliseconds lease{10'000};
};

/// Reads the event table in order and hands each event of its types to a handler, at least once: progress is stored
/// after the handler, and one process at a time holds the lease of a bucket.
class LeasedReader {
 public:
    /// True: done with this event. False or an exception: it comes again, and nothing behind it in its bucket before.
    using Handler = std::function<bool(payments::StoredEvent const&)>;
    /// The same for up to 64 events at once, in their order: what they need is asked once, what they order runs side by side.
    using PageHandler = std::function<std::vector<std::future<bool>>(std::span<payments::StoredEvent const>)>;

    LeasedReader(ReaderOptions options, Handler handler);
    LeasedReader(ReaderOptions options, PageHandler handler);
    LeasedReader(LeasedReader const&) = delete;
    LeasedReader& operator=(LeasedReader const&) = delete;
    /// Finishes the event in hand and gives the lease back.
    ~LeasedReader();

    /// There is something new: do not wait for the next poll. Any thread.
    void wake();

 private:
    void run();
    using SteadyTime = std::chrono::steady_clock::time_point;

    void take_lease(postgres::Connection& connection);
    void read_on(postgres::Connection& connection);
    /// What is new for us, and how far each bucket was looked through for it.
    [[nodiscard]] std::vector<payments::StoredEvent> news(postgres::Connection& connection, Heads& reached) const;
    void release(postgres::Connection& connection);
    [[nodiscard]] bool stopping();

    ReaderOptions options_;
    PageHandler handler_;
    std::size_t page_size_;
    std::string owner_;
    bool rows_made_ = false;
    Heads places_;  ///< of the buckets that are ours: what was handled and stored
    SteadyTime lease_ends_, renew_at_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool awake_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::events
