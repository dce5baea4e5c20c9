#include "simulator/program/options.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/money.hpp"

namespace choso::bank {

Result<Options, std::string> parse_options(std::vector<std::string_view> const& arguments, std::initializer_list<std::string_view> known) {
    auto out = Options{};
    for (auto i = std::size_t{0}; i < arguments.size(); i += 2) {
        auto const name = arguments[i];
        if (std::find(known.begin(), known.end(), name) == known.end()) return "unknown option " + std::string{name};
        if (i + 1 == arguments.size()) return std::string{name} + " needs a value";
        if (!out.emplace(name, arguments[i + 1]).second) return std::string{name} + " was given twice";
    }
    return out;
}

Result<std::int64_t, std::string> number_of(Options const& options, std::string_view name, std::int64_t standard, std::int64_t least, std::int64_t most) {
    auto const found = options.find(name);
    if (found == options.end()) return standard;
    auto const value = parse_dong(found->second);
    if (!value || value->dong() < least || value->dong() > most)
        return std::string{name} + " needs a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    return value->dong();
}

std::optional<std::string> file_text(std::string const& path) {
    auto in = std::ifstream{path, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace choso::bank
