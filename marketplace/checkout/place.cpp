#include "marketplace/checkout/decide.hpp"
#include "marketplace/checkout/events.hpp"

namespace choso::marketplace {

using payments::Refusal;

std::map<VariantId, std::int64_t> wanted_of(std::vector<SellerOrder> const& parts) {
    auto out = std::map<VariantId, std::int64_t>{};
    for (auto const& part : parts)
        for (auto const& line : part.lines) out[line.variant] += line.quantity;
    return out;
}

Result<OrderEffects, Refusal> place(Order order, StockOf const& stock, std::int64_t open, std::int64_t open_max, Instant now, VariantId* lacking) {
    if (!order.cash && open >= open_max) return Refusal::too_many_open_orders;
    auto const wanted = wanted_of(order.parts);
    for (auto const& [variant, quantity] : wanted) {
        auto const there = stock.find(variant);
        if (there != stock.end() && there->second.free() >= quantity) continue;
        *lacking = variant;
        return Refusal::out_of_stock;
    }

    auto effects = OrderEffects{};
    order.created_at = now;
    order.waiting = !order.cash;
    for (auto const& [variant, quantity] : wanted) effects.stock.push_back({variant, order.cash ? -quantity : 0, order.cash ? 0 : quantity});
    effects.money.events.push_back(told_of(order_event::placed, order));
    for (auto& part : order.parts) {
        part.status = order.cash ? OrderStatus::accepted : OrderStatus::open;
        part.updated_at = now;
        effects.money.events.push_back(told_of(order_event::placed, part, part.total()));
    }
    effects.order = std::move(order);
    return effects;
}

}  // namespace choso::marketplace
