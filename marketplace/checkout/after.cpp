// After the sale: parcels, cancelled parts, goods that come back.
#include <algorithm>

#include "marketplace/checkout/decide.hpp"
#include "marketplace/checkout/events.hpp"

namespace choso::marketplace {
namespace {

using payments::Refusal;

SellerOrder* find(Order& order, SellerOrderId id) {
    auto const found = std::ranges::find(order.parts, id, &SellerOrder::id);
    return found == order.parts.end() ? nullptr : &*found;
}

/// How many of each line are in some list already.
std::map<std::int16_t, std::int64_t> sum_of(std::vector<ParcelLine> const& lines, std::map<std::int16_t, std::int64_t> sums = {}) {
    for (auto const& line : lines) sums[line.position] += line.quantity;
    return sums;
}

/// The lines exist, and no line has more than it can.
bool fits(std::vector<ParcelLine> const& lines, std::map<std::int16_t, std::int64_t> const& room) {
    if (lines.empty()) return false;
    for (auto const& [position, quantity] : sum_of(lines)) {
        auto const found = room.find(position);
        if (found == room.end() || quantity < 1 || quantity > found->second) return false;
    }
    return std::ranges::all_of(lines, [](auto const& line) { return line.quantity > 0; });
}

std::map<std::int16_t, std::int64_t> lines_of(SellerOrder const& part) {
    auto out = std::map<std::int16_t, std::int64_t>{};
    auto position = std::int16_t{0};
    for (auto const& line : part.lines) out[++position] = line.quantity;
    return out;
}

}  // namespace

Result<OrderEffects, Refusal> cancel(Order order, SellerOrderId id, std::string reason, Instant now) {
    auto* part = find(order, id);
    if (part == nullptr) return Refusal::not_found;
    if (part->status == OrderStatus::cancelled) return Refusal::already_cancelled;
    if (part->status == OrderStatus::shipped || part->status == OrderStatus::delivered) return Refusal::already_sent;
    if (!is_live(part->status)) return Refusal::order_not_open;

    auto effects = OrderEffects{};
    part->status = OrderStatus::cancelled;
    part->reason = std::move(reason);
    part->updated_at = now;
    for (auto const& [variant, quantity] : wanted_of({*part})) effects.stock.push_back({variant, quantity, 0});
    effects.money.events.push_back(told_of(order_event::cancelled, *part, part->total()));
    effects.order = std::move(order);
    return effects;
}

Result<OrderEffects, Refusal> ship(Order order, SellerOrderId id, std::vector<Parcel> const& before, Parcel parcel, Instant now) {
    auto* part = find(order, id);
    if (part == nullptr) return Refusal::not_found;
    if (part->status == OrderStatus::cancelled) return Refusal::already_cancelled;
    if (!is_live(part->status) || order.is_short) return Refusal::order_not_paid;
    auto room = lines_of(*part);
    for (auto const& sent : before)
        for (auto const& line : sent.lines) room[line.position] -= line.quantity;
    if (parcel.lines.empty())
        for (auto const& [position, quantity] : room)
            if (quantity > 0) parcel.lines.push_back({position, quantity});
    if (parcel.lines.empty()) return Refusal::already_sent;
    if (!fits(parcel.lines, room)) return Refusal::quantity_exceeds_order;

    auto effects = OrderEffects{};
    parcel.order = id;
    parcel.shipped_at = now;
    part->status = OrderStatus::shipped;
    part->updated_at = now;
    effects.money.events.push_back(told_of(order_event::shipped, *part, part->total()));
    effects.parcel = std::move(parcel);
    effects.order = std::move(order);
    return effects;
}

Result<OrderEffects, Refusal> deliver(Order order, std::vector<Parcel> const& parcels, ParcelId id, Instant now) {
    auto const found = std::ranges::find(parcels, id, &Parcel::id);
    if (found == parcels.end()) return Refusal::not_found;
    auto* part = find(order, found->order);
    if (part == nullptr) return Refusal::not_found;
    if (found->delivered_at) return OrderEffects{};

    auto effects = OrderEffects{};
    effects.parcel = *found;
    effects.parcel->delivered_at = now;
    auto room = lines_of(*part);
    for (auto const& parcel : parcels)
        if (parcel.order == part->id && (parcel.delivered_at || parcel.id == id))
            for (auto const& line : parcel.lines) room[line.position] -= line.quantity;
    auto const whole = std::ranges::all_of(room, [](auto const& left) { return left.second <= 0; });
    if (!whole) {
        effects.order = std::move(order);
        return effects;
    }
    part->status = OrderStatus::delivered;
    part->updated_at = now;
    effects.money.events.push_back(told_of(order_event::delivered, *part, part->total()));
    effects.order = std::move(order);
    return effects;
}

Result<OrderEffects, Refusal> ask_return(Order order, std::vector<OrderReturn> const& before, OrderReturn asked, int return_days, Instant now) {
    auto* part = find(order, asked.order);
    if (part == nullptr) return Refusal::not_found;
    if (part->status != OrderStatus::delivered) return Refusal::order_not_open;
    if (now > part->updated_at + std::chrono::hours{24} * return_days) return Refusal::return_not_open;
    auto room = lines_of(*part);
    for (auto const& earlier : before)
        if (earlier.order == part->id && earlier.status != ReturnStatus::refused)
            for (auto const& line : earlier.lines) room[line.position] -= line.quantity;
    if (!fits(asked.lines, room)) return Refusal::quantity_exceeds_order;

    auto effects = OrderEffects{};
    asked.created_at = now;
    asked.status = ReturnStatus::requested;
    auto sum = Money{};
    for (auto const& line : asked.lines) sum += Money{part->lines[static_cast<std::size_t>(line.position - 1)].price.dong() * line.quantity};
    effects.money.events.push_back(told_of(order_event::return_requested, *part, sum));
    effects.returned = std::move(asked);
    effects.order = std::move(order);
    return effects;
}

Result<OrderEffects, Refusal> answer_return(OrderView const& view, std::vector<OrderReturn> const& returns, ReturnAnswer const& answer, Instant now) {
    auto const found = std::ranges::find(returns, answer.id, &OrderReturn::id);
    if (found == returns.end()) return Refusal::not_found;
    if (found->status != ReturnStatus::requested) {
        auto const same = (found->status == ReturnStatus::received) == answer.received;
        if (same) return OrderEffects{};
        return Refusal::return_not_open;
    }
    auto order = view.order;
    auto* part = find(order, found->order);
    if (part == nullptr) return Refusal::not_found;

    auto effects = OrderEffects{};
    effects.returned = *found;
    effects.returned->status = answer.received ? ReturnStatus::received : ReturnStatus::refused;
    effects.returned->answer = answer.answer;
    effects.returned->decided_at = now;
    auto sum = Money{};
    for (auto const& line : found->lines) {
        auto& sold = part->lines[static_cast<std::size_t>(line.position - 1)];
        sum += Money{sold.price.dong() * line.quantity};
        if (!answer.received) continue;
        sold.returned += line.quantity;
        if (answer.restock) effects.stock.push_back({sold.variant, line.quantity, 0});
    }
    effects.money.events.push_back(told_of(answer.received ? order_event::returned : order_event::return_refused, *part, sum));
    // Only this part's money goes back; the others' stays where it is.
    if (answer.received && !order.cash) propose_refunds(effects, view, part->id, true, sum, "order_returned", now);
    effects.order = std::move(order);
    return effects;
}

}  // namespace choso::marketplace
