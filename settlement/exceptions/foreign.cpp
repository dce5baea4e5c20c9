#include "settlement/exceptions/foreign.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace choso::settlement {
namespace {

constexpr auto digits_least = 3;
constexpr auto size_least = std::size_t{4};
constexpr auto size_most = std::size_t{32};
/// Seen once it may have been chance.
constexpr auto times_least = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool may_be_code(std::string_view code) {
    return code.size() >= size_least && code.size() <= size_most && std::ranges::count_if(code, is_digit) >= digits_least;
}

/// Whether a code stands at a place of the content, and ends where its digits do.
bool stands_at(std::string_view content, std::size_t at, std::string_view shape) {
    if (at + shape.size() > content.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == '#' ? !is_digit(content[at + i]) : shape[i] != content[at + i]) return false;
    if (shape.front() == '#' && at > 0 && is_digit(content[at - 1])) return false;
    auto const end = at + shape.size();
    return shape.back() != '#' || end == content.size() || !is_digit(content[end]);
}

}  // namespace

std::string compact(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        auto const u = static_cast<unsigned char>(c);
        if (std::isalnum(u) != 0) out += static_cast<char>(std::toupper(u));
    }
    for (auto& c : out) c = c == 'O' ? '0' : c == 'I' ? '1' : c;
    return out;
}

std::vector<std::string> codes_of(std::string_view order_code, std::string_view description) {
    auto out = std::vector<std::string>{};
    auto const add = [&](std::string_view word) {
        auto code = compact(word);
        if (may_be_code(code) && std::ranges::find(out, code) == out.end()) out.push_back(std::move(code));
    };
    add(order_code);
    while (!description.empty()) {
        auto const end = std::min(description.find(' '), description.size());
        add(description.substr(0, end));
        description.remove_prefix(std::min(end + 1, description.size()));
    }
    return out;
}

std::string shape_of(std::string_view code) {
    auto out = std::string{code};
    std::ranges::replace_if(out, is_digit, '#');
    return out;
}

bool stands_in(std::string_view content, std::string_view shape) {
    for (std::size_t at = 0; at < content.size(); ++at)
        if (stands_at(content, at, shape)) return true;
    return false;
}

std::set<std::string> learned_shapes(std::span<PastMatch const> past) {
    auto seen = std::map<std::string, int>{};
    for (auto const& [content, order_code, description] : past) {
        auto const text = compact(content);
        auto shapes = std::set<std::string>{};
        for (auto const& code : codes_of(order_code, description))
            if (text.find(code) != std::string::npos) shapes.insert(shape_of(code));
        for (auto const& shape : shapes) ++seen[shape];
    }
    auto out = std::set<std::string>{};
    for (auto const& [shape, times] : seen)
        if (times >= times_least) out.insert(shape);
    return out;
}

std::vector<std::string> foreign_references(std::string_view content, std::set<std::string> const& shapes) {
    auto out = std::vector<std::string>{};
    for (auto const& shape : shapes)
        for (std::size_t at = 0; at < content.size(); ++at)
            if (stands_at(content, at, shape)) out.emplace_back(content.substr(at, shape.size()));
    return out;
}

}  // namespace choso::settlement
