#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// GS1 application identifiers and GS1 Digital Link URIs: read, checked, written. Pure.
namespace choso::marketplace::gs1 {

struct Element {
    std::string ai;
    std::string value;
    friend bool operator==(Element const&, Element const&) = default;
};

/// Why something is none: a stable word (`check_digit`, `no_primary_key`, …) and the identifier it was met in, if any.
struct Error {
    std::string code;
    std::string ai{};
    friend bool operator==(Error const&, Error const&) = default;
};

struct Options {
    bool short_gtins = false;        ///< a GTIN of 8, 12 or 13 digits stands for its 14
    bool names_for_keys = false;     ///< `/gtin/…/ser/…`, which the standard has taken back
    bool unknown_identifiers = false;
    bool needs_are_checked = true;
};

/// The elements of a Digital Link URI (GS1 Digital Link 1.4): key, qualifiers, then attributes, in the order they stand. Names that
/// are no identifiers are passed over; everything else must be right.
[[nodiscard]] Result<std::vector<Element>, Error> parse_digital_link(std::string_view uri, Options options = {});
/// The URI with its key and qualifiers in the path and the rest behind `?`. An empty stem is https://id.gs1.org.
[[nodiscard]] Result<std::string, Error> make_digital_link(std::vector<Element> const& elements, std::string_view stem);

/// `(01)09520123456788(10)ABC`, a bracket in a value written `\(`.
[[nodiscard]] Result<std::vector<Element>, Error> parse_bracketed(std::string_view text, Options options = {});
/// `^0109520123456788` with `^` for FNC1: before the first, and behind each whose length is not told by its identifier.
[[nodiscard]] Result<std::vector<Element>, Error> parse_element_string(std::string_view text, Options options = {});
[[nodiscard]] std::string element_string(std::vector<Element> const& elements);

/// Each value by itself, then what must and must not stand together, then that none stands twice with another value.
[[nodiscard]] std::optional<Error> check(std::vector<Element> const& elements, Options options = {});
[[nodiscard]] std::optional<Error> check_value(std::string_view ai, std::string_view value);
[[nodiscard]] std::optional<Error> check_repeats(std::vector<Element> const& elements);
[[nodiscard]] std::optional<Error> check_exclusions(std::vector<Element> const& elements);
[[nodiscard]] std::optional<Error> check_needs(std::vector<Element> const& elements);
/// A digital signature (8030) signs a key that names one thing: 253, 255 and 8003 need their serial part beside it.
[[nodiscard]] std::optional<Error> check_signature(std::vector<Element> const& elements);

/// What a scanner sent of a symbol, by its AIM identifier (`]Q1`, `]C1`, `]d2`, `]E0`, …).
struct Scanned {
    std::string_view symbology;      ///< as people call it
    std::string text;                ///< of a symbol that holds anything: what it holds
    std::vector<Element> elements;   ///< of a GS1 symbol, of an item's bars (as its GTIN-14), or of a link in such a text
};
[[nodiscard]] Result<Scanned, Error> parse_scan(std::string_view scanned, Options options = {});

/// One check by its name (`csum`, `yymmdd`, `iso3166`, …): the code of what is wrong, nothing if it is right or the name is not
/// known.
[[nodiscard]] std::optional<std::string> lint(std::string_view name, std::string_view value);
[[nodiscard]] bool knows_lint(std::string_view name);

/// RFC 3986 for one path segment, and for one query value (a blank is `+` there); and back, where a broken sequence stays as it is.
[[nodiscard]] std::string escaped_path(std::string_view text);
[[nodiscard]] std::string escaped_query(std::string_view text);
[[nodiscard]] std::string unescaped(std::string_view text, bool plus_is_blank);

/// The value of an identifier among the elements; empty if it is not there.
[[nodiscard]] std::string value_of(std::vector<Element> const& elements, std::string_view ai);

}  // namespace choso::marketplace::gs1
