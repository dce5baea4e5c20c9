#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace choso::bank {

/// Seeded chance: the same seed gives the same numbers on every machine (splitmix64), which std's distributions do not
/// promise. One thread.
class Dice {
 public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    [[nodiscard]] std::uint64_t next();
    /// 0 … n − 1; n > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t n);
    [[nodiscard]] bool one_in(std::uint64_t n) { return below(n) == 0; }
    /// So many decimal digits, the first not zero.
    [[nodiscard]] std::string digits(std::size_t count);
    /// So many symbols of an alphabet.
    [[nodiscard]] std::string symbols(std::size_t count, std::string_view alphabet);
    template <class T, std::size_t N>
    [[nodiscard]] T const& pick(std::span<T const, N> from) { return from[below(from.size())]; }

 private:
    std::uint64_t state_;
};

}  // namespace choso::bank
