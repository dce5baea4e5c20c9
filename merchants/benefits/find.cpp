#include "merchants/benefits/find.hpp"

#include <map>

#include "gateway/payments/columns.hpp"
#include "merchants/benefits/rows.hpp"
#include "merchants/benefits/sql.hpp"

namespace choso::benefits {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Result;
using postgres::Statement;

/// In a question's text `list_columns`, `list_figures` and `line_state` stand for what several of them have in common.
Statement asked(std::string_view name, std::string_view sql) {
    auto text = std::string{sql};
    payments::replace_all(text, "list_figures", sql::list_figures);
    payments::replace_all(text, "line_state", sql::line_state);
    return {"benefits_" + std::string{name}, std::move(text)};
}

std::vector<Shown> read_lists(Result const& rows) {
    auto out = std::vector<Shown>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto shown = Shown{};
        shown.list = read_list_row(rows, row);
        auto column = 20;
        shown.programme_code = rows.text(row, column++);
        shown.programme_name = rows.text(row, column++);
        for (auto* figure : {&shown.paid, &shown.under_way, &shown.unpaid, &shown.waiting, &shown.cash_paid, &shown.cash_open, &shown.cash_not_collected}) {
            figure->people = rows.integer(row, column++);
            figure->amount = rows.money(row, column++);
        }
        shown.problems = rows.integer(row, column++);
        shown.warnings = rows.integer(row, column);
        out.push_back(std::move(shown));
    }
    return out;
}

}  // namespace

std::optional<Shown> find(Connection& connection, BenefitListId id) {
    static auto const statement = asked("by_id", sql::find_by_id);
    auto all = read_lists(connection.query(statement, Params::of(id.bucket(), id)));
    return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

std::vector<Shown> list(Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& offices, std::optional<Uuid> before, std::int64_t limit) {
    static auto const statement = asked("list", sql::find_newest);
    auto buckets = Array{Array::Type::int2};
    auto merchants = Array{Array::Type::uuid};
    for (auto const& [bucket, merchant] : offices) {
        buckets.add(bucket);
        merchants.add(merchant);
    }
    return read_lists(connection.query(statement, Params::of(buckets, merchants, before, limit)));
}

std::vector<Line> lines(Connection& connection, BenefitListId list, std::string const& state, int from, std::int64_t limit) {
    static auto const statement = asked("lines", sql::find_lines);
    auto const rows = connection.query(statement, Params::of(list.bucket(), list, static_cast<std::int32_t>(from), state, limit));
    auto out = std::vector<Line>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({read_item_row(rows, row), rows.maybe_text(row, 13).value_or(""), rows.maybe_text(row, 14).value_or(""),
                       rows.maybe_text(row, 15).value_or(""), std::string{rows.text(row, 16)}, std::string{rows.text(row, 17)}});
    return out;
}

std::vector<Unpaid> unpaid(Connection& connection, BenefitListId list) {
    static auto const statement = asked("unpaid", sql::find_unpaid);
    auto const rows = connection.query(statement, Params::of(list.bucket(), list));
    auto out = std::vector<Unpaid>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({std::string{rows.text(row, 0)}, std::string{rows.text(row, 1)}, {rows.integer(row, 2), rows.money(row, 3)}});
    return out;
}

void mark_changed_accounts(Connection& connection, Bucket bucket, MerchantId office, std::string const& programme_code, std::vector<ListRow>& rows) {
    static auto const statement = asked("last_accounts", sql::find_last_accounts);
    auto codes = Array{Array::Type::text};
    for (auto const& row : rows)
        if (row.problem.empty() && row.way == Way::transfer) codes.add(row.code);
    if (codes.empty()) return;
    auto last = std::map<std::string, std::pair<std::string, std::string>>{};
    auto const found = connection.query(statement, Params::of(bucket, office, programme_code, codes));
    for (auto row = 0; row < found.rows(); ++row) last[std::string{found.text(row, 0)}] = {std::string{found.text(row, 1)}, std::string{found.text(row, 2)}};
    for (auto& row : rows) {
        auto const known = last.find(row.code);
        if (row.problem.empty() && row.way == Way::transfer && known != last.end() && known->second != std::pair{row.bin, row.account})
            row.warning = "account_changed";
    }
}

}  // namespace choso::benefits
