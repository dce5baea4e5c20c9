#include "settlement/exceptions/exception.hpp"

#include <algorithm>
#include <array>

namespace choso::settlement {
namespace {

constexpr std::array<std::string_view, 12> kinds{"unreferenced",        "wrong_account",       "duplicate",    "overpaid",
                                                 "paid_late",           "reversed",            "notice_without_line",
                                                 "line_without_notice", "chain_broken",        "payout_unknown",
                                                 "payout_contradicted", "payout_returned"};
constexpr std::array<std::string_view, 4> states{"open", "claimed", "proposed", "done"};
constexpr std::array<std::string_view, 5> actions{"match", "assign", "refund", "reverse", "accept"};

template <class Enum, std::size_t count>
std::optional<Enum> find(std::array<std::string_view, count> const& words, std::string_view text) {
    auto const found = std::ranges::find(words, text);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word(ExceptionKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view word(ExceptionState state) { return states[static_cast<std::size_t>(state)]; }
std::string_view word(ExceptionAction action) { return actions[static_cast<std::size_t>(action)]; }
std::optional<ExceptionKind> exception_kind_of(std::string_view text) { return find<ExceptionKind>(kinds, text); }
std::optional<ExceptionState> exception_state_of(std::string_view text) { return find<ExceptionState>(states, text); }
std::optional<ExceptionAction> exception_action_of(std::string_view text) { return find<ExceptionAction>(actions, text); }

std::vector<std::string_view> const& reasons() {
    static std::vector<std::string_view> const all{"typo_in_reference", "payer_told",  "same_payer",   "exact_amount", "stall_known", "paid_twice",
                                                   "not_for_us",        "bank_error",  "bank_told",    "late_accepted", "kept",       "rule"};
    return all;
}

}  // namespace choso::settlement
