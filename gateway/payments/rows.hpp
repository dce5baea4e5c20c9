#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "gateway/payments/statement.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::payments {

/// The rows one command family reads and writes in one batch. The core's own are `Book`; a family that owns tables of
/// its own (bills, orders) adds a sort of Rows and names posting templates for its money: families compose in one
/// batch and one commit.
class Rows {
 public:
    Rows() = default;
    Rows(Rows const&) = delete;
    Rows& operator=(Rows const&) = delete;
    virtual ~Rows() = default;

    /// Queues the statements that load what was wanted; their handlers fill the working set.
    virtual void load(postgres::Pipeline& pipeline, BatchBuckets const& in) = 0;
    /// Queues what only the loads before could name; false if there was nothing, which is the usual case. Asked again
    /// until nothing is queued.
    [[nodiscard]] virtual bool load_more(postgres::Pipeline&, BatchBuckets const&) { return false; }
    /// What follows in this family from what the batch has decided about money, in the same commit: an order is paid when
    /// its request is. Called once, after all decisions; it may apply effects to the book. Must answer the same when the
    /// batch runs again.
    virtual void follow(Instant) {}
    /// Queues the statements that store what was decided; each guards its own row count.
    virtual void store(postgres::Pipeline& pipeline, BatchBuckets const& in) = 0;
};

/// Blocks of reference numbers this process holds, per bucket; taken from a sequence 1,000 at a time. Numbers that are
/// never used are gaps, which nobody minds. One lane's thread.
class ReferenceNumbers {
 public:
    static constexpr std::int64_t block = 1000;

    [[nodiscard]] bool has(std::int16_t bucket, std::int64_t count) const;
    void add_block(std::int16_t bucket, std::int64_t first);
    [[nodiscard]] std::int64_t take(std::int16_t bucket);

 private:
    std::map<std::int16_t, std::vector<std::pair<std::int64_t, std::int64_t>>> blocks_;  ///< [next, end)
};

}  // namespace choso::payments
