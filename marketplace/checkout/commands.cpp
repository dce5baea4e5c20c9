#include "marketplace/checkout/commands.hpp"

#include <algorithm>

#include "marketplace/checkout/order_rows.hpp"
#include "platform/json/json.hpp"

namespace choso::marketplace {
namespace {

using payments::Refusal;

OrderRows& rows_of(Book& book) { return book.rows<OrderRows>(); }

/// As the caller must see it: its request, if it has one.
Outcome answered(Book const& book, OrderId order, bool replayed) {
    auto out = Outcome{};
    out.replayed = replayed;
    out.request = book.find_request(request_of(order));
    out.own = std::make_shared<OrderOutcome const>(order);
    return out;
}

Outcome conclude(Book& book, OrderId order, Result<OrderEffects, Refusal> effects, Instant now) {
    if (!effects) return Outcome::refused(effects.error());
    rows_of(book).apply(order.bucket(), std::move(effects).value(), now);
    return answered(book, order, false);
}

void add(payments::Effects& to, payments::Effects from) {
    to.new_request = std::move(from.new_request);
    for (auto& event : from.events) to.events.push_back(std::move(event));
    for (auto& due : from.new_dues) to.new_dues.push_back(std::move(due));
}

}  // namespace

payments::Family order_family() {
    return {"orders", [](Book& book) {
                auto rows = std::make_unique<OrderRows>(book);
                book.attach(*rows);
                return rows;
            }};
}

void PlaceOrder::plan(Book& book) const {
    request->plan(book);
    auto& rows = rows_of(book);
    for (auto const& [variant, quantity] : wanted_of(order.parts)) rows.want_stock(variant);
    rows.want_open(bucket(), order.phone_key);
}

Outcome PlaceOrder::decide(Book& book, Instant now) const {
    if (auto const known = book.find_idempotency(bucket(), request->idempotency)) {
        if (known->fingerprint != request->idempotency.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
        return answered(book, OrderId{known->subject}, true);
    }
    auto& rows = rows_of(book);
    auto short_of = VariantId{};
    auto placed = place(order, rows.stock(), rows.open_of(order.phone_key), open_orders_max, now, &short_of);
    if (!placed) {
        // Not remembered: what is sold out or too much now may be had in a moment, under the same key.
        if (placed.error() == Refusal::out_of_stock) *lacking = short_of;
        return Outcome::refused(placed.error());
    }
    auto effects = std::move(placed).value();
    auto const code = book.draw_reference(request->kind, request->live, bucket());
    effects.order->code = code.text();
    if (!order.cash) {
        auto asked = payments::decide(*request, payments::CreateView{false, code}, now);
        if (!asked) return Outcome::refused(asked.error());
        effects.order->expires_at = asked->new_request->expires_at;
        add(effects.money, std::move(asked).value());
    }
    rows.apply(bucket(), std::move(effects), now);
    rows.keep_buyer(order.buyer, buyer);
    book.remember(request->idempotency, bucket(), order.id.uuid(), {}, now);
    return answered(book, order.id, false);
}

std::string PlaceOrder::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("order", order.id.text()).member("merchant", order.merchant.text()).member("amount", order.amount).key("lines").array();
    for (auto const& part : order.parts)
        for (auto const& line : part.lines) json.object().member("variant", line.variant.text()).member("quantity", line.quantity).end();
    json.end().end();
    return out;
}

void OrderCommand::plan(Book& book) const {
    rows_of(book).want_order(order);
    book.want_request(request_of(order));
    book.want_payee_accounts(payments::CollectorMode::pooled);
}

std::string OrderCommand::text() const {
    std::string out;
    json::Writer{out}.object().member("order", order.text()).end();
    return out;
}

void CancelOrder::plan(Book& book) const {
    OrderCommand::plan(book);
    cancellation.plan(book);
}

Outcome CancelOrder::decide(Book& book, Instant now) const {
    auto known = rows_of(book).find(order);
    if (!known) return Outcome::refused(Refusal::not_found);
    // Nothing is paid yet: the request is cancelled, and the order follows it.
    if (known->waiting) {
        auto whole = cancellation;
        whole.merchant = known->merchant;
        return whole.decide(book, now);
    }
    if (!part) {
        auto const all_cancelled = std::ranges::all_of(known->parts, [](auto const& each) { return each.status == OrderStatus::cancelled; });
        return all_cancelled ? answered(book, order, true) : Outcome::refused(Refusal::already_paid);
    }
    auto const found = std::ranges::find(known->parts, *part, &SellerOrder::id);
    if (found != known->parts.end() && found->status == OrderStatus::cancelled && found->reason == reason) return answered(book, order, true);
    return conclude(book, order, cancel(std::move(*known), *part, reason, now), now);
}

Outcome ShipParcel::decide(Book& book, Instant now) const {
    auto& rows = rows_of(book);
    auto known = rows.find(order);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto before = rows.parcels_of(order);
    if (std::ranges::find(before, id, &Parcel::id) != before.end()) return answered(book, order, true);
    std::erase_if(before, [&](Parcel const& parcel) { return parcel.order != part; });
    return conclude(book, order, ship(std::move(*known), part, before, Parcel{id, part, carrier, tracking, now, {}, lines}, now), now);
}

Outcome DeliverParcel::decide(Book& book, Instant now) const {
    auto& rows = rows_of(book);
    auto known = rows.find(order);
    if (!known) return Outcome::refused(Refusal::not_found);
    return conclude(book, order, deliver(std::move(*known), rows.parcels_of(order), id, now), now);
}

Outcome AskReturn::decide(Book& book, Instant now) const {
    auto& rows = rows_of(book);
    auto known = rows.find(order);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto const before = rows.returns_of(order);
    if (std::ranges::find(before, id, &OrderReturn::id) != before.end()) return answered(book, order, true);
    return conclude(book, order, ask_return(std::move(*known), before, OrderReturn{id, part, {}, reason, {}, now, {}, lines}, return_days, now), now);
}

Outcome AnswerReturn::decide(Book& book, Instant now) const {
    auto& rows = rows_of(book);
    auto known = rows.view(order);
    if (!known) {
        // Cash on delivery: there is no request, and no money of ours to give back.
        auto const cash = rows.find(order);
        if (!cash || !cash->cash) return Outcome::refused(Refusal::not_found);
        known = OrderView{*cash, {}, {}, {}, rows.stock(), {}};
    }
    known->new_refund = [bucket = bucket(), now] { return RefundId::make(bucket, now); };
    return conclude(book, order, answer_return(*known, rows.returns_of(order), answer, now), now);
}

}  // namespace choso::marketplace
