#pragma once
#include <cstddef>
#include <string_view>

namespace choso::json {

/// The bytes of the UTF-8 sequence (RFC 3629 §4: no overlong form, no surrogate, nothing above U+10FFFF) that starts at
/// `at`; 0 if there is none. `at` is inside `text`.
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

/// Where the first byte stands that is not UTF-8; `text.size()` if all of it is.
[[nodiscard]] std::size_t first_not_utf8(std::string_view text);

}  // namespace choso::json
