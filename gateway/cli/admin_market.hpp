#pragma once
#include "gateway/cli/admin_parts.hpp"

namespace choso::cli {

/// A market's table, its managers, the old names of places, changes of a stall's account.
[[nodiscard]] std::vector<Action> market_actions();

}  // namespace choso::cli
