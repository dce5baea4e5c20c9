#pragma once
#include <memory>

#include "gateway/events/reader.hpp"
#include "gateway/payments/core.hpp"
#include "merchants/directory_watch.hpp"

namespace choso::events {

/// After each event that may have changed the money of a deposit's request, orders that the case follows it.
[[nodiscard]] std::unique_ptr<LeasedReader> start_deposit_reader(Reading from, payments::Core& core, merchants::DirectoryWatch const& directory);

}  // namespace choso::events
