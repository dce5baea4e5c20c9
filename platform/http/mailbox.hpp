#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace choso::http::detail {

/// Something another thread finished and a connection's thread must hear of.
class Mail {
 public:
    Mail() = default;
    Mail(Mail const&) = delete;
    Mail& operator=(Mail const&) = delete;
    virtual ~Mail() = default;
    /// On the loop's thread.
    virtual void deliver() = 0;
};

/// Brings mail to one loop. What arrives while the loop is busy leaves as one batch: a lane that answers a hundred
/// requests wakes the loop once. Outlives the loop in the hands of late responders, whose mail then goes nowhere.
class Mailbox {
 public:
    /// `wake` makes the loop call drain() soon; it is called under the lock, only until close().
    explicit Mailbox(std::function<void()> wake) : wake_{std::move(wake)} {}

    /// The calling thread runs the loop from now on.
    void adopt_thread() { owner_.store(std::this_thread::get_id()); }
    [[nodiscard]] bool on_loop_thread() const { return owner_.load() == std::this_thread::get_id(); }

    /// At once on the loop's own thread, else by the next batch.
    void dispatch(std::shared_ptr<Mail> mail) {
        if (on_loop_thread()) {
            mail->deliver();
            return;
        }
        auto const lock = std::lock_guard{mutex_};
        if (closed_) return;
        waiting_.push_back(std::move(mail));
        if (waiting_.size() == 1) wake_();
    }
    void drain() {
        {
            auto const lock = std::lock_guard{mutex_};
            batch_.swap(waiting_);
        }
        for (auto const& mail : batch_) mail->deliver();
        batch_.clear();
    }
    void close() {
        auto const lock = std::lock_guard{mutex_};
        closed_ = true;
        waiting_.clear();
    }

 private:
    std::function<void()> wake_;
    std::atomic<std::thread::id> owner_{};
    std::mutex mutex_{};
    std::vector<std::shared_ptr<Mail>> waiting_{};
    std::vector<std::shared_ptr<Mail>> batch_{};  // the loop's thread only
    bool closed_ = false;
};

}  // namespace choso::http::detail
