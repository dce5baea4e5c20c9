#include "base/working_days.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace choso {
namespace {

std::chrono::sys_days day(std::string_view text) { return parse_day(text).value(); }

struct Row {
    std::string_view name, from;
    int days;
    std::string_view last;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name << ": " << row.from << " + " << row.days; }

class Terms : public testing::TestWithParam<Row> {};

TEST_P(Terms, end_on_the_day_the_table_says) {
    auto const& row = GetParam();
    EXPECT_EQ(WorkingCalendar::vietnam().after(day(row.from), row.days), day(row.last));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Terms,
    testing::Values(
        //   name                                     from          days  last day
        Row{"within_a_week", "2026-11-23", 3, "2026-11-26"},
        Row{"over_a_weekend", "2026-11-26", 2, "2026-11-30"},
        Row{"begun_on_a_saturday", "2026-11-28", 1, "2026-11-30"},
        Row{"over_new_year_2027", "2026-12-31", 1, "2027-01-04"},
        Row{"the_eve_of_tet", "2027-02-03", 1, "2027-02-04"},
        Row{"over_tet_2027", "2027-02-04", 1, "2027-02-12"},
        Row{"begun_in_tet", "2027-02-08", 1, "2027-02-12"},
        Row{"begun_on_the_day_that_makes_up", "2027-02-11", 1, "2027-02-12"},
        Row{"five_days_over_tet", "2027-02-02", 5, "2027-02-16"},
        Row{"thirty_days_over_tet", "2027-01-15", 30, "2027-03-05"},
        Row{"over_the_hung_kings_day_2027", "2027-04-15", 1, "2027-04-19"},
        Row{"over_30_april_2027_and_the_monday_after", "2027-04-29", 1, "2027-05-04"},
        Row{"over_the_national_day_2027", "2027-09-01", 1, "2027-09-06"},
        Row{"over_tet_2026", "2026-02-13", 1, "2026-02-23"},
        Row{"a_moved_friday_is_off", "2026-01-01", 1, "2026-01-05"},
        Row{"the_saturday_that_makes_up_is_worked", "2026-01-09", 1, "2026-01-10"},
        Row{"counted_with_that_saturday", "2026-01-08", 3, "2026-01-12"},
        Row{"the_sunday_holiday_is_made_up_on_monday", "2026-04-24", 1, "2026-04-28"},
        Row{"a_moved_monday_before_the_national_day", "2026-08-28", 1, "2026-09-03"},
        Row{"the_saturday_before_is_worked_for_it", "2026-08-21", 1, "2026-08-22"},
        Row{"a_moved_friday_of_2025", "2025-05-01", 1, "2025-05-05"},
        Row{"its_saturday_is_worked", "2025-04-25", 2, "2025-04-28"},
        Row{"a_year_nobody_knows_has_weekends", "2031-01-03", 1, "2031-01-06"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(working_days, a_deadline_is_the_end_of_its_day_in_vietnam) {
    auto const calendar = WorkingCalendar::vietnam();
    // 23:59 of Wednesday 3 February; one working day later is the 4th, which ends at midnight.
    EXPECT_EQ(to_rfc3339(calendar.deadline(parse_vietnam_time("2027-02-03 23:59:00").value(), 1)), "2027-02-05T00:00:00+07:00");
    // A minute later it is the 4th, and the next working day is the 12th.
    EXPECT_EQ(to_rfc3339(calendar.deadline(parse_vietnam_time("2027-02-04 00:00:00").value(), 1)), "2027-02-13T00:00:00+07:00");
}

TEST(working_days, what_an_office_enters_wins) {
    auto const announced = std::vector<CalendarDay>{{day("2027-02-12"), false, "hoán đổi với 20/2", "thông báo 2027"}, {day("2027-02-20"), true, "làm bù cho 12/2", "thông báo 2027"}};
    auto const calendar = WorkingCalendar::vietnam().with(announced);
    EXPECT_EQ(calendar.after(day("2027-02-04"), 1), day("2027-02-15"));
    EXPECT_EQ(calendar.after(day("2027-02-19"), 1), day("2027-02-20"));
    EXPECT_EQ(calendar.special(day("2027-02-12"))->name, "hoán đổi với 20/2");
    EXPECT_TRUE(WorkingCalendar::vietnam().works(day("2027-02-12")));
}

TEST(working_days, between_is_the_inverse_of_after) {
    auto const calendar = WorkingCalendar::vietnam();
    for (auto from = day("2026-12-20"); from < day("2027-03-01"); from += std::chrono::days{1})
        for (auto const n : {1, 2, 5, 20, 30}) {
            auto const last = calendar.after(from, n);
            EXPECT_TRUE(calendar.works(last));
            EXPECT_EQ(calendar.between(from, last), n);
            EXPECT_EQ(calendar.between(last, from), -n);
        }
}

TEST(working_days, tet_2027_has_seven_days_off_in_a_row) {
    auto const calendar = WorkingCalendar::vietnam();
    auto off = 0;
    for (auto each = day("2027-02-05"); !calendar.works(each); each += std::chrono::days{1}) ++off;
    EXPECT_EQ(off, 7);
    EXPECT_TRUE(calendar.works(day("2027-02-04")));
}

}  // namespace
}  // namespace choso
