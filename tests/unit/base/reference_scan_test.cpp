#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "base/reference.hpp"
#include "tests/unit/base/contents.hpp"

namespace choso {

void PrintTo(Candidate const& candidate, std::ostream* out) { *out << candidate.reference.text() << ' ' << name(candidate.how); }

namespace {

using testing::below;
using testing::Random;

Reference code(std::string_view text) {
    auto const reference = Reference::parse_exact(text);
    EXPECT_TRUE(reference) << text;
    return *reference;
}

struct Row {
    char const* name;
    std::string content;
    std::vector<std::pair<char const*, How>> found;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name << ": " << row.content; }

class Scanned : public ::testing::TestWithParam<Row> {};

TEST_P(Scanned, gives_the_candidates) {
    std::vector<Candidate> expected;
    for (auto const& [text, how] : GetParam().found) expected.push_back({code(text), how});
    EXPECT_EQ(candidates(GetParam().content), expected);
    EXPECT_EQ(scan(GetParam().content, [](Reference) { return true; }), expected);
    EXPECT_TRUE(scan(GetParam().content, [](Reference) { return false; }).empty());
}

constexpr auto a = "KXB4FP12XL5MZJ";
constexpr auto b = "KXDBSH9N23SK6K";
constexpr auto zeros = "KX00000000TBHC";

INSTANTIATE_TEST_SUITE_P(
    References, Scanned,
    ::testing::Values(
        Row{"nothing", "chuyen tien", {}},
        Row{"empty", "", {}},
        Row{"prefix_only", "thank xin KX", {}},
        Row{"clean", "KXB4FP12XL5MZJ", {{a, How::exact}}},
        Row{"lower_case", "tien rau kxb4fp12xl5mzj cam on", {{a, How::exact}}},
        Row{"glued_both_sides", "6994946307KXB4FP12XL5MZJFT26325", {{a, How::exact}}},
        Row{"blank_in_prefix", "K XB4FP12XL5MZJ", {{a, How::exact}}},
        Row{"grouped", "KXB4 FP12 XL5M ZJ", {{a, How::exact}}},
        Row{"line_feed", "KXB4FP\n12XL5MZJ", {{a, How::exact}}},
        Row{"dashes_dots_slashes", "KX-B4FP/12XL.5M_ZJ", {{a, How::exact}}},
        Row{"not_ascii_between", "KXB4FP12\xc2\xa0XL5M\xffZJ", {{a, How::exact}}},
        Row{"nul_between", std::string{"KXB4FP\0" "12XL5MZJ", 15}, {{a, How::exact}}},
        Row{"o_for_zero", "KXOO00oo00TBHC", {{zeros, How::exact}}},
        Row{"i_for_one", "KXB4FPI2XL5MZJ", {{a, How::exact}}},
        Row{"wrong", "KXB4FP13XL5MZJ x", {{a, How::substitution}}},
        Row{"wrong_foreign_letter", "KXB4FP1AXL5MZJ", {{a, How::substitution}}},
        Row{"wrong_last", "KXB4FP12XL5MZW", {{a, How::substitution}}},
        Row{"swapped", "KXB4FP1X2L5MZJ", {{a, How::swap}}},
        Row{"missing_first", "KX4FP12XL5MZJ", {{a, How::missing}}},
        Row{"missing_last", "KXB4FP12XL5MZ", {{a, How::missing}}},
        Row{"missing_last_then_digit", "KXB4FP12XL5MZ 7", {{a, How::substitution}}},
        Row{"doubled", "KXB4FP112XL5MZJ", {{a, How::extra}}},
        Row{"doubled_last", "KXB4FP12XL5MZJJ", {{a, How::exact}}},
        Row{"extra_foreign_letter", "KXB4FP1W2XL5MZJ", {{a, How::extra}}},
        Row{"extra_foreign_letter_after_zero", "KX00A000000TBHC", {{zeros, How::extra}}},
        Row{"prefix_wrong_k", "tt HXB4FP12XL5MZJ", {{a, How::substitution}}},
        Row{"prefix_wrong_x", "tt KSB4FP12XL5MZJ", {{a, How::substitution}}},
        Row{"prefix_swapped", "tt XKB4FP12XL5MZJ", {{a, How::swap}}},
        Row{"prefix_swapped_with_code", "tt KBX4FP12XL5MZJ", {{a, How::swap}}},
        Row{"prefix_lost_k", "tt XB4FP12XL5MZJ", {{a, How::missing}}},
        Row{"prefix_lost_x", "tt KB4FP12XL5MZJ", {{a, How::missing}}},
        Row{"prefix_doubled_k", "KKXB4FP12XL5MZJ", {{a, How::exact}}},
        Row{"prefix_doubled_x", "KXXB4FP12XL5MZJ", {{a, How::extra}}},
        Row{"no_prefix", "tt B4FP12XL5MZJ", {}},
        Row{"two_wrong", "KXB4FQ13XL5MZJ", {}},
        Row{"the_same_twice", "KXB4FP12XL5MZJ KXB4FP12XL5MZJ", {{a, How::exact}}},
        Row{"first_wrong_then_exact", "KXB4FP13XL5MZJ KXB4FP12XL5MZJ", {{a, How::exact}}},
        Row{"two", "KXB4FP12XL5MZJKXDBSH9N23SK6K", {{a, How::exact}, {b, How::exact}}},
        Row{"exact_before_corrected", "KXB4FP13XL5MZJ KXDBSH9N23SK6K", {{b, How::exact}, {a, How::substitution}}}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Suggestions, find_a_code_without_its_prefix) {
    EXPECT_EQ(suggestions("tt b4fp 12xl 5mzj"), std::vector{code(a)});
    EXPECT_EQ(suggestions("tt KXB4FP12XL5MZJ"), std::vector{code(a)});
    EXPECT_TRUE(suggestions("tt b4fp 12xl 5mzk").empty());
    EXPECT_TRUE(suggestions("").empty());
}

/// A million live codes, shared by the properties below.
class Province : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        live_ = new std::unordered_set<Reference>;
        codes_ = new std::vector<Reference>;
        live_->reserve(live_count);
        ReferenceIssuer const issuer{ReferenceKey::random()};
        for (auto n = std::uint64_t{0}; codes_->size() < live_count; ++n)
            if (auto const reference = issuer.issue(ReferenceKind::order, true, Bucket::of_bits(n), n / 64)) {
                codes_->push_back(*reference);
                live_->insert(*reference);
            }
    }
    static void TearDownTestSuite() {
        delete live_;
        delete codes_;
    }
    static constexpr std::size_t live_count = 1'000'000;
    static std::unordered_set<Reference>* live_;
    static std::vector<Reference>* codes_;
};
std::unordered_set<Reference>* Province::live_ = nullptr;
std::vector<Reference>* Province::codes_ = nullptr;

constexpr std::string_view any_symbol = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Any position: of the twelve symbols, or of all fourteen characters.
std::size_t place(Random& random, std::size_t first, std::size_t end) { return first + below(random, end - first); }

std::string wrong(Random& random, std::string text, std::size_t first) {
    auto& symbol = text[place(random, first, text.size())];
    auto const before = symbol;
    while (symbol == before) symbol = any_symbol[below(random, any_symbol.size())];
    return text;
}
std::string swapped(Random& random, std::string text, std::size_t first) {
    auto const at = place(random, first, text.size() - 1);
    std::swap(text[at], text[at + 1]);
    return text;
}
std::string lost(Random& random, std::string text, std::size_t first) { return text.erase(place(random, first, text.size()), 1); }
std::string doubled(Random& random, std::string text, std::size_t first) {
    auto const at = place(random, first, text.size());
    return text.insert(at, 1, text[at]);
}
std::string spaced(Random& random, std::string text, std::string_view separators) {
    return text.insert(place(random, 1, text.size()), 1, separators[below(random, separators.size())]);
}
std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

struct Mangle {
    char const* name;
    std::function<std::string(Random&, std::string)> of;
};
void PrintTo(Mangle const& mangle, std::ostream* out) { *out << mangle.name; }

class Mangled : public Province, public ::testing::WithParamInterface<Mangle> {};

TEST_P(Mangled, is_found_every_time_and_never_taken_for_another) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto const reference = (*codes_)[below(random, live_count)];
        auto const mangled = GetParam().of(random, reference.text());
        auto const content = testing::wrapped(random, testing::memo(random, mangled));
        auto const found = scan(content, [](Reference candidate) { return live_->contains(candidate); });
        ASSERT_EQ(found.size(), 1U) << reference.text() << " in " << content << ", seed " << seed;
        ASSERT_EQ(found[0].reference, reference) << content << ", seed " << seed;
    }
}

TEST_P(Mangled, is_found_glued_between_letters_and_digits) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto const reference = (*codes_)[below(random, live_count)];
        auto const mangled = GetParam().of(random, reference.text());
        std::string before;
        std::string after;
        for (auto n = below(random, 20); n > 0; --n) before += any_symbol[below(random, any_symbol.size())];
        for (auto n = below(random, 20); n > 0; --n) after += any_symbol[below(random, any_symbol.size())];
        auto const content = before + mangled + after;
        auto const found = scan(content, [](Reference candidate) { return live_->contains(candidate); });
        ASSERT_EQ(found.size(), 1U) << reference.text() << " in " << content << ", seed " << seed;
        ASSERT_EQ(found[0].reference, reference) << content << ", seed " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(
    References, Mangled,
    ::testing::Values(
        Mangle{"clean", [](Random&, std::string text) { return text; }},
        Mangle{"wrong", [](Random& random, std::string text) { return wrong(random, std::move(text), 2); }},
        Mangle{"swapped", [](Random& random, std::string text) { return swapped(random, std::move(text), 2); }},
        Mangle{"missing", [](Random& random, std::string text) { return lost(random, std::move(text), 2); }},
        Mangle{"doubled", [](Random& random, std::string text) { return doubled(random, std::move(text), 2); }},
        Mangle{"wrong_prefix_too", [](Random& random, std::string text) { return wrong(random, std::move(text), 0); }},
        Mangle{"swapped_prefix_too", [](Random& random, std::string text) { return swapped(random, std::move(text), 0); }},
        Mangle{"missing_prefix_too", [](Random& random, std::string text) { return lost(random, std::move(text), 0); }},
        Mangle{"doubled_prefix_too", [](Random& random, std::string text) { return doubled(random, std::move(text), 0); }},
        Mangle{"blank", [](Random& random, std::string text) { return spaced(random, std::move(text), " "); }},
        Mangle{"separator", [](Random& random, std::string text) { return spaced(random, std::move(text), "\n\t-./_:"); }},
        Mangle{"lower_case", [](Random&, std::string text) { return lower(std::move(text)); }},
        Mangle{"lower_case_wrong", [](Random& random, std::string text) { return lower(wrong(random, std::move(text), 2)); }},
        Mangle{"blank_and_missing",
               [](Random& random, std::string text) { return spaced(random, lost(random, std::move(text), 2), " "); }},
        Mangle{"letters_for_digits",
               [](Random&, std::string text) {
                   std::ranges::replace(text, '0', 'O');
                   std::ranges::replace(text, '1', 'I');
                   return text;
               }}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST_F(Province, two_or_three_wrong_symbols_are_never_taken_for_another) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto const reference = (*codes_)[below(random, live_count)];
        auto text = reference.text();
        for (auto n = 2 + below(random, 2); n > 0; --n) text = wrong(random, std::move(text), 2);
        auto const content = testing::wrapped(random, testing::memo(random, text));
        for (auto const& found : scan(content, [](Reference candidate) { return live_->contains(candidate); }))
            ASSERT_EQ(found.reference, reference) << content << ", seed " << seed;
    }
}

TEST_F(Province, contents_of_others_hold_none_of_ours) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 200'000; ++trial) {
        auto const content = testing::wrapped(random, testing::memo(random, ""));
        ASSERT_TRUE(scan(content, [](Reference candidate) { return live_->contains(candidate); }).empty()) << content << ", seed " << seed;
    }
}

TEST_F(Province, a_code_of_ours_that_is_not_live_is_exact_but_not_matched) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto const reference = *Reference::from_data(random() % Reference::data_count);
        if (live_->contains(reference)) continue;
        auto const content = testing::wrapped(random, testing::memo(random, reference.text()));
        ASSERT_EQ(candidates(content).at(0), (Candidate{reference, How::exact})) << content << ", seed " << seed;
        ASSERT_TRUE(scan(content, [](Reference candidate) { return live_->contains(candidate); }).empty()) << content << ", seed " << seed;
    }
}

TEST(Scan, both_of_two_different_live_codes_are_given) {
    auto const found = scan("KXB4FP13XL5MZJ,kxdbsh9n23sk6k", [](Reference) { return true; });
    EXPECT_EQ(found, (std::vector<Candidate>{{code(b), How::exact}, {code(a), How::substitution}}));
}

std::string repeated(std::string_view text, std::size_t size) {
    std::string out;
    while (out.size() < size) out += text;
    return out;
}

// What takes linear time ends at once; anything worse would not end within a test's patience.
TEST(Scan, megabytes_of_hostile_text_end_and_the_code_behind_them_is_found) {
    for (auto const* text : {"KX", "K", "X", "XK", "KX1", "0", "KXB4FP12XL5MZ", "KXB4FP12XL5MZJ", " ", "\xff", "KB4FP12XL5MZJ"}) {
        auto content = repeated(text, 8U << 20U);
        (void)suggestions(content);
        content += " A KXDBSH9N23SK6K";
        auto const found = candidates(content);
        EXPECT_LE(found.size(), candidates_max);
        EXPECT_TRUE(std::ranges::find(found, code(b), &Candidate::reference) != found.end()) << text;
    }
}

TEST(Scan, different_codes_are_capped) {
    std::string content;
    for (auto n = std::uint64_t{0}; n < 100'000; ++n) content += Reference::from_data(n * 4'999'999)->text();
    EXPECT_EQ(candidates(content).size(), candidates_max);
}

TEST(Scan, any_bytes_are_a_content) {
    auto const seed = std::random_device{}();
    Random random{seed};
    for (auto trial = 0; trial < 200'000; ++trial) {
        std::string content;
        for (auto n = below(random, 60); n > 0; --n)
            content += below(random, 3) == 0 ? static_cast<char>(random()) : "KXkx0B4"[below(random, 7)];
        for (auto const& found : candidates(content)) ASSERT_TRUE(Reference::parse_exact(found.reference.text())) << "seed " << seed;
        (void)suggestions(content);
    }
}

}  // namespace
}  // namespace choso
