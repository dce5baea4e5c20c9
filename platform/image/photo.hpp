#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::image {

struct PhotoFile {
    int longest = 0;       ///< the longer side is at most this many pixels; a smaller picture stays as small as it is
    bool webp = false;     ///< else JPEG
    std::string content;
};
struct Photo {
    int width = 0, height = 0;   ///< of the largest file
    std::vector<PhotoFile> files;
};

/// A picture from outside, decoded and written anew (libvips): upright, sRGB, one frame, on white where it was transparent,
/// nothing kept but its pixels. Takes JPEG, PNG, WebP and GIF, told by their first bytes. The error says what is wrong with the
/// file, as the end of a sentence: `must be at most 12 MB`. Any thread.
[[nodiscard]] Result<Photo, std::string> remade(std::string_view uploaded, std::span<int const> sizes);
/// The same of an SVG of our own. Never of one from outside: it may name files.
[[nodiscard]] Result<Photo, std::string> drawn(std::string_view svg, std::span<int const> sizes);

}  // namespace choso::image
