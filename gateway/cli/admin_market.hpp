#pragma once
#include <optional>
#include <string>

#include "gateway/cli/admin_parts.hpp"

namespace choso::cli {

/// A whole file; nullopt if it cannot be read.
[[nodiscard]] std::optional<std::string> read_whole_file(std::string const& path);

/// A market's managers, the old names of places, changes of a stall's account.
[[nodiscard]] std::vector<Action> market_actions();
/// The speakers of stalls.
[[nodiscard]] std::vector<Action> sound_box_actions();

}  // namespace choso::cli
