// A desk's rules: what they meet, and what a new version would have done.
#include <gtest/gtest.h>

#include "settlement/rules/rule.hpp"

namespace choso::settlement {
namespace {

MatchRule rule(std::string words, std::optional<std::int64_t> from = {}, std::optional<std::int64_t> to = {}) {
    auto out = MatchRule{};
    out.name = "Tiền điện";
    out.words = std::move(words);
    if (from) out.from = Money{*from};
    if (to) out.to = Money{*to};
    return out;
}

TEST(rule, meets_all_its_words_whatever_the_bank_did_to_blanks_and_case) {
    EXPECT_TRUE(meets(rule("tien dien"), "MBVCB.1.TIENDIEN ky 10", Money{1}));
    EXPECT_TRUE(meets(rule("dien tien"), "tien nop, dien ky 10", Money{1})) << "in any order";
    EXPECT_FALSE(meets(rule("tien dien"), "tien nuoc", Money{1}));
    EXPECT_TRUE(meets(rule("HD###"), "nop hd 123", Money{1}));
    EXPECT_FALSE(meets(rule("HD###"), "nop hd 1234", Money{1})) << "another number";
    EXPECT_FALSE(meets(rule(""), "tien dien", Money{1}));
}

TEST(rule, keeps_within_its_amounts) {
    auto const between = rule("tien dien", 10, 20);
    for (auto const amount : {10, 15, 20}) EXPECT_TRUE(meets(between, "tien dien", Money{amount})) << amount;
    for (auto const amount : {9, 21}) EXPECT_FALSE(meets(between, "tien dien", Money{amount})) << amount;
}

TEST(rule, says_what_is_wrong_with_it) {
    EXPECT_EQ(fault_of(rule("tien dien")), std::nullopt);
    EXPECT_EQ(fault_of(rule("ck")), RuleFault::words_too_short);
    EXPECT_EQ(fault_of(rule("tien dien", 20, 10)), RuleFault::amounts_crossed);
    auto nameless = rule("tien dien");
    nameless.name.clear();
    EXPECT_EQ(fault_of(nameless), RuleFault::no_name);
}

TEST(rule, a_preview_tells_what_a_version_gains_loses_keeps_and_contradicts) {
    auto const credit = [](std::string content, bool waits, std::optional<MerchantId> given = {}) { return PastCredit{{}, Money{5}, {}, std::move(content), waits, given}; };
    auto id = Uuid{};
    id[15] = 1;
    auto draft = rule("tien nuoc");
    draft.merchant = MerchantId{id};
    id[15] = 2;
    auto const past = std::vector{credit("tien nuoc", true), credit("tien dien", true), credit("tien dien tien nuoc", false, draft.merchant),
                                  credit("tien nuoc ky 9", false, MerchantId{id}), credit("rau", true), credit("ca", false)};
    auto const shown = preview(draft, rule("tien dien"), past);
    EXPECT_EQ(shown.gained.size(), 2U);
    EXPECT_EQ(shown.lost.size(), 1U);
    EXPECT_EQ(shown.kept.size(), 1U);
    ASSERT_EQ(shown.contradicted.size(), 1U);
    EXPECT_EQ(shown.contradicted[0].content, "tien nuoc ky 9");
    EXPECT_EQ(shown.open, 1) << "what is done waits for nothing";
    EXPECT_EQ(shown.looked_at, 6);
}

}  // namespace
}  // namespace choso::settlement
