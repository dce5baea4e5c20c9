#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/events/cursor.hpp"
#include "gateway/payments/book.hpp"
#include "platform/postgres/connection.hpp"

/// Reading the event table. Every call may throw postgres::ConnectionLost or StatementFailed.
namespace choso::events {

using Heads = std::map<Bucket, std::int64_t>;

[[nodiscard]] std::vector<Bucket> all_buckets();

/// The newest seq of each bucket; 0 where nothing happened yet.
[[nodiscard]] Heads read_heads(postgres::Connection& connection, std::span<Bucket const> buckets);

/// What came after `since` in each of its buckets, by bucket and seq; at most `limit` a bucket.
[[nodiscard]] std::vector<payments::StoredEvent> read_since(postgres::Connection& connection, Heads const& since, std::int64_t limit);

struct Page {
    std::vector<payments::StoredEvent> events;
    Cursor next;        ///< where to read on
    bool more = false;  ///< there may be something behind `next` already
};
/// What concerns `merchants` after a cursor, oldest first, at most `limit`. Work is bounded too: after many foreign
/// events a page may come back short, with `more` and a `next` that has moved on.
[[nodiscard]] Page read_page(postgres::Connection& connection, Cursor const& after, std::span<Bucket const> buckets,
                             std::span<MerchantId const> merchants, std::int64_t limit);

/// What a process still has in memory of what it heard.
struct Recalled {
    Heads until;  ///< how far it has heard, where it has all behind `since`; buckets that are missing here: read the table
    std::vector<payments::StoredEvent> events;
};
/// The events of `types` behind `since`, by bucket and seq. Any thread.
using Recall = std::function<Recalled(Heads const& since, std::span<std::string_view const> types)>;

/// The events of `types` in (since, until] of each bucket, by bucket and seq; at most `limit` a bucket.
[[nodiscard]] std::vector<payments::StoredEvent> read_types(postgres::Connection& connection, Heads const& since, Heads const& until,
                                                            std::span<std::string_view const> types, std::int64_t limit);

}  // namespace choso::events
