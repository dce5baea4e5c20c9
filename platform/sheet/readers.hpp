#pragma once
#include "platform/sheet/sheet.hpp"

/// The two readers behind for_each_row.
namespace choso::sheet {

/// `text`: UTF-8.
[[nodiscard]] std::optional<Problem> read_csv(std::string_view text, Limits const& limits, TakeRow const& take);
[[nodiscard]] std::optional<Problem> read_xlsx(std::string_view file, Limits const& limits, TakeRow const& take);

/// An XLSX number as a plain decimal: `1.1518E+6` → `1151800`, `0.30000000000000004` → `0.3`. What is no number stays.
[[nodiscard]] std::string plain_decimal(std::string_view number);
/// A serial day of Excel as `YYYY-MM-DD`, with ` hh:mm:ss` if it has a time; `hh:mm:ss` alone for less than a day.
[[nodiscard]] std::string date_of_serial(double serial, bool from_1904);
/// Whether a number format code of a style shows a date or time.
[[nodiscard]] bool is_date_format(std::string_view code);
[[nodiscard]] bool is_date_format(int builtin);

}  // namespace choso::sheet
