#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"

/// Vietnam's working days: Monday to Friday, but for public holidays, the days off that make up for those that fall on a
/// weekend (Labour Code 2019, article 111.3), and days that the government moves.
namespace choso {

/// A day that is not what its weekday says.
struct CalendarDay {
    std::chrono::sys_days day;
    bool works = false;       ///< false: a day off; true: a Saturday or Sunday that is worked
    std::string name;         ///< `Tết Nguyên đán Đinh Mùi`, `làm bù cho 31/8`
    std::string basis;        ///< what it follows from: a law's article, an announcement, a derivation of ours
};

/// The days that are known: those built in, changed by what an office has entered since.
class WorkingCalendar {
 public:
    /// Only weekends are off.
    WorkingCalendar() = default;
    /// With the built-in table of public holidays and moved days, 2025 to 2027. Of a year that the government has not yet
    /// announced the table has what the law itself says; an announcement is entered as data (`with`).
    [[nodiscard]] static WorkingCalendar vietnam();
    /// The same with these days, which win over what is known of them.
    [[nodiscard]] WorkingCalendar with(std::span<CalendarDay const> days) const;

    [[nodiscard]] bool works(std::chrono::sys_days day) const;
    /// What a special day is; null for a plain one.
    [[nodiscard]] CalendarDay const* special(std::chrono::sys_days day) const;
    /// The last working day of a term of `days` working days that begins on the day after `from` (Civil Code 2015, article
    /// 147: the day of the event does not count). `days` is from 1 to 1,000.
    [[nodiscard]] std::chrono::sys_days after(std::chrono::sys_days from, int days) const;
    /// The end of that day in Vietnam: from this moment on the term is over.
    [[nodiscard]] Instant deadline(Instant from, int days) const;
    /// How many working days lie in (from, to]; negative if `to` is before.
    [[nodiscard]] int between(std::chrono::sys_days from, std::chrono::sys_days to) const;
    /// The last day that the table says anything of: terms beyond it know weekends alone.
    [[nodiscard]] std::optional<std::chrono::sys_days> known_until() const;

 private:
    std::map<std::chrono::sys_days, CalendarDay> days_;
};

}  // namespace choso
