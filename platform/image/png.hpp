#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/image/grey.hpp"

namespace choso::image {

/// A black and white picture. One byte a pixel, row by row from the top; nought is white, anything else black.
struct Bitmap {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> pixels;  ///< width · height of them
};

enum class ImageError : std::uint8_t {
    bad_size,       ///< no pixels, a side over 20 000, or `pixels` of another size
    out_of_memory,  ///< or whatever else made the library give up
};

/// The picture as a PNG file (ISO/IEC 15948): grey, one bit a pixel, no time stamp, so equal pictures are equal bytes.
[[nodiscard]] Result<std::string, ImageError> to_png(Bitmap const& bitmap);

/// The same of a picture in shades of grey, of which 16 are kept (four bits a pixel): enough for the edges of letters.
[[nodiscard]] Result<std::string, ImageError> to_png(Grey const& picture);

}  // namespace choso::image
