#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/commands.hpp"

namespace choso::payments {

/// Why a command got no Outcome. Whether money moved: `overloaded` and `stopping` no, `failed` no (it was undone),
/// `unavailable` not known (its commit may have been in doubt).
enum class Failure { overloaded, stopping, unavailable, failed };

using Answer = Result<Outcome, Failure>;

struct Job {
    std::unique_ptr<Command const> command;
    std::function<void(Answer)> done;
    std::size_t bytes = 0;
};

/// What waits for a lane: bounded by count and bytes, live before bulk, and no merchant may crowd out the others.
class Queue {
 public:
    struct Limits {
        std::size_t commands = 8'192;
        std::size_t bytes = std::size_t{64} << 20U;
        std::size_t batch = 512;
        std::size_t bulk_beside_live = 32;  ///< facts of bulk in a batch: so long, live commands wait for it
        std::chrono::milliseconds live_for{1'000};  ///< traffic counts as live so long after its last command
    };

    explicit Queue(Limits limits) : limits_{limits} {}

    /// False when full or closed: the job was not taken (and is unchanged).
    [[nodiscard]] bool push(Job& job);
    /// Waits for work and takes what has waited, at most a batch: live before bulk; while others wait, any one merchant gets a
    /// quarter at most; while there is live traffic at all, bulk a few facts. Empty only when closed and drained.
    [[nodiscard]] std::vector<Job> take();
    /// Others book beside us: as if a live command had come.
    void heed_others();
    /// No more is taken in; what waits is still handed out.
    void close();
    [[nodiscard]] std::size_t size() const;

 private:
    void take_fairly(std::vector<Job>& batch);
    void take_from(std::deque<Job>& from, std::size_t count, std::vector<Job>& batch);
    void take_bulk(std::vector<Job>& batch);

    Limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable work_;
    std::deque<Job> live_;
    std::deque<Job> bulk_;
    std::size_t bytes_ = 0;
    std::chrono::steady_clock::time_point live_until_;
    bool closed_ = false;
};

}  // namespace choso::payments
