#include "platform/pdf/document.hpp"
#include "qr/render/picture.hpp"

namespace choso::qr {

std::string to_pdf(Picture const& picture, std::string_view title) {
    constexpr double mm_per_px = 0.25;
    constexpr double points_per_px = mm_per_px * 72 / 25.4;
    auto const mm = [](int px) { return px * mm_per_px; };
    auto document = pdf::Document{std::string{title}};
    document.page({mm(picture.width), mm(picture.height)});
    document.symbol(mm(picture.left), mm(picture.top), mm(picture.symbol.side() * picture.module_px), static_cast<std::size_t>(picture.symbol.side()),
                    [&](std::size_t column, std::size_t row) {
                        auto const x = static_cast<int>(column);
                        auto const y = static_cast<int>(row);
                        return picture.symbol.is_dark(x, y) && !(picture.slot && picture.slot->holds(x, y));
                    });
    // Wider than the picture, so that a line which just fits in pixels is never broken.
    for (auto const& text : picture.texts)
        document.text(mm(text.centre - picture.width), mm(text.top), mm(2 * picture.width), text.text,
                      {.size_pt = text.px * points_per_px, .bold = text.bold, .align = pdf::Align::centre});
    return document.finish();
}

}  // namespace choso::qr
