#include "base/reference_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/reference.hpp"

namespace choso {
namespace {

int determinant(kx12::Matrix m) {
    auto out = 1;
    for (auto column = std::size_t{0}; column < 4; ++column) {
        auto pivot = column;
        while (pivot < 4 && m[pivot][column] == 0) ++pivot;
        if (pivot == 4) return 0;
        if (pivot != column) {
            std::swap(m[pivot], m[column]);
            out = kx12::field - out;
        }
        out = out * m[column][column] % kx12::field;
        for (auto row = column + 1; row < 4; ++row) {
            auto const factor = kx12::quotient(m[row][column], m[column][column]);
            for (auto k = column; k < 4; ++k) m[row][k] = (m[row][k] + (kx12::field - factor) * m[column][k]) % kx12::field;
        }
    }
    return out;
}

TEST(ReferenceCode, any_four_columns_are_independent_so_two_codewords_differ_in_five_symbols) {
    auto minors = 0;
    for (auto a = std::size_t{0}; a < 12; ++a)
        for (auto b = a + 1; b < 12; ++b)
            for (auto c = b + 1; c < 12; ++c)
                for (auto d = c + 1; d < 12; ++d, ++minors) {
                    kx12::Matrix m{};
                    for (auto j = std::size_t{0}; j < 4; ++j)
                        m[j] = {kx12::power((j + 1) * a), kx12::power((j + 1) * b), kx12::power((j + 1) * c), kx12::power((j + 1) * d)};
                    EXPECT_NE(determinant(m), 0) << a << ' ' << b << ' ' << c << ' ' << d;
                }
    EXPECT_EQ(minors, 495);
}

TEST(ReferenceCode, two_is_a_primitive_root) {
    for (auto n = std::size_t{1}; n < 28; ++n) EXPECT_NE(kx12::power(n), 1) << n;
    EXPECT_EQ(kx12::power(28), 1);
}

// A codeword whose last s symbols are 0, moved s places to the right, has sums κⱼ·2^(j·s): never κⱼ itself.
TEST(ReferenceCode, the_offsets_leave_no_shifted_codeword) {
    for (auto s = std::size_t{1}; s < 12; ++s) {
        auto same = true;
        for (auto j = std::size_t{0}; j < 4; ++j)
            same = same && kx12::offsets[j] * kx12::power((j + 1) * s) % kx12::field == kx12::offsets[j];
        EXPECT_FALSE(same) << "shift by " << s;
    }
}

TEST(ReferenceCode, no_repeated_symbol_is_a_codeword) {
    for (auto c = std::uint8_t{0}; c < kx12::field; ++c) {
        kx12::Word word{};
        word.fill(c);
        EXPECT_FALSE(kx12::is_codeword(kx12::sums_of(word.data()))) << int{c};
    }
}

TEST(ReferenceCode, codewords_moved_along_with_zeros_are_none) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    for (auto n = 0; n < 10'000; ++n) {
        kx12::Word word{};
        for (auto i = std::size_t{0}; i < 8; ++i) word[i] = static_cast<std::uint8_t>(random() % 29);
        kx12::complete(word);
        for (auto s = std::size_t{1}; s < 12; ++s) {
            kx12::Word moved{};
            std::copy_n(word.begin(), 12 - s, moved.begin() + static_cast<std::ptrdiff_t>(s));
            auto const lost_nothing = std::all_of(word.end() - static_cast<std::ptrdiff_t>(s), word.end(), [](auto c) { return c == 0; });
            if (lost_nothing) {
                EXPECT_FALSE(kx12::is_codeword(kx12::sums_of(moved.data()))) << "seed " << seed;
            }
        }
    }
}

struct Row {
    char const* name;
    std::array<std::uint8_t, 8> data;
    char const* text;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Vectors : public ::testing::TestWithParam<Row> {};

TEST_P(Vectors, hold) {
    std::uint64_t number = 0;
    for (auto const symbol : GetParam().data) number = number * 29 + symbol;
    auto const reference = Reference::from_data(number);
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->text(), GetParam().text);
    EXPECT_EQ(Reference::parse_exact(GetParam().text), reference);
    EXPECT_EQ(reference->data_number(), number);
}

INSTANTIATE_TEST_SUITE_P(ReferenceCode, Vectors,
                         ::testing::Values(Row{"one", {10, 4, 12, 20, 1, 2, 26, 17}, "KXB4FP12XL5MZJ"},
                                           Row{"two", {3, 11, 18, 1, 16, 6, 1, 2}, "KX3CM1K6121492"},
                                           Row{"three", {28, 10, 23, 14, 9, 19, 2, 3}, "KXDBSH9N23SK6K"},
                                           Row{"zeros", {0, 0, 0, 0, 0, 0, 0, 0}, "KX00000000TBHC"},
                                           Row{"count", {1, 2, 3, 4, 5, 6, 7, 8}, "KX12345678MNFH"}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(Reference, reads_only_what_it_writes) {
    for (auto const* text : {"", "KX", "KXB4FP12XL5MZ", "KXB4FP12XL5MZJ0", "KXB4FP12XL5MZK", "kxB4FP12XL5MZJ", "KKB4FP12XL5MZJ",
                             "KXB4FP12XL5 ZJ", "KXO0000000TBHC", "KXB4FP12XL5MZ\xc4"})
        EXPECT_FALSE(Reference::parse_exact(text)) << text;
    EXPECT_FALSE(Reference::from_data(Reference::data_count));
    EXPECT_TRUE(Reference::from_data(Reference::data_count - 1));
}

TEST(Reference, is_printed_in_fours) { EXPECT_EQ(Reference::parse_exact("KXB4FP12XL5MZJ")->grouped(), "KXB4 FP12 XL5M ZJ"); }

TEST(Reference, may_be_issued_follows_its_symbols) {
    auto const seed = std::random_device{}();
    std::mt19937_64 random{seed};
    auto refused = 0;
    constexpr auto trials = 200'000;
    for (auto n = 0; n < trials; ++n) {
        auto const reference = *Reference::from_data(random() % Reference::data_count);
        auto const symbols = reference.text().substr(2);
        auto const letters = std::count_if(symbols.begin(), symbols.end(), [](char c) { return c > '9'; });
        auto const telex = symbols.find("DD") != std::string::npos || symbols.find("D9") != std::string::npos;
        ASSERT_EQ(reference.may_be_issued(), letters >= 3 && !telex) << symbols << " seed " << seed;
        refused += reference.may_be_issued() ? 0 : 1;
    }
    EXPECT_NEAR(refused, trials * 0.026, trials * 0.003) << "seed " << seed;
}

}  // namespace
}  // namespace choso
