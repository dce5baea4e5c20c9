#pragma once
#include <vector>

#include "gateway/payments/commands.hpp"
#include "gateway/payments/decide.hpp"

/// Paying what a collector owes: one run proposes one payout for each payee with confirmed money that is in no payout yet.
namespace choso::payments {

/// POST /settlement-batches, `choso settle`
struct ProposeSettlement final : Command {
    struct Payee {
        MerchantId merchant;
        PayoutId payout;          ///< should one be made
        Destination destination;  ///< where the directory says its due is paid to
    };

    SettlementId id;
    MerchantId owner;      ///< the collector's own merchant
    AccountFacts account;  ///< it is paid from
    std::vector<Payee> payees;
    std::optional<Instant> until;  ///< only what was confirmed before; else all there is
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "propose_settlement"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return owner; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// What the book knows of one payee's due.
struct PayeeDue {
    Money confirmed;  ///< owed and not reserved for any payout
    Money proposed;   ///< in payouts that nobody has approved yet: still in `confirmed`
    Money too_young;  ///< confirmed at `until` or later: still in `confirmed`
};
/// `dues` has a row for each payee, in their order.
[[nodiscard]] Result<Effects, Refusal> decide(ProposeSettlement const& asked, std::vector<PayeeDue> const& dues, Instant now);

}  // namespace choso::payments
