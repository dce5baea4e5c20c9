#include "merchants/complaints/find.hpp"

#include "merchants/complaints/commands.hpp"
#include "merchants/complaints/sql.hpp"

namespace choso::complaints {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Result;
using postgres::Statement;

Statement asked(std::string_view name, std::string_view sql) { return {"complaints_" + std::string{name}, std::string{sql}}; }

std::vector<Shown> read(Result const& rows) {
    auto out = std::vector<Shown>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({read_complaint(rows, row), rows.maybe_text(row, 15).value_or(""), rows.maybe_text(row, 16).value_or(""), rows.maybe_text(row, 17).value_or("")});
    return out;
}

std::optional<Shown> first(Result const& rows) {
    auto all = read(rows);
    return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

std::pair<Array, Array> columns(Offices const& offices) {
    auto out = std::pair{Array{Array::Type::int2}, Array{Array::Type::uuid}};
    for (auto const& [bucket, merchant] : offices) {
        out.first.add(bucket);
        out.second.add(merchant);
    }
    return out;
}

}  // namespace

std::optional<Shown> find(Connection& connection, ComplaintId id) {
    static auto const statement = asked("by_id", sql::find_by_id);
    return first(connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<Shown> find(Connection& connection, Bucket bucket, Uuid const& token) {
    static auto const statement = asked("by_token", sql::find_by_token);
    return first(connection.query(statement, Params::of(bucket, token)));
}

std::vector<Shown> list(Connection& connection, Offices const& offices, std::optional<Uuid> before, std::optional<std::string> const& status, std::int64_t limit) {
    static auto const statement = asked("list", sql::find_newest);
    auto const [buckets, merchants] = columns(offices);
    return read(connection.query(statement, Params::of(buckets, merchants, before, status, limit)));
}

std::vector<Figure> figures(Connection& connection, Offices const& offices, Instant from, Instant to, Instant now) {
    static auto const statement = asked("figures", sql::find_figures);
    auto const [buckets, merchants] = columns(offices);
    auto const rows = connection.query(statement, Params::of(buckets, merchants, from, to, now));
    auto out = std::vector<Figure>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<MerchantId>(row, 0), kind_of(rows.text(row, 1)).value(), rows.integer(row, 2), rows.integer(row, 3), rows.integer(row, 4),
                       rows.integer(row, 5), rows.integer(row, 6), rows.integer(row, 7)});
    return out;
}

WorkingCalendar calendar(Connection& connection) {
    static auto const statement = asked("days", sql::find_days);
    auto const rows = connection.query(statement);
    auto entered = std::vector<CalendarDay>{};
    for (auto row = 0; row < rows.rows(); ++row)
        entered.push_back({parse_day(rows.text(row, 0)).value(), rows.boolean(row, 1), std::string{rows.text(row, 2)}, std::string{rows.text(row, 3)}});
    return WorkingCalendar::vietnam().with(entered);
}

Term term_of(Connection& connection, MerchantId office, Kind kind, Instant now) {
    static auto const statement = asked("term", sql::find_term);
    auto const rows = connection.query(statement, Params::of(words_of(kind).word, office));
    auto const days = rows.rows() == 0 ? 10 : static_cast<int>(rows.integer(0, 0));
    return {days, calendar(connection).deadline(now, days)};
}

}  // namespace choso::complaints
