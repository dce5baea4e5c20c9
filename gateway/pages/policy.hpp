#pragma once
#include <string>
#include <string_view>

namespace choso::pages {

/// Content-Security-Policy: everything from ourselves; of styles inside the page, only the one whose hash stands in it.
[[nodiscard]] std::string content_policy(std::string_view inline_style);

}  // namespace choso::pages
