#pragma once
#include "gateway/payments/effects.hpp"
#include "marketplace/checkout/order.hpp"

/// Events of orders: ids and amounts, no personal data. The operator hears of the whole, each seller of its part.
namespace choso::marketplace {

namespace order_event {
inline constexpr std::string_view placed = "order.placed";
inline constexpr std::string_view paid = "order.paid";
inline constexpr std::string_view expired = "order.expired";
inline constexpr std::string_view cancelled = "order.cancelled";
inline constexpr std::string_view no_stock = "order.no_stock";
inline constexpr std::string_view payment_reversed = "order.payment_reversed";
inline constexpr std::string_view shipped = "order.shipped";
inline constexpr std::string_view delivered = "order.delivered";
inline constexpr std::string_view credited = "order.credited";
inline constexpr std::string_view return_requested = "order.return_requested";
inline constexpr std::string_view return_refused = "order.return_refused";
inline constexpr std::string_view returned = "order.returned";
}  // namespace order_event

[[nodiscard]] payments::EventDraft told_of(std::string_view type, Order const& order);
[[nodiscard]] payments::EventDraft told_of(std::string_view type, SellerOrder const& part, Money amount);

}  // namespace choso::marketplace
