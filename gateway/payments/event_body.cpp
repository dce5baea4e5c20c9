#include "gateway/payments/event_body.hpp"

#include "platform/json/json.hpp"

namespace choso::payments {

std::string body_of_created(PaymentRequest const& request) {
    std::string out;
    json::Writer{out}.object().member("amount", request.amount).end();
    return out;
}

std::string body_of_status(PaymentRequest const& request) {
    std::string out;
    json::Writer{out}.object().member("amount_paid", request.amount_paid).end();
    return out;
}

std::string body_of_revised(PaymentRequest const& request) {
    std::string out;
    json::Writer{out}.object().member("amount", request.amount).member("amount_paid", request.amount_paid).member("status", word(request.status)).end();
    return out;
}

std::string body_of_received(Payment const& payment, PaymentRequest const* request) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", payment.amount);
    if (request != nullptr) {
        json.member("payment_request", request->id.text()).member("status", word(request->status)).member("expected", request->amount);
        json.member("amount_paid", request->amount_paid);
        if (request->overpaid_by().is_positive()) json.member("overpaid_by", request->overpaid_by());
        if (request->still_open().is_positive()) json.member("missing", request->still_open());
    }
    if (payment.stall) json.member("stall", payment.stall->text());
    json.end();
    return out;
}

std::string body_of_unreferenced(Payment const& payment, std::string_view reason, std::optional<PaymentRequestId> request) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", payment.amount).member("reason", reason);
    if (request) json.member("payment_request", request->text());
    json.end();
    return out;
}

std::string body_of_wrong_account(PaymentId payment, Money amount, std::optional<PaymentRequestId> request, std::optional<Reference> reference) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("payment", payment.text()).member("amount", amount);
    if (request) json.member("payment_request", request->text());
    if (reference) json.member("reference", reference->text());
    json.end();
    return out;
}

std::string body_of_reversed(Payment const& payment, PaymentRequest const* request) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", payment.amount);
    if (request != nullptr)
        json.member("payment_request", request->id.text()).member("status", word(request->status)).member("amount_paid", request->amount_paid);
    if (payment.stall) json.member("stall", payment.stall->text());
    json.end();
    return out;
}

std::string body_of_confirmed(Payment const& payment) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", payment.amount);
    if (payment.request) json.member("payment_request", payment.request->text());
    json.end();
    return out;
}

std::string body_of_share(PaymentRequestId request, Money part) {
    std::string out;
    json::Writer{out}.object().member("amount", part).member("payment_request", request.text()).end();
    return out;
}

std::string body_of_refund(Refund const& refund) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("payment", refund.payment.text()).member("amount", refund.amount);
    // Our own word for it; what somebody typed may hold a name and stays out of events.
    if (refund.maker.kind == ActorKind::system) json.member("reason", refund.reason);
    json.member("status", word(refund.status));
    if (refund.request) json.member("payment_request", refund.request->text());
    if (refund.reference) json.member("reference", refund.reference->text());
    if (!refund.failure.empty()) json.member("failure", refund.failure);
    json.end();
    return out;
}

std::string body_of_payout(Payout const& payout) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("amount", payout.amount).member("purpose", word(payout.purpose)).member("status", word(payout.status));
    if (payout.refund) json.member("refund", payout.refund->text());
    if (!payout.failure.empty()) json.member("failure", payout.failure);
    if (payout.status == PayoutStatus::unknown) json.member("asked", payout.asked);
    json.end();
    return out;
}

}  // namespace choso::payments
