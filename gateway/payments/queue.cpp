#include "gateway/payments/queue.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace choso::payments {

bool Queue::push(Job& job) {
    {
        auto const lock = std::lock_guard{mutex_};
        if (closed_ || live_.size() + bulk_.size() >= limits_.commands || bytes_ + job.bytes > limits_.bytes) return false;
        bytes_ += job.bytes;
        auto const is_live = job.command->priority() == Priority::live;
        if (is_live) live_until_ = std::chrono::steady_clock::now() + limits_.live_for;
        (is_live ? live_ : bulk_).push_back(std::move(job));
    }
    work_.notify_one();
    return true;
}

void Queue::take_from(std::deque<Job>& from, std::size_t count, std::vector<Job>& batch) {
    for (; count > 0 && !from.empty(); --count) {
        bytes_ -= from.front().bytes;
        batch.push_back(std::move(from.front()));
        from.pop_front();
    }
}

void Queue::take_fairly(std::vector<Job>& batch) {
    // First pass: each merchant's first quarter, in the order of arrival. Second: what room is left, same order.
    auto const share = std::max<std::size_t>(1, limits_.batch / 4);
    auto taken = std::map<MerchantId, std::size_t>{};
    auto passed_over = std::deque<Job>{};
    while (batch.size() < limits_.batch && !live_.empty()) {
        auto& job = live_.front();
        auto const merchant = job.command->payer_of_turn();
        if (merchant != MerchantId{} && taken[merchant]++ >= share) {
            passed_over.push_back(std::move(job));
        } else {
            bytes_ -= job.bytes;
            batch.push_back(std::move(job));
        }
        live_.pop_front();
    }
    while (!passed_over.empty()) {
        live_.push_front(std::move(passed_over.back()));
        passed_over.pop_back();
    }
    take_from(live_, limits_.batch - batch.size(), batch);
}

std::vector<Job> Queue::take() {
    auto lock = std::unique_lock{mutex_};
    work_.wait(lock, [this] { return closed_ || !live_.empty() || !bulk_.empty(); });
    auto batch = std::vector<Job>{};
    if (live_.size() <= limits_.batch) take_from(live_, live_.size(), batch);
    else take_fairly(batch);
    take_bulk(batch);
    return batch;
}

void Queue::take_bulk(std::vector<Job>& batch) {
    auto const beside_live = !batch.empty() || std::chrono::steady_clock::now() < live_until_;
    auto const most = beside_live ? limits_.bulk_beside_live : limits_.batch;
    for (auto facts = std::size_t{0}; facts < most && batch.size() < limits_.batch && !bulk_.empty();) {
        facts += bulk_.front().command->weight();
        take_from(bulk_, 1, batch);
    }
}

void Queue::heed_others() {
    auto const lock = std::lock_guard{mutex_};
    live_until_ = std::chrono::steady_clock::now() + limits_.live_for;
}

void Queue::close() {
    {
        auto const lock = std::lock_guard{mutex_};
        closed_ = true;
    }
    work_.notify_all();
}

std::size_t Queue::size() const {
    auto const lock = std::lock_guard{mutex_};
    return live_.size() + bulk_.size();
}

}  // namespace choso::payments
