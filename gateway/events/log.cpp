#include "gateway/events/log.hpp"

#include <algorithm>

#include "gateway/events/sql.hpp"

namespace choso::events {
namespace {

using postgres::Array;

/// Foreign events one step of a page looks through in a bucket, and steps a page may take.
constexpr std::int64_t window = 20'000;
constexpr int windows_max = 20;

postgres::Statement named(char const* name, std::string_view sql) { return {std::string{"events_"} + name, std::string{sql}}; }

std::vector<payments::StoredEvent> events_of(postgres::Result const& rows) {
    auto out = std::vector<payments::StoredEvent>{};
    out.reserve(static_cast<std::size_t>(rows.rows()));
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.bucket(row, 0), rows.integer(row, 1), std::string{rows.text(row, 2)}, rows.uuid(row, 3),
                       rows.id<MerchantId>(row, 4), std::string{rows.text(row, 5)}, rows.time(row, 6)});
    return out;
}

struct Ranges {
    Array buckets{Array::Type::int2};
    Array since{Array::Type::int8};
    Array until{Array::Type::int8};
};

}  // namespace

std::vector<Bucket> all_buckets() {
    auto out = std::vector<Bucket>{};
    for (auto n = 0U; n < Bucket::count; ++n) out.push_back(Bucket::of_bits(n));
    return out;
}

Heads read_heads(postgres::Connection& connection, std::span<Bucket const> buckets) {
    static auto const statement = named("read_heads", sql::read_heads);
    auto asked = Array{Array::Type::int2};
    for (auto const bucket : buckets) asked.add(bucket);
    auto const rows = connection.query(statement, postgres::Params::of(asked));
    auto out = Heads{};
    for (auto row = 0; row < rows.rows(); ++row) out[rows.bucket(row, 0)] = rows.integer(row, 1);
    return out;
}

std::vector<payments::StoredEvent> read_since(postgres::Connection& connection, Heads const& since, std::int64_t limit) {
    static auto const statement = named("read_since", sql::read_since);
    auto ranges = Ranges{};
    for (auto const& [bucket, seq] : since) {
        ranges.buckets.add(bucket);
        ranges.since.add(seq);
    }
    return events_of(connection.query(statement, postgres::Params::of(ranges.buckets, ranges.since, limit)));
}

Page read_page(postgres::Connection& connection, Cursor const& after, std::span<Bucket const> buckets,
               std::span<MerchantId const> merchants, std::int64_t limit) {
    static auto const statement = named("read_of_merchants", sql::read_of_merchants);
    auto const heads = read_heads(connection, buckets);
    auto named_merchants = Array{Array::Type::uuid};
    for (auto const& merchant : merchants) named_merchants.add(merchant);
    auto out = Page{};
    for (auto const bucket : buckets) out.next.set(bucket, after.at(bucket));

    for (auto step = 0; step < windows_max; ++step) {
        auto ranges = Ranges{};
        auto ends = Heads{};
        for (auto const& [bucket, head] : heads) {
            auto const from = out.next.at(bucket);
            if (from >= head) continue;
            ends[bucket] = std::min(head, from + window);
            ranges.buckets.add(bucket);
            ranges.since.add(from);
            ranges.until.add(ends[bucket]);
        }
        if (ends.empty()) return out;
        auto const room = limit - static_cast<std::int64_t>(out.events.size());
        auto found = events_of(connection.query(
            statement, postgres::Params::of(ranges.buckets, ranges.since, ranges.until, named_merchants, room)));
        auto const full = static_cast<std::int64_t>(found.size()) == room;
        if (!full)
            for (auto const& [bucket, end] : ends) out.next.set(bucket, end);
        for (auto& event : found) {
            if (full) out.next.set(event.bucket, event.seq);
            out.events.push_back(std::move(event));
        }
        if (full) break;
    }
    for (auto const& [bucket, head] : heads) out.more = out.more || out.next.at(bucket) < head;
    return out;
}

std::vector<payments::StoredEvent> read_types(postgres::Connection& connection, Heads const& since, Heads const& until,
                                              std::span<std::string_view const> types, std::int64_t limit) {
    static auto const statement = named("read_of_types", sql::read_of_types);
    auto ranges = Ranges{};
    for (auto const& [bucket, seq] : since) {
        auto const end = until.find(bucket);
        if (end == until.end() || end->second <= seq) continue;
        ranges.buckets.add(bucket);
        ranges.since.add(seq);
        ranges.until.add(end->second);
    }
    if (ranges.buckets.empty()) return {};
    auto named_types = Array{Array::Type::text};
    for (auto const type : types) named_types.add(type);
    return events_of(connection.query(statement, postgres::Params::of(ranges.buckets, ranges.since, ranges.until, named_types, limit)));
}

}  // namespace choso::events
