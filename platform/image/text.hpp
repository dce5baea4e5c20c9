#pragma once
#include <optional>
#include <string_view>

#include "platform/image/png.hpp"

namespace choso::image {

/// How a paragraph is set. The typeface is the machine's sans serif (deploy/packages installs one with Vietnamese letters).
struct TextStyle {
    int px = 40;        ///< the letters' size: 8 to 400
    bool bold = false;
};

/// A paragraph of UTF-8, centred in `width` pixels (16 to 20 000), broken between words, or within one that is too long.
/// Every mark of a Vietnamese letter is drawn, composed or not. May be called from any thread. nullopt if `text` is empty or
/// not UTF-8, or if the library gives up.
[[nodiscard]] std::optional<Bitmap> paragraph(std::string_view text, TextStyle style, int width);

}  // namespace choso::image
