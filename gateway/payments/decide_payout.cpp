#include <algorithm>

#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/event_body.hpp"

namespace choso::payments {
namespace {

std::string_view refund_event(RefundStatus status) {
    switch (status) {
        case RefundStatus::proposed: return event_type::refund_proposed;
        case RefundStatus::approved: return event_type::refund_approved;
        case RefundStatus::submitted: return event_type::refund_submitted;
        case RefundStatus::succeeded: return event_type::refund_succeeded;
        case RefundStatus::failed: return event_type::refund_failed;
        case RefundStatus::unknown: return event_type::refund_unknown;
    }
    return {};
}

RefundStatus same_word(PayoutStatus status) {
    switch (status) {
        case PayoutStatus::proposed: return RefundStatus::proposed;
        case PayoutStatus::approved: return RefundStatus::approved;
        case PayoutStatus::submitted: return RefundStatus::submitted;
        case PayoutStatus::succeeded: return RefundStatus::succeeded;
        case PayoutStatus::failed: return RefundStatus::failed;
        case PayoutStatus::unknown: return RefundStatus::unknown;
    }
    return RefundStatus::unknown;
}

void tell(Effects& effects, std::string_view type, Payout const& payout) {
    effects.events.push_back({type, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}});
}

/// The refund a payout is for goes the payout's way.
void follow(Effects& effects, std::optional<Refund> refund, Payout const& payout) {
    auto const status = same_word(payout.status);
    if (!refund || refund->status == status) return;
    refund->status = status;
    refund->failure = payout.failure;
    if (status == RefundStatus::failed) refund->taken_from.reset();
    effects.events.push_back({refund_event(status), refund->id.uuid(), refund->merchant, body_of_refund(*refund), {}});
    effects.changed_refunds.push_back(std::move(*refund));
}

void book(Effects& effects, Template journal, Payout const& payout, Instant occurred_at) {
    effects.movements.push_back(
        {.journal = {journal, payout.id.uuid(), occurred_at, payout.amount, payout.account, payout.merchant,
                     {.debited = {}, .credited = {}, .request = {}, .subject = payout.programme.value_or(Uuid{})}},
         .allocation = {}, .event = {}});
}

Template sent_template(Payout const& payout) {
    return payout.purpose == PayoutPurpose::refund ? Template::refund_sent : Template::payout_sent;
}

Template back_template(Payout const& payout, std::optional<Refund> const& refund) {
    if (payout.purpose == PayoutPurpose::benefit) return Template::benefit_back;
    if (payout.purpose != PayoutPurpose::refund) return Template::payout_back;
    CHOSO_ASSERT(refund.has_value() && refund->taken_from.has_value());
    switch (*refund->taken_from) {
        case MoneyPlace::payee: return Template::refund_back_to_due;
        case MoneyPlace::unreferenced: return Template::refund_back_to_unreferenced;
        case MoneyPlace::held: break;
    }
    return Template::refund_back_to_held;
}

void succeed(Effects& effects, Payout& payout, std::optional<Refund> const& refund, Instant now) {
    payout.status = PayoutStatus::succeeded;
    payout.failure.clear();
    payout.settled_at = now;
    tell(effects, event_type::payout_succeeded, payout);
    follow(effects, refund, payout);
}

/// Not paid, and it never will be: the money is its owner's again.
void fail(Effects& effects, Payout& payout, std::optional<Refund> const& refund, std::string why, Instant now) {
    book(effects, back_template(payout, refund), payout, now);
    if (refund && refund->taken_from == MoneyPlace::held) effects.movements.back().journal.parties.request = refund->request.value();
    payout.status = PayoutStatus::failed;
    payout.failure = std::move(why);
    payout.settled_at = now;
    tell(effects, event_type::payout_failed, payout);
    follow(effects, refund, payout);
}

bool is_with_the_bank(Payout const& payout) {
    return payout.status == PayoutStatus::submitted || payout.status == PayoutStatus::unknown;
}

/// A refund that its payee was told to pay: the line is its proof.
bool take_direct_refund(Effects& effects, Payment& payment, RefundOfPayment const& asked) {
    auto refund = asked.refund;
    auto const fits = refund.status == RefundStatus::approved && asked.payment.account == payment.account && refund.amount == -payment.amount;
    if (!fits) return false;
    auto const from_payee = asked.payment.status == PaymentStatus::allocated;
    refund.status = RefundStatus::succeeded;
    refund.taken_from = from_payee ? MoneyPlace::payee : MoneyPlace::unreferenced;
    payment.status = PaymentStatus::sent;
    payment.merchant = refund.merchant;
    payment.reference = refund.reference;
    auto const journal = from_payee ? Template::refund_paid_received : Template::refund_paid_unreferenced;
    effects.movements.push_back(
        {.journal = {journal, payment.id.uuid(), payment.occurred_at, refund.amount, payment.account, asked.payment.merchant},
         .allocation = {},
         .event = EventDraft{event_type::refund_succeeded, refund.id.uuid(), refund.merchant, body_of_refund(refund), {}}});
    effects.changed_refunds.push_back(std::move(refund));
    return true;
}

}  // namespace

Result<Effects, Refusal> decide(SubmitPayout const& asked, PayoutView const& view, Instant now) {
    if (!view.payout) return Refusal::not_found;
    // Once it was asked for, the bank may have been told never to pay it: a sender that comes late is too late.
    if (view.payout->attempt == asked.attempt && view.payout->status == PayoutStatus::submitted) return Effects{};
    if (view.payout->status != PayoutStatus::approved || view.payout->attempt) return Refusal::payout_not_sendable;

    auto effects = Effects{};
    auto payout = *view.payout;
    payout.status = PayoutStatus::submitted;
    payout.attempt = asked.attempt;
    payout.submitted_at = now;
    effects.new_dues.push_back({now + payout_asks.front(), due_kind::payout_unanswered, payout.id.uuid()});
    tell(effects, event_type::payout_submitted, payout);
    follow(effects, view.refund, payout);
    effects.changed_payouts.push_back(std::move(payout));
    return effects;
}

Result<Effects, Refusal> decide(PayoutAnswered const& told, PayoutView const& view, Instant now) {
    if (!view.payout) return Refusal::not_found;
    if (!view.payout->attempt) return Refusal::payout_not_sendable;

    auto effects = Effects{};
    auto payout = *view.payout;
    if (payout.bank_reference.empty()) payout.bank_reference = told.bank_reference;
    if (is_with_the_bank(payout) && told.answer == PayoutAnswer::succeeded) {
        if (!told.keeps_debits) {
            book(effects, sent_template(payout), payout, now);
            payout.booked_at = now;
        }
        succeed(effects, payout, view.refund, now);
    } else if (is_with_the_bank(payout) && told.answer == PayoutAnswer::failed) {
        fail(effects, payout, view.refund, told.reason, now);
    } else {
        // What is settled stays so; an answer that says otherwise is for a person.
        auto const otherwise = (payout.status == PayoutStatus::succeeded && told.answer == PayoutAnswer::failed) ||
                               (payout.status == PayoutStatus::failed && told.answer == PayoutAnswer::succeeded);
        if (otherwise) tell(effects, event_type::payout_contradicted, payout);
    }
    effects.changed_payouts.push_back(std::move(payout));
    return effects;
}

namespace {

/// When a payout with the bank is asked for next; after the last time in vain (`asked` beyond all), never.
std::optional<Instant> next_ask(Payout const& payout) {
    auto const asks = static_cast<int>(payout_asks.size());
    if (payout.asked > asks) return std::nullopt;
    return *payout.submitted_at + (payout.asked < asks ? payout_asks.at(static_cast<std::size_t>(payout.asked)) : payout_given_up);
}

}  // namespace

Effects decide(PayoutUnanswered const& told, PayoutView const& view, Instant) {
    auto effects = Effects{};
    effects.done_due = DueRow{told.due_at, due_kind::payout_unanswered, told.id.uuid()};
    if (!view.payout || !is_with_the_bank(*view.payout)) return effects;
    auto payout = *view.payout;
    // Two processes may run one row: the second finds its time gone by.
    if (told.due_at != next_ask(payout)) return effects;
    ++payout.asked;
    auto const next = next_ask(payout);
    if (!next) {
        tell(effects, event_type::payout_unresolved, payout);
        effects.changed_payouts.push_back(std::move(payout));
        return effects;
    }
    payout.status = PayoutStatus::unknown;
    effects.new_dues.push_back({*next, due_kind::payout_unanswered, payout.id.uuid()});
    tell(effects, event_type::payout_unknown, payout);
    follow(effects, view.refund, payout);
    effects.changed_payouts.push_back(std::move(payout));
    return effects;
}

bool take_line(Effects& effects, RecordCredit const& told, Payment& payment, CreditView const& view, Instant now) {
    for (auto const& known : view.payouts) {
        auto payout = *known.payout;
        auto const fits = payout.account == told.account.id && payout.amount == -payment.amount && !payout.line;
        auto const may_be_paid = payout.status != PayoutStatus::proposed && payout.status != PayoutStatus::failed;
        if (!fits || !may_be_paid) {
            tell(effects, event_type::payout_contradicted, payout);
            continue;
        }
        payment.status = PaymentStatus::sent;
        payment.merchant = payout.merchant;
        payment.reference = payout.reference;
        payout.line = payment.id;
        if (!payout.booked_at) {
            book(effects, sent_template(payout), payout, payment.occurred_at);
            payout.booked_at = now;
        }
        if (payout.bank_reference.empty()) payout.bank_reference = payment.bank_ref;
        // The bank's own line is its last word, whatever it answered or did not.
        if (payout.status != PayoutStatus::succeeded) succeed(effects, payout, known.refund, now);
        effects.changed_payouts.push_back(std::move(payout));
        return true;
    }
    for (auto const& asked : view.instructed)
        if (take_direct_refund(effects, payment, asked)) return true;
    return false;
}

bool take_return(Effects& effects, RecordCredit const& told, Payment& payment, CreditView const& view, Instant now) {
    for (auto const& known : view.payouts) {
        auto payout = *known.payout;
        auto const sent = is_with_the_bank(payout) || payout.status == PayoutStatus::succeeded;
        auto const fits = payout.account == told.account.id && payout.amount == payment.amount && sent && !payout.returned_by;
        if (!fits) continue;
        // What comes back had left, though its own line or answer is still to come: that will find it booked.
        if (!payout.booked_at) {
            book(effects, sent_template(payout), payout, payment.occurred_at);
            payout.booked_at = now;
        }
        if (payout.status != PayoutStatus::succeeded) succeed(effects, payout, known.refund, now);
        auto const owned = payout.purpose != PayoutPurpose::refund || (known.refund && known.refund->taken_from == MoneyPlace::payee);
        payout.returned_by = payment.id;
        payment.reference = payout.reference;
        payment.merchant = payout.merchant;
        payment.status = owned ? PaymentStatus::allocated : PaymentStatus::unreferenced;
        auto const journal = owned ? Template::credit_due : Template::credit_unreferenced;
        effects.movements.push_back(
            {.journal = {journal, payment.id.uuid(), payment.occurred_at, payment.amount, payment.account, payment.merchant},
             .allocation = {},
             .event = owned ? EventDraft{event_type::payment_received, payment.id.uuid(), payment.merchant, body_of_received(payment, nullptr),
                                         payee_side(journal, payment.merchant)}
                            : EventDraft{event_type::payment_unreferenced, payment.id.uuid(), payment.merchant,
                                         body_of_unreferenced(payment, "payout_returned", {}), {}}});
        tell(effects, event_type::payout_returned, payout);
        effects.changed_payouts.push_back(std::move(payout));
        return true;
    }
    return false;
}

void drop_refunds(Effects& effects, ReversalView const& view, Instant now) {
    for (auto refund : view.refunds) {
        if (refund.status != RefundStatus::proposed && refund.status != RefundStatus::approved) continue;
        auto const made = std::find_if(view.payouts.begin(), view.payouts.end(),
                                       [&](Payout const& payout) { return payout.refund == refund.id && payout.status == PayoutStatus::approved; });
        if (made != view.payouts.end()) {
            auto payout = *made;
            fail(effects, payout, refund, "payment_reversed", now);
            effects.changed_payouts.push_back(std::move(payout));
            continue;
        }
        refund.status = RefundStatus::failed;
        refund.failure = "payment_reversed";
        effects.events.push_back({event_type::refund_failed, refund.id.uuid(), refund.merchant, body_of_refund(refund), {}});
        effects.changed_refunds.push_back(std::move(refund));
    }
}

}  // namespace choso::payments
