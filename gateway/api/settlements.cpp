#include "gateway/api/settlements.hpp"

#include <map>

#include "gateway/api/sql.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Result;

payments::Settlement settlement_in(Result const& rows, int row) {
    return {.id = rows.id<SettlementId>(row, 0),
            .merchant = rows.id<MerchantId>(row, 1),
            .account = rows.id<AccountId>(row, 2),
            .amount = rows.money(row, 3),
            .until = rows.maybe_time(row, 4),
            .maker = {payments::actor_kind_of(rows.text(row, 5)).value(), rows.uuid(row, 6)},
            .created_at = rows.time(row, 7),
            .lines = {}};
}

std::vector<payments::Settlement> with_lines(postgres::Connection& connection, Result const& rows) {
    static auto const statement = named("settlement_lines", sql::settlement_lines);
    auto out = std::vector<payments::Settlement>{};
    Array buckets{Array::Type::int2}, ids{Array::Type::uuid};
    auto places = std::map<SettlementId, std::size_t>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        out.push_back(settlement_in(rows, row));
        places.emplace(out.back().id, out.size() - 1);
        buckets.add(out.back().id.bucket());
        ids.add(out.back().id);
    }
    if (out.empty()) return out;
    auto const lines = connection.query(statement, Params::of(buckets, ids));
    for (auto row = 0; row < lines.rows(); ++row)
        out[places.at(lines.id<SettlementId>(row, 0))].lines.push_back({lines.id<PayoutId>(row, 1), lines.id<MerchantId>(row, 2), lines.money(row, 3)});
    return out;
}

}  // namespace

std::optional<payments::Settlement> find_settlement(postgres::Connection& connection, SettlementId id) {
    static auto const statement = named("get_settlement", sql::get_settlement);
    auto found = with_lines(connection, connection.query(statement, Params::of(id.bucket(), id)));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<payments::Settlement> list_settlements(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_settlements", sql::list_settlements);
    auto const [buckets, merchants] = columns_of(owners);
    return with_lines(connection, connection.query(statement, Params::of(buckets, merchants, options.before, options.limit)));
}

std::string to_json(payments::Settlement const& batch) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", batch.id.text()).member("merchant", batch.merchant.text()).member("bank_account", batch.account.text());
    json.member("amount", batch.amount).key("payouts").array();
    for (auto const& line : batch.lines)
        json.object().member("id", line.payout.text()).member("merchant", line.merchant.text()).member("amount", line.amount).end();
    json.end().member("confirmed_until", batch.until ? std::optional{to_rfc3339(*batch.until)} : std::nullopt);
    json.member("created_at", to_rfc3339(batch.created_at)).end();
    return out;
}

}  // namespace choso::api
