#include "base/vietnamese.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <random>

namespace choso {
namespace {

struct Amount {
    std::int64_t dong;
    char const* words;
};
void PrintTo(Amount const& row, std::ostream* out) { *out << row.dong; }

class North : public ::testing::TestWithParam<Amount> {};

TEST_P(North, says) { EXPECT_EQ(in_words(Money{GetParam().dong}), GetParam().words); }

INSTANTIATE_TEST_SUITE_P(
    InWords, North,
    ::testing::Values(
        Amount{0, "không"}, Amount{1, "một"}, Amount{4, "bốn"}, Amount{5, "năm"}, Amount{10, "mười"}, Amount{11, "mười một"},
        Amount{14, "mười bốn"}, Amount{15, "mười lăm"}, Amount{20, "hai mươi"}, Amount{21, "hai mươi mốt"},
        Amount{24, "hai mươi tư"}, Amount{25, "hai mươi lăm"}, Amount{55, "năm mươi lăm"}, Amount{100, "một trăm"},
        Amount{104, "một trăm linh bốn"}, Amount{105, "một trăm linh năm"}, Amount{110, "một trăm mười"},
        Amount{115, "một trăm mười lăm"}, Amount{200, "hai trăm"}, Amount{1'000, "một nghìn"},
        Amount{1'005, "một nghìn không trăm linh năm"}, Amount{10'010, "mười nghìn không trăm mười"},
        Amount{50'000, "năm mươi nghìn"}, Amount{199'800, "một trăm chín mươi chín nghìn tám trăm"},
        Amount{1'000'001, "một triệu không trăm linh một"}, Amount{1'005'000, "một triệu không trăm linh năm nghìn"},
        Amount{1'151'800, "một triệu một trăm năm mươi mốt nghìn tám trăm"}, Amount{1'000'000'000, "một tỷ"},
        Amount{2'000'005'000, "hai tỷ không trăm linh năm nghìn"}, Amount{1'000'000'000'000, "một nghìn tỷ"},
        Amount{1'000'000'000'000'001, "một triệu tỷ không trăm linh một"},
        Amount{1'001'000'000'000'000, "một triệu không trăm linh một nghìn tỷ"},
        Amount{1'000'000'000'000'000'000, "một tỷ tỷ"},
        Amount{5'000'000'005'000'000'000, "năm tỷ không trăm linh năm tỷ"}, Amount{-50'000, "âm năm mươi nghìn"},
        Amount{std::numeric_limits<std::int64_t>::min(),
               "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ tám trăm năm mươi tư "
               "triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám"}));

TEST(InWords, each_dialect_has_its_own) {
    EXPECT_EQ(in_words(Money{1'024'105}, Dialect::north), "một triệu không trăm hai mươi tư nghìn một trăm linh năm");
    EXPECT_EQ(in_words(Money{1'024'105}, Dialect::central), "một triệu không trăm hai mươi tư nghìn một trăm lẻ năm");
    EXPECT_EQ(in_words(Money{1'024'105}, Dialect::south), "một triệu không trăm hai mươi bốn ngàn một trăm lẻ năm");
}

/// Reads words back, so that no two amounts sound alike.
std::uint64_t heard(std::string_view words) {
    std::uint64_t total = 0;    // behind the last tỷ
    std::uint64_t billion = 0;  // groups since
    std::uint64_t group = 0;
    std::uint64_t digit = 0;
    while (!words.empty()) {
        auto const word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        constexpr std::array<std::string_view, 10> digits{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};
        auto const at = std::find(digits.begin(), digits.end(), word);
        if (at != digits.end()) digit = static_cast<std::uint64_t>(at - digits.begin());
        if (word == "mốt") digit = 1;
        if (word == "tư") digit = 4;
        if (word == "lăm") digit = 5;
        if (word == "mười") group += 10, digit = 0;
        if (word == "mươi") group += 10 * digit, digit = 0;
        if (word == "trăm") group += 100 * digit, digit = 0;
        auto const unit = word == "nghìn" || word == "ngàn" ? 1'000U : word == "triệu" ? 1'000'000U : 0U;
        if (unit != 0) billion += (group + digit) * unit, group = digit = 0;
        if (word == "tỷ") total = (total + billion + group + digit) * 1'000'000'000U, billion = group = digit = 0;
    }
    return total + billion + group + digit;
}

TEST(InWords, can_be_heard_back) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    for (auto n = 0; n < 200'000; ++n) {
        auto const amount = static_cast<std::int64_t>(random() >> (1 + random() % 63));
        for (auto const dialect : {Dialect::north, Dialect::central, Dialect::south})
            ASSERT_EQ(heard(in_words(Money{amount}, dialect)), static_cast<std::uint64_t>(amount)) << "seed " << seed;
    }
    for (auto n = 0; n < 200'000; ++n) ASSERT_EQ(heard(in_words(Money{n})), static_cast<std::uint64_t>(n));
}

struct Text {
    char const* name;
    std::string_view text;
    char const* folded;
    char const* memo;
    char const* match;
};
void PrintTo(Text const& row, std::ostream* out) { *out << row.name; }

class Folded : public ::testing::TestWithParam<Text> {};

TEST_P(Folded, three_ways) {
    auto const& row = GetParam();
    EXPECT_EQ(fold(row.text), row.folded);
    EXPECT_EQ(fold_for_memo(row.text), row.memo);
    EXPECT_EQ(fold_for_match(row.text), row.match);
}

INSTANTIATE_TEST_SUITE_P(
    Vietnamese, Folded,
    ::testing::Values(Text{"empty", "", "", "", ""},
                      Text{"composed", "Đồng Quang, đặng thị Ngữ", "Dong Quang, dang thi Ngu", "Dong Quang dang thi Ngu",
                           "DONGQUANGDANGTHINGU"},
                      Text{"decomposed", "Đo\u0302\u0300ng Nhu\u031b\u0303ng", "Dong Nhung", "Dong Nhung", "DONGNHUNG"},
                      Text{"blanks", "  a \t\n b--c  ", "  a \t\n b--c  ", "a b c", "ABC"},
                      Text{"latin_1", "Æsop à Zürich, straße, œuvre ×", "AEsop a Zurich, strasse, œuvre ×",
                           "AEsop a Zurich strasse uvre", "AESOPAZURICHSTRASSEUVRE"},
                      Text{"no_break_blank", "a\u00a0b", "a b", "a b", "AB"},
                      Text{"other_scripts", "chợ 市场 24", "cho 市场 24", "cho 24", "CHO24"},
                      Text{"not_utf8", "a\xff\xc3(\xe1\xba", "a??" "(??", "a", "A"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Fold, knows_every_vietnamese_letter_in_both_cases) {
    constexpr std::string_view upper =
        "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ ÈÉẺẼẸÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ ÙÚỦŨỤƯỪỨỬỮỰ ỲÝỶỸỴ Đ";
    constexpr std::string_view lower =
        "àáảãạăằắẳẵặâầấẩẫậ èéẻẽẹêềếểễệ ìíỉĩị òóỏõọôồốổỗộơờớởỡợ ùúủũụưừứửữự ỳýỷỹỵ đ";
    EXPECT_EQ(fold(upper), "AAAAAAAAAAAAAAAAA EEEEEEEEEEE IIIII OOOOOOOOOOOOOOOOO UUUUUUUUUUU YYYYY D");
    EXPECT_EQ(fold(lower), "aaaaaaaaaaaaaaaaa eeeeeeeeeee iiiii ooooooooooooooooo uuuuuuuuuuu yyyyy d");
}

TEST(Utf8, is_judged_as_rfc_3629_does) {
    using namespace std::string_view_literals;
    for (auto const text : {""sv, "a"sv, "\0"sv, "đ"sv, "€"sv, "\xf0\x9f\x8d\x8a"sv, "\xf4\x8f\xbf\xbf"sv, "\xed\x9f\xbf"sv, "\xee\x80\x80"sv})
        EXPECT_TRUE(is_valid_utf8(text)) << text;
    for (auto const text : {"\x80"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x9f\xbf"sv, "\xed\xa0\x80"sv, "\xf0\x8f\xbf\xbf"sv,
                            "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xff"sv, "a\xc3"sv, "\xe2\x82"sv, "\xf0\x9f\x8d"sv})
        EXPECT_FALSE(is_valid_utf8(text));
}

TEST(Vietnamese, any_bytes_come_out_as_utf8) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    for (auto n = 0; n < 100'000; ++n) {
        std::string text;
        for (auto left = random() % 12; left > 0; --left) text += static_cast<char>(random() % 3 == 0 ? random() : 0x80 + random() % 128);
        for (auto const& out : {fold(text), fold_for_memo(text), fold_for_match(text), mask_account(text), mask_name(text)})
            ASSERT_TRUE(is_valid_utf8(out)) << "seed " << seed;
    }
}

struct Masked {
    char const* text;
    char const* masked;
};
void PrintTo(Masked const& row, std::ostream* out) { *out << '"' << row.text << '"'; }

class Account : public ::testing::TestWithParam<Masked> {};
TEST_P(Account, shows_its_end) { EXPECT_EQ(mask_account(GetParam().text), GetParam().masked); }
INSTANTIATE_TEST_SUITE_P(Masks, Account,
                         ::testing::Values(Masked{"0123456789", "••••••6789"}, Masked{"12345678", "••••5678"},
                                           Masked{"12345", "•••45"}, Masked{"1", "•"}, Masked{"", ""}));

class Name : public ::testing::TestWithParam<Masked> {};
TEST_P(Name, shows_the_given_name) { EXPECT_EQ(mask_name(GetParam().text), GetParam().masked); }
INSTANTIATE_TEST_SUITE_P(Masks, Name,
                         ::testing::Values(Masked{"NGUYEN VAN AN", "N••• V••• AN"}, Masked{"  Đặng  Ánh ", "Đ••• Ánh"},
                                           Masked{"Hoa", "H•••"}, Masked{"O\u0302 A", "O\u0302••• A"}, Masked{"", ""}));

}  // namespace
}  // namespace choso
