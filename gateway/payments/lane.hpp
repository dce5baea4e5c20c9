#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gateway/payments/book.hpp"
#include "gateway/payments/queue.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::payments {

/// Makes a family's own rows for one batch; `book` is the batch's money.
struct Family {
    std::string name;
    std::function<std::unique_ptr<Rows>(Book& book)> start;
    /// What is to be done for a `due` row of one of its kinds; null for any other kind.
    std::function<std::unique_ptr<Command const>(std::string_view kind, Uuid const& subject, Instant at)> due = {};
};

/// Counted by the lanes, read by /metrics.
struct LaneStats {
    std::atomic<std::int64_t> batches{0};
    std::atomic<std::int64_t> commands{0};
    std::atomic<std::int64_t> replays{0};
    std::atomic<std::int64_t> splits{0};
    std::atomic<std::int64_t> quarantined{0};
    std::atomic<std::int64_t> connections_lost{0};
    std::atomic<std::int64_t> commit_us{0};
};

struct LaneOptions {
    std::string database_url;
    Queue::Limits queue;
    /// How long one batch is tried again (lost connection, held lock) before its callers are told `unavailable`.
    std::chrono::milliseconds give_up{20'000};
};

/// A writer thread with one connection, for some of the buckets. Lock, load, decide, store, one commit; then answers.
class Lane {
 public:
    /// `on_committed` hears of a batch's events after their commit, on the lane's thread, before the answers go out.
    using OnCommitted = std::function<void(std::vector<StoredEvent> const&)>;

    Lane(LaneOptions options, ReferenceIssuer const& issuer, std::vector<Family> const& families, LaneStats& stats, OnCommitted on_committed);
    /// Finishes what waits, then ends.
    ~Lane();

    [[nodiscard]] bool push(Job& job) { return queue_.push(job); }
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }
    void stop() { queue_.close(); }

 private:
    using Clock = std::chrono::steady_clock;

    /// How far a batch has come: what its end may have left behind.
    enum class Stage { connecting, working, committing };

    void run();
    /// Until every job is answered: retries, halves, quarantines.
    void settle(std::vector<Job> jobs, Clock::time_point give_up);
    /// Halves a batch that fails for a reason of its own, down to the command that is to blame.
    void find_culprit(std::vector<Job> jobs, std::string const& why, Clock::time_point give_up);
    /// One transaction. Throws ConnectionLost, StatementFailed or Poisoned; answers only after its commit.
    void run_batch(std::vector<Job>& jobs);
    void quarantine(Job& job, std::string const& why);
    void rollback();
    /// Frees buckets that a stopped process holds in the middle of a pipeline.
    void end_silent_lanes();
    postgres::Connection& connection();
    void plan_anew();
    /// Bulk waits for another process's live commands as for our own.
    void look_for_others();

    LaneOptions options_;
    ReferenceIssuer const& issuer_;
    std::vector<Family> const& families_;
    LaneStats& stats_;
    OnCommitted on_committed_;
    Queue queue_;
    ReferenceNumbers numbers_;
    std::unique_ptr<postgres::Connection> connection_;
    Stage stage_ = Stage::connecting;
    std::size_t commands_ = 0, plan_again_ = 500;
    Clock::time_point look_again_;
    std::thread thread_;
};

}  // namespace choso::payments
