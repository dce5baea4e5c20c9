#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso verify [--json]`: every invariant over the whole book. Exit 0 when all hold, 1 when any is broken.
int verify(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
