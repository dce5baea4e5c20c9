#include "settlement/statements/decimal.hpp"

#include <algorithm>

namespace choso::statements {
namespace {

Decimal::Wide power_of_ten(int exponent) {
    auto out = Decimal::Wide{1};
    while (exponent-- > 0) out *= 10;
    return out;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text, char point, bool sign) {
    auto negative = false;
    if (sign && (text.starts_with('-') || text.starts_with('+'))) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    }
    auto units = Wide{0};
    auto scale = 0;
    auto digits = std::size_t{0}, leading = std::size_t{0};
    auto seen_point = false;
    for (auto const c : text) {
        if (c == point && !seen_point) {
            seen_point = true;
        } else if (c >= '0' && c <= '9') {
            if (units == 0 && c == '0' && !seen_point) ++leading;
            // Zeros behind the last place that is kept say nothing.
            if (seen_point && scale == scale_max) {
                if (c != '0') return std::nullopt;
                continue;
            }
            if (units != 0 || c != '0') ++digits;
            if (digits > digits_max) return std::nullopt;
            units = units * 10 + (c - '0');
            if (seen_point) ++scale;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 && leading == 0 && scale == 0) return std::nullopt;
    return Decimal{negative ? -units : units, scale};
}

Decimal operator+(Decimal a, Decimal b) {
    auto const scale = std::max(a.scale_, b.scale_);
    return {a.units_ * power_of_ten(scale - a.scale_) + b.units_ * power_of_ten(scale - b.scale_), scale};
}

std::string Decimal::text(int scale) const {
    auto const places = std::max(scale, scale_);
    auto units = (units_ < 0 ? -units_ : units_) * power_of_ten(places - scale_);
    auto reversed = std::string{};
    for (auto i = 0; units > 0 || i <= places; ++i) {
        if (i == places && places > 0) reversed += '.';
        reversed += static_cast<char>('0' + static_cast<int>(units % 10));
        units /= 10;
    }
    reversed += units_ < 0 ? '-' : '+';
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

std::optional<Money> Decimal::dong() const {
    auto const unit = power_of_ten(scale_);
    if (units_ % unit != 0) return std::nullopt;
    auto const whole = units_ / unit;
    if (whole > INT64_MAX / 4 || whole < INT64_MIN / 4) return std::nullopt;
    return Money{static_cast<std::int64_t>(whole)};
}

}  // namespace choso::statements
