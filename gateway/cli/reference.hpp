#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso reference make|scan`: draws reference codes, or finds them in transfer contents. Needs no database and no
/// configuration; codes are made under a key of the seed's, never the installation's.
///
/// `args` what follows `reference`; `in` the contents, a line each, any bytes. Returns the exit code: 0, 1 when refused
/// (the reason on `err`), 2 for a wrong command line.
int reference(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
