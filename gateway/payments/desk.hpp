#pragma once
#include <map>
#include <optional>
#include <vector>

#include "gateway/payments/commands.hpp"
#include "gateway/payments/decide.hpp"

/// What a reconciliation desk decides about money nobody was found for. Each is one journal and its counter-journal; whose
/// yes it needs is the desk's business (settlement/exceptions), who hands these over only once it has it.
namespace choso::payments {

/// Unreferenced money finds its request, or the merchant (and stall) it was meant for.
struct AssignPayment final : Command {
    PaymentId payment;
    AccountFacts account;                     ///< that the money is in
    std::optional<PaymentRequestId> request;  ///< of the same collector; else `merchant`
    std::optional<MerchantId> merchant;
    std::optional<StallId> stall;
    RefundId refund_id;                       ///< should one have to be proposed (late money)
    Actor actor;

    [[nodiscard]] std::string_view name() const override { return "assign_payment"; }
    [[nodiscard]] Bucket bucket() const override { return payment.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct AssignView {
    std::optional<Payment> payment;
    std::optional<PaymentRequest> request;
    std::vector<AllocatedPayment> standing = {};  ///< of the request, if it is split
    std::vector<Refund> refunds = {};             ///< of the payment
};
[[nodiscard]] Result<Effects, Refusal> decide(AssignPayment const& asked, AssignView const& view, Instant now);

/// The counter-journal: the money is unreferenced again.
struct ReleasePayment final : Command {
    PaymentId payment;
    AccountFacts account;
    Actor actor;

    [[nodiscard]] std::string_view name() const override { return "release_payment"; }
    [[nodiscard]] Bucket bucket() const override { return payment.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct ReleaseView {
    std::optional<Payment> payment;
    std::optional<PaymentRequest> request;
    Money allocated;                              ///< to the request, net
    std::vector<AllocatedPayment> standing = {};  ///< of the request, if it is split; the payment's own too
    std::vector<Refund> refunds = {};
    std::map<MerchantId, Money> due_confirmed = {};  ///< pooled: what may still be taken from each payee
};
[[nodiscard]] Result<Effects, Refusal> decide(ReleasePayment const& asked, ReleaseView const& view, Instant now);

}  // namespace choso::payments
