#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/image/png.hpp"
#include "qr/slot.hpp"
#include "qr/symbol.hpp"

// The pictures that others' programs ask for by a template's name, at the sizes they know.
namespace choso::qr {

/// qr_only 480 × 480: the symbol alone · compact 540 × 540: with the bank's name · compact2 540 × 640: and the payee, account
/// and amount · print 600 × 776: the same larger, with the purpose.
enum class Template : std::uint8_t { qr_only, compact, compact2, print };

/// By its name; nullopt for one we do not have.
[[nodiscard]] std::optional<Template> template_of(std::string_view name);
[[nodiscard]] std::string_view name_of(Template which);

/// What a picture says beside its symbol (UTF-8). What is empty is left out.
struct Caption {
    std::string bank;
    std::string holder;
    std::string account;
    std::string amount;   ///< as it is to be read: "50.000 đ"
    std::string purpose;
    std::string warning;  ///< stands in every template, whatever else is left out
    std::string logo;     ///< some letters for the symbol's slot, if it has one
};

/// One line of text, centred in the picture's width unless it is the logo's.
struct PlacedText {
    std::string text;
    int px;  ///< of its letters
    bool bold;
    int top;
    int centre;
};

/// A picture, laid out in whole pixels; the same for every format.
struct Picture {
    int width, height;
    Symbol symbol;
    std::optional<Area> slot;  ///< of the symbol, kept white
    int module_px;
    int left, top;  ///< of the symbol without its quiet zone, which is kept free around it
    std::vector<PlacedText> texts;
};

/// Lays a picture out; nullopt if the symbol has more modules than the template has pixels for. Long texts are set smaller,
/// then cut with "…".
[[nodiscard]] std::optional<Picture> lay_out(Template which, Symbol symbol, Caption const& caption, std::optional<Area> slot = std::nullopt);

[[nodiscard]] Result<std::string, image::ImageError> to_png(Picture const& picture);
[[nodiscard]] Result<std::string, image::ImageError> to_jpeg(Picture const& picture);
/// A standalone SVG 1.1 whose texts are text; `title` is what a screen reader says.
[[nodiscard]] std::string to_svg(Picture const& picture, std::string_view title);
/// One page; a pixel becomes a quarter of a millimetre.
[[nodiscard]] std::string to_pdf(Picture const& picture, std::string_view title);

}  // namespace choso::qr
