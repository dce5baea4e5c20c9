#include "base/working_days.hpp"

#include <array>

#include "base/assert.hpp"

namespace choso {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Row {
    int year;
    unsigned month, day;
    bool works;
    std::string_view name, basis;
};

constexpr std::string_view law = "Bộ luật Lao động 2019, Điều 112";
constexpr std::string_view made_up = "Bộ luật Lao động 2019, Điều 111 khoản 3";
constexpr std::string_view announced = "thông báo của cơ quan nhà nước về nghỉ lễ, Tết";
/// The law leaves one day around Tết and around 2/9 to the year's announcement: until it comes, this is the usual choice.
constexpr std::string_view expected = "Điều 112 khoản 1 và 3; chờ thông báo của năm";

constexpr auto off = false;
constexpr auto worked = true;
constexpr auto table = std::to_array<Row>({
    {2025, 1, 1, off, "Tết Dương lịch", law},
    {2025, 1, 27, off, "Tết Nguyên đán Ất Tỵ", announced},
    {2025, 1, 28, off, "Tết Nguyên đán Ất Tỵ", announced},
    {2025, 1, 29, off, "Tết Nguyên đán Ất Tỵ", announced},
    {2025, 1, 30, off, "Tết Nguyên đán Ất Tỵ", announced},
    {2025, 1, 31, off, "Tết Nguyên đán Ất Tỵ", announced},
    {2025, 4, 7, off, "Giỗ Tổ Hùng Vương", law},
    {2025, 4, 26, worked, "làm bù cho 2/5", announced},
    {2025, 4, 30, off, "Ngày Chiến thắng", law},
    {2025, 5, 1, off, "Ngày Quốc tế lao động", law},
    {2025, 5, 2, off, "hoán đổi với 26/4", announced},
    {2025, 9, 1, off, "Quốc khánh", announced},
    {2025, 9, 2, off, "Quốc khánh", law},

    {2026, 1, 1, off, "Tết Dương lịch", law},
    {2026, 1, 2, off, "hoán đổi với 10/1", announced},
    {2026, 1, 10, worked, "làm bù cho 2/1", announced},
    {2026, 2, 16, off, "Tết Nguyên đán Bính Ngọ", announced},
    {2026, 2, 17, off, "Tết Nguyên đán Bính Ngọ", announced},
    {2026, 2, 18, off, "Tết Nguyên đán Bính Ngọ", announced},
    {2026, 2, 19, off, "Tết Nguyên đán Bính Ngọ", announced},
    {2026, 2, 20, off, "Tết Nguyên đán Bính Ngọ", announced},
    {2026, 4, 26, off, "Giỗ Tổ Hùng Vương", law},
    {2026, 4, 27, off, "nghỉ bù Giỗ Tổ Hùng Vương", made_up},
    {2026, 4, 30, off, "Ngày Chiến thắng", law},
    {2026, 5, 1, off, "Ngày Quốc tế lao động", law},
    {2026, 8, 22, worked, "làm bù cho 31/8", announced},
    {2026, 8, 31, off, "hoán đổi với 22/8", announced},
    {2026, 9, 1, off, "Quốc khánh", announced},
    {2026, 9, 2, off, "Quốc khánh", law},

    // Tết 2027: 1 tháng Giêng Đinh Mùi is Saturday 6 February. One day before and four from it on, of which the Saturday and
    // the Sunday are made up for on the next working days.
    {2027, 1, 1, off, "Tết Dương lịch", law},
    {2027, 2, 5, off, "Tết Nguyên đán Đinh Mùi", expected},
    {2027, 2, 6, off, "Tết Nguyên đán Đinh Mùi", expected},
    {2027, 2, 7, off, "Tết Nguyên đán Đinh Mùi", expected},
    {2027, 2, 8, off, "Tết Nguyên đán Đinh Mùi", expected},
    {2027, 2, 9, off, "Tết Nguyên đán Đinh Mùi", expected},
    {2027, 2, 10, off, "nghỉ bù Tết Nguyên đán", made_up},
    {2027, 2, 11, off, "nghỉ bù Tết Nguyên đán", made_up},
    {2027, 4, 16, off, "Giỗ Tổ Hùng Vương", law},
    {2027, 4, 30, off, "Ngày Chiến thắng", law},
    {2027, 5, 1, off, "Ngày Quốc tế lao động", law},
    {2027, 5, 3, off, "nghỉ bù Ngày Quốc tế lao động", made_up},
    {2027, 9, 2, off, "Quốc khánh", law},
    {2027, 9, 3, off, "Quốc khánh", expected},
});

bool is_weekend(sys_days day) {
    auto const weekday = std::chrono::weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

WorkingCalendar WorkingCalendar::vietnam() {
    auto out = WorkingCalendar{};
    for (auto const& row : table) {
        auto const day = sys_days{std::chrono::year{row.year} / std::chrono::month{row.month} / std::chrono::day{row.day}};
        out.days_[day] = {day, row.works, std::string{row.name}, std::string{row.basis}};
    }
    return out;
}

WorkingCalendar WorkingCalendar::with(std::span<CalendarDay const> changed) const {
    auto out = *this;
    for (auto const& each : changed) out.days_[each.day] = each;
    return out;
}

CalendarDay const* WorkingCalendar::special(sys_days day) const {
    auto const found = days_.find(day);
    return found == days_.end() ? nullptr : &found->second;
}

bool WorkingCalendar::works(sys_days day) const {
    auto const* known = special(day);
    return known != nullptr ? known->works : !is_weekend(day);
}

sys_days WorkingCalendar::after(sys_days from, int count) const {
    CHOSO_ASSERT(count >= 1 && count <= 1'000);
    auto day = from;
    while (count > 0) {
        day += days{1};
        if (works(day)) --count;
    }
    return day;
}

Instant WorkingCalendar::deadline(Instant from, int count) const {
    return Instant{after(vietnam_day(from), count) + days{1}} - vietnam_offset;
}

int WorkingCalendar::between(sys_days from, sys_days to) const {
    if (to < from) return -between(to, from);
    auto count = 0;
    for (auto day = from + days{1}; day <= to; day += days{1}) count += works(day) ? 1 : 0;
    return count;
}

std::optional<sys_days> WorkingCalendar::known_until() const {
    if (days_.empty()) return std::nullopt;
    return days_.rbegin()->first;
}

}  // namespace choso
