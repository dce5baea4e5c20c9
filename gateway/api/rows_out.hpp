#pragma once
#include "gateway/api/rows.hpp"

/// Questions about refunds and payouts, like those of rows.hpp.
namespace choso::api {

struct RefundRow {
    payments::Refund refund;
    std::optional<payments::Destination> to;  ///< none yet, or erased
    std::optional<PayoutId> payout;
    AccountId account;                        ///< that its payment came into
};
[[nodiscard]] std::optional<RefundRow> find_refund(postgres::Connection& connection, RefundId id);
/// Those that nobody has decided on yet, newest first.
[[nodiscard]] std::vector<RefundRow> waiting_refunds(postgres::Connection& connection, Owners const& owners, std::int64_t most);
/// Oldest first.
[[nodiscard]] std::vector<payments::Refund> refunds_of(postgres::Connection& connection, PaymentId payment);
[[nodiscard]] std::vector<payments::Refund> refunds_of(postgres::Connection& connection, PaymentRequestId request);
[[nodiscard]] std::vector<payments::Refund> list_refunds(postgres::Connection& connection, Owners const& owners, ListOptions const& options);

struct PayoutRow {
    payments::Payout payout;
    std::optional<payments::Destination> to;  ///< none if it was erased
};
[[nodiscard]] std::optional<PayoutRow> find_payout(postgres::Connection& connection, PayoutId id);
[[nodiscard]] std::vector<PayoutRow> waiting_payouts(postgres::Connection& connection, Owners const& owners, std::int64_t most);
[[nodiscard]] std::vector<payments::Payout> list_payouts(postgres::Connection& connection, Owners const& owners, ListOptions const& options);

}  // namespace choso::api
