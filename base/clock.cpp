#include "base/clock.hpp"

#include <array>
#include <cstdio>

namespace choso {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

struct Reader {
    std::string_view rest;

    [[nodiscard]] std::optional<int> digits(std::size_t n) {
        if (rest.size() < n) return std::nullopt;
        auto value = 0;
        for (auto const c : rest.substr(0, n)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest.remove_prefix(n);
        return value;
    }
    [[nodiscard]] bool take(char c) {
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
};

/// `YYYY-MM-DD?HH:MM:SS` where ? is `T` or a blank, as if it were UTC.
std::optional<Instant> read_civil(Reader& in) {
    auto const year = in.digits(4);
    if (!year || !in.take('-')) return std::nullopt;
    auto const month = in.digits(2);
    if (!month || !in.take('-')) return std::nullopt;
    auto const day = in.digits(2);
    if (!day || !(in.take('T') || in.take(' '))) return std::nullopt;
    auto const hour = in.digits(2);
    if (!hour || !in.take(':')) return std::nullopt;
    auto const minute = in.digits(2);
    if (!minute || !in.take(':')) return std::nullopt;
    auto const second = in.digits(2);
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    auto const date = year_month_day{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                     std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Instant{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second};
}

/// Up to nine digits after a point; what lies below a microsecond is dropped.
std::optional<microseconds> read_fraction(Reader& in) {
    if (!in.take('.')) return microseconds{0};
    auto value = 0;
    auto count = 0;
    while (!in.rest.empty() && in.rest.front() >= '0' && in.rest.front() <= '9') {
        if (count < 6) value = value * 10 + (in.rest.front() - '0');
        in.rest.remove_prefix(1);
        if (++count > 9) return std::nullopt;
    }
    if (count == 0) return std::nullopt;
    for (; count < 6; ++count) value *= 10;
    return microseconds{value};
}

}  // namespace

std::chrono::sys_days vietnam_day(Instant at) { return floor<days>(at + vietnam_offset); }

std::string to_rfc3339(Instant at) {
    auto const local = at + vietnam_offset;
    auto const day = floor<days>(local);
    auto const date = year_month_day{day};
    auto const time = hh_mm_ss{floor<seconds>(local - day)};
    auto const fraction = (local - floor<seconds>(local)).count();
    std::array<char, 64> out{};
    auto const form = fraction == 0 ? "%04d-%02u-%02uT%02d:%02d:%02d+07:00" : "%04d-%02u-%02uT%02d:%02d:%02d.%06d+07:00";
    std::snprintf(out.data(), out.size(), form, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()), static_cast<int>(fraction));
    return out.data();
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    auto in = Reader{text};
    auto const civil = read_civil(in);
    if (!civil) return std::nullopt;
    auto const fraction = read_fraction(in);
    if (!fraction) return std::nullopt;
    if (in.take('Z')) return in.rest.empty() ? std::optional{*civil + *fraction} : std::nullopt;
    auto const minus = in.rest.starts_with('-');
    if (!in.take('+') && !in.take('-')) return std::nullopt;
    auto const hour = in.digits(2);
    if (!hour || !in.take(':')) return std::nullopt;
    auto const minute = in.digits(2);
    if (!minute || !in.rest.empty() || *hour > 23 || *minute > 59) return std::nullopt;
    auto const offset = hours{*hour} + minutes{*minute};
    return *civil + *fraction - (minus ? -offset : offset);
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
    if (text.size() != 10) return std::nullopt;
    auto const at = parse_rfc3339(std::string{text} + "T00:00:00Z");
    if (!at) return std::nullopt;
    return floor<days>(*at);
}

std::optional<Instant> parse_vietnam_time(std::string_view text) {
    auto in = Reader{text};
    auto const civil = read_civil(in);
    if (!civil || !in.rest.empty()) return std::nullopt;
    return *civil - vietnam_offset;
}

std::string to_page_time(Instant at) {
    auto const local = at + vietnam_offset;
    auto const day = floor<days>(local);
    auto const date = year_month_day{day};
    auto const time = hh_mm_ss{floor<minutes>(local - day)};
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%02d:%02d, %02u/%02u/%04d", static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<unsigned>(date.day()),
                  static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
    return out.data();
}

Instant SystemClock::now() const { return floor<microseconds>(std::chrono::system_clock::now()); }

}  // namespace choso
