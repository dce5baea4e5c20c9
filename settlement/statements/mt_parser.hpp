#pragma once
#include "settlement/statements/camt_parser.hpp"

namespace choso::statements {

/// Reads MT940 and MT942, several statements a file; pages of one statement (`:62M:` then `:60M:` with the same balance)
/// become one. `text`: in any encoding whose letters below 0x80 are ASCII's.
[[nodiscard]] std::optional<Refused> parse_mt(std::string_view text, Sink& sink);

}  // namespace choso::statements
