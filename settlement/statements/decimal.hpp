#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"

namespace choso::statements {

/// An exact decimal, for statements in any currency; our own book holds only Money. Units × 10^-scale, signed.
class Decimal {
 public:
    __extension__ typedef __int128 Wide;
    static constexpr int scale_max = 9;
    static constexpr std::size_t digits_max = 20;

    Decimal() = default;
    Decimal(Wide units, int scale) : units_{units}, scale_{scale} {}
    [[nodiscard]] static Decimal of(Money amount) { return {amount.dong(), 0}; }

    /// Digits with at most one `point` among them; a sign only if `sign` says so. None if it is anything else, empty, or
    /// longer than any bank writes.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text, char point, bool sign = false);

    [[nodiscard]] bool is_zero() const { return units_ == 0; }
    [[nodiscard]] bool is_negative() const { return units_ < 0; }
    [[nodiscard]] int scale() const { return scale_; }
    [[nodiscard]] Decimal negated() const { return {-units_, scale_}; }
    [[nodiscard]] Decimal absolute() const { return units_ < 0 ? negated() : *this; }
    friend Decimal operator+(Decimal a, Decimal b);
    friend Decimal operator-(Decimal a, Decimal b) { return a + b.negated(); }
    friend bool operator==(Decimal a, Decimal b) { return (a - b).is_zero(); }
    Decimal& operator+=(Decimal other) { return *this = *this + other; }

    /// `+12.50`, `-3`: always with its sign, with at least `scale` digits behind the point.
    [[nodiscard]] std::string text(int scale = 0) const;
    /// As whole đồng; none if it has a fraction or is too large for Money.
    [[nodiscard]] std::optional<Money> dong() const;

 private:
    Wide units_ = 0;
    int scale_ = 0;
};

}  // namespace choso::statements
