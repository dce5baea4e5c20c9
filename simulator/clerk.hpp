#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "simulator/bank.hpp"

namespace choso::bank {

/// The one thread that does what takes time: scripts, and, while the clock runs by itself, what falls due. Things happen
/// one after another, in the order they were asked for.
class Clerk {
 public:
    explicit Clerk(Bank& bank);
    Clerk(Clerk const&) = delete;
    Clerk& operator=(Clerk const&) = delete;
    /// Finishes what was asked for.
    ~Clerk();

    void ask(std::function<void()> job);
    /// Looks for something due now rather than at the next tick.
    void nudge();

 private:
    void run();

    Bank& bank_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    bool nudged_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace choso::bank
