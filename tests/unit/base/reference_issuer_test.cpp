#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <vector>

#include "base/reference.hpp"

namespace choso {
namespace {

ReferenceKey key_of(std::uint64_t seed) {
    std::mt19937_64 random{seed};
    std::array<std::uint8_t, ReferenceKey::size> bytes{};
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return ReferenceKey{bytes};
}

// The vectors of the reference implementation (vectors.h of the SipHash authors): key 00 … 0f, message 00 01 02 ….
TEST(SipHash, agrees_with_its_authors) {
    constexpr std::uint64_t k0 = 0x0706050403020100ULL;
    constexpr std::uint64_t k1 = 0x0f0e0d0c0b0a0908ULL;
    std::array<std::uint8_t, 15> message{};
    std::iota(message.begin(), message.end(), std::uint8_t{0});
    EXPECT_EQ(siphash(k0, k1, std::span{message}.first(0)), 0x726fdb47dd0e0e31ULL);
    EXPECT_EQ(siphash(k0, k1, std::span{message}.first(8)), 0x93f5f5799a932462ULL);
    EXPECT_EQ(siphash(k0, k1, message), 0xa129ca6149be45e5ULL);
}

TEST(ReferenceIssuer, opens_what_it_issued) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    ReferenceIssuer const issuer{key_of(seed)};
    auto refused = 0;
    constexpr auto trials = 100'000;
    for (auto n = 0; n < trials; ++n) {
        ReferenceParts const parts{static_cast<ReferenceKind>(random() % 5), random() % 2 == 0, Bucket::of_bits(random()),
                                   random() % (ReferenceIssuer::number_max + 1)};
        auto const reference = issuer.issue(parts.kind, parts.live, parts.bucket, parts.number);
        if (!reference) {
            ++refused;
            continue;
        }
        ASSERT_EQ(issuer.open(*reference), parts) << "seed " << seed << ", trial " << n;
    }
    EXPECT_NEAR(refused, trials * 0.026, trials * 0.004) << "seed " << seed;
}

TEST(ReferenceIssuer, covers_the_corners) {
    ReferenceIssuer const issuer{key_of(1)};
    for (auto const number : {std::uint64_t{0}, std::uint64_t{1}, ReferenceIssuer::number_max})
        for (auto const kind : {ReferenceKind::stall, ReferenceKind::payout})
            for (auto const bucket : {0, 63})
                for (auto const live : {false, true}) {
                    auto const reference = issuer.issue(kind, live, *Bucket::from(bucket), number);
                    if (!reference) continue;
                    EXPECT_EQ(issuer.open(*reference), (ReferenceParts{kind, live, *Bucket::from(bucket), number}));
                }
    EXPECT_ANY_THROW((void)issuer.issue(ReferenceKind::stall, true, Bucket::of_bits(0), ReferenceIssuer::number_max + 1));
}

TEST(ReferenceIssuer, opens_foreign_codewords_without_a_crash_and_knows_which_it_never_issued) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    ReferenceIssuer const issuer{key_of(seed)};
    auto opened = 0;
    constexpr auto trials = 100'000;
    for (auto n = 0; n < trials; ++n) {
        auto const reference = *Reference::from_data(random() % Reference::data_count);
        auto const parts = issuer.open(reference);
        if (!parts) continue;
        ++opened;
        ASSERT_EQ(issuer.issue(parts->kind, parts->live, parts->bucket, parts->number), reference) << "seed " << seed;
    }
    EXPECT_NEAR(opened, trials * 0.974 * 5 / 8, trials * 0.01) << "seed " << seed;  // five kinds of eight, issuable
}

TEST(ReferenceIssuer, never_gives_one_code_twice_and_spreads_them) {
    ReferenceIssuer const issuer{key_of(7)};
    std::vector<std::uint64_t> seen;
    std::array<std::array<int, 29>, 12> counts{};
    for (auto n = std::uint64_t{0}; n < 300'000; ++n)
        if (auto const reference = issuer.issue(ReferenceKind::order, true, Bucket::of_bits(n), n / 64)) {
            seen.push_back(reference->data_number());
            auto const symbols = reference->symbols();
            for (auto i = std::size_t{0}; i < 12; ++i) ++counts[i][symbols[i]];
        }
    std::ranges::sort(seen);
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
    auto const fair = static_cast<double>(seen.size()) / 29;
    for (auto const& position : counts)
        for (auto c = std::size_t{0}; c < 28; ++c) EXPECT_NEAR(position[c], fair, fair * 0.06) << "symbol value " << c;
}

TEST(ReferenceIssuer, another_key_gives_other_codes) {
    ReferenceIssuer const one{key_of(1)};
    ReferenceIssuer const two{key_of(2)};
    auto same = 0;
    for (auto n = std::uint64_t{0}; n < 1'000; ++n) {
        auto const a = one.issue(ReferenceKind::fee, true, Bucket::of_bits(3), n);
        same += a && a == two.issue(ReferenceKind::fee, true, Bucket::of_bits(3), n) ? 1 : 0;
    }
    EXPECT_EQ(same, 0);
}

TEST(ReferenceKey, is_sixteen_bytes) {
    std::vector<std::uint8_t> bytes(16, 9);
    ASSERT_TRUE(ReferenceKey::from_bytes(bytes));
    EXPECT_TRUE(std::ranges::equal(ReferenceKey::from_bytes(bytes)->bytes(), bytes));
    bytes.push_back(9);
    EXPECT_FALSE(ReferenceKey::from_bytes(bytes));
    EXPECT_FALSE(ReferenceKey::from_bytes({}));
    EXPECT_NE(ReferenceKey::random().bytes(), ReferenceKey::random().bytes());
}

}  // namespace
}  // namespace choso
