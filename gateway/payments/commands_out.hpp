#pragma once
#include "gateway/payments/commands.hpp"

/// The orders by which money goes back (refunds) and out (payouts): proposed by one, approved by another, handed to the
/// bank once, and asked about until it is known what became of it.
namespace choso::payments {

/// What one transfer carries: NAPAS 247 takes less than 500 million đồng.
inline constexpr Money most_transferred{499'999'999};

/// POST /refunds
struct ProposeRefund final : Command {
    RefundId id;
    PaymentId payment;
    MerchantId merchant;
    Money amount;
    std::string reason;
    std::optional<Destination> destination;
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "propose_refund"; }
    [[nodiscard]] Bucket bucket() const override { return payment.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// POST /refunds/{id}/destination: where a refund that nobody named one for goes. Who names it is its maker.
struct NameDestination final : Command {
    RefundId id;
    MerchantId merchant;
    Destination destination;
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "name_destination"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A person's yes. In a collector's account it takes the money and makes the payout in the same commit; a payee that
/// collects for itself is told to send it, with a code that its transfer must carry.
struct ApproveRefund final : Command {
    RefundId id;
    PaymentId payment;     ///< it gives back
    AccountFacts account;  ///< that the payment came into
    bool live = false;
    PayoutId payout;       ///< of the payout, should one be made
    std::optional<PersonId> destination{};  ///< the one the approver was shown
    Actor actor;
    bool second_factor_fresh = false;

    [[nodiscard]] std::string_view name() const override { return "approve_refund"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct RejectRefund final : Command {
    RefundId id;
    Actor actor;

    [[nodiscard]] std::string_view name() const override { return "reject_refund"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// POST /payouts: of confirmed money that is owed to a merchant.
struct ProposePayout final : Command {
    PayoutId id;
    PayoutPurpose purpose = PayoutPurpose::manual;
    MerchantId merchant;
    AccountFacts account;  ///< it is paid from
    Money amount;
    std::string reason;
    Destination destination;
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "propose_payout"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct ApprovePayout final : Command {
    PayoutId id;
    bool live = false;
    Actor actor;
    bool second_factor_fresh = false;

    [[nodiscard]] std::string_view name() const override { return "approve_payout"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct RejectPayout final : Command {
    PayoutId id;
    Actor actor;

    [[nodiscard]] std::string_view name() const override { return "reject_payout"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// From its commit on the bank may have the payout: whoever gives this order sends it then, once, and nobody else ever
/// does. `attempt` tells the order that was committed from one that came second.
struct SubmitPayout final : Command {
    PayoutId id;
    Uuid attempt{};

    [[nodiscard]] std::string_view name() const override { return "submit_payout"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// What the bank said of a payout, when it was sent or asked.
enum class PayoutAnswer { succeeded, failed, pending };
struct PayoutAnswered final : Command {
    PayoutId id;
    PayoutAnswer answer = PayoutAnswer::pending;
    bool keeps_debits = false;  ///< its account's lines are all fed: the line books it, not this answer
    std::string bank_reference;
    std::string reason;

    [[nodiscard]] std::string_view name() const override { return "payout_answered"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A `due` row of kind `payout_unanswered` whose time has come: what became of it is not known, and is to be asked.
struct PayoutUnanswered final : Command {
    PayoutId id;
    Instant due_at;

    [[nodiscard]] std::string_view name() const override { return "payout_unanswered"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

}  // namespace choso::payments
