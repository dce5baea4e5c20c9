#pragma once
#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/payments/lane.hpp"

namespace choso::payments {

struct CoreOptions {
    std::string database_url;
    int lanes = 2;
    Queue::Limits queue;
    std::chrono::milliseconds due_poll{500};
};

/// The one way in for money. `submit` never blocks; the answer comes on a lane's thread after its commit.
///
/// A lane owns the buckets ≡ its number (mod lanes). Other processes may serve the same buckets: the bucket row's lock
/// keeps them apart.
class Core {
 public:
    Core(CoreOptions options, ReferenceKey const& key, std::vector<Family> families, Lane::OnCommitted on_committed);
    /// Finishes what was taken, then ends.
    ~Core();

    void submit(std::unique_ptr<Command const> command, std::function<void(Answer)> done);
    /// No new commands; what was taken is finished.
    void stop();

    [[nodiscard]] LaneStats const& stats() const { return stats_; }
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] ReferenceIssuer const& issuer() const { return issuer_; }

 private:
    void watch_dues();
    void submit_dues(postgres::Connection& connection);

    CoreOptions options_;
    ReferenceIssuer issuer_;
    std::vector<Family> families_;
    LaneStats stats_;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::mutex due_mutex_;
    std::condition_variable due_wake_;
    std::set<Uuid> dues_under_way_;
    bool stopping_ = false;
    std::thread due_watch_;
};

}  // namespace choso::payments
