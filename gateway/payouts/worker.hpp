#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/events/reader.hpp"
#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/core.hpp"
#include "gateway/payouts/channel.hpp"
#include "merchants/directory_watch.hpp"

namespace choso::payouts {

struct WorkerOptions {
    events::Reading from;
    int at_once = 8;  ///< calls to the bank at a time
    /// A submission older than this is not sent any more: the payout may be asked for from 90 s on, and what the bank has
    /// never heard of by then is given back.
    std::chrono::seconds send_within{30};
};

/// Sends approved payouts and asks for unknown ones. Several processes may run one each.
class Worker {
 public:
    Worker(WorkerOptions options, payments::Core& core, merchants::DirectoryWatch const& directory, std::unique_ptr<Channel> channel);
    Worker(Worker const&) = delete;
    Worker& operator=(Worker const&) = delete;
    /// Finishes the calls under way; the core must still run.
    ~Worker();

    /// Something was committed: do not wait for the next poll. Any thread.
    void wake() { reader_->wake(); }

 private:
    using Steady = std::chrono::steady_clock;
    using Call = std::function<void()>;

    /// On the reader's thread. True: done with this event.
    [[nodiscard]] bool take(payments::StoredEvent const& event);
    [[nodiscard]] bool submit(PayoutId id);
    /// A payout as its call needs it; `has_destination` is false once that was erased.
    struct Outgoing {
        Transfer transfer;
        bool has_destination = false;
        bool keeps_debits = false;
    };
    [[nodiscard]] Outgoing load(PayoutId id);
    void send(Outgoing const& payout, Steady::time_point submitted);
    void ask(Outgoing const& payout);
    void report(Outgoing const& payout, BankWord const& word);
    [[nodiscard]] payments::Answer order(std::unique_ptr<payments::Command const> command);

    /// Waits for a free caller, a moment at most.
    [[nodiscard]] bool await_free_caller();
    void hand_over(Call call);
    void run_calls();

    WorkerOptions options_;
    payments::Core& core_;
    merchants::DirectoryWatch const& directory_;
    std::unique_ptr<Channel> channel_;
    std::unique_ptr<postgres::Connection> connection_;  ///< the reader's thread's
    /// An order whose commit is in doubt: it may have been committed when it was first given.
    struct Attempt {
        Uuid id{};
        Steady::time_point first_at;
    };
    std::map<PayoutId, Attempt> attempts_;  ///< the reader's thread's

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Call> calls_;
    std::set<PayoutId> sending_;
    int free_callers_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> callers_;
    std::unique_ptr<events::LeasedReader> reader_;  ///< last: it stops first
};

}  // namespace choso::payouts
