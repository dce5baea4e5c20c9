#include "marketplace/checkout/order.hpp"

#include <algorithm>

namespace choso::marketplace {
namespace {

constexpr std::array<std::string_view, 8> status_words{"open", "paid", "accepted", "shipped", "delivered", "expired", "cancelled", "no_stock"};
constexpr std::array<std::string_view, 3> return_words{"requested", "received", "refused"};

template <class Enum, std::size_t n>
std::optional<Enum> of(std::array<std::string_view, n> const& words, std::string_view text) {
    auto const found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word(OrderStatus status) { return status_words[static_cast<std::size_t>(status)]; }
std::optional<OrderStatus> order_status_of(std::string_view text) { return of<OrderStatus>(status_words, text); }
std::string_view word(ReturnStatus status) { return return_words[static_cast<std::size_t>(status)]; }
std::optional<ReturnStatus> return_status_of(std::string_view text) { return of<ReturnStatus>(return_words, text); }

bool is_live(OrderStatus status) {
    switch (status) {
        case OrderStatus::paid:
        case OrderStatus::accepted:
        case OrderStatus::shipped:
        case OrderStatus::delivered: return true;
        case OrderStatus::open:
        case OrderStatus::expired:
        case OrderStatus::cancelled:
        case OrderStatus::no_stock: break;
    }
    return false;
}

Money part_of(Money amount, std::int32_t bp) {
    // At most 99,999,999,999 × 10,000: far below 2^63.
    return Money{(amount.dong() * bp + 5'000) / 10'000};
}

Money SellerOrder::returned() const {
    auto sum = Money{};
    for (auto const& line : lines) sum += line.amount() - line.kept();
    return sum;
}

Shares SellerOrder::shares() const {
    auto out = Shares{};
    out.gross = total() - returned();
    out.commission = part_of(goods - returned(), commission_bp);
    for (auto const& line : lines) out.tax += part_of(line.kept(), line.tax.vat_bp) + part_of(line.kept(), line.tax.pit_bp);
    out.tax += part_of(shipping, shipping_tax.vat_bp) + part_of(shipping, shipping_tax.pit_bp);
    return out;
}

}  // namespace choso::marketplace
