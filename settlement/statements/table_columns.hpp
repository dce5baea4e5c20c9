#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace choso::statements {

/// What a column of a bank's table holds.
enum class Role { booked, value, debit, credit, amount, direction, balance, content, reference, name, account, bank, fee, vat };
inline constexpr std::size_t roles = 14;

/// Which column plays which role; found by its heading, remembered per account.
struct Columns {
    std::array<int, roles> at{};  ///< -1: none
    Columns() { at.fill(-1); }
    [[nodiscard]] int operator[](Role role) const { return at[static_cast<std::size_t>(role)]; }
    [[nodiscard]] bool has(Role role) const { return (*this)[role] >= 0; }
    void set(Role role, int column) { at[static_cast<std::size_t>(role)] = column; }
    /// Enough to read lines by: a day, and how much went in or out.
    [[nodiscard]] bool enough() const { return has(Role::booked) && (has(Role::amount) || has(Role::debit) || has(Role::credit)); }
    friend bool operator==(Columns const&, Columns const&) = default;
};

/// The columns, if this row is a table's heading; `above` is the row over it, since some headings take two.
[[nodiscard]] std::optional<Columns> columns_of(std::span<std::string const> cells, std::span<std::string const> above);

}  // namespace choso::statements
