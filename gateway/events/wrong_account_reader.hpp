#pragma once
#include <memory>
#include <string>

#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"

namespace choso::events {

/// Money came into one collector's account under the reference of another's request: this tells the request's own bucket,
/// so that its merchant hears of it too (`payment.wrong_account` with the request). No rule touches two buckets, so it
/// travels as an event and a command; the command makes it once.
[[nodiscard]] std::unique_ptr<LeasedReader> start_wrong_account_reader(Reading from, payments::Core& core);

/// The command an event calls for; null when it calls for none.
[[nodiscard]] std::unique_ptr<payments::NoteWrongAccount> note_of(payments::StoredEvent const& event, ReferenceIssuer const& issuer);

}  // namespace choso::events
