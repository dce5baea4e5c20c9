#include "gateway/payments/status.hpp"

namespace choso::payments {

RequestStatus status_of(PaymentRequest const& request) {
    if (request.status == RequestStatus::cancelled) return RequestStatus::cancelled;
    auto const in_time = request.amount_paid - request.late_paid;
    auto const whole = request.amount.value_or(Money{1});  // an open amount is met by any money
    if (in_time >= whole) return RequestStatus::paid;
    if (request.amount_paid >= whole) return RequestStatus::paid_late;
    if (request.closed) return RequestStatus::expired;
    return request.amount_paid.is_positive() ? RequestStatus::partially_paid : RequestStatus::open;
}

bool is_late(PaymentRequest const& request, Instant bank_time) { return request.expires_at && bank_time > *request.expires_at; }

namespace {

LateDecision decision_of(PaymentRequest const& request) {
    if (request.status != RequestStatus::paid_late) return LateDecision::none;
    switch (request.late_policy) {
        case LatePolicy::accept: return LateDecision::accepted;
        case LatePolicy::refund: return LateDecision::refunding;
        case LatePolicy::hold: return LateDecision::none;
    }
    return LateDecision::none;
}

}  // namespace

PaymentRequest with_money(PaymentRequest request, Money amount, bool late) {
    request.amount_paid += amount;
    if (late) {
        request.late_paid += amount;
        request.closed = true;
    }
    // Money in time that was told after the expiry opens the request again, and so does a paid request's money that was
    // taken back; whoever decides so has the expiry told anew.
    auto const reopens = amount.is_negative() ? request.status == RequestStatus::paid : request.status == RequestStatus::expired;
    if (!late && reopens) request.closed = false;
    request.status = status_of(request);
    request.late_decision = decision_of(request);
    return request;
}

PaymentRequest with_time_passed(PaymentRequest request) {
    request.closed = true;
    request.status = status_of(request);
    return request;
}

}  // namespace choso::payments
