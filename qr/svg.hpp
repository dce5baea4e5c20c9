#pragma once
#include <string>
#include <string_view>

#include "qr/symbol.hpp"

namespace choso::qr {

/// The symbol with its quiet zone, black on white, as a standalone SVG 1.1 document: one path, whole modules, so it is
/// sharp at any size. `title` is what a screen reader says (UTF-8; characters that XML forbids are dropped).
/// `module_px`: the natural size of a module in CSS pixels; at least 1.
[[nodiscard]] std::string to_svg(Symbol const& symbol, std::string_view title, int module_px = 8);

}  // namespace choso::qr
