#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace choso::metrics {

/// The cells of one thread. Only that thread writes them, so a plain load and store suffice where a shared counter would
/// need a locked instruction; whoever folds them reads with relaxed loads.
class ThreadCells {
 public:
    static constexpr std::size_t chunk_size = 256;
    static constexpr std::size_t chunks_max = 256;
    static constexpr std::size_t cells_max = chunk_size * chunks_max;

    ThreadCells() = default;
    ThreadCells(ThreadCells const&) = delete;
    ThreadCells& operator=(ThreadCells const&) = delete;
    ~ThreadCells();

    /// Owner thread only; memory comes in chunks, when first written.
    std::atomic<std::uint64_t>& own(std::size_t cell) {
        auto* chunk = chunks_[cell / chunk_size].load(std::memory_order_relaxed);
        if (chunk == nullptr) chunk = make_chunk(cell / chunk_size);
        return (*chunk)[cell % chunk_size];
    }
    /// Any thread.
    [[nodiscard]] std::uint64_t read(std::size_t cell) const;

 private:
    using Chunk = std::array<std::atomic<std::uint64_t>, chunk_size>;
    Chunk* make_chunk(std::size_t index);
    std::array<std::atomic<Chunk*>, chunks_max> chunks_{};
};

/// Cells of all threads that ever counted, added up on demand. A thread that ends leaves its counts behind.
class Cells {
 public:
    enum class Kind : std::uint8_t { count, sum };  ///< a sum's bits are those of a double

    Cells();

    /// `n` new cells in a row; the first one's index. At most ThreadCells::cells_max in all (CHOSO_ASSERT).
    [[nodiscard]] std::size_t add(std::size_t n, Kind kind);
    void count(std::size_t cell, std::uint64_t n);
    void sum(std::size_t cell, double value);

    [[nodiscard]] std::uint64_t total_count(std::size_t cell) const;
    [[nodiscard]] double total_sum(std::size_t cell) const;

    /// The calling thread's cells, made and enlisted the first time; nullptr while the thread is being torn down.
    [[nodiscard]] ThreadCells* mine();
    /// Called when a thread ends: its counts move to the ones that stay.
    void retire(ThreadCells const* cells);

    /// Whoever holds these cells, so that a thread that ends can see whether they are still there.
    void keep_alive_by(std::weak_ptr<void> owner) { owner_ = std::move(owner); }
    [[nodiscard]] std::weak_ptr<void> owner() const { return owner_; }

 private:
    [[nodiscard]] bool is_sum(std::size_t cell) const { return kinds_[cell] == Kind::sum; }

    std::uint64_t const id_;  ///< never used again in the process, unlike an address
    std::weak_ptr<void> owner_;
    mutable std::mutex mutex_;
    std::vector<Kind> kinds_;
    std::vector<std::uint64_t> retired_;
    std::map<ThreadCells const*, std::unique_ptr<ThreadCells>> threads_;
};

}  // namespace choso::metrics
