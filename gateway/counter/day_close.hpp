#pragma once
#include <array>
#include <string>
#include <vector>

#include "gateway/counter/stall_session.hpp"

namespace choso::counter {

/// A stall's day: what came, hour by hour.
struct Day {
    std::chrono::sys_days date{};
    Money sum{};
    std::int64_t count = 0;
    std::array<Money, 24> hours{};
};
[[nodiscard]] Day read_day(postgres::Connection& connection, StallSession const& session, std::chrono::sys_days date);

/// A line of the revenue table that a household business declares from (mẫu S1-HKD).
struct RevenueLine {
    PaymentId payment;
    Instant at;
    Money amount;
    std::string bank_ref, what;
    bool reversed = false;
};
[[nodiscard]] std::vector<RevenueLine> read_revenue(postgres::Connection& connection, StallSession const& session, std::chrono::sys_days from,
                                                    std::chrono::sys_days until);

/// From and to of the request (`tu`, `den`; `ngay` for one day; today without), both included; nullopt if they are no days or
/// more than a year.
struct Days {
    std::chrono::sys_days from, until;
};
[[nodiscard]] std::optional<Days> days_of(http::Request const& request, Instant now);
/// `28/11/2026`
[[nodiscard]] std::string page_day(std::chrono::sys_days day);
/// `2026-11-28`
[[nodiscard]] std::string iso_day(std::chrono::sys_days day);

/// Answers with `draw` for who may see sums, else with the reason.
void with_totals(api::Edge& edge, http::Request const& request, http::Responder respond,
                 std::function<http::Response(postgres::Connection&, StallSession const&, Days const&)> draw);

}  // namespace choso::counter
