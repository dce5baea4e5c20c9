#include "platform/config/toml_text.hpp"

#include <array>
#include <cstdio>

namespace choso::config {
namespace {

constexpr std::string_view masked = "***";

}  // namespace

std::string in_quotes(std::string_view text) {
    auto out = std::string{"\""};
    for (auto const c : text) {
        auto const code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (code < 0x20 || code == 0x7F) {
            auto escape = std::array<char, 8>{};
            std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(code));
            out += escape.data();
        } else {
            out += c;
        }
    }
    return out += '"';
}

std::string toml_text(Value const& value) {
    if (auto const* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (auto const* yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
    if (auto const* text = std::get_if<std::string>(&value)) return in_quotes(*text);
    auto out = std::string{};
    for (auto const& text : std::get<List>(value)) out += (out.empty() ? "[" : ", ") + in_quotes(text);
    return out.empty() ? "[]" : out + ']';
}

std::string without_password(std::string_view text) {
    auto out = std::string{text};
    if (auto const scheme = out.find("://"); scheme != std::string::npos) {
        auto const from = scheme + 3;
        // The last @ before the path: a password may hold an @ of its own.
        auto const at = out.rfind('@', out.find_first_of("/?#", from));
        auto const colon = out.find(':', from);
        if (at != std::string::npos && at > from && colon < at) out.replace(colon + 1, at - colon - 1, masked);
    }
    constexpr std::string_view word = "password=";
    for (auto at = out.find(word); at != std::string::npos; at = out.find(word, at + word.size())) {
        auto const from = at + word.size();
        auto const quote = from < out.size() && out[from] == '\'';
        auto end = quote ? out.find('\'', from + 1) : out.find_first_of(" &", from);
        if (quote && end != std::string::npos) ++end;
        out.replace(from, end == std::string::npos ? end : end - from, masked);
    }
    return out;
}

}  // namespace choso::config
