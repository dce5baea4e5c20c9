#include <algorithm>
#include <array>

#include "marketplace/trace/gs1.hpp"

// What a scanner sends: `]`, a letter for the symbology, a digit, then the symbol's data (ISO/IEC 15424), FNC1 as GS.
namespace choso::marketplace::gs1 {
namespace {

constexpr char separator = '\x1d';
constexpr std::string_view composite = "|]e0";

enum class Holds { text, elements, item_13, item_8 };
struct Symbology {
    std::string_view prefix;
    std::string_view name;
    Holds holds;
};
// ]Q1, ]d1 and ]J0 may hold anything; where it is a link, it is read as one.
constexpr std::array symbologies{
    Symbology{"]C1", "GS1-128", Holds::elements},      Symbology{"]e0", "GS1 DataBar", Holds::elements}, Symbology{"]Q3", "GS1 QR", Holds::elements},
    Symbology{"]d2", "GS1 DataMatrix", Holds::elements}, Symbology{"]J1", "GS1 DotCode", Holds::elements}, Symbology{"]Q1", "QR", Holds::text},
    Symbology{"]d1", "DataMatrix", Holds::text},       Symbology{"]J0", "DotCode", Holds::text},         Symbology{"]E0", "EAN-13", Holds::item_13},
    Symbology{"]E4", "EAN-8", Holds::item_8},
};

Result<std::vector<Element>, Error> elements_of(std::string_view data, Options options) {
    if (data.empty()) return Error{"empty"};
    // A `^` is no character of a GS1 value, so none may pass for the separator.
    if (data.find('^') != std::string_view::npos) return Error{"character"};
    auto text = '^' + std::string{data};
    std::ranges::replace(text, separator, '^');
    return parse_element_string(text, options);
}

Result<std::vector<Element>, Error> item_of(std::string_view data, std::size_t digits) {
    if (data.size() != digits) return Error{"length", "01"};
    auto out = std::vector<Element>{{"01", std::string(14 - digits, '0') + std::string{data}}};
    if (auto wrong = check_value("01", out[0].value)) return *wrong;
    return out;
}

bool is_link(std::string_view data) {
    auto const starts = [&](std::string_view scheme) {
        return data.size() > scheme.size() && std::ranges::equal(data.substr(0, scheme.size()), scheme, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
    };
    return starts("http://") || starts("https://");
}

}  // namespace

Result<Scanned, Error> parse_scan(std::string_view scanned, Options options) {
    auto const at = std::ranges::find_if(symbologies, [&](auto const& it) { return scanned.starts_with(it.prefix); });
    if (at == symbologies.end()) return Error{"unknown_symbology"};
    auto out = Scanned{at->name, {}, {}};
    auto data = scanned.substr(at->prefix.size());
    if (at->holds == Holds::text) {
        out.text = data;
        if (!is_link(data)) return out;
        if (auto read = parse_digital_link(data, options)) out.elements = std::move(read).value();
        return out;
    }
    auto second = std::string_view{};
    if (at->holds != Holds::elements)
        if (auto const bar = data.find(composite); bar != std::string_view::npos) {
            second = data.substr(bar + composite.size());
            data = data.substr(0, bar);
            if (second.empty()) return Error{"empty"};
        }
    auto read = at->holds == Holds::elements ? elements_of(data, options) : item_of(data, at->holds == Holds::item_8 ? 8 : 13);
    if (!read) return read.error();
    out.elements = std::move(read).value();
    if (second.empty()) return out;
    options.needs_are_checked = false;
    auto more = elements_of(second, options);
    if (!more) return more.error();
    for (auto& element : *more) out.elements.push_back(std::move(element));
    if (auto wrong = check(out.elements, options)) return *wrong;
    return out;
}

}  // namespace choso::marketplace::gs1
