#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso statement parse [--format …] FILE…`: banks' statements as JSON, one a line; needs no database and no
/// configuration. `args`: what follows `statement`. Returns 0, 1 if a file was refused (its reason on `err`, the others
/// are still read), 2 for a wrong command line.
int statement(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
