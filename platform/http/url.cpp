#include "platform/http/url.hpp"

#include <algorithm>

namespace choso::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
    auto out = std::string{};
    out.reserve(text.size());
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        auto const c = text[i];
        if (c == '+' && plus_is_blank) {
            out.push_back(' ');
        } else if (c != '%') {
            out.push_back(c);
        } else {
            if (text.size() - i < 3) return std::nullopt;
            auto const high = hex_digit(text[i + 1]);
            auto const low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return out;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) { return decode(text, false); }

std::optional<std::string> form_decode(std::string_view text) { return decode(text, true); }

std::string percent_encode(std::string_view text) {
    static constexpr auto digits = std::string_view{"0123456789ABCDEF"};
    auto out = std::string{};
    out.reserve(text.size());
    for (auto const c : text) {
        if (is_unreserved(c)) {
            out.push_back(c);
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 15U]);
    }
    return out;
}

std::optional<std::string_view> Form::find(std::string_view name) const {
    for (auto const& [field, value] : fields_) {
        if (field == name) return value;
    }
    return std::nullopt;
}

std::optional<Form> parse_form(std::string_view text, FormLimits limits) {
    auto fields = std::vector<std::pair<std::string, std::string>>{};
    while (!text.empty()) {
        auto const pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        if (fields.size() == limits.fields_max) return std::nullopt;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = form_decode(pair.substr(0, equals));
        auto value = form_decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return std::nullopt;
        if (name->size() > limits.name_bytes_max || value->size() > limits.value_bytes_max) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return Form{std::move(fields)};
}

}  // namespace choso::http
