#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso reconcile [--day YYYY-MM-DD] [--json]`: finishes what imports left, then shows what the banks' lines of a day are
/// in the book, account by account, and which notices no statement confirms two days on. Exit 1 if a line is unexplained.
int reconcile(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
