#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "merchants/fees/bill.hpp"
#include "platform/postgres/connection.hpp"

/// A payee's units, fee items, rules and payers: what bills are made of. No money moves here, so these are plain writes, each
/// one statement or one transaction.
namespace choso::fees {

/// Where a payee's rows lie.
struct Place {
    Bucket bucket;
    MerchantId merchant;
};

struct Unit {
    FeeUnitId id;
    std::optional<FeeUnitId> parent;
    std::string code, name;
};
/// Made, or renamed: a code names one unit for ever.
[[nodiscard]] FeeUnitId put_unit(postgres::Connection& connection, Place place, std::string_view code, std::string_view name,
                                 std::optional<FeeUnitId> parent, Instant now);
[[nodiscard]] std::vector<Unit> units_of(postgres::Connection& connection, Place place);

struct Item {
    FeeItemId id;
    std::int32_t version = 1;
    std::string code, name, receipt;  ///< receipt: receipt, invoice or none
    std::optional<Money> amount;      ///< none: told with each bill
    std::string from, to;             ///< days; `to` is the last, or empty
};
/// The next version of its code; the one before ends on the day before this one begins.
[[nodiscard]] Item put_item(postgres::Connection& connection, Place place, Item item, Instant now);
/// Every version, by code and age.
[[nodiscard]] std::vector<Item> items_of(postgres::Connection& connection, Place place);
/// Of a code, the version that holds on that day; nullptr if none does.
[[nodiscard]] Item const* item_on(std::vector<Item> const& items, std::string_view code, std::string_view day);

[[nodiscard]] FeeRuleId put_rule(postgres::Connection& connection, Place place, Rule const& rule, Instant now);
/// From that moment on it holds no more; false if there is no such rule, or it has ended already.
[[nodiscard]] bool end_rule(postgres::Connection& connection, Place place, FeeRuleId rule, Instant at);

struct Schedule {
    Uuid id{};
    std::string name, due;
    bool partial = true;
    std::vector<std::string> items;
};
[[nodiscard]] Uuid put_schedule(postgres::Connection& connection, Place place, Schedule const& schedule, Instant now);
/// With the payee it is of.
[[nodiscard]] std::optional<std::pair<MerchantId, Schedule>> find_schedule(postgres::Connection& connection, Uuid const& id);
[[nodiscard]] std::vector<Schedule> schedules_of(postgres::Connection& connection, Place place);

struct Guardian {
    std::string name, phone, relation;
};
struct PayerRow {
    PayerId id;
    std::optional<FeeUnitId> unit;
    std::string code, name, phone, unit_code, unit_name;
    std::vector<std::string> categories;
    std::vector<Guardian> guardians;  ///< for writing: they replace those there were, unless there are none
};
/// Made, or brought up to date, by their codes: all or none. What is empty stays as it was.
void put_payers(postgres::Connection& connection, Place place, std::vector<PayerRow> const& rows, Instant now);
/// Of a unit, or all; by code. Without guardians.
[[nodiscard]] std::vector<PayerRow> list_payers(postgres::Connection& connection, Place place, std::optional<FeeUnitId> unit, std::string_view after,
                                                std::int64_t limit);

}  // namespace choso::fees
