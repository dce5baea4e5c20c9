#include "simulator/clerk.hpp"

#include "platform/log/log.hpp"
#include "simulator/messenger.hpp"

namespace choso::bank {

Clerk::Clerk(Bank& bank) : bank_{bank} {
    thread_ = std::thread{[this] { run(); }};
}

Clerk::~Clerk() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Clerk::ask(std::function<void()> job) {
    {
        auto const lock = std::lock_guard{mutex_};
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void Clerk::nudge() {
    {
        auto const lock = std::lock_guard{mutex_};
        nudged_ = true;
    }
    wake_.notify_one();
}

void Clerk::run() {
    constexpr auto tick = std::chrono::milliseconds{250};
    for (;;) {
        auto lock = std::unique_lock{mutex_};
        wake_.wait_for(lock, tick, [this] { return stopping_ || nudged_ || !jobs_.empty(); });
        nudged_ = false;
        auto job = std::function<void()>{};
        if (!jobs_.empty()) {
            job = std::move(jobs_.front());
            jobs_.pop_front();
        } else if (stopping_) {
            return;
        }
        lock.unlock();
        try {
            if (job) job();
            if (!bank_.is_live()) continue;
            bank_.catch_up();
            bank_.cut_files_in_time();
            deliver(bank_);
        } catch (std::exception const& failed) {
            log::error("clerk_failed", {{"why", failed.what()}});
        }
    }
}

}  // namespace choso::bank
