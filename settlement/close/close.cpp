#include "settlement/close/close.hpp"

#include <array>
#include <cstdio>
#include <set>
#include <utility>

#include "base/assert.hpp"
#include "gateway/payments/audit.hpp"
#include "platform/json/json.hpp"
#include "settlement/close/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

Statement named(std::string_view name, std::string_view sql) { return {"close_" + std::string{name}, std::string{sql}}; }

std::string text_of(std::chrono::sys_days day) {
    auto const ymd = std::chrono::year_month_day{day};
    auto out = std::array<char, 16>{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return out.data();
}

Array array_of(std::vector<Bucket> const& buckets) {
    auto out = Array{Array::Type::int2};
    for (auto const bucket : buckets) out.add(bucket);
    return out;
}

/// One transaction that is rolled back if anything in it fails.
template <class Work>
auto in_transaction(postgres::Connection& connection, Work&& work) {
    connection.execute("begin isolation level read committed");
    try {
        auto out = work();
        connection.execute("commit");
        return out;
    } catch (postgres::ConnectionLost const&) {
        throw;
    } catch (...) {
        connection.execute("rollback");
        throw;
    }
}

std::optional<int> revision_of(postgres::Connection& connection, Bucket bucket, std::string const& day) {
    static auto const statement = named("closed", close_sql::closed);
    auto const rows = connection.query(statement, Params::of(bucket, day));
    if (rows.rows() == 0) return std::nullopt;
    return static_cast<int>(rows.integer(0, 0));
}

/// What is told of a close, its revision and its trail; the balances stand already.
ClosedBucket conclude(postgres::Connection& connection, ClosedBucket out, std::string const& day, std::int64_t journal, payments::Actor const& by,
                      std::string const& reason, Instant now) {
    static auto const explain = named("explain", close_sql::explain);
    static auto const insert = named("insert", close_sql::insert_close);
    auto const revision = static_cast<std::int16_t>(out.revision);
    auto const rests = connection.query(explain, Params::of(out.bucket, day, revision));
    out.clearing = rests.integer(0, 0);
    out.unexplained = rests.integer(0, 1);
    connection.query(insert, Params::of(out.bucket, day, revision, now, journal, static_cast<std::int32_t>(out.accounts),
                                        static_cast<std::int32_t>(out.clearing), static_cast<std::int32_t>(out.unexplained),
                                        payments::word(by.kind), by.id, reason));
    auto draft = payments::AuditDraft{by, out.revision == 1 ? "day.closed" : "day.reopened", {}, {}};
    json::Writer{draft.body}.object().member("day", day).member("revision", out.revision).member("accounts", out.accounts)
        .member("clearing", out.clearing).member("unexplained", out.unexplained).member("reason_given", !reason.empty()).end();
    payments::append_audit(connection, {{out.bucket, std::move(draft)}});
    return out;
}

struct Journals {
    std::int64_t last = 0;    ///< of the day
    std::int64_t newest = 0;  ///< of the bucket
};
Journals journals_of(postgres::Connection& connection, Bucket bucket, std::string const& day) {
    static auto const statement = named("last_journal", close_sql::last_journal);
    auto const rows = connection.query(statement, Params::of(bucket, day));
    return {rows.integer(0, 0), rows.integer(0, 1)};
}

std::optional<std::chrono::sys_days> last_closed(postgres::Connection& connection, Bucket bucket) {
    static auto const statement = named("last_day", close_sql::last_day);
    auto const rows = connection.query(statement, Params::of(bucket));
    if (rows.rows() == 0 || rows.is_null(0, 0)) return std::nullopt;
    return vietnam_day(rows.time(0, 0));
}

/// `last`: the newest day of the bucket that is closed, before this one.
ClosedBucket close_one(postgres::Connection& connection, Bucket bucket, std::chrono::sys_days on, std::optional<std::chrono::sys_days> last,
                       payments::Actor const& by, Instant now) {
    static auto const balances = named("balances", close_sql::close);
    static auto const rests = named("rests", close_sql::rests);
    auto const day = text_of(on);
    auto const before = last ? std::optional{text_of(*last)} : std::nullopt;
    return in_transaction(connection, [&] {
        auto out = ClosedBucket{.bucket = bucket, .revision = 1};
        auto const journals = journals_of(connection, bucket, day);
        out.accounts = connection.query(balances, Params::of(bucket, day, journals.last, before)).affected();
        connection.query(rests, Params::of(bucket, day, before));
        return conclude(connection, out, day, journals.last, by, {}, now);
    });
}

}  // namespace

std::optional<ClosedBucket> close_day(postgres::Connection& connection, Bucket bucket, std::chrono::sys_days day, payments::Actor const& by, Instant now) {
    CHOSO_ASSERT(Instant{day + std::chrono::days{1}} - vietnam_offset <= now);
    if (journals_of(connection, bucket, text_of(day)).newest == 0) return std::nullopt;
    auto last = last_closed(connection, bucket);
    // What moved before the first close is in that close's own sums: no day before the last one can still be closed.
    if (last && day <= *last) return ClosedBucket{.bucket = bucket, .revision = revision_of(connection, bucket, text_of(day)).value_or(0), .before = true};
    // Days in between that nobody closed come first: a balance is the sum of one day, not of several.
    for (; last && *last + std::chrono::days{1} < day; *last += std::chrono::days{1})
        (void)close_one(connection, bucket, *last + std::chrono::days{1}, last, by, now);
    return close_one(connection, bucket, day, last, by, now);
}

std::optional<ClosedBucket> reopen_day(postgres::Connection& connection, Bucket bucket, std::chrono::sys_days on, payments::Actor const& by,
                                       std::string const& reason, Instant now) {
    auto const day = text_of(on);
    auto const known = revision_of(connection, bucket, day);
    if (!known) return std::nullopt;
    return in_transaction(connection, [&] {
        auto out = ClosedBucket{.bucket = bucket, .revision = *known + 1};
        return conclude(connection, out, day, journals_of(connection, bucket, day).last, by, reason, now);
    });
}

std::vector<payments::InvariantResult> verify_closes(postgres::Connection& connection) {
    constexpr auto all = std::array<std::pair<std::string_view, std::string_view>, 4>{{
        {"closed_days_follow", close_sql::verify_balances},
        {"closed_days_leave_nothing_out", close_sql::verify_touched},
        {"closed_days_sum_to_zero", close_sql::verify_sums},
        {"closed_days_keep_their_revisions", close_sql::verify_revisions},
    }};
    auto out = std::vector<payments::InvariantResult>{};
    for (auto const& [name, sql] : all) {
        auto const rows = connection.query({"verify_" + std::string{name}, std::string{sql}});
        out.push_back({std::string{name}, rows.integer(0, 0), rows.integer(0, 1), rows.text_array(0, 2)});
    }
    return out;
}

ClosedDay find_closed_day(postgres::Connection& connection, std::vector<Bucket> const& buckets, std::chrono::sys_days day,
                          std::optional<std::vector<Uuid>> const& subjects, std::int64_t most) {
    static auto const statement = named("find_day", close_sql::find_day);
    auto wanted = Array{Array::Type::uuid};
    if (subjects)
        for (auto const& each : *subjects) wanted.add(each);
    auto const rows = connection.query(statement, Params::of(array_of(buckets), text_of(day), wanted, !subjects.has_value(), most));
    auto out = ClosedDay{};
    auto seen = std::set<std::int16_t>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        if (seen.insert(rows.bucket(row, 0).number()).second) {
            out.clearing += rows.integer(row, 3);
            out.unexplained += rows.integer(row, 4);
            out.revision = std::max(out.revision, static_cast<int>(rows.integer(row, 1)));
            out.closed_at = std::max(out.closed_at.value_or(Instant{}), rows.time(row, 2));
        }
        out.balances.push_back({rows.bucket(row, 0), std::string{rows.text(row, 6)}, rows.uuid(row, 7), rows.money(row, 8), rows.money(row, 9),
                                rows.integer(row, 10), rows.money(row, 11)});
    }
    return out;
}

std::vector<DaySummary> closed_days(postgres::Connection& connection, std::vector<Bucket> const& buckets, std::int64_t most) {
    static auto const statement = named("days", close_sql::days);
    auto const rows = connection.query(statement, Params::of(array_of(buckets), most));
    auto out = std::vector<DaySummary>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({std::string{rows.text(row, 0)}, rows.integer(row, 1), rows.integer(row, 2), rows.integer(row, 3), rows.integer(row, 4),
                       rows.integer(row, 5), rows.time(row, 6)});
    return out;
}

}  // namespace choso::settlement
