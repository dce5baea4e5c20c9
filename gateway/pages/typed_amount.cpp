#include "base/money.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/http/message.hpp"

namespace choso::pages {

std::optional<Money> typed_amount(std::string_view typed) {
    auto digits = std::string{};
    // Copied from a page of ours, the unit stands behind a blank that does not break.
    auto copy = std::string{typed};
    constexpr std::string_view no_break = "\u00A0";
    for (auto at = copy.find(no_break); at != std::string::npos; at = copy.find(no_break, at)) copy.replace(at, no_break.size(), " ");
    auto text = std::string_view{copy};
    constexpr std::string_view units[] = {"₫", "đ", "VND", "vnd"};
    text = http::trimmed(text);
    for (auto const unit : units)
        if (text.ends_with(unit)) {
            text = http::trimmed(text.substr(0, text.size() - unit.size()));
            break;
        }
    for (auto const c : text)
        if (c != '.' && c != ' ' && c != ',') digits += c;
    // A separator must part thousands: `1.5` is not fifteen.
    auto const separator = text.find_last_of("., ");
    if (separator != std::string_view::npos && text.size() - separator != 4) return std::nullopt;
    auto const amount = parse_dong(digits);
    if (!amount || !amount->is_positive() || *amount > most_asked) return std::nullopt;
    return amount;
}

}  // namespace choso::pages
