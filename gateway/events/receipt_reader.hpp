#pragma once
#include <memory>
#include <optional>
#include <span>

#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"
#include "platform/postgres/params.hpp"

namespace choso::events {

/// After each event that may have changed a request's money, orders that its receipts follow it.
[[nodiscard]] std::unique_ptr<LeasedReader> start_receipt_reader(Reading from, payments::Core& core);

/// The request that an event's money is of, if it is of one.
[[nodiscard]] std::optional<PaymentRequestId> request_of(payments::StoredEvent const& event);

/// The same, if it lies in the event's own bucket, where what follows it is kept.
[[nodiscard]] std::optional<PaymentRequestId> own_request_of(payments::StoredEvent const& event);

/// The requests of a page of events, each with its bucket, as a query takes them.
struct Wanted {
    postgres::Array buckets, requests;
};
[[nodiscard]] Wanted wanted_of(std::span<payments::StoredEvent const> page);

}  // namespace choso::events
