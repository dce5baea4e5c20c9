#pragma once
#include <span>

#include "gateway/payments/verify.hpp"

namespace choso::complaints {

[[nodiscard]] std::span<payments::Invariant const> invariants();

}  // namespace choso::complaints
