#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "merchants/benefits/benefit.hpp"

namespace choso::benefits {

inline constexpr std::size_t rows_max = 50'000;

/// Why a file is no list at all: `column_missing` (which one), `no_rows`, `too_many_rows`, or what platform/sheet says.
struct FileProblem {
    std::string code, detail;
};

/// Reads CSV or XLSX with a head line that names the columns, in any order: mã người hưởng, họ tên, số tiền, and where it is
/// paid to: hình thức (CK or TM), ngân hàng (a BIN or a name people use), số tài khoản. Each row is checked by itself and
/// against the rows before it; what is wrong with it stands in the row.
[[nodiscard]] Result<std::vector<ListRow>, FileProblem> read_list(std::string_view file);

}  // namespace choso::benefits
