#pragma once
#include <string>
#include <string_view>

#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"

/// The money tables' columns in one order for all SQL, and the readers of rows in that order.
namespace choso::payments {

/// `text` with `request_columns(r)`, `payment_columns(p)`, `refund_columns(f)` and `payout_columns(o)` written out; the
/// letters are the aliases the statement must use.
[[nodiscard]] std::string with_columns(std::string text);
/// Every `from` becomes `to`.
void replace_all(std::string& text, std::string_view from, std::string_view to);

/// Of a row that begins with those columns. A split request comes without its lines.
[[nodiscard]] PaymentRequest read_request(postgres::Result const& rows, int row);
[[nodiscard]] Payment read_payment(postgres::Result const& rows, int row);
[[nodiscard]] Refund read_refund(postgres::Result const& rows, int row);
[[nodiscard]] Payout read_payout(postgres::Result const& rows, int row);

}  // namespace choso::payments
