#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "platform/postgres/connection.hpp"
#include "settlement/exceptions/commands.hpp"

/// Which facts are exceptions, and which exceptions are none any more. Reads only; what follows is ordered from the core.
namespace choso::settlement {

/// The events that tell of one.
[[nodiscard]] std::vector<std::string_view> const& exception_events();
/// What such an event opens; null if it opens nothing (it tells another bucket's merchant of the same money).
[[nodiscard]] std::unique_ptr<OpenException> opening_of(postgres::Connection& connection, std::string_view type, Bucket bucket, Uuid const& subject,
                                                        std::string_view body, Instant now);

/// Orders that end what has resolved itself.
[[nodiscard]] std::vector<std::unique_ptr<ExceptionCommand>> endings(postgres::Connection& connection);

/// Notices of one day in Vietnam that no statement line has confirmed, in accounts whose every line is fed. For a day that
/// is two working days old.
[[nodiscard]] std::vector<std::unique_ptr<OpenException>> without_line(postgres::Connection& connection, std::chrono::sys_days day, Instant now);

/// Statements that are held because their balances do not follow: nothing of them is booked until somebody looks.
[[nodiscard]] std::vector<std::unique_ptr<OpenException>> broken_chains(postgres::Connection& connection, Instant now);

}  // namespace choso::settlement
