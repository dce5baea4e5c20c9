#include "gateway/payments/columns.hpp"

namespace choso::payments {
namespace {

using postgres::Result;

std::string columns(std::string_view alias, std::initializer_list<std::string_view> names) {
    std::string out;
    for (auto const name : names) {
        if (!out.empty()) out += ", ";
        out += alias;
        out += '.';
        out += name;
    }
    return out;
}

std::optional<Actor> read_actor(Result const& rows, int row, int kind, int id) {
    if (rows.is_null(row, kind)) return std::nullopt;
    return Actor{actor_kind_of(rows.text(row, kind)).value(), rows.uuid(row, id)};
}

std::optional<Reference> read_reference(Result const& rows, int row, int column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return Reference::parse_exact(rows.text(row, column));
}

}  // namespace

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

std::string with_columns(std::string text) {
    replace_all(text, "request_columns(r)",
                columns("r", {"id", "merchant", "account", "token", "reference", "amount", "amount_paid", "late_paid", "status", "closed",
                              "late_policy", "late_decision", "expires_at", "created_at", "description", "stall", "order_code",
                              "return_url", "metadata", "fill"}));
    replace_all(text, "payment_columns(p)",
                columns("p", {"id", "account", "amount", "occurred_at", "recorded_at", "content_hash", "merchant", "status",
                              "wrong_account", "bank_ref", "sources", "reference", "request", "stall", "confirmed_at"}));
    replace_all(text, "refund_columns(f)",
                columns("f", {"id", "payment", "request", "amount", "status", "reason", "merchant", "maker_kind", "maker", "approver_kind",
                              "approver", "destination", "taken_from", "reference", "failure", "created_at", "decided_at"}));
    replace_all(text, "payout_columns(o)",
                columns("o", {"id", "purpose", "refund", "merchant", "account", "amount", "destination", "status", "maker_kind", "maker",
                              "approver_kind", "approver", "reference", "attempt", "line", "returned_by", "asked", "reason", "failure",
                              "bank_reference", "created_at", "approved_at", "submitted_at", "settled_at", "booked_at", "programme"}));
    replace_all(text, "p.sources", "array_prepend(p.source, p.later_sources)");
    return text;
}

PaymentRequest read_request(Result const& rows, int row) {
    auto request = PaymentRequest{};
    request.id = rows.id<PaymentRequestId>(row, 0);
    request.merchant = rows.id<MerchantId>(row, 1);
    request.account = rows.id<AccountId>(row, 2);
    request.token = rows.uuid(row, 3);
    request.reference = read_reference(rows, row, 4);
    request.amount = rows.maybe_money(row, 5);
    request.amount_paid = rows.money(row, 6);
    request.late_paid = rows.money(row, 7);
    request.status = request_status_of(rows.text(row, 8)).value();
    request.closed = rows.boolean(row, 9);
    request.late_policy = late_policy_of(rows.text(row, 10)).value();
    request.late_decision = late_decision_of(rows.text(row, 11)).value();
    request.expires_at = rows.maybe_time(row, 12);
    request.created_at = rows.time(row, 13);
    request.description = rows.text(row, 14);
    request.stall = rows.maybe_id<StallId>(row, 15);
    request.order_code = rows.maybe_text(row, 16);
    request.return_url = rows.maybe_text(row, 17);
    request.metadata = rows.maybe_text(row, 18);
    if (auto const fill = rows.maybe_text(row, 19)) request.split = Split{fill_rule_of(*fill).value(), {}};
    return request;
}

Payment read_payment(Result const& rows, int row) {
    auto payment = Payment{};
    payment.id = rows.id<PaymentId>(row, 0);
    payment.account = rows.id<AccountId>(row, 1);
    payment.amount = rows.money(row, 2);
    payment.occurred_at = rows.time(row, 3);
    payment.recorded_at = rows.time(row, 4);
    payment.content_hash = rows.integer(row, 5);
    payment.merchant = rows.id<MerchantId>(row, 6);
    payment.status = payment_status_of(rows.text(row, 7)).value();
    payment.wrong_account = rows.boolean(row, 8);
    payment.bank_ref = rows.text(row, 9);
    payment.sources = rows.int4_array(row, 10);
    payment.reference = read_reference(rows, row, 11);
    payment.request = rows.maybe_id<PaymentRequestId>(row, 12);
    payment.stall = rows.maybe_id<StallId>(row, 13);
    payment.confirmed_at = rows.maybe_time(row, 14);
    return payment;
}

Refund read_refund(Result const& rows, int row) {
    auto out = Refund{};
    out.id = rows.id<RefundId>(row, 0);
    out.payment = rows.id<PaymentId>(row, 1);
    out.request = rows.maybe_id<PaymentRequestId>(row, 2);
    out.amount = rows.money(row, 3);
    out.status = refund_status_of(rows.text(row, 4)).value();
    out.reason = rows.text(row, 5);
    out.merchant = rows.id<MerchantId>(row, 6);
    out.maker = read_actor(rows, row, 7, 8).value();
    out.approver = read_actor(rows, row, 9, 10);
    out.destination = rows.maybe_id<PersonId>(row, 11);
    if (!rows.is_null(row, 12)) out.taken_from = money_place_of(rows.text(row, 12));
    out.reference = read_reference(rows, row, 13);
    out.failure = rows.text(row, 14);
    out.created_at = rows.time(row, 15);
    out.decided_at = rows.maybe_time(row, 16);
    return out;
}

Payout read_payout(Result const& rows, int row) {
    auto out = Payout{};
    out.id = rows.id<PayoutId>(row, 0);
    out.purpose = payout_purpose_of(rows.text(row, 1)).value();
    out.refund = rows.maybe_id<RefundId>(row, 2);
    out.merchant = rows.id<MerchantId>(row, 3);
    out.account = rows.id<AccountId>(row, 4);
    out.amount = rows.money(row, 5);
    out.destination = rows.id<PersonId>(row, 6);
    out.status = payout_status_of(rows.text(row, 7)).value();
    out.maker = read_actor(rows, row, 8, 9).value();
    out.approver = read_actor(rows, row, 10, 11);
    out.reference = read_reference(rows, row, 12);
    if (!rows.is_null(row, 13)) out.attempt = rows.uuid(row, 13);
    out.line = rows.maybe_id<PaymentId>(row, 14);
    out.returned_by = rows.maybe_id<PaymentId>(row, 15);
    out.asked = static_cast<int>(rows.integer(row, 16));
    out.reason = rows.text(row, 17);
    out.failure = rows.text(row, 18);
    out.bank_reference = rows.text(row, 19);
    out.created_at = rows.time(row, 20);
    out.approved_at = rows.maybe_time(row, 21);
    out.submitted_at = rows.maybe_time(row, 22);
    out.settled_at = rows.maybe_time(row, 23);
    out.booked_at = rows.maybe_time(row, 24);
    if (!rows.is_null(row, 25)) out.programme = rows.uuid(row, 25);
    return out;
}

}  // namespace choso::payments
