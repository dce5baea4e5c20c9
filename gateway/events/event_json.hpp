#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/payments/book.hpp"

namespace choso::events {

/// `evt_…`, the same wherever and whenever the event is shown: its time, bucket and seq laid out as a UUIDv7.
[[nodiscard]] std::string event_id(payments::StoredEvent const& event);

/// `{"id","type","at","merchant","subject", …the body's members…}`; the subject with the prefix of what it is.
[[nodiscard]] std::string event_json(payments::StoredEvent const& event);

/// The stall an event's body names.
[[nodiscard]] std::optional<StallId> stall_of(payments::StoredEvent const& event);

/// Is the event a request's own, or does its body name it. `text` is the request's id as bodies write it.
[[nodiscard]] bool is_about(payments::StoredEvent const& event, PaymentRequestId request, std::string_view text);

}  // namespace choso::events
