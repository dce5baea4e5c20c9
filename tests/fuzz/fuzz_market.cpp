// Any bytes as a market's table, CSV or XLSX: read or refused, and every refusal names its row, its field and its rule.
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "base/assert.hpp"
#include "merchants/stalls/market_import.hpp"
#include "qr/banks.hpp"

namespace {

using namespace choso;

/// What may be made without asking the database again: everything about a row but whether it is known already.
void is_sound(merchants::ReadMarket const& table) {
    auto numbers = std::set<std::string_view>{};
    auto accounts = std::set<std::pair<std::string_view, std::string_view>>{};
    for (auto const& row : table.rows) {
        CHOSO_ASSERT(row.row > 1 && !row.number.empty() && !row.name.empty() && !row.household.empty() && !row.holder.empty());
        CHOSO_ASSERT(qr::find_by_bin(row.bin) != nullptr && !row.account.empty() && row.account.size() <= 19);
        CHOSO_ASSERT(numbers.insert(row.number).second && accounts.insert({row.bin, row.account}).second);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const table = merchants::read_market({reinterpret_cast<char const*>(data), size});
    CHOSO_ASSERT(!table.rows.empty() || !table.errors.empty());
    for (auto const& each : table.errors) CHOSO_ASSERT(!each.field.empty() && !each.rule.empty());
    CHOSO_ASSERT(merchants::errors_csv(table.errors).starts_with("\xEF\xBB\xBF"));
    if (table.errors.empty()) is_sound(table);
    return 0;
}
