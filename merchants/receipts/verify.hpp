#pragma once
#include <span>

#include "gateway/payments/verify.hpp"

namespace choso::receipts {

/// No gap, no double, no receipt beyond its money.
[[nodiscard]] std::span<payments::Invariant const> invariants();

}  // namespace choso::receipts
