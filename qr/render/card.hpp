#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "platform/image/png.hpp"
#include "platform/image/text.hpp"
#include "qr/symbol.hpp"

namespace choso::qr {

/// A line of the card, over the symbol or under it; broken where it is too long.
struct CardText {
    std::string text;
    image::TextStyle style;
};

/// The picture people keep on their phone: texts, the symbol with its quiet zone, texts.
struct Card {
    std::vector<CardText> above;
    std::vector<CardText> below;
};

inline constexpr std::size_t card_width = 1024;

/// `card_width` pixels wide, black on white, every module whole pixels; so a bank app reads it from the photo gallery.
[[nodiscard]] Result<std::string, image::ImageError> to_card_png(Symbol const& symbol, Card const& card);

}  // namespace choso::qr
