#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "gateway/events/cursor.hpp"
#include "gateway/events/log.hpp"
#include "gateway/payments/book.hpp"
#include "platform/http/stream.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::events {

struct HubOptions {
    std::string database_url;
    std::chrono::milliseconds poll{500};         ///< the safety net below notifications
    std::chrono::milliseconds notify_every{20};  ///< other processes are told at most this often
    std::size_t kept_per_bucket = 512;           ///< newest events in memory, for those who come back after a short break
    std::size_t instalment_bytes = 128 * 1024;   ///< of a long replay; then the stream ends and the client comes back for more
    std::chrono::milliseconds recheck_every{30'000};
    /// A number that changes with the directory: still_allowed is asked again then, and each `recheck_every`.
    std::function<std::int64_t()> directory_version;
};

/// Who listens to what, and from where on.
struct Subscription {
    std::vector<MerchantId> merchants;
    std::vector<Bucket> buckets;          ///< where those merchants' events are written
    std::optional<StallId> stall;         ///< only what names this stall, and its merchant's requests' changes
    /// For its payer: only what is about this request, told as `changed` and nothing else; no amounts, no position.
    std::optional<PaymentRequestId> request;
    std::optional<Cursor> after;          ///< none: from now on
    std::function<bool()> still_allowed;  ///< false ends the stream: a revoked key, an ended session
};

/// Live distribution in this process. Lanes publish what they committed; everything else is read from the table: events
/// of other processes, what a lane's batch overtook, and replays. Streams are served on the hub's own threads.
class Hub {
 public:
    /// Reads where the table stands; throws postgres::ConnectionLost or StatementFailed.
    explicit Hub(HubOptions options);
    Hub(Hub const&) = delete;
    Hub& operator=(Hub const&) = delete;
    ~Hub();

    /// A batch's events, after its commit. Any thread; never blocks on a database or a reader.
    void publish(std::vector<payments::StoredEvent> const& events);
    /// From now on `stream` gets every event of its merchants behind its cursor, once each, in the order of each bucket.
    void subscribe(Subscription what, std::shared_ptr<http::Stream> stream);
    [[nodiscard]] std::size_t subscribers() const;
    /// The position "now" of some buckets, for a page that will listen from the moment it was drawn.
    [[nodiscard]] Cursor now(std::vector<Bucket> const& buckets) const;
    /// As `Recall`: what concerns a reader without asking the table.
    [[nodiscard]] Recalled recall(Heads const& since, std::span<std::string_view const> types) const;

 private:
    struct Subscriber;
    using SteadyTime = std::chrono::steady_clock::time_point;

    void dispatch();
    void work();
    void work_once(postgres::Connection& connection);
    void listen();
    [[nodiscard]] bool stopping() const;

    void catch_up(postgres::Connection& connection);
    void replay(postgres::Connection& connection, std::shared_ptr<Subscriber> const& subscriber);
    void recheck();
    void reap();
    // Under mutex_:
    [[nodiscard]] bool deliver(payments::StoredEvent const& event);
    void offer(Subscriber& subscriber, payments::StoredEvent const& event, std::string& json);
    [[nodiscard]] bool admit(std::shared_ptr<Subscriber> const& subscriber);
    [[nodiscard]] std::int64_t first_kept(Bucket bucket) const;

    HubOptions options_;

    mutable std::mutex mutex_;  ///< the state of distribution
    Heads heads_;               ///< the last event of each bucket that was offered to the subscribers
    std::unordered_map<std::int16_t, std::deque<payments::StoredEvent>> kept_;
    std::unordered_map<std::uint64_t, std::shared_ptr<Subscriber>> subscribers_;
    std::unordered_map<MerchantId, std::vector<Subscriber*>> live_;
    std::uint64_t next_id_ = 1;

    mutable std::mutex signal_mutex_;  ///< what wakes the threads; never held together with mutex_
    std::condition_variable dispatch_wake_, work_wake_;
    std::vector<payments::StoredEvent> published_;
    std::vector<std::shared_ptr<Subscriber>> to_replay_;
    struct Ended {
        std::mutex mutex;
        std::vector<std::uint64_t> ids;
    };
    std::shared_ptr<Ended> ended_;  ///< shared with the streams, which may outlive the hub
    bool news_ = false;     ///< something stands in the table that was not published here
    bool to_tell_ = false;  ///< other processes do not know yet
    bool stopping_ = false;
    int own_pid_ = 0;

    SteadyTime last_poll_, last_tell_, last_recheck_;
    std::int64_t checked_version_ = 0;
    std::thread dispatcher_, worker_, listener_;
};

}  // namespace choso::events
