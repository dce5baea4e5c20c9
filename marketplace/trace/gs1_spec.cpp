#include "marketplace/trace/gs1_spec.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "marketplace/trace/gs1_table.hpp"

namespace choso::marketplace::gs1 {
namespace {

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        auto const end = std::min(text.find(by), text.size());
        if (end > 0) out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::size_t number_in(std::string_view text) {
    auto out = std::size_t{0};
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

/// `[N6],yymmdd`, `X..20`, `N14,csum,gcppos2`.
Part part_of(std::string_view text) {
    auto out = Part{};
    auto words = split(text, ',');
    auto head = words.front();
    out.lints.assign(words.begin() + 1, words.end());
    if (head.starts_with('[')) {
        out.optional = true;
        head = head.substr(1, head.size() - 2);
    }
    out.set = head[0];
    head.remove_prefix(1);
    if (head.starts_with("..")) {
        out.least = 1;
        out.most = number_in(head.substr(2));
    } else {
        out.least = out.most = number_in(head);
    }
    return out;
}

Spec spec_in(Row const& row) {
    auto out = Spec{};
    out.fixed = row.flags.find('*') != std::string_view::npos;
    out.attribute = row.flags.find('?') != std::string_view::npos;
    for (auto const part : split(row.parts, ' ')) out.parts.push_back(part_of(part));
    for (auto const list : split(row.needs, ';')) {
        auto& alternatives = out.needs.emplace_back();
        for (auto const alternative : split(list, ',')) alternatives.push_back(split(alternative, '+'));
    }
    out.excludes = split(row.excludes, ',');
    out.is_key = row.key.starts_with('!');
    if (out.is_key)
        for (auto const alternative : split(row.key.substr(1), '|')) out.qualifiers.push_back(split(alternative, ','));
    return out;
}

std::map<std::string, Spec, std::less<>> const& specs() {
    static auto const all = [] {
        std::map<std::string, Spec, std::less<>> out;
        for (auto const& row : table()) {
            auto const dash = row.ai.find('-');
            auto const first = number_in(row.ai.substr(0, dash));
            auto const last = dash == std::string_view::npos ? first : number_in(row.ai.substr(dash + 1));
            auto const width = std::min(dash, row.ai.size());
            for (auto n = first; n <= last; ++n) {
                auto ai = std::to_string(n);
                ai.insert(0, width - std::min(width, ai.size()), '0');
                out.emplace(ai, spec_in(row));
            }
        }
        return out;
    }();
    return all;
}

}  // namespace

Spec const* spec_of(std::string_view ai) {
    auto const at = specs().find(ai);
    return at == specs().end() ? nullptr : &at->second;
}

bool matches(std::string_view pattern, std::string_view ai) {
    if (pattern.size() != ai.size()) return false;
    for (auto i = std::size_t{0}; i < ai.size(); ++i)
        if (pattern[i] != 'n' && pattern[i] != ai[i]) return false;
    return true;
}

std::size_t length_of_identifier(std::string_view data, bool unknown) {
    for (auto n = std::size_t{2}; n <= 4 && n <= data.size(); ++n)
        if (spec_of(data.substr(0, n)) != nullptr) return n;
    return unknown && data.size() >= 2 ? 2 : 0;
}

}  // namespace choso::marketplace::gs1
