#include "platform/sheet/sheet.hpp"

#include <gtest/gtest.h>

#include "platform/sheet/readers.hpp"

namespace choso::sheet {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view file, Limits const& limits = {}) {
    auto rows = Rows{};
    auto const problem = for_each_row(file, limits, [&](std::size_t, std::span<std::string const> cells) {
        rows.emplace_back(cells.begin(), cells.end());
        return true;
    });
    EXPECT_FALSE(problem) << (problem ? problem->code + ": " + problem->detail : "");
    return rows;
}

std::string problem_of(std::string_view file, Limits const& limits = {}) {
    auto const problem = for_each_row(file, limits, [](std::size_t, std::span<std::string const>) { return true; });
    return problem ? problem->code : "";
}

TEST(sheet, csv_is_read_whatever_divides_it) {
    auto const expected = Rows{{"Ngày", "Số tiền", "Nội dung"}, {"01/11/2026", "1.000.000", "a, b"}, {"02/11/2026", "2.000", "x \"y\"\nz"}};
    EXPECT_EQ(rows_of("Ngày,Số tiền,Nội dung\r\n01/11/2026,1.000.000,\"a, b\"\r\n02/11/2026,2.000,\"x \"\"y\"\"\nz\"\r\n"), expected);
    EXPECT_EQ(rows_of("Ngày;Số tiền;Nội dung\n01/11/2026;1.000.000;a, b\n02/11/2026;2.000;\"x \"\"y\"\"\nz\""), expected);
    EXPECT_EQ(rows_of("\xEF\xBB\xBFNgày\tSố tiền\tNội dung\r01/11/2026\t1.000.000\ta, b\r02/11/2026\t2.000\t\"x \"\"y\"\"\nz\"\r"), expected);
    EXPECT_EQ(rows_of("sep=|\nNgày|Số tiền|Nội dung\n\n01/11/2026|1.000.000|a, b\n02/11/2026|2.000|\"x \"\"y\"\"\nz\"\n"), expected);
}

TEST(sheet, csv_counts_the_rows_it_passes_over) {
    auto numbers = std::vector<std::size_t>{};
    EXPECT_FALSE(for_each_row("a,b\n\n,\nc,d\n", {}, [&](std::size_t row, std::span<std::string const>) { return numbers.push_back(row), true; }));
    EXPECT_EQ(numbers, (std::vector<std::size_t>{1, 4}));
}

TEST(sheet, every_encoding_of_our_offices_is_found) {
    auto const expected = Rows{{"Nội dung", "x"}};
    EXPECT_EQ(rows_of("N\xF4\xF2i dung,x\n"), expected) << "Windows-1258: the tone mark stands behind its letter";
    auto utf16 = std::string{"\xFF\xFE"};
    for (char16_t const c : std::u16string_view{u"Nội dung,x\n"}) utf16 += static_cast<char>(c & 0xFF), utf16 += static_cast<char>(c >> 8);
    EXPECT_EQ(rows_of(utf16), expected);
}

TEST(sheet, what_is_no_table_is_refused) {
    EXPECT_EQ(problem_of(""), "not_a_table");
    EXPECT_EQ(problem_of("  \n\n"), "not_a_table");
    EXPECT_EQ(problem_of("%PDF-1.7 ..."), "not_a_table");
    EXPECT_EQ(problem_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "not_a_table");
    EXPECT_EQ(problem_of("PK\x03\x04 cut off"), "not_a_table");
    EXPECT_EQ(problem_of(std::string_view{"a\0b,c\n", 6}), "not_a_table");
}

TEST(sheet, csv_keeps_to_its_limits) {
    auto limits = Limits{};
    limits.rows_max = 2;
    EXPECT_EQ(problem_of("a\nb\nc\n", limits), "too_large");
    limits = {};
    limits.columns_max = 2;
    EXPECT_EQ(problem_of("a,b,c\n", limits), "too_large");
    EXPECT_EQ(problem_of("\"" + std::string(40'000, 'x')), "too_large") << "a quote that is never closed swallows no memory";
}

TEST(sheet, cells_that_look_like_formulas_are_made_harmless) {
    auto out = std::string{};
    append_csv_row(out, std::vector<std::string>{"=1+1", "-50000", "@x", "a\"b", "+84", "Chợ Số"});
    EXPECT_EQ(out, "\"'=1+1\",-50000,\"'@x\",\"a\"\"b\",+84,Chợ Số\r\n");
}

TEST(sheet, a_workbook_comes_back_as_it_was_written) {
    auto book = Workbook{};
    auto const first = book.add_sheet("Sao kê [11/2026]", {12, 30});
    auto const second = book.add_sheet("sao kê -11-2026-");
    EXPECT_NE(first, second);
    book.header(first, 0, 0, "Ngày");
    book.header(first, 0, 1, "Số tiền");
    book.date(first, 1, 0, "2026-11-28");
    book.number(first, 1, 1, 1'151'800);
    book.date(first, 3, 0, "28/11/2026");
    book.number(first, 3, 1, -99'999'999'999);
    book.number(first, 3, 2, 9'007'199'254'740'993);
    EXPECT_EQ(rows_of(book.finish()), (Rows{{"Ngày", "Số tiền"}, {"2026-11-28", "1151800"}, {"28/11/2026", "-99999999999", "9007199254740993"}}));
}

TEST(sheet, numbers_come_as_plain_decimals) {
    for (auto const& [said, plain] : std::vector<std::pair<std::string, std::string>>{{"1.1518E+6", "1151800"}, {"0.30000000000000004", "0.3"}, {"-5", "-5"},
             {"1.5", "1.5"}, {"1E-3", "0.001"}, {"1234567890123456", "1234567890123456"}, {"0", "0"}, {"-0.0", "0"}, {"99999999999.999999999", "100000000000"},
             {"12e99999", "12e99999"}, {"abc", "abc"}, {".5", "0.5"}})
        EXPECT_EQ(plain_decimal(said), plain) << said;
}

TEST(sheet, serial_days_are_dates) {
    EXPECT_EQ(date_of_serial(1, false), "1900-01-01");
    EXPECT_EQ(date_of_serial(61, false), "1900-03-01");
    EXPECT_EQ(date_of_serial(46'354, false), "2026-11-28");
    EXPECT_EQ(date_of_serial(46'354.5, false), "2026-11-28 12:00:00");
    EXPECT_EQ(date_of_serial(0.25, false), "06:00:00");
    EXPECT_EQ(date_of_serial(0, true), "1904-01-01");
    EXPECT_TRUE(is_date_format("dd/mm/yyyy"));
    EXPECT_TRUE(is_date_format("[$-42A]d mmmm yyyy;@"));
    EXPECT_TRUE(is_date_format("[h]:mm"));
    EXPECT_FALSE(is_date_format("#,##0 \"đồng\""));
    EXPECT_FALSE(is_date_format("[Red]0.00"));
    EXPECT_FALSE(is_date_format("General"));
}

}  // namespace
}  // namespace choso::sheet
