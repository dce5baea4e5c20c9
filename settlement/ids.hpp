#pragma once
#include "base/id.hpp"

/// Ids of what the floor of settlement owns.
namespace choso {

struct ExceptionTag { static constexpr std::string_view prefix = "exc"; };
struct PaymentFileTag { static constexpr std::string_view prefix = "pf"; };
struct MatchRuleTag { static constexpr std::string_view prefix = "rule"; };

/// A difference somebody must explain.
using ExceptionId = Id<ExceptionTag>;
/// Transfers as a bank's site takes them.
using PaymentFileId = Id<PaymentFileTag>;
using MatchRuleId = Id<MatchRuleTag>;

}  // namespace choso
