#include <gtest/gtest.h>

#include "platform/sheet/sheet.hpp"
#include "settlement/statements/file.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

File sample(std::string const& name) {
    auto file = File::open(std::string{CHOSO_SOURCE_DIR} + "/tests/unit/statements/samples/" + name);
    EXPECT_TRUE(file.ok()) << name;
    return std::move(file).value();
}

struct Row {
    std::string file;
    std::string account;
    std::vector<std::string> amounts;
    std::string opening, closing;
    Proof proof;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.file; }

class Layouts : public testing::TestWithParam<Row> {};

/// Every statement of the file on one string of amounts, so that a slip shows whole.
void expect_row(std::vector<Statement> const& statements, Row const& row) {
    ASSERT_FALSE(statements.empty());
    auto amounts = std::vector<std::string>{};
    for (auto const& each : statements)
        for (auto const& line : each.lines) {
            amounts.push_back(line.amount.text(each.summary.scale));
            EXPECT_TRUE(line.booked) << "every line has its day";
        }
    auto const& first = statements.front().summary;
    EXPECT_EQ(amounts, row.amounts);
    EXPECT_EQ(first.account, row.account);
    ASSERT_TRUE(first.opening && first.closing);
    EXPECT_EQ(first.opening->amount.text(first.scale), row.opening);
    EXPECT_EQ(first.closing->amount.text(first.scale), row.closing);
    for (auto const& each : statements) EXPECT_EQ(word(each.summary.proof), word(row.proof));
}

TEST_P(Layouts, are_read_with_their_proof) {
    auto const file = sample(GetParam().file);
    auto const parsed = parse_whole(file.bytes(), {});
    ASSERT_FALSE(parsed.refused) << parsed.refused->message;
    expect_row(parsed.statements, GetParam());
}

TEST_P(Layouts, say_the_same_as_a_workbook_of_texts) {
    auto const file = sample(GetParam().file);
    auto book = sheet::Workbook{};
    auto const page = book.add_sheet("Statement");
    ASSERT_FALSE(sheet::for_each_row(file.bytes(), {}, [&](std::size_t row, std::span<std::string const> cells) {
        for (auto i = std::size_t{0}; i < cells.size(); ++i)
            if (!cells[i].empty()) book.text(page, static_cast<int>(row) - 1, static_cast<int>(i), cells[i]);
        return true;
    }));
    auto const parsed = parse_whole(book.finish(), {});
    ASSERT_FALSE(parsed.refused) << parsed.refused->message;
    expect_row(parsed.statements, GetParam());
    EXPECT_EQ(parsed.statements.front().summary.format, "xlsx");
}

INSTANTIATE_TEST_SUITE_P(
    statements, Layouts,
    testing::Values(Row{"vietcombank.csv", "9900000102947", {"+50000", "+1250000", "-300000"}, "+1000000", "+2000000", Proof::ok},
                    Row{"vietcombank_cashup.csv", "9900000102947", {"+120000", "-20000", "+75000"}, "+500000", "+600000", Proof::ok},
                    Row{"techcombank.csv", "9900000514735", {"+400000", "-200000", "-13300", "+100000"}, "+2000000", "+2286700", Proof::ok},
                    Row{"vietinbank.csv", "9900000205894", {"+35000", "+415000", "-200000"}, "+750000", "+1000000", Proof::ok},
                    Row{"bidv.csv", "99000730000", {"+125000.50", "-25000.50"}, "+400000.00", "+500000.00", Proof::ok},
                    Row{"agribank.csv", "9900073000033", {"+300000", "+10000", "-1000000"}, "+1000000", "+310000", Proof::ok},
                    Row{"mb.csv", "9900000411788", {"+50000", "+20000", "-70000"}, "+100000", "+100000", Proof::ok},
                    Row{"acb.csv", "9900000720629", {"+100000", "+55000", "-55000"}, "+900000", "+1000000", Proof::ok},
                    Row{"vib.csv", "9900000999001", {"+1000000", "-1000000"}, "+0", "+0", Proof::ok},
                    Row{"swapped_sides.csv", "9900000888002", {"+50000", "+30000", "-20000"}, "+0", "+60000", Proof::ok},
                    Row{"broken_chain.csv", "9900000888003", {"+50000", "+30000", "-20000"}, "+100000", "+170000", Proof::broken},
                    Row{"signed_amounts.csv", "9900000888004", {"+50000", "-20000"}, "+0", "+30000", Proof::ok}),
    [](auto const& row) { return row.param.file.substr(0, row.param.file.find('.')); });

TEST(table, a_broken_chain_is_told_with_its_row_and_difference) {
    auto const file = sample("broken_chain.csv");
    auto const parsed = parse_whole(file.bytes(), {});
    auto const& summary = parsed.statements.at(0).summary;
    ASSERT_TRUE(summary.difference);
    EXPECT_EQ(summary.difference->text(), "+10000");
    EXPECT_NE(std::find(summary.warnings.begin(), summary.warnings.end(), "the running balance breaks at row 5"), summary.warnings.end());
}

TEST(table, a_wrapped_content_has_both_readings) {
    auto const file = sample("vietinbank.csv");
    auto const parsed = parse_whole(file.bytes(), {});
    auto const& line = parsed.statements.at(0).lines.at(1);
    EXPECT_EQ(line.content, "CT nhanh 247 den: mua ca kholang Vu Dai");
    EXPECT_EQ(line.spaced, "CT nhanh 247 den: mua ca kho lang Vu Dai");
}

TEST(table, what_is_no_statement_is_refused) {
    for (auto const text : {"", "\n\n", "a,b,c\n1,2,3\n", "Ngày,Tên\n01/01/2026,An\n", "Chợ Số", "1\n2\n3\n"}) {
        auto const parsed = parse_whole(text, {});
        ASSERT_TRUE(parsed.refused) << text;
        EXPECT_EQ(parsed.refused->code, "not_a_statement") << text;
    }
}

}  // namespace
}  // namespace choso::statements
