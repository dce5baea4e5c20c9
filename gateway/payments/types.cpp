#include "gateway/payments/types.hpp"

#include <algorithm>
#include <array>

namespace choso::payments {
namespace {

constexpr std::array<std::string_view, 6> request_words{"open", "partially_paid", "paid", "paid_late", "expired", "cancelled"};
constexpr std::array<std::string_view, 3> policy_words{"accept", "hold", "refund"};
constexpr std::array<std::string_view, 3> decision_words{"none", "accepted", "refunding"};
constexpr std::array<std::string_view, 3> fill_words{"in_order", "together", "on_release"};
constexpr std::array<std::string_view, 5> payment_words{"allocated", "unreferenced", "outside", "reversed", "sent"};
constexpr std::array<std::string_view, 6> refund_words{"proposed", "approved", "submitted", "succeeded", "failed", "unknown"};
constexpr std::array<std::string_view, 4> purpose_words{"refund", "settlement", "manual", "benefit"};
constexpr std::array<std::string_view, 3> place_words{"payee", "unreferenced", "held"};
constexpr std::array<std::string_view, 3> actor_words{"key", "person", "system"};

template <class Enum, std::size_t n>
std::optional<Enum> of(std::array<std::string_view, n> const& words, std::string_view word) {
    auto const found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

}  // namespace

std::string_view word(RequestStatus status) { return request_words[static_cast<std::size_t>(status)]; }
std::string_view word(LatePolicy policy) { return policy_words[static_cast<std::size_t>(policy)]; }
std::string_view word(LateDecision decision) { return decision_words[static_cast<std::size_t>(decision)]; }
std::string_view word(FillRule rule) { return fill_words[static_cast<std::size_t>(rule)]; }
std::string_view word(PaymentStatus status) { return payment_words[static_cast<std::size_t>(status)]; }
std::string_view word(RefundStatus status) { return refund_words[static_cast<std::size_t>(status)]; }
std::string_view word(PayoutStatus status) { return refund_words[static_cast<std::size_t>(status)]; }
std::string_view word(PayoutPurpose purpose) { return purpose_words[static_cast<std::size_t>(purpose)]; }
std::string_view word(MoneyPlace place) { return place_words[static_cast<std::size_t>(place)]; }
std::string_view word(ActorKind kind) { return actor_words[static_cast<std::size_t>(kind)]; }
std::optional<RequestStatus> request_status_of(std::string_view text) { return of<RequestStatus>(request_words, text); }
std::optional<LatePolicy> late_policy_of(std::string_view text) { return of<LatePolicy>(policy_words, text); }
std::optional<LateDecision> late_decision_of(std::string_view text) { return of<LateDecision>(decision_words, text); }
std::optional<FillRule> fill_rule_of(std::string_view text) { return of<FillRule>(fill_words, text); }
std::optional<PaymentStatus> payment_status_of(std::string_view text) { return of<PaymentStatus>(payment_words, text); }
std::optional<RefundStatus> refund_status_of(std::string_view text) { return of<RefundStatus>(refund_words, text); }
std::optional<PayoutStatus> payout_status_of(std::string_view text) { return of<PayoutStatus>(refund_words, text); }
std::optional<PayoutPurpose> payout_purpose_of(std::string_view text) { return of<PayoutPurpose>(purpose_words, text); }
std::optional<MoneyPlace> money_place_of(std::string_view text) { return of<MoneyPlace>(place_words, text); }
std::optional<ActorKind> actor_kind_of(std::string_view text) { return of<ActorKind>(actor_words, text); }

std::string_view word(Refusal refusal) {
    switch (refusal) {
        case Refusal::idempotency_key_reused: return "idempotency_key_reused";
        case Refusal::not_found: return "not_found";
        case Refusal::order_code_taken: return "order_code_taken";
        case Refusal::already_paid: return "already_paid";
        case Refusal::already_expired: return "already_expired";
        case Refusal::already_cancelled: return "already_cancelled";
        case Refusal::sighting_conflict: return "sighting_conflict";
        case Refusal::payment_already_reversed: return "payment_already_reversed";
        case Refusal::approver_must_be_person: return "approver_must_be_person";
        case Refusal::second_factor_needed: return "second_factor_needed";
        case Refusal::approver_is_maker: return "approver_is_maker";
        case Refusal::already_decided: return "already_decided";
        case Refusal::payment_not_refundable: return "payment_not_refundable";
        case Refusal::refund_exceeds_payment: return "refund_exceeds_payment";
        case Refusal::not_confirmed: return "not_confirmed";
        case Refusal::destination_missing: return "destination_missing";
        case Refusal::collector_is_direct: return "collector_is_direct";
        case Refusal::not_enough_due: return "not_enough_due";
        case Refusal::nothing_to_settle: return "nothing_to_settle";
        case Refusal::bill_not_changeable: return "bill_not_changeable";
        case Refusal::bill_has_money: return "bill_has_money";
        case Refusal::bill_amount_refused: return "bill_amount_refused";
        case Refusal::bill_not_payable: return "bill_not_payable";
        case Refusal::nothing_over: return "nothing_over";
        case Refusal::bill_code_taken: return "bill_code_taken";
        case Refusal::payment_not_assignable: return "payment_not_assignable";
        case Refusal::payment_not_releasable: return "payment_not_releasable";
        case Refusal::proposal_missing: return "proposal_missing";
        case Refusal::proposal_changed: return "proposal_changed";
        case Refusal::receipt_not_cancellable: return "receipt_not_cancellable";
        case Refusal::list_not_open: return "list_not_open";
        case Refusal::deposit_closed: return "deposit_closed";
        case Refusal::deposit_exceeded: return "deposit_exceeded";
        case Refusal::complaint_closed: return "complaint_closed";
        case Refusal::list_is_empty: return "list_is_empty";
        case Refusal::payout_not_sendable: return "payout_not_sendable";
        case Refusal::payment_moved: return "payment_moved";
        case Refusal::destination_differs: return "destination_differs";
        case Refusal::transfer_too_large: return "transfer_too_large";
        case Refusal::out_of_stock: return "out_of_stock";
        case Refusal::too_many_open_orders: return "too_many_open_orders";
        case Refusal::order_not_open: return "order_not_open";
        case Refusal::order_not_paid: return "order_not_paid";
        case Refusal::already_sent: return "already_sent";
        case Refusal::quantity_exceeds_order: return "quantity_exceeds_order";
        case Refusal::return_not_open: return "return_not_open";
    }
    return "unknown_refusal";
}

Money PaymentRequest::overpaid_by() const {
    return amount && amount_paid > *amount ? amount_paid - *amount : Money{};
}

Money PaymentRequest::still_open() const {
    return amount && *amount > amount_paid ? *amount - amount_paid : Money{};
}

bool Payout::is_in_flight() const {
    auto const taken = status != PayoutStatus::proposed && status != PayoutStatus::failed;
    return taken && !booked_at;
}

bool Payment::seen_by(std::int32_t source) const { return std::find(sources.begin(), sources.end(), source) != sources.end(); }

}  // namespace choso::payments
