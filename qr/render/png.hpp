#pragma once
#include <string>

#include "base/result.hpp"
#include "platform/image/png.hpp"
#include "qr/symbol.hpp"

namespace choso::qr {

/// The symbol with its quiet zone; every module is `module_px` whole pixels (1 to 100).
[[nodiscard]] image::Bitmap bitmap_of(Symbol const& symbol, int module_px);

/// The symbol with its quiet zone as a one-bit PNG. Fails only for want of memory.
[[nodiscard]] Result<std::string, image::ImageError> to_png(Symbol const& symbol, int module_px = 8);

}  // namespace choso::qr
