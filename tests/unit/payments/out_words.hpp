#pragma once
#include "gateway/payments/decide_out.hpp"
#include "tests/unit/payments/builders.hpp"

/// Words for the tests of money that goes back and out.
namespace choso::payments::testing_words {

using S = PayoutStatus;
using Ledger = std::map<AccountKind, Money>;

inline auto const its_payment = id<PaymentId>(20);
inline auto const its_refund = id<RefundId>(21);
inline auto const its_payout = id<PayoutId>(23);
inline auto const maker = Actor{ActorKind::key, id<ApiKeyId>(70).uuid()};
inline auto const person = Actor{ActorKind::person, id<PersonId>(71).uuid()};
inline auto const other_person = Actor{ActorKind::person, id<PersonId>(72).uuid()};
inline auto const attempt = id<PayoutId>(73).uuid();
inline auto const reference = Reference::from_data(987'654'321).value();

inline Ledger moved_by(Effects const& effects) {
    auto out = Ledger{};
    for (auto const& movement : effects.movements) {
        auto const& j = movement.journal;
        for (auto const& posting : postings(j.name, j.amount, j.account, j.merchant)) out[posting.account.kind] += posting.amount;
    }
    std::erase_if(out, [](auto const& entry) { return entry.second.is_zero(); });
    return out;
}

inline std::vector<std::string> types_of(Effects const& effects) {
    auto out = std::vector<std::string>{};
    for (auto const& movement : effects.movements)
        if (movement.event) out.emplace_back(movement.event->type);
    for (auto const& event : effects.events) out.emplace_back(event.type);
    return out;
}

inline Payment received(std::int64_t dong, bool confirmed = true, PaymentStatus status = PaymentStatus::allocated) {
    auto out = Payment{};
    out.id = its_payment;
    out.account = account().id;
    out.merchant = account().owner;
    out.amount = Money{dong};
    out.status = status;
    out.occurred_at = at(1);
    if (confirmed) out.confirmed_at = at(2);
    return out;
}

inline Refund refund_of(std::int64_t dong, RefundStatus status) {
    auto out = Refund{};
    out.id = its_refund;
    out.payment = received(dong).id;
    out.amount = Money{dong};
    out.merchant = account().owner;
    out.maker = maker;
    out.status = status;
    out.destination = id<PersonId>(22);
    if (status != RefundStatus::proposed && status != RefundStatus::failed) {
        out.approver = person;
        out.taken_from = MoneyPlace::payee;
    }
    return out;
}

/// A payout that has come to this state; of a refund if asked.
inline Payout payout_in(S status, bool for_refund = false) {
    auto out = Payout{};
    out.id = its_payout;
    out.purpose = for_refund ? PayoutPurpose::refund : PayoutPurpose::manual;
    if (for_refund) out.refund = its_refund;
    out.merchant = account().owner;
    out.account = account().id;
    out.amount = Money{60'000};
    out.maker = maker;
    out.status = status;
    if (status != S::proposed) {
        out.approver = person;
        out.reference = reference;
    }
    if (status == S::submitted || status == S::unknown || status == S::succeeded || status == S::failed) {
        out.attempt = attempt;
        out.submitted_at = at(10);
    }
    if (status == S::unknown) out.asked = 1;
    if (status == S::succeeded) out.booked_at = at(11);
    return out;
}

inline PayoutView view_in(S status, bool for_refund = false) {
    auto out = PayoutView{payout_in(status, for_refund), {}};
    if (for_refund) out.refund = refund_of(60'000, static_cast<RefundStatus>(status));
    return out;
}

}  // namespace choso::payments::testing_words
