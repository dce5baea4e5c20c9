#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso seed demo`: the demo province in test mode, and the file of its keys and ids for scripts. Run again it creates
/// nothing and keeps every key; a lost file is written anew, with new secrets for the same places.
///
/// Returns the exit code: 0, 1 when refused or failed (the reason on `err`), 2 for a wrong command line.
int seed(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
