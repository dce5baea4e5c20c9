#include "merchants/settle.hpp"

#include "base/clock.hpp"

namespace choso::merchants {

std::unique_ptr<payments::ProposeSettlement> settlement_of(Directory const& directory, Collector const& collector, BankAccount const& from,
                                                           Instant now) {
    auto out = std::make_unique<payments::ProposeSettlement>();
    out->id = SettlementId::make(collector.bucket, now);
    out->account = directory.facts_of(from);
    out->owner = out->account.owner;
    for (auto const& payee : directory.payees_of(collector.id)) {
        auto const* to = directory.payout_account(payee);
        if (to == nullptr) continue;
        out->payees.push_back({payee, PayoutId::make(collector.bucket, now),
                               {PersonId::make(collector.bucket, now), to->bin, to->number, to->holder, "directory"}});
    }
    return out;
}

Instant end_of(std::chrono::sys_days day) { return Instant{day + std::chrono::days{1}} - vietnam_offset; }

}  // namespace choso::merchants
