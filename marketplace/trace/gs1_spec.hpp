#pragma once
#include <string>
#include <string_view>
#include <vector>

/// The table taken apart. Inside marketplace/trace only.
namespace choso::marketplace::gs1 {

struct Part {
    char set = 'X';                      ///< N, X, Y, Z
    std::size_t least = 0, most = 0;
    std::vector<std::string_view> lints;
    bool optional = false;
};
struct Spec {
    bool fixed = false;                  ///< needs no separator behind it
    bool attribute = false;              ///< may stand behind `?`
    std::vector<Part> parts;
    std::vector<std::vector<std::vector<std::string_view>>> needs;   ///< every list: one alternative: all of it
    std::vector<std::string_view> excludes;
    bool is_key = false;
    std::vector<std::vector<std::string_view>> qualifiers;           ///< alternatives, each in order
};

/// The identifier's; null if there is none of that name.
[[nodiscard]] Spec const* spec_of(std::string_view ai);
/// `310n` and `31nn` stand for any digits.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view ai);
/// Two first digits that tell a length by themselves, so that no separator follows, whatever the table says.
[[nodiscard]] std::size_t length_of_identifier(std::string_view data, bool unknown);

}  // namespace choso::marketplace::gs1
