#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace choso {

/// Whole Vietnamese đồng, signed; the only type that holds money. No float goes in or comes out.
/// Sums are checked: an overflow (9.2·10¹⁸ đ) is our own bug and ends the command that made it.
class Money {
 public:
    constexpr Money() = default;
    constexpr explicit Money(std::int64_t dong) : dong_{dong} {}

    [[nodiscard]] constexpr std::int64_t dong() const { return dong_; }
    [[nodiscard]] constexpr bool is_zero() const { return dong_ == 0; }
    [[nodiscard]] constexpr bool is_positive() const { return dong_ > 0; }
    [[nodiscard]] constexpr bool is_negative() const { return dong_ < 0; }

    friend constexpr auto operator<=>(Money, Money) = default;
    friend Money operator+(Money a, Money b);
    friend Money operator-(Money a, Money b);
    friend constexpr Money operator-(Money a) { return Money{-a.dong_}; }
    Money& operator+=(Money other) { return *this = *this + other; }
    Money& operator-=(Money other) { return *this = *this - other; }

 private:
    std::int64_t dong_ = 0;
};

/// The most one request may ask for (CONTRACTS: 1 to 99 999 999 999 đ).
inline constexpr Money most_asked{99'999'999'999};
/// The most one NAPAS 247 transfer may carry; a QR above it would be refused by every bank app.
inline constexpr Money most_in_one_transfer{499'999'999};

/// Reads a whole positive or negative number of đồng, digits only (no sign but '-', no separators, no leading zero).
[[nodiscard]] std::optional<Money> parse_dong(std::string_view text);

/// `1151800` → `1.151.800`, the way every page shows it.
[[nodiscard]] std::string with_dots(Money amount);

}  // namespace choso
