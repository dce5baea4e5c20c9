#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "qr/render/picture.hpp"
#include "qr/render/standee.hpp"

// Any bytes as payload, names and logo of a picture: nothing may crash, hang, or write markup that is not ours.
namespace {

using namespace choso;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    for (;;) {
        auto const end = text.find('\n');
        out.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

void svg_holds_only_our_markup(qr::Picture const& picture, std::string_view title) {
    auto const svg = qr::to_svg(picture, title);
    CHOSO_ASSERT(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    CHOSO_ASSERT(count(svg, "<text ") == picture.texts.size());
    auto const groups = picture.texts.empty() ? 0U : 2U;
    // <svg>, <title>, <rect/>, <path/>, the group and the texts, opened and closed.
    CHOSO_ASSERT(count(svg, "<") == 6 + groups + 2 * picture.texts.size());
}

void is_drawn(qr::Picture const& picture, unsigned format, std::string_view title) {
    auto const side = picture.symbol.side() * picture.module_px;
    CHOSO_ASSERT(picture.left >= 0 && picture.top >= 0 && picture.left + side <= picture.width && picture.top + side <= picture.height);
    switch (format) {
        case 0: CHOSO_ASSERT(qr::to_png(picture).ok()); break;
        case 1: CHOSO_ASSERT(qr::to_jpeg(picture).ok()); break;
        case 2: svg_holds_only_our_markup(picture, title); break;
        default: CHOSO_ASSERT(qr::to_pdf(picture, title).starts_with("%PDF-1.")); break;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) return 0;
    auto lines = lines_of({reinterpret_cast<char const*>(data) + 2, size - 2});
    lines.resize(8);
    auto const which = static_cast<qr::Template>(data[0] % 4);
    auto const format = data[1] % 4U;
    auto const caption = qr::Caption{lines[1], lines[2], lines[3], lines[4], lines[5], lines[6], lines[7]};
    if (data[0] >= 0xC0) {
        auto const standee = qr::Standee{lines[0], lines[1], lines[2], lines[3], lines[4], lines[5], lines[6]};
        auto const pack = qr::standee_pack({&standee, 1}, data[1] % 2 == 0 ? qr::StandeeSize::a6 : qr::StandeeSize::a5, lines[7]);
        CHOSO_ASSERT(pack.has_value() == qr::encode(lines[0]).ok());
        return 0;
    }
    if (data[0] >= 0x80) {
        auto slotted = qr::encode_with_slot(lines[0], 0.01 * (1 + data[1] % 20));
        if (!slotted) return 0;
        CHOSO_ASSERT(slotted->damage.worst() * 2 <= slotted->damage.correctable && !slotted->damage.covers_function);
        auto const slot = slotted->slot;
        if (auto const picture = qr::lay_out(which, std::move(slotted->symbol), caption, slot)) is_drawn(*picture, format, lines[1]);
        return 0;
    }
    auto symbol = qr::encode(lines[0], qr::ErrorCorrection::medium, data[0] % 8 < 4 ? qr::Packing::bytes : qr::Packing::optimal);
    if (!symbol) return 0;
    if (auto const picture = qr::lay_out(which, std::move(symbol).value(), caption)) is_drawn(*picture, format, lines[1]);
    return 0;
}
