#include "gateway/payments/confirm.hpp"

#include "gateway/payments/book.hpp"
#include "gateway/payments/event_body.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {

std::optional<Effects> decide(ConfirmSightings const& told, ConfirmSightings::Item const& item, ConfirmView const& view, Instant now) {
    if (view.same_sighting) {
        if (view.same_sighting->id != item.payment) return std::nullopt;
        return Effects{};
    }
    // What a pooled account collects moves in the ledger when it is confirmed, and money that is nobody's yet may find its
    // request by this copy of the content: both are RecordCredit's.
    if (told.account.mode == CollectorMode::pooled || !view.payment) return std::nullopt;
    auto payment = *view.payment;
    if (payment.account != told.account.id || payment.amount != item.amount || payment.seen_by(told.source)) return std::nullopt;
    if (payment.status != PaymentStatus::allocated && !payment.confirmed_at) return std::nullopt;

    // From here on it is confirmed.
    auto effects = Effects{};
    effects.sighting = SightingRow{told.source, item.source_id, payment.id};
    payment.sources.push_back(told.source);
    if (!payment.confirmed_at) {
        payment.confirmed_at = now;
        effects.events.push_back({event_type::payment_confirmed, payment.id.uuid(), payment.merchant, body_of_confirmed(payment), {}});
    }
    effects.changed_payments.push_back(std::move(payment));
    return effects;
}

void ConfirmSightings::plan(Book& book) const {
    for (auto const& item : items) {
        book.want_payment_alone(item.payment);
        book.want_sighting(in, source, item.source_id);
    }
}

Outcome ConfirmSightings::decide(Book& book, Instant now) const {
    auto left = std::make_shared<Left>();
    for (auto i = std::size_t{0}; i < items.size(); ++i) {
        auto const& item = items[i];
        auto effects = payments::decide(*this, item, {book.find_payment(item.payment), book.find_sighting(in, source, item.source_id)}, now);
        if (effects) book.apply(in, std::move(*effects), now);
        else left->items.push_back(static_cast<std::uint32_t>(i));
    }
    auto out = Outcome{};
    out.own = std::move(left);
    return out;
}

std::string ConfirmSightings::text() const {
    auto out = std::string{};
    auto json = json::Writer{out};
    json.object().member("account", account.id.text()).member("source", source).key("items").array();
    for (auto const& item : items) json.array().value(item.payment.text()).value(item.source_id).end();
    json.end().end();
    return out;
}

}  // namespace choso::payments
