#include "merchants/receipts/receipt.hpp"

#include <charconv>

namespace choso::receipts {

std::string_view word(Way way) { return way == Way::cash ? "cash" : "transfer"; }

std::optional<Way> way_of(std::string_view text) {
    if (text == "transfer") return Way::transfer;
    if (text == "cash") return Way::cash;
    return std::nullopt;
}

std::string number_text(Receipt const& receipt) {
    auto digits = std::to_string(receipt.number);
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    return receipt.symbol + "-" + std::to_string(receipt.year) + "-" + digits;
}

std::optional<Numbered> parse_number(std::string_view text) {
    auto const last = text.rfind('-');
    if (last == std::string_view::npos || last < 6) return std::nullopt;
    auto const middle = text.rfind('-', last - 1);
    if (middle == std::string_view::npos || middle == 0 || last - middle != 5) return std::nullopt;
    auto out = Numbered{std::string{text.substr(0, middle)}, 0, 0};
    auto const read = [](std::string_view digits, auto& into) {
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
        return error == std::errc{} && end == digits.data() + digits.size() && into > 0;
    };
    auto const digits = text.substr(last + 1);
    if (digits.empty() || digits.size() > 18 || digits[0] == '-' || !read(text.substr(middle + 1, 4), out.year) || !read(digits, out.number)) return std::nullopt;
    return out;
}

int year_of(Instant at) { return static_cast<int>(std::chrono::year_month_day{vietnam_day(at)}.year()); }

}  // namespace choso::receipts
