#pragma once
#include "gateway/payments/types.hpp"

namespace choso::payments {

/// DESIGN §7 as one rule. A request's status follows from facts only (how much came in time, how much late, whether
/// its time has passed, whether it was cancelled), so the order in which they were told does not change the book.
///
/// Paid late means the whole amount is there but only thanks to late money. Late money that does not complete the
/// amount leaves the request expired, with the money allocated (docs/adr/0006).
[[nodiscard]] RequestStatus status_of(PaymentRequest const& request);

/// Late by the bank's own time, never by when we were told.
[[nodiscard]] bool is_late(PaymentRequest const& request, Instant bank_time);

/// The request with `amount` more (or less, when negative) allocated to it, its status and late decision following.
[[nodiscard]] PaymentRequest with_money(PaymentRequest request, Money amount, bool late);

/// The request after its time has passed.
[[nodiscard]] PaymentRequest with_time_passed(PaymentRequest request);

}  // namespace choso::payments
