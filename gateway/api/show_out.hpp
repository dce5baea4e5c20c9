#pragma once
#include "gateway/api/rows_out.hpp"

/// How refunds and payouts are shown, to the API and to pages.
namespace choso::api {

/// One in a list: without where it goes.
[[nodiscard]] std::string to_json(payments::Refund const& refund, merchants::Directory const& directory);
[[nodiscard]] std::string to_json(payments::Payout const& payout, merchants::Directory const& directory);
/// One by itself: with its destination.
[[nodiscard]] std::string to_json(RefundRow const& row, merchants::Directory const& directory);
[[nodiscard]] std::string to_json(PayoutRow const& row, merchants::Directory const& directory);

/// `"refunds":[{"id","amount","status"}],"amount_refunded":N` as more members of a JSON object that ends with `}`. What
/// counts as refunded has arrived: status succeeded.
[[nodiscard]] std::string with_refunds(std::string object, std::vector<payments::Refund> const& refunds);

}  // namespace choso::api
