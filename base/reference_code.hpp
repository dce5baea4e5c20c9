#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The arithmetic under KX-12: a [12, 8, 5] Reed–Solomon code over GF(29), moved off the origin by `offsets` so that a
/// shifted or zero-filled string is never a codeword. Only base/reference*.cpp and their tests look in here.
namespace choso::kx12 {

inline constexpr int field = 29;
inline constexpr int order = field - 1;  ///< of the primitive root 2: 2²⁸ = 1
inline constexpr std::size_t data_length = 8;
inline constexpr std::size_t check_length = 4;
inline constexpr std::size_t length = data_length + check_length;

/// Symbols in the order of their values 0–28. No vowel, no W and no Y: Telex keyboards eat those.
inline constexpr std::string_view alphabet = "0123456789BCFGHJKLMNPQRSTVXZD";
inline constexpr std::uint8_t first_letter = 10;
inline constexpr std::uint8_t symbol_nine = 9;
inline constexpr std::uint8_t symbol_k = 16;
inline constexpr std::uint8_t symbol_x = 26;
inline constexpr std::uint8_t symbol_d = 28;
static_assert(alphabet[symbol_k] == 'K' && alphabet[symbol_x] == 'X' && alphabet[symbol_d] == 'D');

/// κ: what the four weighted sums of a codeword are.
inline constexpr std::array<int, check_length> offsets{17, 5, 23, 11};

/// Twelve values 0–28.
using Word = std::array<std::uint8_t, length>;

constexpr std::array<int, order> make_powers() {
    std::array<int, order> out{};
    auto value = 1;
    for (auto& power : out) {
        power = value;
        value = value * 2 % field;
    }
    return out;
}
inline constexpr auto powers = make_powers();

/// 2ⁿ mod 29, n ≥ 0.
constexpr int power(std::size_t n) { return powers[n % order]; }

constexpr std::array<int, field> make_logs() {
    std::array<int, field> out{};
    for (auto n = 0; n < order; ++n) out[static_cast<std::size_t>(powers[static_cast<std::size_t>(n)])] = n;
    return out;
}
/// logs[2ⁿ] = n; logs[0] means nothing.
inline constexpr auto logs = make_logs();

/// a / b mod 29, b ≠ 0.
constexpr int quotient(int a, int b) {
    if (a == 0) return 0;
    return power(static_cast<std::size_t>(logs[static_cast<std::size_t>(a)] + order - logs[static_cast<std::size_t>(b)]));
}

/// The four sums side by side, 16 bits each, not yet reduced: additions of up to 2,000 terms stay in their lane.
using Sums = std::uint64_t;

constexpr Sums pack(std::array<int, check_length> const& lanes) {
    Sums out = 0;
    for (auto j = std::size_t{0}; j < check_length; ++j) out |= static_cast<Sums>(lanes[j]) << (16 * j);
    return out;
}

constexpr int lane(Sums sums, std::size_t j) { return static_cast<int>((sums >> (16 * j)) & 0xffffU) % field; }

using TermTable = std::array<std::array<Sums, field>, length>;
constexpr TermTable make_terms() {
    TermTable out{};
    for (auto i = std::size_t{0}; i < length; ++i)
        for (auto c = 0; c < field; ++c) {
            std::array<int, check_length> lanes{};
            for (auto j = std::size_t{0}; j < check_length; ++j) lanes[j] = c * power((j + 1) * i) % field;
            out[i][static_cast<std::size_t>(c)] = pack(lanes);
        }
    return out;
}
/// terms[i][c]: what symbol c at position i adds to the four sums.
inline constexpr TermTable terms = make_terms();

constexpr Sums sums_of(std::uint8_t const* symbols, std::size_t count = length) {
    Sums out = 0;
    for (auto i = std::size_t{0}; i < count; ++i) out += terms[i][symbols[i]];
    return out;
}

constexpr bool is_codeword(Sums sums) {
    for (auto j = std::size_t{0}; j < check_length; ++j)
        if (lane(sums, j) != offsets[j]) return false;
    return true;
}

/// The symbol that makes a codeword when put at `position`, whose own term is not in `sums`; nullopt if none does.
constexpr std::optional<std::uint8_t> solve_one(Sums sums, std::size_t position) {
    auto const lacking = (offsets[0] - lane(sums, 0) + field) % field;
    auto const symbol = static_cast<std::uint8_t>(quotient(lacking, power(position)));
    if (!is_codeword(sums + terms[position][symbol])) return std::nullopt;
    return symbol;
}

using Matrix = std::array<std::array<int, check_length>, check_length>;

/// Of m[j][k] = 2^((j+1)·(8+k)), by Gauss–Jordan; it exists because the code is MDS.
constexpr Matrix make_check_inverse() {
    Matrix m{};
    Matrix inverse{};
    for (auto j = std::size_t{0}; j < check_length; ++j) {
        inverse[j][j] = 1;
        for (auto k = std::size_t{0}; k < check_length; ++k) m[j][k] = power((j + 1) * (data_length + k));
    }
    for (auto column = std::size_t{0}; column < check_length; ++column) {
        auto pivot = column;
        while (m[pivot][column] == 0) ++pivot;
        auto const swap_rows = [&](Matrix& a) {
            auto const kept = a[column];
            a[column] = a[pivot];
            a[pivot] = kept;
        };
        swap_rows(m);
        swap_rows(inverse);
        auto const scale = m[column][column];
        for (auto k = std::size_t{0}; k < check_length; ++k) {
            m[column][k] = quotient(m[column][k], scale);
            inverse[column][k] = quotient(inverse[column][k], scale);
        }
        for (auto row = std::size_t{0}; row < check_length; ++row) {
            auto const factor = m[row][column];
            if (row == column || factor == 0) continue;
            for (auto k = std::size_t{0}; k < check_length; ++k) {
                m[row][k] = (m[row][k] + (field - factor) * m[column][k]) % field;
                inverse[row][k] = (inverse[row][k] + (field - factor) * inverse[column][k]) % field;
            }
        }
    }
    return inverse;
}
inline constexpr Matrix check_inverse = make_check_inverse();

/// Fills the four check symbols behind eight data symbols.
constexpr void complete(Word& word) {
    auto const sums = sums_of(word.data(), data_length);
    for (auto k = std::size_t{0}; k < check_length; ++k) {
        auto symbol = 0;
        for (auto j = std::size_t{0}; j < check_length; ++j)
            symbol += check_inverse[k][j] * (offsets[j] + field - lane(sums, j));
        word[data_length + k] = static_cast<std::uint8_t>(symbol % field);
    }
}

}  // namespace choso::kx12
