#pragma once
#include <vector>

#include "gateway/payments/decide.hpp"

/// Money of a split request: whose it is, line by line, and the journals that make it so. Pure, like all rules.
///
/// One rule holds it together: payments laid end to end in the order they came meet the lines laid end to end in the
/// payer's order; the overlap of payment and line is the payment's share of it, what is beyond the last line is the
/// asking merchant's. So what a line holds follows from how much there is, never from how it came there (docs/adr/0014).
namespace choso::payments {

/// Each payment's shares, by that rule. All empty while a `together` split lacks any of its amount, and always under `on_release`: the money is held.
[[nodiscard]] std::vector<std::vector<Share>> shares_of(PaymentRequest const& request, std::vector<Money> const& payments);

/// `payment` comes to stand for the request, from `source` (bank or unreferenced). `standing` is the money that stood
/// for it before. `told` is the asking merchant's event, without its number. Returns the payment's shares; whoever has
/// confirmed it already calls confirm_split with them.
std::vector<Share> receive_split(Effects& effects, PaymentRequest const& request, std::vector<AllocatedPayment> const& standing, CollectorMode mode,
                                 Payment const& payment, AccountKind source, EventDraft told, Instant now);

/// `leaving` stands for the request no more and goes to `target` (bank or unreferenced); `standing` is all money that
/// did, `leaving` too. What is left fills the lines anew: the last filled lose first.
void release_split(Effects& effects, PaymentRequest const& request, std::vector<AllocatedPayment> const& standing, CollectorMode mode,
                   AllocatedPayment const& leaving, AccountKind target, EventDraft told, Instant occurred_at, Instant now);

/// A second source told the payment: each payee's share of it may be paid out. Held money waits.
void confirm_split(Effects& effects, Payment const& payment, std::vector<Share> const& shares, Instant now);

}  // namespace choso::payments
