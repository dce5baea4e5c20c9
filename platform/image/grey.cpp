#include "platform/image/grey.hpp"

#include <algorithm>

namespace choso::image {

void Grey::fill(std::size_t left, std::size_t top, std::size_t wide, std::size_t high, std::uint8_t shade) {
    if (left >= width || top >= height) return;
    wide = std::min(wide, width - left);
    high = std::min(high, height - top);
    for (auto y = top; y < top + high; ++y) std::fill_n(pixels.begin() + static_cast<std::ptrdiff_t>(y * width + left), wide, shade);
}

void Grey::darken(std::ptrdiff_t left, std::ptrdiff_t top, Grey const& piece) {
    for (std::size_t row = 0; row < piece.height; ++row) {
        auto const y = top + static_cast<std::ptrdiff_t>(row);
        if (y < 0 || y >= static_cast<std::ptrdiff_t>(height)) continue;
        for (std::size_t column = 0; column < piece.width; ++column) {
            auto const x = left + static_cast<std::ptrdiff_t>(column);
            if (x < 0 || x >= static_cast<std::ptrdiff_t>(width)) continue;
            auto& pixel = pixels[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
            pixel = std::min(pixel, piece.pixels[row * piece.width + column]);
        }
    }
}

}  // namespace choso::image
