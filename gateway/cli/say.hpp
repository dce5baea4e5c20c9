#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso say N`: an amount in Vietnamese words, without the unit.
///
/// `args` what follows `say`; `in` is read only for `say -`: a number a line, answered by a line each.
/// Returns the exit code: 0, 1 when a line of `in` is no number (the reason on `err`), 2 for a wrong command line.
int say(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
