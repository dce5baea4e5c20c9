#pragma once
#include <memory>

#include "gateway/api/body.hpp"
#include "gateway/api/fees/fees.hpp"
#include "merchants/fees/catalogue.hpp"
#include "merchants/fees/commands.hpp"

/// Reading what is sent about bills; each refusal names the field and the rule.
namespace choso::api::fees {

/// A text of so many characters at most, without control characters; `least` 0: may be absent or null (then empty).
[[nodiscard]] Result<std::string, Problem> read_text(json::Value const& body, std::string_view field, std::size_t least, std::size_t most);
/// `YYYY-MM-DD`, or empty where it may be absent.
[[nodiscard]] Result<std::string, Problem> read_day(json::Value const& body, std::string_view field, bool needed);
[[nodiscard]] Result<bool, Problem> read_flag(json::Value const& body, std::string_view field, bool otherwise);
/// A whole number of đồng from 1 on; absent: none.
[[nodiscard]] Result<std::optional<Money>, Problem> read_money(json::Value const& body, std::string_view field);

/// What POST /bills says, before anything is looked up.
struct AskedBill {
    bills::BilledTo payer;
    std::vector<bills::Line> lines;  ///< amounts of catalogue items may still be 0: to be looked up
    std::string due, title, code, visit, unit;
    std::optional<Money> amount_min;
    bool partial = false;
    bool draft = false;
};
[[nodiscard]] Result<AskedBill, Problem> read_bill(json::Value const& body);
/// `lines` of a body: fees above zero, adjustments either way with a reason; at most 100.
[[nodiscard]] Result<std::vector<bills::Line>, Problem> read_lines(json::Value const& body, std::string_view field, bool adjustments_only);

/// What a bill is looked up by: the payee's catalogue, its rules, its units and whether the payer is known.
struct Known {
    std::vector<bills::Item> items;
    std::vector<bills::Rule> rules;
    std::vector<bills::Unit> units;
};
[[nodiscard]] Known known_of(postgres::Connection& connection, Payee const& payee);
/// Prices and versions from the catalogue of that day.
[[nodiscard]] std::optional<Problem> price(std::vector<bills::Line>& lines, std::vector<bills::Item> const& items, std::string_view day);

/// The order, complete but for its idempotency key.
[[nodiscard]] Result<std::unique_ptr<bills::IssueBill>, Problem> to_command(AskedBill asked, Known const& known, Payee const& payee,
                                                                            std::optional<PayerId> payer, merchants::Directory const& directory,
                                                                            Instant now);

}  // namespace choso::api::fees
