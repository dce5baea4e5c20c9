#include "marketplace/trace/stamp_sheet.hpp"

#include "marketplace/trace/epcis.hpp"
#include "qr/symbol.hpp"

namespace choso::marketplace {
namespace {

constexpr int across = 5;
constexpr int down = 10;
constexpr double margin_mm = 8;
constexpr double width_mm = (210 - 2 * margin_mm) / across;
constexpr double height_mm = (297 - 2 * margin_mm) / down;
constexpr double symbol_mm = 16;   // and a quiet zone of four modules around it

/// `2026-11-01` as people here write it.
std::string day_words(std::string_view ymd) {
    return ymd.size() == 10 ? std::string{ymd.substr(8, 2)}.append("/").append(ymd.substr(5, 2)).append("/").append(ymd.substr(0, 4)) : std::string{ymd};
}

}  // namespace

StampSheet::StampSheet(Lot lot, std::string base_url)
    : lot_{std::move(lot)}, base_url_{std::move(base_url)}, document_{"Tem truy xuất – " + lot_.product_name} {
    document_.page(pdf::a4);
}

void StampSheet::add(PrintedStamp const& stamp) {
    if (on_page_ == across * down) {
        document_.page(pdf::a4);
        on_page_ = 0;
    }
    auto const x = margin_mm + width_mm * (on_page_ % across);
    auto const y = margin_mm + height_mm * (on_page_ / across);
    ++on_page_;
    auto const symbol = qr::encode(trace_address(lot_, base_url_, stamp.serial));
    if (symbol)
        document_.symbol(x + 2.2, y + 2.2, symbol_mm, static_cast<std::size_t>(symbol->side()), [&](std::size_t column, std::size_t row) {
            return symbol->is_dark(static_cast<int>(column), static_cast<int>(row));
        });
    auto small = pdf::TextStyle{};
    small.size_pt = 5;
    auto const beside = width_mm - symbol_mm - 5;
    document_.text(x + symbol_mm + 4.5, y + 2.2, beside, lot_.product_name + "\nLô " + lot_.number + "\nNSX " + day_words(lot_.made_on), small);
    document_.text(x + 1.5, y + symbol_mm + 3.8, width_mm - 3, stamp.serial, small);
    if (!stamp.secret.empty()) document_.text(x + 1.5, y + symbol_mm + 6.5, width_mm - 3, "Cào lấy mã: " + stamp.secret, small);
    document_.line(x, y + height_mm, x + width_mm, y + height_mm, 0.1);
    document_.line(x + width_mm, y, x + width_mm, y + height_mm, 0.1);
}

std::string StampSheet::finish() { return document_.finish(); }

}  // namespace choso::marketplace
