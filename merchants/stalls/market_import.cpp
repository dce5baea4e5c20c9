#include "merchants/stalls/market_import.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/vietnamese.hpp"
#include "platform/sheet/sheet.hpp"
#include "qr/banks.hpp"

namespace choso::merchants {
namespace {

constexpr std::size_t rows_most = 5'000;

struct Column {
    std::string_view field;
    std::array<std::string_view, 4> names;  ///< folded
    bool needed;
};
constexpr std::array columns{
    Column{"number", {"NUMBER", "SOSAP", "SAP", "VITRI"}, true},
    Column{"name", {"NAME", "TENSAP", "TEN", "TENQUAY"}, true},
    Column{"household", {"HOUSEHOLD", "HOKINHDOANH", "TENHO", "DONVITHU"}, false},
    Column{"bank", {"BANK", "NGANHANG", "BIN", "MANGANHANG"}, true},
    Column{"account", {"ACCOUNT", "SOTAIKHOAN", "STK", "TAIKHOAN"}, true},
    Column{"holder", {"HOLDER", "CHUTAIKHOAN", "TENTAIKHOAN", "NGUOINHAN"}, true},
};

/// Where each column stands; the errors of a header that lacks one.
std::map<std::string_view, std::size_t> read_header(std::span<std::string const> cells, std::vector<RowError>& errors) {
    auto out = std::map<std::string_view, std::size_t>{};
    for (auto at = std::size_t{0}; at < cells.size(); ++at) {
        auto const folded = fold_for_match(cells[at]);
        for (auto const& column : columns)
            if (std::ranges::find(column.names, folded) != column.names.end()) out.emplace(column.field, at);
    }
    for (auto const& column : columns)
        if (column.needed && !out.contains(column.field)) errors.push_back({1, std::string{column.field}, "", "must be a column of the header"});
    return out;
}

std::string trimmed(std::string text) {
    auto const from = text.find_first_not_of(" \t\u00A0");
    auto const to = text.find_last_not_of(" \t");
    return from == std::string::npos ? std::string{} : text.substr(from, to - from + 1);
}

/// Blanks and dots that people put between digits.
std::string account_digits(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    return text;
}

void check_row(StallRow const& row, std::string const& bank, std::vector<RowError>& errors) {
    auto const add = [&](std::string_view field, std::string const& value, std::string rule) {
        errors.push_back({row.row, std::string{field}, value, std::move(rule)});
    };
    if (auto const bad = check_text("number", row.number, 20)) add("number", row.number, bad->rule);
    if (auto const bad = check_text("name", row.name, 100)) add("name", row.name, bad->rule);
    if (auto const bad = check_text("household", row.household, 200)) add("household", row.household, bad->rule);
    if (row.bin.empty()) add("bank", bank, "must be a BIN or a bank's name of the directory");
    if (row.bin.empty()) return;
    if (auto const bad = check(NewAccount{.collector = {}, .bin = row.bin, .number = row.account, .holder = row.holder}))
        add(bad->field == "number" ? "account" : bad->field, bad->field == "holder" ? row.holder : row.account, bad->rule);
}

}  // namespace

ReadMarket read_market(std::string_view file) {
    auto out = ReadMarket{};
    auto where = std::map<std::string_view, std::size_t>{};
    auto numbers = std::map<std::string, std::size_t>{};
    auto accounts = std::map<std::string, std::size_t>{};
    auto const problem = sheet::for_each_row(file, {.rows_max = rows_most + 1, .columns_max = 64}, [&](std::size_t at, std::span<std::string const> cells) {
        if (where.empty()) {
            where = read_header(cells, out.errors);
            return out.errors.empty();
        }
        auto const cell = [&](std::string_view field) {
            auto const found = where.find(field);
            return found == where.end() || found->second >= cells.size() ? std::string{} : trimmed(cells[found->second]);
        };
        auto row = StallRow{at, cell("number"), cell("name"), cell("household"), {}, account_digits(cell("account")), cell("holder")};
        if (row.household.empty()) row.household = row.name;
        auto const bank = cell("bank");
        if (auto const* found = qr::find_bank(bank)) row.bin = found->bin;
        check_row(row, bank, out.errors);
        // Twice in one file is a slip of the hand, wherever it stands.
        for (auto const& [seen, key, field, value] : {std::tuple{&numbers, row.number, "number", row.number}, std::tuple{&accounts, row.bin + "/" + row.account, "account", row.account}})
            if (auto const [first, fresh] = seen->emplace(key, at); !fresh)
                out.errors.push_back({at, field, value, "must not be the one of row " + std::to_string(first->second)});
        out.rows.push_back(std::move(row));
        return true;
    });
    if (problem) out.errors.push_back({problem->row, "file", "", "must be a CSV or XLSX table of at most 5000 rows: " + problem->code});
    if (where.empty() && out.errors.empty()) out.errors.push_back({1, "file", "", "must have a header and rows"});
    return out;
}

Result<ImportedStall, Refused> onboard_stall(Registry& registry, MarketId market, bool live, StallRow const& row) {
    return registry.together([&]() -> Result<ImportedStall, Refused> {
        auto const collector = registry.create_collector({.name = row.household, .mode = payments::CollectorMode::direct, .kind = "household", .live = live});
        if (!collector) return Refused{"household", collector.error().rule};
        auto const account = registry.create_account({.collector = collector->id, .bin = row.bin, .number = row.account, .holder = row.holder,
                                                      .complete = false, .keeps_unreferenced = false});
        if (!account) return Refused{account.error().field == "number" ? "account" : account.error().field, account.error().rule};
        auto stall = registry.create_stall({.merchant = collector->owner, .market = market, .account = *account, .name = row.name, .number = row.number});
        if (!stall) return stall.error();
        return ImportedStall{row, stall->id, collector->owner, *account, stall->reference.text(), std::move(stall->link_token)};
    });
}

ImportedMarket import_market(postgres::Connection& connection, payments::Actor const& actor, MarketId market, bool live, ReadMarket const& table,
                             std::function<void(std::size_t done, std::size_t total)> const& progress) {
    auto out = ImportedMarket{.stalls = {}, .errors = table.errors};
    if (!out.errors.empty()) return out;
    auto registry = Registry{connection, actor};
    auto const done = registry.together([&]() -> Result<Done, Refused> {
        for (auto const& row : table.rows) {
            auto made = onboard_stall(registry, market, live, row);
            if (made) out.stalls.push_back(std::move(made).value());
            else out.errors.push_back({row.row, made.error().field, made.error().field == "account" ? row.account : row.number, made.error().rule});
            // What the database refused has written nothing; the rest is tried only to name every wrong row.
            if (out.errors.size() >= 100) break;
            if (progress) progress(static_cast<std::size_t>(&row - table.rows.data()) + 1, table.rows.size());
        }
        if (!out.errors.empty()) return Refused{"file", "has rows that cannot be taken"};
        return Done{};
    });
    if (!done) out.stalls.clear();
    return out;
}

std::string errors_csv(std::vector<RowError> const& errors) {
    auto out = std::string{"\xEF\xBB\xBF"};
    auto const row = [&out](std::vector<std::string> const& cells) { sheet::append_csv_row(out, cells); };
    row({"row", "field", "value", "rule"});
    for (auto const& each : errors) row({std::to_string(each.row), each.field, each.value, each.rule});
    return out;
}

}  // namespace choso::merchants
