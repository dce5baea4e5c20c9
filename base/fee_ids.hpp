#pragma once
#include "base/id.hpp"

/// Ids of what bills are made of; apart from the others, since few need them.
namespace choso {

struct BillTag { static constexpr std::string_view prefix = "bill"; };
struct PayerTag { static constexpr std::string_view prefix = "payer"; };
struct FeeUnitTag { static constexpr std::string_view prefix = "unit"; };
struct FeeItemTag { static constexpr std::string_view prefix = "item"; };
struct FeeRuleTag { static constexpr std::string_view prefix = "rule"; };
struct ImportTag { static constexpr std::string_view prefix = "imp"; };

using BillId = Id<BillTag>;
using PayerId = Id<PayerTag>;
/// A class, a department, a counter of a payee.
using FeeUnitId = Id<FeeUnitTag>;
using FeeItemId = Id<FeeItemTag>;
using FeeRuleId = Id<FeeRuleTag>;
using ImportId = Id<ImportTag>;

}  // namespace choso
