#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gateway/payments/verify.hpp"
#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"

/// The close of a day.
namespace choso::settlement {

struct ClosedBucket {
    Bucket bucket;
    int revision = 0;
    std::int64_t accounts = 0;     ///< touched
    std::int64_t clearing = 0;     ///< not at zero
    std::int64_t unexplained = 0;  ///< of them
    bool before = false;           ///< it was closed already; nothing was done
};

/// Closes a day of one bucket, and before it every day since its last close that has not been. The day must be over at
/// `now`. One short transaction: it reads a snapshot, writes its own tables, and takes the bucket's lock only for the trail's line.
/// None for a bucket in which nothing has ever been booked.
[[nodiscard]] std::optional<ClosedBucket> close_day(postgres::Connection& connection, Bucket bucket, std::chrono::sys_days day, payments::Actor const& by, Instant now);

/// Looks again at what explains a closed day's rests, as a further revision. `reason` is for the trail; balances never change.
[[nodiscard]] std::optional<ClosedBucket> reopen_day(postgres::Connection& connection, Bucket bucket, std::chrono::sys_days day, payments::Actor const& by,
                                                     std::string const& reason, Instant now);

/// Over all closed days.
[[nodiscard]] std::vector<payments::InvariantResult> verify_closes(postgres::Connection& connection);

/// One account's day.
struct DayBalance {
    Bucket bucket;
    std::string kind;
    Uuid subject{};
    Money opening, closing;
    std::int64_t movements = 0;
    Money explained;  ///< of a clearing account
};
struct ClosedDay {
    std::vector<DayBalance> balances;
    std::int64_t clearing = 0, unexplained = 0;
    int revision = 0;
    std::optional<Instant> closed_at;
};
/// `subjects`: the accounts and merchants asked for; none: all of those buckets. At most `most` rows.
[[nodiscard]] ClosedDay find_closed_day(postgres::Connection& connection, std::vector<Bucket> const& buckets, std::chrono::sys_days day,
                                        std::optional<std::vector<Uuid>> const& subjects, std::int64_t most);

struct DaySummary {
    std::string day;
    std::int64_t buckets = 0, accounts = 0, clearing = 0, unexplained = 0, revision = 0;
    Instant closed_at;
};
[[nodiscard]] std::vector<DaySummary> closed_days(postgres::Connection& connection, std::vector<Bucket> const& buckets, std::int64_t most);

}  // namespace choso::settlement
