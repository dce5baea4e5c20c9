#include "qr/banks.hpp"

#include <gtest/gtest.h>

#include "platform/json/json.hpp"
#include "support.hpp"

namespace choso::qr {
namespace {

struct Row {
    char const* name;
    std::string_view asked;
    std::string_view bin;  // empty: none
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class FindBank : public ::testing::TestWithParam<Row> {};

TEST_P(FindBank, knows_whom_people_mean) {
    auto const* const bank = find_bank(GetParam().asked);
    EXPECT_EQ(bank == nullptr ? "" : bank->bin, GetParam().bin);
}

INSTANTIATE_TEST_SUITE_P(
    Directory, FindBank,
    ::testing::Values(Row{"bin", "970436", "970436"},  //
                      Row{"code", "vcb", "970436"},
                      Row{"short_name", "VietinBank", "970415"},
                      Row{"other_code", "CTG", "970415"},
                      Row{"blanks_and_case", " mb BANK ", "970422"},
                      Row{"former_brand", "oceanbank", "970414"},
                      Row{"code_before_alias", "BVB", "970438"},
                      Row{"brand_of_another", "BVBank", "970454"},
                      Row{"wallet", "momo", "971025"},
                      Row{"nothing", "", ""},
                      Row{"signs", "--", ""},
                      Row{"unknown", "lehman", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Banks, every_code_and_short_name_finds_its_bank) {
    for (auto const& bank : banks()) {
        EXPECT_EQ(find_by_bin(bank.bin), &bank);
        EXPECT_EQ(bank.bin.size(), 6U);
        EXPECT_FALSE(bank.display_name().empty());
        for (auto const name : {bank.code, bank.short_name})
            EXPECT_TRUE(name.empty() || find_bank(name) == &bank) << name;
    }
}

TEST(Banks, agree_with_the_published_directory) {
    auto const folder = corpora();
    if (!folder) GTEST_SKIP() << "CHOSO_CORPORA is not set: no published directory to compare with";
    auto const text = read_file(*folder + "/vietqr/banks.json");
    auto const read = json::parse(text);
    ASSERT_TRUE(read.ok());
    auto const rows = read->find("banks")->items();
    EXPECT_EQ(rows.size(), banks().size());
    for (auto const& row : rows) {
        auto const text_of = [&row](std::string_view key) { return row.find(key)->as_string().value_or(""); };
        auto const* const bank = find_by_bin(text_of("bin"));
        ASSERT_NE(bank, nullptr) << text_of("bin");
        EXPECT_EQ(bank->code, text_of("code"));
        EXPECT_EQ(bank->short_name, text_of("shortName"));
        EXPECT_TRUE(text_of("name").starts_with(bank->name)) << bank->name;
        EXPECT_EQ(bank->swift, text_of("swift"));
        EXPECT_EQ(bank->transfer_supported, row.find("transferSupported")->as_int() == 1);
        EXPECT_EQ(bank->lookup_supported, row.find("lookupSupported")->as_int() == 1);
        for (auto const& alias : row.find("altCodes")->items())
            EXPECT_TRUE(alias.as_string() == "BVB" || find_bank(*alias.as_string()) == bank) << *alias.as_string();
    }
}

}  // namespace
}  // namespace choso::qr
