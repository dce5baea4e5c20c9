#pragma once
#include <string_view>

#include "gateway/payments/audit.hpp"
#include "gateway/payments/commands.hpp"

/// What the trail tells of orders about money, in one place: who gave it, on what, how much. Ids, amounts and words of ours;
/// of a reason that somebody typed only that there is one, for it may hold a name.
namespace choso::payments {

namespace audit_action {
inline constexpr std::string_view request_cancelled = "payment_request.cancelled";
inline constexpr std::string_view payment_reversed = "payment.reversed";
inline constexpr std::string_view refund_proposed = "refund.proposed";
inline constexpr std::string_view refund_destination_named = "refund.destination_named";
inline constexpr std::string_view refund_approved = "refund.approved";
inline constexpr std::string_view refund_rejected = "refund.rejected";
inline constexpr std::string_view payout_proposed = "payout.proposed";
inline constexpr std::string_view payout_approved = "payout.approved";
inline constexpr std::string_view payout_rejected = "payout.rejected";
inline constexpr std::string_view settlement_proposed = "settlement.proposed";
}  // namespace audit_action

/// `payout`: the one that was made for it, where one was.
[[nodiscard]] AuditDraft audit_of(Actor const& actor, std::string_view action, Refund const& refund, Payout const* payout = nullptr);
[[nodiscard]] AuditDraft audit_of(Actor const& actor, std::string_view action, Payout const& payout);
[[nodiscard]] AuditDraft audit_of(Settlement const& batch);
[[nodiscard]] AuditDraft audit_of(ReverseCredit const& order, Payment const& payment);
/// `request` as it was, with the money that it lets go.
[[nodiscard]] AuditDraft audit_of(CancelRequest const& order, PaymentRequest const& request);

}  // namespace choso::payments
