#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace choso::image {

/// A picture in shades of grey. One byte a pixel, row by row from the top; nought is black, 255 white.
struct Grey {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> pixels;  ///< width · height of them

    Grey() = default;
    /// All white.
    Grey(std::size_t wide, std::size_t high) : width{wide}, height{high}, pixels(wide * high, std::uint8_t{255}) {}

    /// Fills a rectangle; what of it lies outside is left out.
    void fill(std::size_t left, std::size_t top, std::size_t wide, std::size_t high, std::uint8_t shade);
    /// Lays a picture on this one, the darker pixel winning; what lies outside is left out.
    void darken(std::ptrdiff_t left, std::ptrdiff_t top, Grey const& piece);
};

}  // namespace choso::image
