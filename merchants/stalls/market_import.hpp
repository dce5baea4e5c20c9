#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/registry.hpp"

/// A whole market from a table: one row a stall, each with its household and its bank account. All or nothing.
namespace choso::merchants {

/// One row as it was written.
struct StallRow {
    std::size_t row = 0;
    std::string number;      ///< its place: `A12`
    std::string name;        ///< `Cô Hoa – rau củ`
    std::string household;   ///< the payee; empty: as the stall
    std::string bin;         ///< of its bank, found by name or BIN
    std::string account;
    std::string holder;
};

/// What is wrong with one cell.
struct RowError {
    std::size_t row = 0;
    std::string field;
    std::string value;
    std::string rule;
    [[nodiscard]] bool operator==(RowError const&) const = default;
};

/// Rows and their errors, before anything is asked of the database. Columns by their header, in any order, in Vietnamese or
/// English: số sạp|number, tên sạp|name, hộ kinh doanh|household, ngân hàng|bank, số tài khoản|account, chủ tài khoản|holder.
struct ReadMarket {
    std::vector<StallRow> rows;
    std::vector<RowError> errors;
};
[[nodiscard]] ReadMarket read_market(std::string_view file);

struct ImportedStall {
    StallRow row;
    StallId id;
    MerchantId merchant;
    AccountId account;
    std::string reference;
    crypto::Secret link_token;  ///< shown once
};
struct ImportedMarket {
    std::vector<ImportedStall> stalls;  ///< empty if there were errors
    std::vector<RowError> errors;
};
/// Makes them all in one transaction, or none and says why row by row. `progress` hears how many rows were tried.
[[nodiscard]] ImportedMarket import_market(postgres::Connection& connection, payments::Actor const& actor, MarketId market, bool live, ReadMarket const& table,
                                           std::function<void(std::size_t done, std::size_t total)> const& progress = {});

/// The errors as CSV, to be mended and sent again.
[[nodiscard]] std::string errors_csv(std::vector<RowError> const& errors);

/// One stall with its household and account: what a helper enters on a phone.
Result<ImportedStall, Refused> onboard_stall(Registry& registry, MarketId market, bool live, StallRow const& row);

}  // namespace choso::merchants
