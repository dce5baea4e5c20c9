#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace choso {

/// A moment, in microseconds since 1970 UTC: PostgreSQL's own resolution.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Seconds = std::chrono::seconds;

/// Vietnam keeps one offset all year; g++ 12 has no time zones and none is needed.
inline constexpr auto vietnam_offset = std::chrono::hours{7};

/// The calendar day in Vietnam of a moment: the "bank day".
[[nodiscard]] std::chrono::sys_days vietnam_day(Instant at);

/// RFC 3339 with Vietnam's offset: `2026-11-21T14:02:37.123456+07:00` (fraction only when there is one).
[[nodiscard]] std::string to_rfc3339(Instant at);
/// Reads RFC 3339 with an offset or `Z`.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);
/// Reads a bank's local time `YYYY-MM-DD HH:MM:SS` (or with `T`) as Vietnam time.
[[nodiscard]] std::optional<Instant> parse_vietnam_time(std::string_view text);
/// Reads `YYYY-MM-DD`; such a day in Vietnam begins at Instant{day} − vietnam_offset.
[[nodiscard]] std::optional<std::chrono::sys_days> parse_day(std::string_view text);
/// `14:32, 21/11/2026`, as pages show it.
[[nodiscard]] std::string to_page_time(Instant at);

/// What time it is for business rules. Timeouts use the steady clock instead.
class Clock {
 public:
    Clock() = default;
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override;
};

}  // namespace choso
