#include "platform/image/text.hpp"

#include <pango/pangocairo.h>

#include <memory>

#include "base/assert.hpp"
#include "base/vietnamese.hpp"

namespace choso::image {
namespace {

struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<cairo_surface_t> grey(int width, int height) {
    return Owned<cairo_surface_t>{cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)};
}

/// `width` 0: one line, however long.
Owned<PangoLayout> set(cairo_t* pen, std::string_view text, TextStyle style, int width) {
    auto layout = Owned<PangoLayout>{pango_cairo_create_layout(pen)};
    auto const font = Owned<PangoFontDescription>{pango_font_description_new()};
    pango_font_description_set_family(font.get(), "DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font.get(), style.px * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font.get());
    if (width > 0) pango_layout_set_width(layout.get(), width * PANGO_SCALE);
    else pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

constexpr auto longest = std::size_t{4096};
constexpr int side_max = 20'000;

struct Extent {
    int width = 0, height = 0;
};
Extent extent_of(std::string_view text, TextStyle style, int width) {
    auto const ruler = grey(1, 1);
    auto const measuring = Owned<cairo_t>{cairo_create(ruler.get())};
    auto out = Extent{};
    pango_layout_get_pixel_size(set(measuring.get(), text, style, width).get(), &out.width, &out.height);
    return out;
}

}  // namespace

std::optional<Grey> line_of(std::string_view text, TextStyle style) {
    CHOSO_ASSERT(style.px >= 8 && style.px <= 400);
    if (text.empty() || text.size() > longest || !is_valid_utf8(text)) return std::nullopt;
    auto const extent = extent_of(text, style, 0);
    if (extent.width <= 0 || extent.height <= 0 || extent.width > side_max || extent.height > side_max) return std::nullopt;
    auto const surface = grey(extent.width, extent.height);
    auto const pen = Owned<cairo_t>{cairo_create(surface.get())};
    pango_cairo_show_layout(pen.get(), set(pen.get(), text, style, 0).get());
    cairo_surface_flush(surface.get());
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;
    auto const* const ink = cairo_image_surface_get_data(surface.get());
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    auto out = Grey{static_cast<std::size_t>(extent.width), static_cast<std::size_t>(extent.height)};
    for (auto y = std::size_t{0}; y < out.height; ++y)
        for (auto x = std::size_t{0}; x < out.width; ++x)
            out.pixels[y * out.width + x] = static_cast<std::uint8_t>(255 - ink[y * stride + x]);
    return out;
}

int width_of(std::string_view text, TextStyle style) {
    if (text.empty() || text.size() > longest || !is_valid_utf8(text)) return 0;
    return extent_of(text, style, 0).width;
}

std::optional<Bitmap> paragraph(std::string_view text, TextStyle style, int width) {
    CHOSO_ASSERT(style.px >= 8 && style.px <= 400 && width >= 16 && width <= 20'000);
    if (text.empty() || text.size() > longest || !is_valid_utf8(text)) return std::nullopt;

    // Measured first, on a surface of one pixel; then drawn on one of its size.
    auto const height = extent_of(text, style, width).height;
    if (height <= 0 || height > side_max) return std::nullopt;

    auto const surface = grey(width, height);
    auto const pen = Owned<cairo_t>{cairo_create(surface.get())};
    auto const layout = set(pen.get(), text, style, width);
    pango_cairo_show_layout(pen.get(), layout.get());
    cairo_surface_flush(surface.get());
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;

    constexpr unsigned char half = 128;
    auto const* const ink = cairo_image_surface_get_data(surface.get());
    auto const stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    auto out = Bitmap{static_cast<std::size_t>(width), static_cast<std::size_t>(height), {}};
    out.pixels.reserve(out.width * out.height);
    for (auto y = std::size_t{0}; y < out.height; ++y)
        for (auto x = std::size_t{0}; x < out.width; ++x) out.pixels.push_back(ink[y * stride + x] >= half ? 1 : 0);
    return out;
}

}  // namespace choso::image
