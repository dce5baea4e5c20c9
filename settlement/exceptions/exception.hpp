#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "gateway/payments/types.hpp"
#include "settlement/ids.hpp"

namespace choso::settlement {

enum class ExceptionKind {
    unreferenced,         ///< money nobody was found for
    wrong_account,        ///< with a reference of somebody else's request
    duplicate,            ///< the whole amount a second time
    overpaid,
    paid_late,            ///< held until somebody decides
    reversed,             ///< the bank took back what was paid
    notice_without_line,  ///< told by a notice, in no statement by T+2
    line_without_notice,  ///< in a statement of an account whose every credit is told
    chain_broken,         ///< a statement's balances do not follow
    payout_unknown,       ///< asked the last time in vain
    payout_contradicted,  ///< the bank told two things
    payout_returned,
};
enum class ExceptionState { open, claimed, proposed, done };
enum class ExceptionAction {
    match,    ///< the payment stands for a request
    assign,   ///< it is a merchant's, without a request
    refund,   ///< it goes back
    reverse,  ///< the credit never was: undone by a counter-journal
    accept,   ///< explained; no money moves
};
[[nodiscard]] std::string_view word(ExceptionKind kind);
[[nodiscard]] std::string_view word(ExceptionState state);
[[nodiscard]] std::string_view word(ExceptionAction action);
[[nodiscard]] std::optional<ExceptionKind> exception_kind_of(std::string_view word);
[[nodiscard]] std::optional<ExceptionState> exception_state_of(std::string_view word);
[[nodiscard]] std::optional<ExceptionAction> exception_action_of(std::string_view word);

/// What is proposed to be done about one. `target`: a request (match), a merchant (assign), the refund that was proposed (refund).
struct Resolution {
    ExceptionAction action = ExceptionAction::accept;
    std::optional<Uuid> target;
    std::optional<StallId> stall;
    std::string reason;  ///< one of `reasons`
    friend bool operator==(Resolution const&, Resolution const&) = default;
};
/// Why something is done, in words of ours: `payer_told`, `typo_in_reference`, …
[[nodiscard]] std::vector<std::string_view> const& reasons();

struct Exception {
    ExceptionId id;
    ExceptionKind kind = ExceptionKind::unreferenced;
    Uuid subject{};
    AccountId account;
    MerchantId merchant;  ///< who is shown it: the collector's own
    Money amount;         ///< at risk
    Instant occurred_at;
    Instant opened_at;
    ExceptionState state = ExceptionState::open;
    std::optional<Uuid> owner;  ///< of the staff
    std::optional<Resolution> resolution;
    std::optional<payments::Actor> maker, approver;
    std::optional<Instant> proposed_at, decided_at;
    std::string ended;
};

struct ExceptionNote {
    ExceptionId exception;
    Uuid id{};
    Uuid author{};
    Instant at;
    std::string text;
};

}  // namespace choso::settlement
