#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso config check|print|example [--config FILE]`: whether the configuration is one; every key in effect with where it
/// comes from, secrets masked; a file with every key and what it is for.
///
/// Returns the exit code: 0, 1 when something is wrong with it (a line each on `err`), 2 for a wrong command line.
int config_command(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
