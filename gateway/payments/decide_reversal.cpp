// A bank's line that takes a credit back: a fact of its own, and the end of the other.
#include "base/assert.hpp"
#include "gateway/payments/match.hpp"
#include "gateway/payments/reversal_line.hpp"

namespace choso::payments {
namespace {

/// Another source told the line before. It is explained if that source knew what it was, or somebody has found a use for it.
bool is_explained(Payment const* known) { return known != nullptr && known->status != PaymentStatus::outside; }

ReverseCredit order_of(RecordReversal const& told) {
    auto out = ReverseCredit{};
    out.id = told.line.id.uuid();
    out.payment = told.original;
    out.account = told.line.account;
    out.occurred_at = told.line.occurred_at;
    out.reason = "bank_reversal";
    return out;
}

}  // namespace

Result<Effects, Refusal> decide(RecordReversal const& told, ReversalLineView const& view, Instant now) {
    auto const& line = told.line;
    if (view.same_sighting) {
        auto const& first = *view.same_sighting;
        if (first.account != line.account.id || first.amount != line.amount) return Refusal::sighting_conflict;
        auto repeat = Effects{};
        repeat.answer = first.id;
        return repeat;
    }
    auto const& original = view.original.payment;
    if (!original || original->account != line.account.id || original->amount != -line.amount) return Refusal::not_found;
    auto const* known = same_fact(line, view.same_fact);

    // From here on the money is booked; nothing below may refuse.
    auto effects = Effects{};
    auto const stands = original->status == PaymentStatus::allocated || original->status == PaymentStatus::unreferenced;
    if (stands && !is_explained(known)) {
        auto taken_back = decide(order_of(told), view.original, now);
        CHOSO_ASSERT(taken_back.ok());
        effects = std::move(taken_back).value();
        effects.audits.clear();  // the bank did it, on nobody's order
    }
    auto fact = known != nullptr ? *known : as_told(line, now);
    if (known != nullptr) {
        if (fact.status == PaymentStatus::outside)
            // Told as money that just left, by a source that knew no better: it left because the other was undone.
            effects.movements.push_back({.journal = {Template::outside_reversed, fact.id.uuid(), line.occurred_at, -fact.amount, fact.account, fact.merchant},
                                         .allocation = {},
                                         .event = {}});
        fact.sources.push_back(line.source);
        if (!fact.confirmed_at) fact.confirmed_at = now;
    }
    if (!is_explained(known)) fact.status = PaymentStatus::reversed;
    effects.answer = fact.id;
    effects.sighting = SightingRow{line.source, line.source_id, fact.id};
    if (known != nullptr) effects.changed_payments.push_back(std::move(fact));
    else effects.new_payment = std::move(fact);
    return effects;
}

}  // namespace choso::payments
