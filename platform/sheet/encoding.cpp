#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "base/vietnamese.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::sheet {
namespace {

constexpr std::string_view bom_utf8 = "\xEF\xBB\xBF";

std::optional<std::string> converted(std::string_view text, char const* from) {
    auto* const handle = iconv_open("UTF-8", from);
    if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    auto out = std::string(text.size() * 3 + 16, '\0');
    auto* in = const_cast<char*>(text.data());  // iconv's old signature; it does not write
    auto in_left = text.size();
    auto* to = out.data();
    auto out_left = out.size();
    auto ok = iconv(handle, &in, &in_left, &to, &out_left) != static_cast<std::size_t>(-1);
    ok = ok && iconv(handle, nullptr, nullptr, &to, &out_left) != static_cast<std::size_t>(-1);
    iconv_close(handle);
    if (!ok) return std::nullopt;
    out.resize(out.size() - out_left);
    return out;
}

/// Without a BOM, UTF-16 shows by its zero bytes: every second one of Latin text.
char const* utf16_without_bom(std::string_view text) {
    auto const sample = text.substr(0, 512);
    if (sample.size() < 8) return nullptr;
    std::size_t zeros[2] = {0, 0};
    for (auto i = std::size_t{0}; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
    auto const half = sample.size() / 2;
    if (zeros[1] * 3 > half && zeros[0] * 10 < half) return "UTF-16LE";
    if (zeros[0] * 3 > half && zeros[1] * 10 < half) return "UTF-16BE";
    return nullptr;
}

}  // namespace

std::optional<std::string> to_utf8(std::string_view text) {
    if (text.starts_with("\xFF\xFE")) return converted(text.substr(2), "UTF-16LE");
    if (text.starts_with("\xFE\xFF")) return converted(text.substr(2), "UTF-16BE");
    if (text.starts_with(bom_utf8)) text.remove_prefix(bom_utf8.size());
    if (auto const* const name = utf16_without_bom(text)) return converted(text, name);
    if (is_valid_utf8(text)) return std::string{text};
    return converted(text, "CP1258");
}

}  // namespace choso::sheet
