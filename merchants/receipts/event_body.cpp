#include "merchants/receipts/event_body.hpp"

#include "platform/json/json.hpp"

namespace choso::receipts {

std::string body_of(Receipt const& receipt) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("number", number_text(receipt)).member("amount", receipt.amount).member("payment_request", receipt.request.text());
    json.member("way", word(receipt.way));
    if (receipt.way == Way::transfer) json.member("payment", PaymentId{receipt.cause}.text());
    if (receipt.cancels) json.member("cancels", receipt.cancels->text());
    json.end();
    return out;
}

payments::AuditDraft audit_of(Receipt const& counter) {
    auto out = payments::AuditDraft{counter.maker, std::string{event_type::cancelled}, counter.cancels->uuid(), {}};
    json::Writer{out.body}.object().member("counter", counter.id.text()).member("number", number_text(counter)).member("amount", counter.amount).end();
    return out;
}

}  // namespace choso::receipts
