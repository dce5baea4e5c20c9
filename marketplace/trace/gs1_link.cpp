#include <algorithm>
#include <map>

#include "marketplace/trace/gs1.hpp"
#include "marketplace/trace/gs1_spec.hpp"

// GS1 Digital Link URI syntax, release 1.4.
namespace choso::marketplace::gs1 {
namespace {

bool is_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); }

/// Identifiers that once had names in a path.
std::string_view identifier_named(std::string_view name) {
    static std::map<std::string_view, std::string_view> const names{
        {"sscc", "00"}, {"gtin", "01"}, {"cpv", "22"}, {"lot", "10"}, {"ser", "21"}, {"gdti", "253"}, {"gcn", "255"}, {"ginc", "401"}, {"gsin", "402"},
        {"gln", "414"}, {"glnx", "254"}, {"payTo", "415"}, {"party", "417"}, {"grai", "8003"}, {"giai", "8004"}, {"itip", "8006"}, {"cpid", "8010"},
        {"cpsn", "8011"}, {"gmn", "8013"}, {"gsrnp", "8017"}, {"gsrn", "8018"}, {"srin", "8019"}, {"refNo", "8020"}};
    auto const at = names.find(name);
    return at == names.end() ? std::string_view{} : at->second;
}

/// A value as it counts: a short GTIN gets its zeros, where that is allowed.
std::string whole_value(std::string_view ai, std::string value, Options const& options) {
    auto const short_gtin = ai == "01" && (value.size() == 8 || value.size() == 12 || value.size() == 13) && is_digits(value);
    if (options.short_gtins && short_gtin) value.insert(0, 14 - value.size(), '0');
    return value;
}

bool may_stand_in_uri(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || std::string_view{"-._~:/?#[]@!$&'()*+,;=%"}.find(c) != std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text, std::string_view any_of) {
    std::vector<std::string_view> out;
    for (;;) {
        auto const end = std::min(text.find_first_of(any_of), text.size());
        out.push_back(text.substr(0, end));
        if (end == text.size()) return out;
        text.remove_prefix(end + 1);
    }
}

/// A URI's path and query, if it is one of ours at all.
struct Pieces {
    std::string_view path, query;
};
std::optional<Pieces> pieces_of(std::string_view uri) {
    if (!std::ranges::all_of(uri, may_stand_in_uri)) return std::nullopt;
    auto scheme = std::size_t{0};
    for (std::string_view const it : {"https://", "http://", "HTTPS://", "HTTP://"})
        if (uri.starts_with(it)) scheme = it.size();
    if (scheme == 0) return std::nullopt;
    uri.remove_prefix(scheme);
    uri = uri.substr(0, uri.find('#'));
    auto const slash = uri.find('/');
    if (slash == std::string_view::npos || slash == 0) return std::nullopt;
    auto const host_is_right = std::ranges::all_of(uri.substr(0, slash), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || std::string_view{"-.:[]"}.find(c) != std::string_view::npos;
    });
    if (!host_is_right) return std::nullopt;
    auto const mark = std::min(uri.find('?'), uri.size());
    return Pieces{uri.substr(slash + 1, mark > slash ? mark - slash - 1 : 0), uri.substr(std::min(mark + 1, uri.size()))};
}

/// Do these identifiers follow one another in one of the key's orders; some may be left out.
bool in_order(Spec const& key, std::vector<std::string_view> const& qualifiers) {
    if (qualifiers.empty()) return true;
    return std::ranges::any_of(key.qualifiers, [&](auto const& order) {
        auto at = order.begin();
        for (auto const ai : qualifiers) {
            at = std::find(at, order.end(), ai);
            if (at == order.end()) return false;
            ++at;
        }
        return true;
    });
}

bool qualifies(Spec const& key, std::string_view ai) {
    return std::ranges::any_of(key.qualifiers, [&](auto const& order) { return std::ranges::find(order, ai) != order.end(); });
}

/// What stands in the path: the key nearest to the end, and its qualifiers.
Result<std::vector<Element>, Error> elements_of_path(std::string_view path, Options const& options) {
    auto const segments = split(path, "/");
    auto first = segments.size();
    std::vector<std::string_view> identifiers;
    for (;;) {
        if (first < 2) return Error{"no_primary_key"};
        first -= 2;
        auto ai = segments[first];
        if (spec_of(ai) == nullptr && options.names_for_keys) ai = identifier_named(ai);
        auto const* const spec = spec_of(ai);
        if (spec == nullptr) return Error{"no_primary_key"};
        identifiers.insert(identifiers.begin(), ai);
        if (spec->is_key) break;
    }
    if (!in_order(*spec_of(identifiers.front()), {identifiers.begin() + 1, identifiers.end()})) return Error{"qualifiers_out_of_order", std::string{identifiers.front()}};
    std::vector<Element> out;
    for (auto i = std::size_t{0}; i < identifiers.size(); ++i) {
        auto value = unescaped(segments[first + 2 * i + 1], false);
        out.push_back({std::string{identifiers[i]}, whole_value(identifiers[i], std::move(value), options)});
    }
    return out;
}

}  // namespace

Result<std::vector<Element>, Error> parse_digital_link(std::string_view uri, Options options) {
    auto const pieces = pieces_of(uri);
    if (!pieces) return Error{"not_a_uri"};
    auto path = elements_of_path(pieces->path, options);
    if (!path) return path.error();
    auto out = std::move(path).value();
    auto const& key = *spec_of(out.front().ai);
    for (auto const pair : split(pieces->query, "&;")) {
        auto const equals = pair.find('=');
        auto const name = pair.substr(0, equals);
        if (equals == std::string_view::npos || !is_digits(name)) continue;   // somebody else's
        auto const* const spec = spec_of(name);
        if (spec == nullptr && !options.unknown_identifiers) return Error{"unknown_identifier", std::string{name}};
        if (spec != nullptr && (!spec->attribute || qualifies(key, name))) return Error{"no_attribute", std::string{name}};
        if (std::ranges::find(out, name, &Element::ai) != out.end()) return Error{"twice", std::string{name}};
        out.push_back({std::string{name}, whole_value(name, unescaped(pair.substr(equals + 1), true), options)});
    }
    if (auto wrong = check(out, options)) return *wrong;
    return out;
}

Result<std::string, Error> make_digital_link(std::vector<Element> const& elements, std::string_view stem) {
    std::vector<Element> all;
    for (auto const& element : elements)
        if (std::ranges::find(all, element) == all.end()) all.push_back(element);
    auto without_needs = Options{};
    without_needs.needs_are_checked = false;
    if (auto wrong = check(all, without_needs)) return *wrong;
    auto const key = std::ranges::find_if(all, [](auto const& it) { return spec_of(it.ai)->is_key; });
    if (key == all.end()) return Error{"no_primary_key"};
    auto const& spec = *spec_of(key->ai);
    // Of several orders the one that more of the elements stand in.
    std::vector<std::string_view> order;
    auto best = std::size_t{0};
    for (auto const& candidate : spec.qualifiers) {
        auto const n = static_cast<std::size_t>(std::ranges::count_if(candidate, [&](auto ai) { return std::ranges::find(all, ai, &Element::ai) != all.end(); }));
        if (n > best) { best = n; order = candidate; }
    }
    if (stem.empty()) stem = "https://id.gs1.org";
    while (stem.ends_with('/')) stem.remove_suffix(1);
    auto out = std::string{stem} + '/' + key->ai + '/' + escaped_path(key->value);
    for (auto const ai : order)
        if (auto const value = value_of(all, ai); !value.empty()) out.append("/").append(ai).append("/").append(escaped_path(value));
    auto mark = '?';
    for (auto const fixed : {true, false}) {
        for (auto const& element : all) {
            auto const& its = *spec_of(element.ai);
            if (element == *key || std::ranges::find(order, element.ai) != order.end() || its.fixed != fixed) continue;
            if (!its.attribute || qualifies(spec, element.ai)) return Error{"no_attribute", element.ai};
            out.append(1, mark).append(element.ai).append("=").append(escaped_query(element.value));
            mark = '&';
        }
    }
    return out;
}

}  // namespace choso::marketplace::gs1
