#include "base/money.hpp"

#include <charconv>

#include "base/assert.hpp"

namespace choso {

Money operator+(Money a, Money b) {
    std::int64_t sum = 0;
    CHOSO_ASSERT(!__builtin_add_overflow(a.dong_, b.dong_, &sum));
    return Money{sum};
}

Money operator-(Money a, Money b) {
    std::int64_t difference = 0;
    CHOSO_ASSERT(!__builtin_sub_overflow(a.dong_, b.dong_, &difference));
    return Money{difference};
}

std::optional<Money> parse_dong(std::string_view text) {
    auto const digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Money{value};
}

std::string with_dots(Money amount) {
    auto text = std::to_string(amount.dong());
    auto const first = text.starts_with('-') ? std::size_t{1} : std::size_t{0};
    for (auto at = text.size(); at > first + 3;) {
        at -= 3;
        text.insert(at, 1, '.');
    }
    return text;
}

}  // namespace choso
