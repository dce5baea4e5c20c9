#pragma once
#include <memory>

#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"

namespace choso::events {

/// After each event that may have changed a request's money, orders that its receipts follow it.
[[nodiscard]] std::unique_ptr<LeasedReader> start_receipt_reader(std::string database_url, std::chrono::milliseconds poll, payments::Core& core);

/// The request that an event's money is of, if it is of one.
[[nodiscard]] std::optional<PaymentRequestId> request_of(payments::StoredEvent const& event);

}  // namespace choso::events
