#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso qr parse|make|verify`: reads, makes and checks payment codes; needs no database and no configuration.
/// `args`: what stands after `qr`. Payloads come in one a line, of any bytes and any length; each is answered with one
/// line of JSON in UTF-8. Returns the exit status: 0 done, 1 refused or not as expected (why, on `err`), 2 wrong usage.
int qr(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
