#pragma once
#include <span>
#include <string_view>

/// The application identifiers as data. Inside marketplace/trace only.
namespace choso::marketplace::gs1 {

struct Row {
    std::string_view ai;       ///< one, or a range `3100-3105`
    std::string_view flags;    ///< `*`: of a length that needs no separator; `?`: may stand among the attributes of a Digital Link
    std::string_view parts;    ///< components: N numeric, X of 82 characters, Y of 39, Z base64url; a length or `..most`; checks behind commas; `[…]` optional
    std::string_view needs;    ///< one of these must stand beside it: `01,02`, `01+21`; each list of several (`;`) must be met
    std::string_view excludes;
    std::string_view key;      ///< `!` and its qualifiers in order, alternatives behind `|`, if it is a primary key
};
[[nodiscard]] std::span<Row const> table();

}  // namespace choso::marketplace::gs1
