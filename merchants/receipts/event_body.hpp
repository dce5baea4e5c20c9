#pragma once
#include <string>
#include <string_view>

#include "gateway/payments/audit.hpp"
#include "merchants/receipts/receipt.hpp"

namespace choso::receipts {

namespace event_type {
inline constexpr std::string_view issued = "receipt.issued";
inline constexpr std::string_view cancelled = "receipt.cancelled";
}  // namespace event_type

/// Ids, amount and number; of a counter-receipt also what it cancels.
[[nodiscard]] std::string body_of(Receipt const& receipt);
/// Of a person's counter-receipt.
[[nodiscard]] payments::AuditDraft audit_of(Receipt const& counter);

}  // namespace choso::receipts
