#pragma once
#include <span>

#include "gateway/payments/verify.hpp"

namespace choso::deposits {

[[nodiscard]] std::span<payments::Invariant const> invariants();

}  // namespace choso::deposits
