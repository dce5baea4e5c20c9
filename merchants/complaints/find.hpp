#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/working_days.hpp"
#include "merchants/complaints/complaint.hpp"
#include "platform/postgres/connection.hpp"

/// The questions of pages and the API about complaints. May throw what postgres::Connection throws.
namespace choso::complaints {

struct Shown {
    Complaint complaint;
    std::string body, contact, answer;  ///< what people wrote; empty once erased
};
[[nodiscard]] std::optional<Shown> find(postgres::Connection& connection, ComplaintId id);
[[nodiscard]] std::optional<Shown> find(postgres::Connection& connection, Bucket bucket, Uuid const& token);
using Offices = std::vector<std::pair<Bucket, MerchantId>>;
/// Newest first, before `before`.
[[nodiscard]] std::vector<Shown> list(postgres::Connection& connection, Offices const& offices, std::optional<Uuid> before, std::optional<std::string> const& status,
                                      std::int64_t limit);

/// What was opened in [from, to), by office and kind.
struct Figure {
    MerchantId merchant;
    Kind kind = Kind::other;
    std::int64_t all = 0, open = 0, late = 0, escalated = 0, answered_in_time = 0, median_hours = 0;
};
[[nodiscard]] std::vector<Figure> figures(postgres::Connection& connection, Offices const& offices, Instant from, Instant to, Instant now);

/// The working days this office has for a complaint of that kind, and when they are over.
struct Term {
    int days = 0;
    Instant deadline;
};
[[nodiscard]] Term term_of(postgres::Connection& connection, MerchantId office, Kind kind, Instant now);
/// The built-in calendar with what was entered since.
[[nodiscard]] WorkingCalendar calendar(postgres::Connection& connection);

}  // namespace choso::complaints
