#include "settlement/exceptions/find.hpp"

#include "settlement/exceptions/rows.hpp"
#include "settlement/exceptions/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Params;
using postgres::Result;

postgres::Statement named(std::string_view name, std::string_view sql) {
    auto text = std::string{sql};
    constexpr auto mark = std::string_view{"exception_columns(x)"};
    if (auto const at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), exception_columns);
    return {"exceptions_" + std::string{name}, std::move(text)};
}

constexpr auto behind = 21;  // the row's own columns stand before

ShownException shown(Result const& rows, int row) {
    return {read_exception(rows, row), rows.maybe_text(row, behind).value_or(""), rows.maybe_text(row, behind + 1).value_or(""),
            rows.maybe_text(row, behind + 2).value_or(""), rows.maybe_text(row, behind + 3).value_or("")};
}

}  // namespace

std::vector<ShownException> list_exceptions(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& merchants,
                                            ExceptionFilter const& filter) {
    static auto const statement = named("list", exceptions_sql::list);
    auto const kind = filter.kind ? std::optional{std::string{word(*filter.kind)}} : std::nullopt;
    auto const rows = connection.query(statement, Params::of(buckets, merchants, filter.before, filter.state, kind, filter.limit));
    auto out = std::vector<ShownException>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(shown(rows, row));
    return out;
}

std::optional<ShownException> find_exception(postgres::Connection& connection, ExceptionId id) {
    static auto const statement = named("get", exceptions_sql::get);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    return shown(rows, 0);
}

std::vector<ShownNote> notes_of(postgres::Connection& connection, ExceptionId id) {
    static auto const statement = named("notes", exceptions_sql::notes);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    auto out = std::vector<ShownNote>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({{id, rows.uuid(row, 0), rows.uuid(row, 1), rows.time(row, 2), std::string{rows.text(row, 3)}}, rows.maybe_text(row, 4).value_or("")});
    return out;
}

std::vector<WorkLeft> work_left(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& merchants, Instant now) {
    static auto const statement = named("work_left", exceptions_sql::work_left);
    auto const rows = connection.query(statement, Params::of(buckets, merchants, now));
    auto out = std::vector<WorkLeft>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({exception_kind_of(rows.text(row, 0)).value(), exception_state_of(rows.text(row, 1)).value(), static_cast<int>(rows.integer(row, 2)),
                       rows.integer(row, 3), rows.money(row, 4), rows.time(row, 5)});
    return out;
}

}  // namespace choso::settlement
