#include "platform/metrics/cells.hpp"

#include <algorithm>
#include <bit>

#include "base/assert.hpp"

namespace choso::metrics {
namespace {

std::atomic<std::uint64_t> next_id{1};

/// One thread's way to its cells, for each Cells it has counted in: nearly always one.
struct Enlisted {
    std::uint64_t id;
    Cells* cells;
    std::weak_ptr<void> alive;
    ThreadCells* mine;
};

// Plain data, so that both can be read while the thread's other locals are being destroyed.
thread_local bool ending = false;
thread_local std::uint64_t last_id = 0;
thread_local ThreadCells* last_mine = nullptr;

struct Enlistment {
    std::vector<Enlisted> all;

    Enlistment() = default;
    Enlistment(Enlistment const&) = delete;
    Enlistment& operator=(Enlistment const&) = delete;
    ~Enlistment() {
        ending = true;
        last_id = 0;
        for (auto const& one : all)
            if (auto const alive = one.alive.lock()) one.cells->retire(one.mine);
    }
};
thread_local Enlistment enlistment;

std::uint64_t added(std::uint64_t a, std::uint64_t b, bool as_sums) {
    return as_sums ? std::bit_cast<std::uint64_t>(std::bit_cast<double>(a) + std::bit_cast<double>(b)) : a + b;
}

}  // namespace

ThreadCells::~ThreadCells() {
    for (auto& chunk : chunks_) delete chunk.load(std::memory_order_relaxed);
}

ThreadCells::Chunk* ThreadCells::make_chunk(std::size_t index) {
    auto* const chunk = new Chunk{};
    chunks_[index].store(chunk, std::memory_order_release);
    return chunk;
}

std::uint64_t ThreadCells::read(std::size_t cell) const {
    auto const* const chunk = chunks_[cell / chunk_size].load(std::memory_order_acquire);
    return chunk == nullptr ? 0 : (*chunk)[cell % chunk_size].load(std::memory_order_relaxed);
}

Cells::Cells() : id_{next_id.fetch_add(1)} {}

std::size_t Cells::add(std::size_t n, Kind kind) {
    auto const lock = std::scoped_lock{mutex_};
    auto const first = kinds_.size();
    CHOSO_ASSERT(first + n <= ThreadCells::cells_max);
    kinds_.resize(first + n, kind);
    retired_.resize(first + n, 0);
    return first;
}

ThreadCells* Cells::mine() {
    if (last_id == id_) return last_mine;
    if (ending) return nullptr;
    auto& all = enlistment.all;
    auto found = std::find_if(all.begin(), all.end(), [&](Enlisted const& one) { return one.id == id_; });
    if (found == all.end()) {
        std::erase_if(all, [](Enlisted const& one) { return one.alive.expired(); });
        all.reserve(all.size() + 1);
        auto made = std::make_unique<ThreadCells>();
        auto* const mine = made.get();
        auto const lock = std::scoped_lock{mutex_};
        threads_.emplace(mine, std::move(made));
        all.push_back({id_, this, owner_, mine});
        found = std::prev(all.end());
    }
    last_id = id_;
    last_mine = found->mine;
    return last_mine;
}

void Cells::count(std::size_t cell, std::uint64_t n) {
    if (auto* const cells = mine()) {
        auto& own = cells->own(cell);
        own.store(own.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
        return;
    }
    auto const lock = std::scoped_lock{mutex_};
    retired_[cell] += n;
}

void Cells::sum(std::size_t cell, double value) {
    auto const bits = std::bit_cast<std::uint64_t>(value);
    if (auto* const cells = mine()) {
        auto& own = cells->own(cell);
        own.store(added(own.load(std::memory_order_relaxed), bits, true), std::memory_order_relaxed);
        return;
    }
    auto const lock = std::scoped_lock{mutex_};
    retired_[cell] = added(retired_[cell], bits, true);
}

std::uint64_t Cells::total_count(std::size_t cell) const {
    auto const lock = std::scoped_lock{mutex_};
    auto total = retired_[cell];
    for (auto const& [cells, owned] : threads_) total += cells->read(cell);
    return total;
}

double Cells::total_sum(std::size_t cell) const {
    auto const lock = std::scoped_lock{mutex_};
    auto total = retired_[cell];
    for (auto const& [cells, owned] : threads_) total = added(total, cells->read(cell), true);
    return std::bit_cast<double>(total);
}

void Cells::retire(ThreadCells const* cells) {
    auto const lock = std::scoped_lock{mutex_};
    for (std::size_t cell = 0; cell < kinds_.size(); ++cell)
        retired_[cell] = added(retired_[cell], cells->read(cell), is_sum(cell));
    threads_.erase(cells);
}

}  // namespace choso::metrics
