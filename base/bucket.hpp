#pragma once
#include <compare>
#include <cstdint>
#include <optional>

namespace choso {

/// Where a collector's money lives: 0–63, given once and kept for ever (docs/adr/0002). Every money row carries it,
/// no rule touches two of them.
class Bucket {
 public:
    static constexpr int count = 64;

    [[nodiscard]] static constexpr std::optional<Bucket> from(std::int64_t n) {
        if (n < 0 || n >= count) return std::nullopt;
        return Bucket{static_cast<std::uint8_t>(n)};
    }
    /// The low six bits; for values that are already known to be a bucket (an id's bits, a checked column).
    [[nodiscard]] static constexpr Bucket of_bits(std::uint64_t bits) { return Bucket{static_cast<std::uint8_t>(bits & 63U)}; }

    [[nodiscard]] constexpr std::int16_t number() const { return n_; }
    friend constexpr auto operator<=>(Bucket, Bucket) = default;

 private:
    constexpr explicit Bucket(std::uint8_t n) : n_{n} {}
    std::uint8_t n_;
};

}  // namespace choso
