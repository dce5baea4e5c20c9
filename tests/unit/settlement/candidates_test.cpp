// Why not: what comes nearest, and when it is sure.
#include <gtest/gtest.h>

#include "settlement/exceptions/candidates.hpp"

namespace choso::settlement {
namespace {

constexpr auto code = "KXB4FP12XL5MZJ";

TEST(candidates, distance_is_the_least_change_anywhere_in_the_content) {
    EXPECT_EQ(distance_in("MBVCB.6994946307.KXB4FP12XL5MZJ.CT tu 0123", code), 0);
    EXPECT_EQ(distance_in("kxb4 fp12 xl5m zj", code), 0);
    EXPECT_EQ(distance_in("KXB4FP12XL5MZ", code), 1);
    EXPECT_EQ(distance_in("tra tien KXB4FPI2XLSMZK rau", code), 2) << "I is 1; S for 5, K for J";
    EXPECT_GE(distance_in("chuyen tien hoc phi thang 9", code), 8);
    EXPECT_EQ(distance_in("", code), 14);
}

Candidate asked(std::string reference, std::int64_t amount, std::chrono::minutes before, std::uint8_t n = 1) {
    auto out = Candidate{};
    auto id = Uuid{};
    id[15] = n;
    out.request = PaymentRequestId{id};
    out.reference = std::move(reference);
    out.amount = Money{amount};
    out.created_at = Instant{std::chrono::hours{1'000}} - before;
    return out;
}
Instant const came{std::chrono::hours{1'000}};

TEST(candidates, two_wrong_symbols_and_the_amount_are_sure_when_nothing_else_is_near) {
    auto list = std::vector{asked(code, 50'000, std::chrono::minutes{4}, 1), asked("KX3CM1K6121492", 50'000, std::chrono::minutes{2}, 2)};
    judge(list, Money{50'000}, "KXB4FP12XLSMZK", came);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].reference, code);
    EXPECT_TRUE(list[0].certain);
    EXPECT_FALSE(list[1].certain);
    EXPECT_EQ(list[0].wrong_symbols, 2);
}

TEST(candidates, amount_and_time_alone_are_never_sure) {
    auto list = std::vector{asked(code, 50'000, std::chrono::minutes{1})};
    judge(list, Money{50'000}, "chuyen tien", came);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_FALSE(list[0].certain);
}

TEST(candidates, two_near_ones_are_none_of_them_sure) {
    auto list = std::vector{asked("KXB4FP12XL5MZJ", 50'000, std::chrono::minutes{1}, 1), asked("KXB4FP12XL5MZK", 50'000, std::chrono::minutes{2}, 2)};
    judge(list, Money{50'000}, "KXB4FP12XL5MZ", came);
    for (auto const& each : list) EXPECT_FALSE(each.certain);
}

TEST(candidates, what_has_nothing_in_common_is_not_shown) {
    auto list = std::vector{asked(code, 70'000, std::chrono::hours{300})};
    judge(list, Money{50'000}, "chuyen tien", came);
    EXPECT_TRUE(list.empty());
}

}  // namespace
}  // namespace choso::settlement
