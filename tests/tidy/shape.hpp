#pragma once
#include <vector>

#include "tests/tidy/source.hpp"

namespace choso::tidy {

inline constexpr int most_lines_of_a_file = 500;
inline constexpr int most_lines_of_a_function = 80;

/// Files and functions over the cap. A function counts from the first line of its head to its closing brace, with the
/// lambdas in it. Files of plain data (.inc) are not read at all.
[[nodiscard]] std::vector<Violation> too_long(Source const& source);

/// `co_await` in one full expression with a lambda that captures or with a braced temporary: g++ 12.2 destroys such a
/// temporary twice (docs/adr). The remedy is to name it first and move it in.
[[nodiscard]] std::vector<Violation> unsafe_co_await(Source const& source);

/// SQL statements of ours that name a table with money in it and never say `bucket`. Migrations are left out.
[[nodiscard]] std::vector<Violation> money_without_bucket(Source const& source);

}  // namespace choso::tidy
