#include "qr/render/standee.hpp"

#include <algorithm>
#include <array>

namespace choso::qr {
namespace {

constexpr double bleed = 8;          ///< around the trimmed size, for the marks
constexpr pdf::Colour grey{0.35, 0.35, 0.35};
constexpr pdf::Colour green{0.0, 0.36, 0.24};

/// What differs between the sizes, in millimetres and points.
struct Shape {
    pdf::Size size;
    double symbol;
    double scale;
};
constexpr Shape shape_of(StandeeSize size) {
    return size == StandeeSize::a6 ? Shape{pdf::a6, 80, 1} : Shape{pdf::a5, 114, 1.42};
}

/// Four corners, two hairlines each, outside what is kept.
void add_cut_marks(pdf::Document& document, pdf::Size size) {
    constexpr double gap = 2;
    for (double const x : {bleed, bleed + size.width_mm})
        for (double const y : {bleed, bleed + size.height_mm}) {
            auto const out_x = x == bleed ? -1.0 : 1.0;
            auto const out_y = y == bleed ? -1.0 : 1.0;
            document.line(x + out_x * gap, y, x + out_x * bleed, y, 0.1);
            document.line(x, y + out_y * gap, x, y + out_y * bleed, 0.1);
        }
}

/// Sets a text in the middle, as large as fits on so many lines, and returns where it ends.
double add_fitted(pdf::Document& document, double x, double y, double width, std::string_view text, pdf::TextStyle style, int lines_max) {
    if (text.empty()) return y;
    style.align = pdf::Align::centre;
    auto const smallest = style.size_pt / 2;
    while (style.size_pt > smallest && document.height_of(width, text, style) > document.height_of(width, "A", style) * (lines_max + 0.5))
        style.size_pt *= 0.93;
    return y + document.text(x, y, width, text, style);
}

/// "•••• 6789": enough to compare with, too little to be of use to a stranger.
std::string last_four(std::string_view account) {
    auto const kept = std::min<std::size_t>(4, account.size());
    return "•••• " + std::string{account.substr(account.size() - kept)};
}

}  // namespace

void put_symbol(pdf::Document& document, double x_mm, double y_mm, double side_mm, Symbol const& symbol) {
    auto const module = side_mm / symbol.side_with_quiet_zone();
    document.symbol(x_mm + quiet_zone * module, y_mm + quiet_zone * module, module * symbol.side(), static_cast<std::size_t>(symbol.side()),
                    [&symbol](std::size_t column, std::size_t row) { return symbol.is_dark(static_cast<int>(column), static_cast<int>(row)); });
}

std::optional<StandeeSize> standee_size_of(std::string_view name) {
    if (name == "a6" || name == "A6") return StandeeSize::a6;
    if (name == "a5" || name == "A5") return StandeeSize::a5;
    return std::nullopt;
}

bool add_standee(pdf::Document& document, StandeeSize size, Standee const& standee) {
    auto const symbol = encode(standee.payload);
    if (!symbol) return false;
    auto const shape = shape_of(size);
    auto const s = shape.scale;
    document.page({shape.size.width_mm + 2 * bleed, shape.size.height_mm + 2 * bleed});
    add_cut_marks(document, shape.size);

    auto const left = bleed + 6 * s;
    auto const width = shape.size.width_mm - 12 * s;
    document.box(bleed, bleed, shape.size.width_mm, 9 * s, green);
    document.text(left, bleed + 2 * s, width, "QUÉT MÃ ĐỂ TRẢ TIỀN · VietQR", {.size_pt = 11 * s, .bold = true, .align = pdf::Align::centre, .colour = pdf::white});
    auto y = add_fitted(document, left, bleed + 11 * s, width, standee.name, {.size_pt = 16 * s, .bold = true}, 1);
    y = add_fitted(document, left, y + 0.5 * s, width, standee.place, {.size_pt = 9 * s, .colour = grey}, 1);

    // Texts stand from the bottom up, so that the symbol takes what is left between.
    auto const bottom = bleed + shape.size.height_mm;
    document.text(left, bottom - 7 * s, width, "Kiểm tra tên người nhận trước khi chuyển tiền", {.size_pt = 8.2 * s, .bold = true, .align = pdf::Align::centre});
    document.text(left, bottom - 12 * s, width, standee.bank + " " + last_four(standee.account) + (standee.serial.empty() ? "" : "  ·  Số " + standee.serial),
                  {.size_pt = 8.2 * s, .align = pdf::Align::centre, .colour = grey});
    constexpr double holder_room = 23;
    auto const holder_top = bottom - holder_room * s;
    document.text(left, holder_top, width, "Người nhận", {.size_pt = 7.5 * s, .align = pdf::Align::centre, .colour = grey});
    add_fitted(document, left, holder_top + 3.5 * s, width, standee.holder, {.size_pt = 15 * s, .bold = true}, 1);

    auto const side = std::min(shape.symbol, holder_top - y);
    put_symbol(document, bleed + (shape.size.width_mm - side) / 2, y + (holder_top - y - side) / 2, side, *symbol);
    return true;
}

std::optional<std::string> standee_pack(std::span<Standee const> standees, StandeeSize size, std::string_view title,
                                        std::function<bool(std::size_t done)> const& progress) {
    if (standees.empty()) return std::nullopt;
    auto document = pdf::Document{std::string{title}};
    for (std::size_t i = 0; i < standees.size(); ++i) {
        if (!add_standee(document, size, standees[i])) return std::nullopt;
        if (progress && !progress(i + 1)) return std::nullopt;
    }
    return document.finish();
}

std::optional<std::string> price_list(std::string_view heading, std::string_view subheading, std::span<Price const> prices) {
    if (prices.empty()) return std::nullopt;
    constexpr std::size_t columns = 3, rows = 4;
    constexpr double left = 12, top = 34, cell_width = 62, cell_height = 63, side = 44;
    auto document = pdf::Document{std::string{heading}};
    for (std::size_t i = 0; i < prices.size(); ++i) {
        auto const& price = prices[i];
        auto const symbol = encode(price.payload);
        if (!symbol) return std::nullopt;
        auto const place = i % (columns * rows);
        if (place == 0) {
            document.page(pdf::a4);
            add_fitted(document, left, 10, 210 - 2 * left, heading, {.size_pt = 20, .bold = true}, 1);
            add_fitted(document, left, 20, 210 - 2 * left, subheading, {.size_pt = 11}, 1);
            document.text(left, 287, 210 - 2 * left, "Quét đúng mã của món hàng · Kiểm tra tên người nhận trước khi chuyển tiền",
                          {.size_pt = 9, .bold = true, .align = pdf::Align::centre});
        }
        auto const x = left + static_cast<double>(place % columns) * cell_width;
        auto const y = top + static_cast<double>(place / columns) * cell_height;
        put_symbol(document, x + (cell_width - side) / 2, y, side, *symbol);
        auto const below = add_fitted(document, x + 2, y + side, cell_width - 4, price.name, {.size_pt = 10}, 1);
        add_fitted(document, x + 2, below, cell_width - 4, with_dots(price.amount) + " đ", {.size_pt = 15, .bold = true}, 1);
    }
    return document.finish();
}

}  // namespace choso::qr
