#include "marketplace/trace/gs1.hpp"

#include <algorithm>
#include <array>

#include "marketplace/trace/gs1_spec.hpp"

namespace choso::marketplace::gs1 {
namespace {

bool is_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); }

std::string_view lint_of_set(char set) {
    switch (set) {
        case 'N': return "csetnumeric";
        case 'Y': return "cset39";
        case 'Z': return "cset64";
        default: return "cset82";
    }
}

bool stands(std::vector<Element> const& elements, std::string_view pattern) {
    return std::ranges::any_of(elements, [&](auto const& it) { return matches(pattern, it.ai); });
}

bool is_fixed(std::string_view ai) {
    auto const* const spec = spec_of(ai);
    return spec != nullptr && spec->fixed;
}

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string escaped(std::string_view text, bool blank_is_plus) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        auto const plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) out += c;
        else if (blank_is_plus && c == ' ') out += '+';
        else out.append(1, '%').append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    }
    return out;
}

std::optional<Error> check_one(Element const& element, Options const& options) {
    if (spec_of(element.ai) != nullptr) return check_value(element.ai, element.value);
    if (!options.unknown_identifiers) return Error{"unknown_identifier", element.ai};
    if (element.value.empty() || element.value.size() > 90) return Error{"length", element.ai};
    if (lint("cset82", element.value)) return Error{"character", element.ai};
    return std::nullopt;
}

}  // namespace

std::string escaped_path(std::string_view text) { return escaped(text, false); }
std::string escaped_query(std::string_view text) { return escaped(text, true); }

std::string unescaped(std::string_view text, bool plus_is_blank) {
    std::string out;
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        auto const high = text[i] == '%' && i + 2 < text.size() ? hex_of(text[i + 1]) : -1;
        auto const low = high >= 0 ? hex_of(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string value_of(std::vector<Element> const& elements, std::string_view ai) {
    auto const at = std::ranges::find(elements, ai, &Element::ai);
    return at == elements.end() ? std::string{} : at->value;
}

std::optional<Error> check_value(std::string_view ai, std::string_view value) {
    auto const* const spec = spec_of(ai);
    auto const wrong = [&](std::string code) { return Error{std::move(code), std::string{ai}}; };
    if (spec == nullptr) return wrong("unknown_identifier");
    if (value.empty()) return wrong("length");
    for (auto const& part : spec->parts) {
        if (value.empty() && part.optional) continue;
        auto const piece = value.substr(0, std::min(part.most, value.size()));
        // A part of exact length takes that, or is not whole.
        if (piece.size() < part.least) return wrong("length");
        value.remove_prefix(piece.size());
        if (lint(lint_of_set(part.set), piece)) return wrong("character");
        for (auto const name : part.lints)
            if (auto const code = lint(name, piece)) return wrong(*code);
    }
    if (!value.empty()) return wrong("length");
    return std::nullopt;
}

std::optional<Error> check_repeats(std::vector<Element> const& elements) {
    for (auto i = std::size_t{0}; i < elements.size(); ++i)
        for (auto j = i + 1; j < elements.size(); ++j)
            if (elements[i].ai == elements[j].ai && elements[i].value != elements[j].value) return Error{"twice", elements[i].ai};
    return std::nullopt;
}

std::optional<Error> check_exclusions(std::vector<Element> const& elements) {
    for (auto const& element : elements) {
        auto const* const spec = spec_of(element.ai);
        if (spec == nullptr) continue;
        for (auto const pattern : spec->excludes)
            for (auto const& other : elements)
                if (other.ai != element.ai && matches(pattern, other.ai)) return Error{"not_together", element.ai};
    }
    return std::nullopt;
}

std::optional<Error> check_needs(std::vector<Element> const& elements) {
    for (auto const& element : elements) {
        auto const* const spec = spec_of(element.ai);
        if (spec == nullptr) continue;
        for (auto const& alternatives : spec->needs) {
            auto const met = std::ranges::any_of(alternatives, [&](auto const& all) {
                return std::ranges::all_of(all, [&](auto const pattern) { return stands(elements, pattern); });
            });
            if (!met) return Error{"needs_another", element.ai};
        }
    }
    return std::nullopt;
}

std::optional<Error> check_signature(std::vector<Element> const& elements) {
    if (!stands(elements, "8030")) return std::nullopt;
    struct Length { std::string_view ai; std::size_t bare; };
    for (auto const& [ai, bare] : {Length{"253", 13}, Length{"255", 13}, Length{"8003", 14}}) {
        auto const value = value_of(elements, ai);
        if (!value.empty() && value.size() <= bare) return Error{"signature_needs_serial", std::string{ai}};
    }
    return std::nullopt;
}

std::optional<Error> check(std::vector<Element> const& elements, Options options) {
    if (elements.empty()) return Error{"empty"};
    for (auto const& element : elements)
        if (auto wrong = check_one(element, options)) return wrong;
    if (auto wrong = check_exclusions(elements)) return wrong;
    if (auto wrong = check_repeats(elements)) return wrong;
    if (!options.needs_are_checked) return std::nullopt;
    if (auto wrong = check_needs(elements)) return wrong;
    return check_signature(elements);
}

std::string element_string(std::vector<Element> const& elements) {
    std::string out = "^";
    for (auto i = std::size_t{0}; i < elements.size(); ++i) {
        out += elements[i].ai + elements[i].value;
        if (i + 1 < elements.size() && !is_fixed(elements[i].ai)) out += '^';
    }
    return out;
}

Result<std::vector<Element>, Error> parse_bracketed(std::string_view text, Options options) {
    std::vector<Element> out;
    for (auto at = std::size_t{0}; at < text.size();) {
        if (text[at] != '(') return Error{"syntax"};
        auto const close = text.find(')', at);
        if (close == std::string_view::npos) return Error{"syntax"};
        auto element = Element{std::string{text.substr(at + 1, close - at - 1)}, {}};
        if (element.ai.size() < 2 || element.ai.size() > 4 || !is_digits(element.ai)) return Error{"unknown_identifier", element.ai};
        at = close + 1;
        while (at < text.size() && text[at] != '(') {
            if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '(') ++at;
            element.value += text[at++];
        }
        if (element.value.find('^') != std::string::npos) return Error{"character", element.ai};
        if (auto wrong = check_one(element, options)) return *wrong;
        out.push_back(std::move(element));
    }
    if (out.empty()) return Error{"empty"};
    return out;
}

Result<std::vector<Element>, Error> parse_element_string(std::string_view text, Options options) {
    if (!text.starts_with('^') || text.size() < 2) return Error{"syntax"};
    std::vector<Element> out;
    text.remove_prefix(1);
    while (!text.empty()) {
        auto const n = length_of_identifier(text, options.unknown_identifiers);
        if (n == 0) return Error{"unknown_identifier"};
        auto element = Element{std::string{text.substr(0, n)}, {}};
        text.remove_prefix(n);
        auto take = std::min(text.find('^'), text.size());
        auto const* const spec = spec_of(element.ai);
        if (spec != nullptr && spec->fixed) {
            auto most = std::size_t{0};
            for (auto const& part : spec->parts) most += part.most;
            take = std::min(take, most);
        }
        element.value = text.substr(0, take);
        text.remove_prefix(take);
        if (text.starts_with('^')) text.remove_prefix(1);
        if (auto wrong = check_one(element, options)) return *wrong;
        if (out.size() == 64) return Error{"too_many"};
        out.push_back(std::move(element));
    }
    if (auto wrong = check_exclusions(out)) return *wrong;
    if (auto wrong = check_repeats(out)) return *wrong;
    if (options.needs_are_checked)
        if (auto wrong = check_needs(out)) return *wrong;
    return out;
}

}  // namespace choso::marketplace::gs1
