#include "qr/render/picture.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/vietnamese.hpp"
#include "platform/image/jpeg.hpp"
#include "platform/image/text.hpp"

namespace choso::qr {
namespace {

struct Named {
    Template which;
    std::string_view name;
};
constexpr auto names = std::to_array<Named>({{Template::qr_only, "qr_only"},
                                             {Template::compact, "compact"},
                                             {Template::compact2, "compact2"},
                                             {Template::print, "print"}});

constexpr int smallest_px = 13;
constexpr int margin = 16;

/// The longest beginning of a text, in whole characters, that fits with "…" behind it.
std::string cut_to(std::string_view text, image::TextStyle style, int room) {
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) ends.push_back(at);
    std::size_t low = 0;
    std::size_t high = ends.size();
    while (low + 1 < high) {
        auto const middle = (low + high) / 2;
        auto const fits = image::width_of(std::string{text.substr(0, ends[middle])} + "…", style) <= room;
        (fits ? low : high) = middle;
    }
    return std::string{text.substr(0, ends.empty() ? 0 : ends[low])} + "…";
}

/// Grows a picture's texts downwards.
class Column {
 public:
    Column(Picture& picture, int top) : picture_{picture}, at_{top} {}

    void add(std::string_view text, int px, bool bold = false) {
        if (text.empty() || !is_valid_utf8(text)) return;
        auto const room = picture_.width - 2 * margin;
        auto words = std::string{text.substr(0, std::min<std::size_t>(text.size(), 400))};
        while (!is_valid_utf8(words)) words.pop_back();
        auto const style = [&] { return image::TextStyle{.px = px, .bold = bold}; };
        auto const line = px;
        if (auto const width = image::width_of(words, style()); width > room) px = std::max(px * room / width, smallest_px);
        if (image::width_of(words, style()) > room) words = cut_to(words, style(), room);
        picture_.texts.push_back({std::move(words), px, bold, at_, picture_.width / 2});
        at_ += line + line * 3 / 8;
    }

 private:
    Picture& picture_;
    int at_;
};

/// Where the symbol may stand: the square under `top`, `room` pixels high and as wide as the picture.
bool place_symbol(Picture& picture, int top, int room) {
    auto const modules = picture.symbol.side_with_quiet_zone();
    picture.module_px = std::min(room, picture.width) / modules;
    if (picture.module_px < 2) return false;
    auto const side = picture.symbol.side() * picture.module_px;
    picture.left = (picture.width - side) / 2;
    picture.top = top + (room - side) / 2;
    return true;
}

struct Shape {
    int width, height;
    int symbol_top, symbol_room;
};
constexpr Shape shape_of(Template which) {
    switch (which) {
        case Template::qr_only: return {480, 480, 0, 480};
        case Template::compact: return {540, 540, 50, 440};
        case Template::compact2: return {540, 640, 46, 430};
        case Template::print: return {600, 776, 56, 486};
    }
    return {};
}

bool is_dark(Picture const& picture, int column, int row) {
    return picture.symbol.is_dark(column, row) && !(picture.slot && picture.slot->holds(column, row));
}

/// Dark modules of one row that stand side by side, as pixels from the picture's corner.
template <class Take>
void for_each_run(Picture const& picture, Take const& take) {
    auto const side = picture.symbol.side();
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            auto end = column;
            while (end < side && is_dark(picture, end, row)) ++end;
            if (end == column) continue;
            take(picture.left + column * picture.module_px, picture.top + row * picture.module_px, (end - column) * picture.module_px);
            column = end;
        }
}

image::Grey drawn(Picture const& picture) {
    auto out = image::Grey{static_cast<std::size_t>(picture.width), static_cast<std::size_t>(picture.height)};
    auto const high = static_cast<std::size_t>(picture.module_px);
    for_each_run(picture, [&](int left, int top, int wide) {
        out.fill(static_cast<std::size_t>(left), static_cast<std::size_t>(top), static_cast<std::size_t>(wide), high, 0);
    });
    for (auto const& text : picture.texts)
        if (auto const line = image::line_of(text.text, {.px = text.px, .bold = text.bold}))
            out.darken(text.centre - static_cast<int>(line->width) / 2, text.top, *line);
    return out;
}

/// As XML's character data; what XML forbids is left out, and what is no UTF-8 altogether.
std::string escaped(std::string_view text) {
    std::string out;
    if (!is_valid_utf8(text)) return out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = text[i];
        if (auto const three = text.substr(i, 3); three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            i += 2;
            continue;
        }
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
        }
    }
    return out;
}

void add_logo(Picture& picture, std::string_view logo) {
    if (!picture.slot || logo.empty()) return;
    auto const room = picture.slot->columns * picture.module_px - 2 * picture.module_px;
    auto px = std::min(room * 3 / 4, 400);
    if (auto const width = px >= 8 ? image::width_of(logo, {.px = px, .bold = true}) : 0; width > room) px = px * room / width;
    if (px < 8) return;
    auto const middle = picture.top + (picture.slot->row * 2 + picture.slot->rows) * picture.module_px / 2;
    picture.texts.push_back({std::string{logo}, px, true, middle - px * 58 / 100, picture.left + (picture.slot->column * 2 + picture.slot->columns) * picture.module_px / 2});
}

}  // namespace

std::optional<Template> template_of(std::string_view name) {
    auto const* const at = std::ranges::find(names, name, &Named::name);
    return at == names.end() ? std::nullopt : std::optional{at->which};
}

std::string_view name_of(Template which) { return std::ranges::find(names, which, &Named::which)->name; }

std::optional<Picture> lay_out(Template which, Symbol symbol, Caption const& caption, std::optional<Area> slot) {
    auto const shape = shape_of(which);
    auto out = Picture{shape.width, shape.height, std::move(symbol), slot, 0, 0, 0, {}};
    constexpr int warning_px = 22;
    auto const strip = caption.warning.empty() || which == Template::compact2 || which == Template::print ? 0 : warning_px + 14;
    auto const room = shape.symbol_room - (which == Template::qr_only ? strip : 0);
    if (!place_symbol(out, shape.symbol_top, room)) return std::nullopt;
    add_logo(out, caption.logo);
    auto const below = shape.symbol_top + room;
    auto const bank = caption.bank.empty() ? std::string{"VietQR"} : "VietQR · " + caption.bank;
    switch (which) {
        case Template::qr_only: Column{out, below}.add(caption.warning, warning_px, true); break;
        case Template::compact:
            Column{out, 12}.add(bank, 28, true);
            Column{out, below}.add(caption.warning.empty() ? caption.account : caption.warning, 24, true);
            break;
        case Template::compact2: {
            Column{out, 10}.add(bank, 28, true);
            auto column = Column{out, below};
            column.add(caption.warning.empty() ? caption.holder : caption.warning, 25, true);
            column.add(caption.account, 25);
            column.add(caption.amount, 30, true);
            column.add(caption.purpose, 20);
            break;
        }
        case Template::print: {
            Column{out, 12}.add(bank, 34, true);
            auto column = Column{out, below};
            column.add(caption.warning.empty() ? caption.holder : caption.warning, 32, true);
            column.add(caption.account, 32);
            column.add(caption.amount, 40, true);
            column.add(caption.purpose, 26);
            column.add("Kiểm tra tên người nhận trước khi chuyển tiền", 18);
            break;
        }
    }
    return out;
}

Result<std::string, image::ImageError> to_png(Picture const& picture) {
    auto const grey = drawn(picture);
    if (!picture.texts.empty()) return image::to_png(grey);
    // Without letters nothing is grey: one bit a pixel.
    auto bitmap = image::Bitmap{grey.width, grey.height, {}};
    bitmap.pixels.reserve(grey.pixels.size());
    for (auto const pixel : grey.pixels) bitmap.pixels.push_back(pixel == 0 ? 1 : 0);
    return image::to_png(bitmap);
}

Result<std::string, image::ImageError> to_jpeg(Picture const& picture) { return image::to_jpeg(drawn(picture)); }

std::string to_svg(Picture const& picture, std::string_view title) {
    auto const size = std::to_string(picture.width) + R"(" height=")" + std::to_string(picture.height);
    auto const box = std::to_string(picture.width) + ' ' + std::to_string(picture.height);
    std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width=")" + size + R"(" viewBox="0 0 )" + box +
                      R"(" role="img"><title>)" + escaped(title) +
                      R"(</title><rect width="100%" height="100%" fill="#fff"/><path shape-rendering="crispEdges" d=")";
    auto const high = std::to_string(picture.module_px);
    for_each_run(picture, [&](int left, int top, int wide) {
        auto const length = std::to_string(wide);
        out += 'M' + std::to_string(left) + ' ' + std::to_string(top) + 'h' + length + 'v' + high + "h-" + length + 'z';
    });
    out += R"("/>)";
    if (!picture.texts.empty()) out += R"(<g font-family="DejaVu Sans, Verdana, Arial, sans-serif" text-anchor="middle">)";
    for (auto const& text : picture.texts) {
        // Letters stand on their baseline: about 93 hundredths of their size under the line's top.
        out += R"(<text x=")" + std::to_string(text.centre) + R"(" y=")" + std::to_string(text.top + text.px * 93 / 100) + R"(" font-size=")" +
               std::to_string(text.px) + '"' + (text.bold ? R"( font-weight="bold")" : "") + '>' + escaped(text.text) + "</text>";
    }
    if (!picture.texts.empty()) out += "</g>";
    return out + "</svg>\n";
}

}  // namespace choso::qr
