#include "settlement/rules/rule.hpp"

#include <algorithm>
#include <array>

#include "settlement/exceptions/foreign.hpp"

namespace choso::settlement {
namespace {

constexpr std::array<std::string_view, 3> state_words{"draft", "on", "off"};
/// Shorter words stand in any text.
constexpr auto shortest = std::size_t{4};

/// Its words as a content has them; # stays.
std::vector<std::string> patterns_of(std::string_view words) {
    auto out = std::vector<std::string>{};
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        auto pattern = std::string{};
        for (auto const c : words.substr(0, end)) pattern += c == '#' ? "#" : compact(std::string_view{&c, 1});
        if (!pattern.empty()) out.push_back(std::move(pattern));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return out;
}

}  // namespace

std::string_view word(RuleState state) { return state_words[static_cast<std::size_t>(state)]; }

std::optional<RuleState> rule_state_of(std::string_view word) {
    auto const* const found = std::ranges::find(state_words, word);
    if (found == state_words.end()) return std::nullopt;
    return static_cast<RuleState>(found - state_words.begin());
}

std::optional<RuleFault> fault_of(MatchRule const& rule) {
    if (rule.name.empty()) return RuleFault::no_name;
    auto letters = std::size_t{0};
    for (auto const& pattern : patterns_of(rule.words)) letters += pattern.size();
    if (letters < shortest) return RuleFault::words_too_short;
    if (rule.from && rule.to && *rule.to < *rule.from) return RuleFault::amounts_crossed;
    return std::nullopt;
}

bool meets(MatchRule const& rule, std::string_view content, Money amount) {
    if ((rule.from && amount < *rule.from) || (rule.to && *rule.to < amount)) return false;
    auto const text = compact(content);
    auto const patterns = patterns_of(rule.words);
    return !patterns.empty() && std::ranges::all_of(patterns, [&](auto const& each) { return stands_in(text, each); });
}

RulePreview preview(MatchRule const& draft, std::optional<MatchRule> const& on, std::span<PastCredit const> past) {
    auto out = RulePreview{};
    for (auto const& each : past) {
        ++out.looked_at;
        auto const now = meets(draft, each.content, each.amount);
        auto const before = on && meets(*on, each.content, each.amount);
        if (now && each.given && *each.given != draft.merchant) out.contradicted.push_back(each);
        if (now && before) out.kept.push_back(each);
        else if (now) out.gained.push_back(each);
        else if (before) out.lost.push_back(each);
        else if (each.waits) ++out.open;
    }
    return out;
}

}  // namespace choso::settlement
