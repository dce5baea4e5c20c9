// Every text of the payer's pages: that each key has both languages does not compile otherwise; here, that they say the same.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/vietnamese.hpp"
#include "gateway/pages/texts.hpp"

namespace choso::pages {
namespace {

std::multiset<std::string> names_in(std::string_view text) {
    std::multiset<std::string> out;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
        out.emplace(text.substr(open, text.find('}', open) - open));
    return out;
}

constexpr auto count = static_cast<int>(Text::end_of_texts);

TEST(texts, both_languages_fill_in_the_same_names) {
    for (auto i = 0; i < count; ++i) {
        auto const key = static_cast<Text>(i);
        EXPECT_EQ(names_in(text(Language::vi, key)), names_in(text(Language::en, key))) << text(Language::vi, key);
    }
}

TEST(texts, are_whole_and_translated) {
    // The house's name, and what is the same word in both.
    auto const same = std::set<Text>{Text::site};
    for (auto i = 0; i < count; ++i) {
        auto const key = static_cast<Text>(i);
        auto const vi = text(Language::vi, key);
        auto const en = text(Language::en, key);
        EXPECT_TRUE(is_valid_utf8(vi) && is_valid_utf8(en)) << vi;
        EXPECT_TRUE(vi != en || same.contains(key)) << vi;
        EXPECT_EQ(vi.find("  "), std::string_view::npos) << vi;
        EXPECT_FALSE(vi.ends_with(' ') || en.ends_with(' ')) << vi;
        // A sentence in one is a sentence in the other.
        EXPECT_EQ(vi.ends_with('.'), en.ends_with('.')) << vi << " / " << en;
    }
}

TEST(texts, a_value_is_not_read_as_a_pattern) {
    EXPECT_EQ(filled(Language::vi, Text::on_behalf_of, {{"name", "{name} {"}}), "Nộp cho: {name} {");
}

struct Words {
    std::int64_t dong;
    char const* vi;
    char const* en;
};
void PrintTo(Words const& row, std::ostream* out) { *out << row.dong; }

class AmountInWords : public testing::TestWithParam<Words> {};

TEST_P(AmountInWords, in_both_languages) {
    EXPECT_EQ(amount_in_words(Language::vi, Money{GetParam().dong}), GetParam().vi);
    EXPECT_EQ(amount_in_words(Language::en, Money{GetParam().dong}), GetParam().en);
}

INSTANTIATE_TEST_SUITE_P(pages, AmountInWords,
                         testing::Values(Words{1, "Một đồng", "One đồng"}, Words{15, "Mười lăm đồng", "Fifteen đồng"},
                                         Words{1'151'800, "Một triệu một trăm năm mươi mốt nghìn tám trăm đồng",
                                               "One million one hundred and fifty-one thousand eight hundred đồng"},
                                         Words{50'000, "Năm mươi nghìn đồng", "Fifty thousand đồng"},
                                         Words{99'000'000'020, "Chín mươi chín tỷ không trăm hai mươi đồng", "Ninety-nine billion twenty đồng"}));

struct Wish {
    char const* query;
    char const* header;
    Language language;
};
void PrintTo(Wish const& row, std::ostream* out) { *out << row.query << " / " << row.header; }

class LanguageOf : public testing::TestWithParam<Wish> {};

TEST_P(LanguageOf, the_address_wins_over_the_header) {
    auto request = http::Request{};
    request.query = GetParam().query;
    if (*GetParam().header != '\0') request.headers.push_back({"Accept-Language", GetParam().header});
    EXPECT_EQ(language_of(request), GetParam().language);
}

INSTANTIATE_TEST_SUITE_P(pages, LanguageOf,
                         testing::Values(Wish{"", "", Language::vi}, Wish{"lang=en", "vi", Language::en}, Wish{"lang=vi", "en", Language::vi},
                                         Wish{"lang=xx", "", Language::vi}, Wish{"", "en-US,en;q=0.9", Language::en},
                                         Wish{"", "vi-VN,vi;q=0.9,en;q=0.8", Language::vi}, Wish{"", "fr", Language::vi}));

}  // namespace
}  // namespace choso::pages
