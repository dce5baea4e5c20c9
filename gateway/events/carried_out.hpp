#pragma once
#include <future>
#include <memory>

#include "gateway/payments/core.hpp"

namespace choso::events {

/// Orders a command; true once its answer is known. One that failed alone lies in quarantine and counts as carried out: the
/// reader goes on. False if the book could not take it: its event comes again.
[[nodiscard]] std::future<bool> carried_out(payments::Core& core, std::unique_ptr<payments::Command const> command);

/// Nothing had to be ordered, or it is known already.
[[nodiscard]] std::future<bool> carried_out(bool done);

}  // namespace choso::events
