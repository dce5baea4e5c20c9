#include "marketplace/checkout/events.hpp"

#include "platform/json/json.hpp"

namespace choso::marketplace {

payments::EventDraft told_of(std::string_view type, Order const& order) {
    std::string out;
    json::Writer{out}.object().member("order", order.id.text()).member("amount", order.amount).end();
    return {type, order.id.uuid(), order.merchant, std::move(out), {}};
}

payments::EventDraft told_of(std::string_view type, SellerOrder const& part, Money amount) {
    std::string out;
    json::Writer{out}.object().member("order", part.id.text()).member("checkout", part.order.text()).member("status", word(part.status))
        .member("amount", amount).end();
    return {type, part.id.uuid(), part.seller, std::move(out), {}};
}

}  // namespace choso::marketplace
