#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso close --day D`: ends a day of every collector's book; `--reopen` looks again at what explains its rests.
int close_day(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
