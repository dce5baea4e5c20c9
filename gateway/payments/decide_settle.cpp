#include <algorithm>

#include "base/assert.hpp"
#include "gateway/payments/audit_of.hpp"
#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/event_body.hpp"
#include "gateway/payments/settle.hpp"

namespace choso::payments {
namespace {

/// What is neither proposed already nor too young, as far as one transfer carries it; the rest is for the next run. Money
/// that was taken back makes a payee owe: then there is nothing.
Money payable(PayeeDue const& due) { return std::min(most_transferred, due.confirmed - due.proposed - due.too_young); }

Payout payout_of(ProposeSettlement const& asked, ProposeSettlement::Payee const& payee, Money amount, Instant now) {
    auto out = Payout{};
    out.id = payee.payout;
    out.purpose = PayoutPurpose::settlement;
    out.merchant = payee.merchant;
    out.account = asked.account.id;
    out.amount = amount;
    out.destination = payee.destination.id;
    out.maker = asked.actor;
    out.reason = "settlement";
    out.created_at = now;
    return out;
}

}  // namespace

Result<Effects, Refusal> decide(ProposeSettlement const& asked, std::vector<PayeeDue> const& dues, Instant now) {
    CHOSO_ASSERT(dues.size() == asked.payees.size());
    if (asked.account.mode == CollectorMode::direct) return Refusal::collector_is_direct;
    if (std::none_of(dues.begin(), dues.end(), [](auto const& due) { return payable(due).is_positive(); })) return Refusal::nothing_to_settle;

    auto effects = Effects{};
    auto batch = Settlement{.id = asked.id, .merchant = asked.owner, .account = asked.account.id, .amount = {}, .until = asked.until,
                            .maker = asked.actor, .created_at = now, .lines = {}};
    for (std::size_t i = 0; i < dues.size(); ++i) {
        auto const amount = payable(dues[i]);
        if (!amount.is_positive()) continue;
        auto const& payee = asked.payees[i];
        auto payout = payout_of(asked, payee, amount, now);
        effects.events.push_back({event_type::payout_proposed, payout.id.uuid(), payout.merchant, body_of_payout(payout), {}});
        effects.new_destinations.push_back(payee.destination);
        effects.new_payouts.push_back(std::move(payout));
        batch.lines.push_back({payee.payout, payee.merchant, amount});
        batch.amount += amount;
    }
    // As they are kept: an answer that is given again is the same, byte for byte.
    std::sort(batch.lines.begin(), batch.lines.end(), [](auto const& a, auto const& b) { return a.payout < b.payout; });
    effects.audits.push_back(audit_of(batch));
    effects.new_settlement = std::move(batch);
    return effects;
}

}  // namespace choso::payments
