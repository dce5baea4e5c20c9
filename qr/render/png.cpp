#include "qr/render/png.hpp"

#include <algorithm>

namespace choso::qr {

image::Bitmap bitmap_of(Symbol const& symbol, int module_px) {
    CHOSO_ASSERT(module_px >= 1 && module_px <= 100);
    auto const scale = static_cast<std::size_t>(module_px);
    auto const side = static_cast<std::size_t>(symbol.side_with_quiet_zone()) * scale;
    image::Bitmap bitmap{side, side, std::vector<std::uint8_t>(side * side, 0)};
    for (auto const& run : runs_of(symbol)) {
        auto const left = static_cast<std::size_t>(run.column) * scale;
        auto const top = static_cast<std::size_t>(run.row) * scale;
        auto const width = static_cast<std::size_t>(run.length) * scale;
        for (auto y = top; y < top + scale; ++y) std::fill_n(&bitmap.pixels[y * side + left], width, std::uint8_t{1});
    }
    return bitmap;
}

Result<std::string, image::ImageError> to_png(Symbol const& symbol, int module_px) { return image::to_png(bitmap_of(symbol, module_px)); }

}  // namespace choso::qr
