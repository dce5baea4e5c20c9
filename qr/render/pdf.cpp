#include "qr/render/pdf.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace choso::qr {
namespace {

/// A PDF number: fixed notation with a point, whatever the locale.
std::string number(double value) {
    std::array<char, 64> buffer{};
    auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 5).ptr;
    return {buffer.data(), end};
}

/// Ten digits, as a cross-reference entry wants an offset.
std::string ten_digits(std::size_t offset) {
    auto const digits = std::to_string(offset);
    return std::string(10 - std::min<std::size_t>(digits.size(), 10), '0') + digits;
}

/// White ground, then every dark module in one path. PDF counts from the bottom, so the page is turned over.
std::string drawing(Symbol const& symbol, double points) {
    auto const scale = number(points / symbol.side_with_quiet_zone());
    std::string out = "1 g 0 0 " + number(points) + ' ' + number(points) + " re f\n";
    out += "q " + scale + " 0 0 -" + scale + " 0 " + number(points) + " cm 0 g\n";
    for (auto const& run : runs_of(symbol))
        out += std::to_string(run.column) + ' ' + std::to_string(run.row) + ' ' + std::to_string(run.length) + " 1 re\n";
    return out + "f Q";
}

/// Objects numbered from 1, the cross-reference table that finds them, and the trailer. The first is the catalogue.
std::string assemble(std::vector<std::string> const& objects) {
    std::string file = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        table += ten_digits(file.size()) + " 00000 n \n";
        file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    auto const size = std::to_string(objects.size() + 1);
    auto const start = std::to_string(file.size());
    return file + "xref\n0 " + size + '\n' + table + "trailer\n<</Size " + size + "/Root 1 0 R>>\nstartxref\n" + start +
           "\n%%EOF\n";
}

}  // namespace

std::string to_pdf(Symbol const& symbol, int side_mm) {
    CHOSO_ASSERT(side_mm >= 10 && side_mm <= 1000);
    auto const points = side_mm * 72.0 / 25.4;
    auto const box = "[0 0 " + number(points) + ' ' + number(points) + ']';
    auto const content = drawing(symbol, points);
    return assemble({
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox" + box + "/Resources<<>>/Contents 4 0 R>>",
        "<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream",
    });
}

}  // namespace choso::qr
