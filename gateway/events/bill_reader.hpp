#pragma once
#include <memory>

#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"
#include "merchants/directory_watch.hpp"

namespace choso::events {

/// Tells bills of the money that came for them, or went: whoever reads events hears `bill.paid` for a bill that one of several
/// in a transfer has paid, as for any other. What a bill shows never waits for it.
[[nodiscard]] std::unique_ptr<LeasedReader> start_bill_reader(Reading from, payments::Core& core, merchants::DirectoryWatch const& directory);

}  // namespace choso::events
