#include "gateway/events/reader.hpp"

#include <set>
#include <utility>

#include "gateway/events/carried_out.hpp"
#include "gateway/events/sql.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"

namespace choso::events {
namespace {

using postgres::Array;
using postgres::Params;

postgres::Statement named(char const* name, std::string_view sql) { return {std::string{"events_"} + name, std::string{sql}}; }

Array array_of(std::vector<Bucket> const& buckets) {
    auto out = Array{Array::Type::int2};
    for (auto const bucket : buckets) out.add(bucket);
    return out;
}

constexpr std::size_t side_by_side = 64;

/// A page of one: its event is handled before the next is looked at.
LeasedReader::PageHandler one_by_one(LeasedReader::Handler handler) {
    return [handler = std::move(handler)](std::span<payments::StoredEvent const> page) {
        auto out = std::vector<std::future<bool>>{};
        for (auto const& event : page) out.push_back(carried_out(handler(event)));
        return out;
    };
}

}  // namespace

LeasedReader::LeasedReader(ReaderOptions options, Handler handler)
    : options_{std::move(options)}, handler_{one_by_one(std::move(handler))}, page_size_{1}, owner_{crypto::to_hex(crypto::random_bytes(8))} {
    thread_ = std::thread{[this] { run(); }};
}

LeasedReader::LeasedReader(ReaderOptions options, PageHandler handler)
    : options_{std::move(options)}, handler_{std::move(handler)}, page_size_{side_by_side}, owner_{crypto::to_hex(crypto::random_bytes(8))} {
    thread_ = std::thread{[this] { run(); }};
}

LeasedReader::~LeasedReader() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void LeasedReader::wake() {
    {
        auto const lock = std::lock_guard{mutex_};
        awake_ = true;
    }
    changed_.notify_one();
}

bool LeasedReader::stopping() {
    auto const lock = std::lock_guard{mutex_};
    return stopping_;
}

/// Buckets that nobody else holds become ours, and ours stay so. Not asked at every look: a lease that is renewed in time is
/// kept, and only its holder moves its place.
void LeasedReader::take_lease(postgres::Connection& connection) {
    static auto const add = named("add_reader", sql::add_reader);
    static auto const lease = named("lease_reader", sql::lease_reader);
    auto const now = std::chrono::steady_clock::now();
    if (now < renew_at_) return;
    auto const buckets = all_buckets();
    if (!std::exchange(rows_made_, true)) connection.query(add, Params::of(array_of(buckets), options_.name));
    auto const leased = connection.query(
        lease, Params::of(array_of(buckets), options_.name, owner_, static_cast<std::int64_t>(options_.lease.count())));
    places_.clear();
    for (auto row = 0; row < leased.rows(); ++row) places_[leased.bucket(row, 0)] = leased.integer(row, 1);
    lease_ends_ = now + options_.lease / 2;
    // While another process holds some, each look asks whether it has died.
    renew_at_ = places_.size() == buckets.size() ? now + options_.lease / 4 : now;
}

std::vector<payments::StoredEvent> LeasedReader::news(postgres::Connection& connection, Heads& reached) const {
    constexpr std::int64_t most = 200;
    auto out = std::vector<payments::StoredEvent>{};
    if (options_.from.recall) {
        auto recalled = options_.from.recall(places_, options_.types);
        reached = std::move(recalled.until);
        out = std::move(recalled.events);
    }
    auto rest = std::vector<Bucket>{};
    for (auto const& [bucket, seq] : places_)
        if (!reached.contains(bucket)) rest.push_back(bucket);
    if (rest.empty()) return out;
    auto const until = read_heads(connection, rest);
    reached.insert(until.begin(), until.end());
    auto counts = std::map<Bucket, std::int64_t>{};
    for (auto& event : read_types(connection, places_, until, options_.types, most)) {
        if (++counts[event.bucket] == most) reached[event.bucket] = event.seq;
        out.push_back(std::move(event));
    }
    return out;
}

void LeasedReader::read_on(postgres::Connection& connection) {
    static auto const advance = named("advance_reader", sql::advance_reader);
    take_lease(connection);
    if (places_.empty()) return;
    auto reached = Heads{};
    auto const events = news(connection, reached);
    auto stuck = std::set<Bucket>{};
    auto const stop_before = [&](payments::StoredEvent const& event) {
        if (stuck.insert(event.bucket).second) reached[event.bucket] = event.seq - 1;
    };
    auto page = std::vector<payments::StoredEvent>{};
    auto const handle = [&] {
        auto done = handler_(page);
        for (std::size_t n = 0; n < page.size(); ++n)
            if (!done[n].get()) stop_before(page[n]);
        page.clear();
    };
    for (auto const& event : events) {
        if (stuck.contains(event.bucket)) continue;
        auto const in_time = std::chrono::steady_clock::now() < lease_ends_ && !stopping();
        if (!in_time) {
            stop_before(event);
            continue;
        }
        page.push_back(event);
        if (page.size() == page_size_) handle();
    }
    if (!page.empty()) handle();
    auto moved = Array{Array::Type::int2};
    auto places = Array{Array::Type::int8};
    auto count = std::int64_t{0};
    for (auto const& [bucket, seq] : reached) {
        if (seq <= places_[bucket]) continue;
        moved.add(bucket);
        places.add(seq);
        places_[bucket] = seq;
        ++count;
    }
    if (count == 0) return;
    auto const stored = connection.query(advance, Params::of(moved, places, options_.name, owner_)).affected();
    if (stored < count) renew_at_ = {};  // a lease went to another while we were slow: the table says where to read on
}

void LeasedReader::release(postgres::Connection& connection) {
    static auto const statement = named("release_reader", sql::release_reader);
    connection.query(statement, Params::of(array_of(all_buckets()), options_.name, owner_));
}

void LeasedReader::run() {
    auto connection = std::unique_ptr<postgres::Connection>{};
    for (;;) {
        auto ends = false;
        try {
            if (!connection) connection = std::make_unique<postgres::Connection>(options_.from.database_url);
            if (stopping()) {
                ends = true;
                release(*connection);
            } else {
                read_on(*connection);
            }
        } catch (std::exception const& failed) {
            log::warn("reader_interrupted", {{"reader", options_.name}, {"why", failed.what()}});
            connection.reset();
            renew_at_ = {};
        }
        if (ends) return;
        auto lock = std::unique_lock{mutex_};
        if (stopping_ && !connection) return;
        changed_.wait_for(lock, options_.from.poll, [this] { return stopping_ || awake_; });
        awake_ = false;
    }
}

}  // namespace choso::events
