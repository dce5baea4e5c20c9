#include "gateway/payments/audit_of.hpp"

#include "platform/json/json.hpp"

namespace choso::payments {

AuditDraft audit_of(Actor const& actor, std::string_view action, Refund const& refund, Payout const* payout) {
    auto out = AuditDraft{actor, std::string{action}, refund.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", refund.merchant.text()).member("payment", refund.payment.text()).member("amount", refund.amount);
    if (refund.request) json.member("payment_request", refund.request->text());
    if (refund.destination) json.member("destination", refund.destination->text());
    if (payout != nullptr) json.member("payout", payout->id.text());
    json.member("reason_given", !refund.reason.empty()).end();
    return out;
}

AuditDraft audit_of(Actor const& actor, std::string_view action, Payout const& payout) {
    auto out = AuditDraft{actor, std::string{action}, payout.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", payout.merchant.text()).member("account", payout.account.text()).member("amount", payout.amount);
    json.member("purpose", word(payout.purpose)).member("destination", payout.destination.text());
    json.member("reason_given", !payout.reason.empty()).end();
    return out;
}

AuditDraft audit_of(Settlement const& batch) {
    auto out = AuditDraft{batch.maker, std::string{audit_action::settlement_proposed}, batch.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", batch.merchant.text()).member("account", batch.account.text()).member("amount", batch.amount);
    json.member("payouts", batch.lines.size());
    if (batch.until) json.member("until", to_rfc3339(*batch.until));
    json.end();
    return out;
}

AuditDraft audit_of(ReverseCredit const& order, Payment const& payment) {
    auto out = AuditDraft{order.actor, std::string{audit_action::payment_reversed}, payment.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", payment.merchant.text()).member("account", payment.account.text()).member("amount", payment.amount);
    if (payment.request) json.member("payment_request", payment.request->text());
    json.member("reason_given", !order.reason.empty()).end();
    return out;
}

AuditDraft audit_of(CancelRequest const& order, PaymentRequest const& request) {
    auto out = AuditDraft{order.actor, std::string{audit_action::request_cancelled}, request.id.uuid(), {}};
    auto json = json::Writer{out.body};
    json.object().member("merchant", request.merchant.text()).member("amount", request.amount).member("amount_paid", request.amount_paid).end();
    return out;
}

}  // namespace choso::payments
