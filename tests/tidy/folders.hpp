#pragma once
#include <string_view>
#include <vector>

#include "tests/tidy/source.hpp"

namespace choso::tidy {

/// Includes against the table of floors: a folder may include its own files, lower floors, and what its row names.
/// Ours are named from the root of the repository; a path that no row knows is a violation too, but in tests. The folders of the
/// edge may include one another, but not in a circle: `include_circles` looks at all files at once.
[[nodiscard]] std::vector<Violation> includes_against_floors(Source const& source);
[[nodiscard]] std::vector<Violation> include_circles(std::vector<Source> const& sources);

/// Headers of outside libraries outside the one folder that owns each.
[[nodiscard]] std::vector<Violation> libraries_outside_their_folder(Source const& source);

}  // namespace choso::tidy
