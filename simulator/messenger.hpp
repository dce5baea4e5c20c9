#pragma once
#include <cstddef>

#include "simulator/bank.hpp"

namespace choso::bank {

/// Carries what is due to those who must be told, one after another in the order it is due, until nothing is. Blocks
/// while they take their time (10 s at most for each). Answers how many letters went out.
std::size_t deliver(Bank& bank);

}  // namespace choso::bank
