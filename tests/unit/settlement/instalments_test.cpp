// Several credits of one payer that make one request: only where there is one way.
#include <gtest/gtest.h>

#include "settlement/exceptions/instalments.hpp"

namespace choso::settlement {
namespace {

std::optional<std::vector<std::size_t>> subset(std::vector<std::int64_t> const& amounts, std::int64_t target) {
    auto money = std::vector<Money>{};
    for (auto const each : amounts) money.emplace_back(each);
    return unique_subset(money, Money{target});
}
using Indices = std::vector<std::size_t>;

TEST(instalments, the_one_set_is_found_whatever_stands_beside_it) {
    EXPECT_EQ(subset({300, 500, 200, 77}, 500), (Indices{0, 2}));
    EXPECT_EQ(subset({100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 102400, 204800}, 409'500 - 200), (Indices{0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
}

TEST(instalments, two_ways_are_no_way) {
    EXPECT_EQ(subset({300, 200, 200}, 500), std::nullopt);
    EXPECT_EQ(subset({300, 200, 100, 100}, 500), std::nullopt) << "300 + 200, or 300 + 100 + 100";
    EXPECT_EQ(subset({500, 200, 300}, 500), std::nullopt) << "the first alone is no set, and the others do not hold it";
    EXPECT_EQ(subset({500}, 500), std::nullopt);
    EXPECT_EQ(subset({300, 100}, 500), std::nullopt);
}

TEST(instalments, the_payer_is_the_account_that_the_bank_names) {
    EXPECT_EQ(payer_in("MBVCB.1.hoc phi.CT tu 0123456789 NGUYEN VAN AN toi 99"), "0123456789");
    EXPECT_EQ(payer_in("CT tu 0123 NGUYEN"), "");
    EXPECT_EQ(payer_in("hoc phi dot 1"), "");
}

ShownException credit(std::uint8_t n, std::int64_t amount, std::string content) {
    auto out = ShownException{};
    auto id = Uuid{};
    id[15] = n;
    out.row.id = ExceptionId{id};
    out.row.amount = Money{amount};
    out.row.occurred_at = Instant{std::chrono::hours{1'000 + n}};
    out.content = std::move(content);
    return out;
}
Candidate asked(std::uint8_t n, std::int64_t amount) {
    auto out = Candidate{};
    auto id = Uuid{};
    id[15] = n;
    out.request = PaymentRequestId{id};
    out.amount = Money{amount};
    return out;
}

TEST(instalments, credits_of_one_payer_make_one_request) {
    auto const first = credit(1, 300'000, "hoc phi.CT tu 0123456789 AN"), second = credit(2, 700'000, "dot 2.CT tu 0123456789 AN"),
               stranger = credit(3, 700'000, "x.CT tu 0999999999 BINH");
    auto const found = instalments_of(first, std::vector{asked(7, 1'000'000), asked(8, 450'000)}, std::vector{first, second, stranger});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->request, asked(7, 0).request);
    EXPECT_EQ(found->parts, (std::vector{first.row.id, second.row.id})) << "a stranger's money is none of it";
    EXPECT_FALSE(instalments_of(first, std::vector{asked(7, 1'000'000), asked(8, 1'000'000)}, std::vector{second}).has_value()) << "two requests are made by it";
    EXPECT_FALSE(instalments_of(first, std::vector{asked(7, 300'000)}, std::vector{second}).has_value());
    auto done = second;
    done.row.state = ExceptionState::done;
    EXPECT_FALSE(instalments_of(first, std::vector{asked(7, 1'000'000)}, std::vector{done}).has_value());
}

}  // namespace
}  // namespace choso::settlement
