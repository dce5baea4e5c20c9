#pragma once
#include <string>
#include <string_view>

#include "platform/config/config.hpp"

namespace choso::config {

/// A text as a TOML basic string, in quotes; control characters and quotes escaped.
[[nodiscard]] std::string in_quotes(std::string_view text);
/// A value as TOML writes it.
[[nodiscard]] std::string toml_text(Value const& value);
/// The text with the password of a URL (`scheme://user:password@host`) or of a libpq string (`password=…`) as `***`.
[[nodiscard]] std::string without_password(std::string_view text);

}  // namespace choso::config
