#pragma once
#include "gateway/payments/decide.hpp"

/// The orders of a counter: codes drawn ahead that get their amount later, and money that a seller says whose it is.
namespace choso::payments {

/// A request that was made without an amount, so that its code could be shown without a network, learns what was asked.
/// Money that came meanwhile stands for it already; its status follows anew.
struct SetAmount final : Command {
    PaymentRequestId id;
    MerchantId merchant;
    std::optional<StallId> stall;        ///< the only one whose request it may be
    Money amount;
    std::optional<Seconds> expires_in;   ///< from now; never later than it would have
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "set_amount"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// "Là khách này": money that named nothing is this request's, or this stall's. A person says so, never a rule by itself.
struct ClaimPayment final : Command {
    PaymentId payment;
    std::optional<PaymentRequestId> request;  ///< it must ask for exactly this much; none: the stall's, like money of its static code
    AccountFacts account;                     ///< that the money came into
    MerchantId merchant;                      ///< who takes it: the request's, the stall's
    std::optional<StallId> stall;             ///< the one that says so; a request of another stall is not found
    RefundId refund_id;                       ///< should one have to be proposed
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "claim_payment"; }
    [[nodiscard]] Bucket bucket() const override { return payment.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A request was told its amount.
inline constexpr std::string_view event_amount_set = "payment_request.amount_set";

struct ClaimView {
    std::optional<Payment> payment;
    std::optional<PaymentRequest> request;
    std::vector<Refund> refunds;               ///< of the payment
    std::vector<AllocatedPayment> standing{};  ///< all money of the request, if it is split
};
[[nodiscard]] Result<Effects, Refusal> decide(SetAmount const& asked, std::optional<PaymentRequest> const& request, Instant now);
[[nodiscard]] Result<Effects, Refusal> decide(ClaimPayment const& told, ClaimView const& view, Instant now);

}  // namespace choso::payments
