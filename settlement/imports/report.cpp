#include "settlement/imports/report.hpp"

#include "settlement/imports/sql.hpp"
#include "settlement/statements/statement.hpp"

namespace choso::imports {

std::vector<DayOfAccount> reconcile_day(postgres::Connection& connection, std::chrono::sys_days day) {
    static auto const statement = postgres::Statement{"imports_reconcile_day", std::string{sql::reconcile_day}};
    auto const rows = connection.query(statement, postgres::Params::of(statements::text(day)));
    auto out = std::vector<DayOfAccount>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto its = DayOfAccount{};
        its.account = rows.id<AccountId>(row, 1);
        its.lines = rows.integer(row, 2);
        its.in_book = rows.integer(row, 3);
        its.allocated = rows.integer(row, 4);
        its.unreferenced = rows.integer(row, 5);
        its.outside = rows.integer(row, 6);
        its.reversed = rows.integer(row, 7);
        its.kept_out = rows.integer(row, 8);
        its.held = rows.integer(row, 9);
        its.sum = rows.money(row, 10);
        its.not_in_book = rows.money(row, 11);
        out.push_back(its);
    }
    return out;
}

std::vector<TakenStatement> latest_statements(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& accounts, std::int64_t most) {
    static auto const statement = postgres::Statement{"imports_latest_statements", std::string{sql::latest_statements}};
    auto const rows = connection.query(statement, postgres::Params::of(buckets, accounts, most));
    auto out = std::vector<TakenStatement>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<AccountId>(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}, rows.maybe_text(row, 3).value_or(""),
                       rows.maybe_text(row, 4).value_or(""), std::string{rows.text(row, 6)}, std::string{rows.text(row, 7)}, std::string{rows.text(row, 8)},
                       rows.integer(row, 5), rows.integer(row, 9), rows.integer(row, 10), rows.integer(row, 11), rows.integer(row, 12), rows.time(row, 13)});
    return out;
}

std::vector<MissingLine> missing_lines(postgres::Connection& connection, Instant told_before, std::int64_t limit) {
    static auto const statement = postgres::Statement{"imports_missing_lines", std::string{sql::missing_lines}};
    auto const rows = connection.query(statement, postgres::Params::of(told_before, limit));
    auto out = std::vector<MissingLine>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back({rows.id<PaymentId>(row, 0), rows.id<AccountId>(row, 1), rows.money(row, 2), rows.time(row, 3)});
    return out;
}

}  // namespace choso::imports
