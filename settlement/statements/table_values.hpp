#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "settlement/statements/statement.hpp"

/// What stands in the cells of Vietnamese bank tables.
namespace choso::statements {

/// How a file writes numbers: which mark parts the thousands. Decided once per file, proved by its balances.
enum class NumberFormat { dots_part, commas_part };
inline constexpr std::array<NumberFormat, 2> number_formats{NumberFormat::dots_part, NumberFormat::commas_part};

/// An amount under a format, strictly: groups of three, the other mark before the fraction. `(1.000)`, `-1.000`, `1.000-`
/// are negative; blanks and a currency around it go. None if it is none.
[[nodiscard]] std::optional<Decimal> amount_in(std::string_view cell, NumberFormat format);
/// True if there is a digit and nothing that no amount has.
[[nodiscard]] bool looks_like_amount(std::string_view cell);

/// Which of two numbers of `03/04/2026` is the day.
enum class DateOrder { day_first, month_first };
struct CellTime {
    Day day;
    std::optional<std::chrono::seconds> time;
};
/// `21/11/2026[ 10:15[:30]]`, `21-11-2026`, `2026-11-21…`, `21/11/26`, `21-11` (then of `year`).
[[nodiscard]] std::optional<CellTime> time_in(std::string_view cell, DateOrder order, std::optional<int> year);
/// Says which order a cell speaks against, if any.
[[nodiscard]] std::optional<DateOrder> order_shown_by(std::string_view cell);

/// Lower-case ASCII with single blanks: for comparing headings.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace choso::statements
