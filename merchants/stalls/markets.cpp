#include "merchants/stalls/markets.hpp"

#include "merchants/people/transaction.hpp"
#include "merchants/stalls/sql.hpp"

namespace choso::merchants {
namespace {

postgres::Statement named(std::string_view name, std::string_view sql) { return {"markets_" + std::string{name}, std::string{sql}}; }

}  // namespace

std::vector<ManagedMarket> markets_of(postgres::Connection& connection, people::StaffId staff) {
    static auto const statement = named("load_managed", stalls_sql::load_managed);
    auto const rows = connection.query(statement, postgres::Params::of(staff));
    auto out = std::vector<ManagedMarket>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<MarketId>(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}, std::string{rows.text(row, 3)}, rows.boolean(row, 4)});
    return out;
}

Result<Done, Refused> give_market(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, MarketId market, bool totals) {
    static auto const statement = named("insert_manager", stalls_sql::insert_manager);
    auto transaction = people::Transaction{connection};
    auto const staff = people::find_staff(connection, login);
    if (!staff) return Refused{"login", "must be somebody's"};
    try {
        connection.query(statement, postgres::Params::of(market, *staff, totals));
    } catch (postgres::StatementFailed const& failed) {
        if (failed.state() != "23503") throw;
        return Refused{"market", "must be one that exists"};
    }
    people::note(connection, actor, "staff.market_given", *staff, R"({"market":")" + market.text() + R"("})");
    transaction.commit();
    return Done{};
}

}  // namespace choso::merchants
