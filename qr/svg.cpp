#include "qr/svg.hpp"

#include "qr/tlv.hpp"

namespace choso::qr {
namespace {

std::string xml_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const length = utf8_length(text);
        auto const piece = text.substr(0, length);
        if (piece == "&")
            out += "&amp;";
        else if (piece == "<")
            out += "&lt;";
        else if (piece == ">")
            out += "&gt;";
        else if (length > 1 ? piece != "\xEF\xBF\xBE" && piece != "\xEF\xBF\xBF" : length == 1 && piece[0] >= ' ')
            out += piece;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace

std::string to_svg(Symbol const& symbol, std::string_view title, int module_px) {
    CHOSO_ASSERT(module_px > 0);
    auto const modules = std::to_string(symbol.side_with_quiet_zone());
    auto const pixels = std::to_string(symbol.side_with_quiet_zone() * module_px);
    std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width=")" + pixels + R"(" height=")" +
                      pixels + R"(" viewBox="0 0 )" + modules + ' ' + modules +
                      R"(" shape-rendering="crispEdges" role="img"><title>)" + xml_text(title) +
                      R"(</title><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d=")";
    for (auto const& run : runs_of(symbol)) {
        auto const length = std::to_string(run.length);
        out += 'M' + std::to_string(run.column) + ' ' + std::to_string(run.row) + 'h' + length + "v1h-" + length + 'z';
    }
    return out + "\"/></svg>\n";
}

}  // namespace choso::qr
