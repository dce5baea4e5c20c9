#pragma once
#include <span>

#include "gateway/payments/verify.hpp"

namespace choso::benefits {

/// Nobody is paid twice; a programme's purse holds what was set apart and is not paid.
[[nodiscard]] std::span<payments::Invariant const> invariants();

}  // namespace choso::benefits
