#include "qr/render/card.hpp"

#include <algorithm>

#include "qr/render/png.hpp"

namespace choso::qr {
namespace {

constexpr std::size_t edge = 40;   ///< white on the outside
constexpr std::size_t lead = 14;   ///< between two texts

/// A picture that grows downwards.
class Sheet {
 public:
    void skip(std::size_t rows) { bitmap_.pixels.resize(bitmap_.pixels.size() + rows * card_width, 0); }

    /// Below what is there, in the middle.
    void put(image::Bitmap const& piece) {
        auto const left = (card_width - piece.width) / 2;
        auto const top = bitmap_.pixels.size() / card_width;
        skip(piece.height);
        for (auto y = std::size_t{0}; y < piece.height; ++y)
            std::copy_n(&piece.pixels[y * piece.width], piece.width, &bitmap_.pixels[(top + y) * card_width + left]);
    }

    void put(std::vector<CardText> const& texts) {
        for (auto const& [text, style] : texts)
            if (auto const piece = image::paragraph(text, style, static_cast<int>(card_width - 2 * edge))) {
                put(*piece);
                skip(lead);
            }
    }

    [[nodiscard]] image::Bitmap const& take() {
        bitmap_.width = card_width;
        bitmap_.height = bitmap_.pixels.size() / card_width;
        return bitmap_;
    }

 private:
    image::Bitmap bitmap_;
};

}  // namespace

Result<std::string, image::ImageError> to_card_png(Symbol const& symbol, Card const& card) {
    auto sheet = Sheet{};
    sheet.skip(edge);
    sheet.put(card.above);
    auto const room = static_cast<int>(card_width - 2 * edge);
    sheet.put(bitmap_of(symbol, std::clamp(room / symbol.side_with_quiet_zone(), 1, 100)));
    sheet.put(card.below);
    sheet.skip(edge);
    return image::to_png(sheet.take());
}

}  // namespace choso::qr
