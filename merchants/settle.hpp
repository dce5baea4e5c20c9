#pragma once
#include <memory>

#include "gateway/payments/settle.hpp"
#include "merchants/directory.hpp"

namespace choso::merchants {

/// A settlement run of a collector, paid from one of its accounts: every payee that has a payout account, with fresh ids.
/// Whose order it is, up to when, and its idempotency are still to come.
[[nodiscard]] std::unique_ptr<payments::ProposeSettlement> settlement_of(Directory const& directory, Collector const& collector,
                                                                         BankAccount const& from, Instant now);

/// The moment a day in Vietnam ends.
[[nodiscard]] Instant end_of(std::chrono::sys_days day);

}  // namespace choso::merchants
