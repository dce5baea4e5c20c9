#pragma once
#include <string>
#include <vector>

#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"

/// What belongs to one request besides its own row.
namespace choso::api {

/// Money that was booked for it, oldest first.
struct RequestReceipt {
    Money amount;
    bool taken_back = false;  ///< by the bank
};
struct RequestMoney {
    std::vector<RequestReceipt> receipts;
    std::vector<payments::Refund> refunds;  ///< oldest first
};
/// May throw postgres::ConnectionLost or StatementFailed.
[[nodiscard]] RequestMoney money_of(postgres::Connection& connection, PaymentRequestId request);
/// For whom it is paid, as the merchant wrote it: personal, masked wherever it is shown. Empty: nobody is named.
[[nodiscard]] std::string payer_of(postgres::Connection& connection, PaymentRequestId request);

}  // namespace choso::api
