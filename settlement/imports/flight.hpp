#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace choso::imports {

/// Commands under way: whoever submits waits while there are many, and at the end for all.
class Flight {
 public:
    explicit Flight(std::size_t most) : most_{most} {}
    void begin() {
        auto lock = std::unique_lock{mutex_};
        less_.wait(lock, [this] { return under_way_ < most_; });
        ++under_way_;
    }
    void end() {
        auto const lock = std::lock_guard{mutex_};
        --under_way_;
        less_.notify_all();
    }
    void wait() {
        auto lock = std::unique_lock{mutex_};
        less_.wait(lock, [this] { return under_way_ == 0; });
    }

 private:
    std::size_t most_;
    std::mutex mutex_;
    std::condition_variable less_;
    std::size_t under_way_ = 0;
};

}  // namespace choso::imports
