#pragma once
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/effects.hpp"
#include "settlement/exceptions/exception.hpp"

/// Who may do what to an exception, and what follows. Pure.
namespace choso::settlement {

/// Above it nobody decides alone. Forced matches, refunds, releases of suspense and undone credits need two whatever the amount.
inline constexpr Money second_person_above{5'000'000};

[[nodiscard]] bool needs_second_person(Exception const& exception, Resolution const& resolution);
/// Whether this can be done about this kind at all: nobody matches a payout.
[[nodiscard]] bool fits(ExceptionKind kind, ExceptionAction action);

/// The row as it is from now on, and what is told of it. Money moves apart from it, by the order that carries it out.
struct ExceptionChange {
    Exception row;
    std::vector<payments::EventDraft> events;
    std::vector<payments::AuditDraft> audits;
};
using Changed = Result<ExceptionChange, payments::Refusal>;
using Known = std::optional<Exception>;

[[nodiscard]] ExceptionChange opened(Exception fresh);
/// Taken (or given back, `away`) by a person; who has it now does not matter: two who look at one row see each other.
[[nodiscard]] Changed claim(Known const& known, payments::Actor const& by, bool away);
/// Done at once where one person is enough; else it waits for another's yes.
[[nodiscard]] Changed propose(Known const& known, payments::Actor const& by, Resolution resolution, Instant now);
[[nodiscard]] Changed approve(Known const& known, payments::Actor const& by, bool second_factor_fresh, Resolution const& shown, Instant now);
[[nodiscard]] Changed reject(Known const& known, payments::Actor const& by, Instant now);
/// Open again, after what was done has been undone by its counter-journal.
[[nodiscard]] Changed reopen(Known const& known, payments::Actor const& by);
/// Its cause is gone: the money was found, the line came.
[[nodiscard]] Changed end_by_itself(Known const& known, std::string why, Instant now);

}  // namespace choso::settlement
