#pragma once
#include <chrono>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `90s`, `15m`, `2h`, `1d`: a whole number above zero and its unit, ten years at most. nullopt for anything else.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// `choso clock show|advance D`: test mode's clock, which all processes follow within a second. It only goes forward and
/// is refused where a live merchant exists.
///
/// Returns the exit code: 0, 1 when refused or failed (the reason on `err`), 2 for a wrong command line.
int clock(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
