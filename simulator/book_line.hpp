#pragma once
#include <string>

#include "simulator/book.hpp"

/// The lines of the book's file: each sort written and read.
namespace choso::bank {

/// A member as text; empty if absent or null.
[[nodiscard]] std::string text_in(json::Value const& line, std::string_view name);
/// Zero if absent.
[[nodiscard]] std::int64_t number_in(json::Value const& line, std::string_view name);
[[nodiscard]] bool flag_in(json::Value const& line, std::string_view name);
/// 1970 if absent.
[[nodiscard]] Instant time_in(json::Value const& line, std::string_view name);

[[nodiscard]] Movement movement_in(json::Value const& line);
[[nodiscard]] Payout payout_in(json::Value const& line);
[[nodiscard]] Delivery delivery_in(json::Value const& line);
[[nodiscard]] Later later_in(json::Value const& line);

[[nodiscard]] std::string first_line(std::int64_t first);
[[nodiscard]] std::string account_line(AccountKey const& key, std::string const& holder, Money opening);
[[nodiscard]] std::string movement_line(Movement const& movement);
[[nodiscard]] std::string payout_line(Payout const& payout);
[[nodiscard]] std::string delivery_line(Delivery const& delivery);
[[nodiscard]] std::string attempt_line(std::int64_t delivery, std::string const& answer, bool done, Instant due);
[[nodiscard]] std::string later_line(Later const& later);
[[nodiscard]] std::string happened_line(std::int64_t later);

/// The members of a movement, for the file and for the API.
void write_members(json::Writer& out, Movement const& movement);

}  // namespace choso::bank
