#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "settlement/ids.hpp"

namespace choso::settlement {

enum class RuleState { draft, on, off };
[[nodiscard]] std::string_view word(RuleState state);
[[nodiscard]] std::optional<RuleState> rule_state_of(std::string_view word);

/// One version of a rule.
struct MatchRule {
    Uuid id{};
    int version = 1;
    Bucket bucket = Bucket::of_bits(0);
    MerchantId desk;
    AccountId account;
    MerchantId merchant;  ///< whose money it is
    std::optional<StallId> stall;
    std::string name, words;
    std::optional<Money> from, to;  ///< both included
    RuleState state = RuleState::draft;
    Uuid maker{};
    std::optional<Uuid> approver;
    Instant made_at;
    Uuid looked_at{};
};

/// What is wrong with what a person typed; none if nothing is.
enum class RuleFault { no_name, words_too_short, amounts_crossed };
[[nodiscard]] std::optional<RuleFault> fault_of(MatchRule const& rule);

/// Whether each of its words stands in the content, whatever the case, blanks and separators, and the amount lies within. Pure.
[[nodiscard]] bool meets(MatchRule const& rule, std::string_view content, Money amount);

/// A credit that nobody was found for at first, and what became of it.
struct PastCredit {
    ExceptionId exception;
    Money amount;
    Instant at;
    std::string content;
    bool waits = false;
    std::optional<MerchantId> given;  ///< to whom people gave it
};

/// What a version would have done over past credits, against the one that is switched on.
struct RulePreview {
    std::vector<PastCredit> gained, lost, kept;
    std::vector<PastCredit> contradicted;  ///< it meets them, and people gave them to somebody else
    std::int64_t open = 0;                 ///< wait, and neither version meets them
    std::int64_t looked_at = 0;
};
[[nodiscard]] RulePreview preview(MatchRule const& draft, std::optional<MatchRule> const& on, std::span<PastCredit const> past);

}  // namespace choso::settlement
