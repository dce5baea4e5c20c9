#include "merchants/deposits/find.hpp"

#include "merchants/deposits/payer_account.hpp"
#include "merchants/deposits/rows.hpp"
#include "merchants/deposits/sql.hpp"

namespace choso::deposits {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Statement;

Statement asked(std::string_view name, std::string_view sql) { return {"deposits_" + std::string{name}, std::string{sql}}; }

}  // namespace

std::optional<Deposit> find(Connection& connection, DepositId id) {
    static auto const statement = asked("by_id", sql::find_by_id);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    return rows.rows() == 0 ? std::nullopt : std::optional{read_deposit(rows, 0)};
}

std::vector<Deposit> list(Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& payees, std::optional<Uuid> before,
                          std::optional<std::string> const& status, std::int64_t limit) {
    static auto const statement = asked("list", sql::find_newest);
    Array buckets{Array::Type::int2}, merchants{Array::Type::uuid};
    for (auto const& [bucket, merchant] : payees) {
        buckets.add(bucket);
        merchants.add(merchant);
    }
    auto const rows = connection.query(statement, Params::of(buckets, merchants, before, status, limit));
    auto out = std::vector<Deposit>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read_deposit(rows, row));
    return out;
}

std::vector<Move> moves(Connection& connection, DepositId id) {
    static auto const statement = asked("moves", sql::find_moves);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    auto out = std::vector<Move>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.uuid(row, 0), rows.id<DepositId>(row, 1), move_kind_of(rows.text(row, 2)).value(), rows.money(row, 3), std::string{rows.text(row, 4)},
                       {payments::actor_kind_of(rows.text(row, 5)).value(), rows.uuid(row, 6)}, rows.time(row, 7)});
    return out;
}

std::map<PaymentId, payments::Destination> payer_accounts(Connection& connection, DepositId id) {
    static auto const statement = asked("texts", sql::find_texts);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    auto out = std::map<PaymentId, payments::Destination>{};
    for (auto row = 0; row < rows.rows(); ++row)
        if (auto named = payer_account(rows.text(row, 1), rows.text(row, 2))) out[rows.id<PaymentId>(row, 0)] = std::move(*named);
    return out;
}

}  // namespace choso::deposits
