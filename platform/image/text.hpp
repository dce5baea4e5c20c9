#pragma once
#include <optional>
#include <string_view>

#include "platform/image/grey.hpp"
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

/// One line of UTF-8 with smooth edges, black on white, as wide as it needs to be. nullopt as for paragraph(), and where
/// it would be wider than 20 000 pixels.
[[nodiscard]] std::optional<Grey> line_of(std::string_view text, TextStyle style);
/// How wide line_of() would be, in pixels; nought if it would be none.
[[nodiscard]] int width_of(std::string_view text, TextStyle style);

}  // namespace choso::image
