#pragma once
#include "gateway/payments/commands.hpp"
#include "gateway/payments/lane.hpp"
#include "merchants/deposits/decide.hpp"

namespace choso::deposits {

/// POST /deposits: a case with the payment request for its advance, whose number it bears.
struct OpenDeposit final : payments::Command {
    payments::CreateRequest asked;  ///< its order code is the case's
    [[nodiscard]] std::string_view name() const override { return "open_deposit"; }
    [[nodiscard]] Bucket bucket() const override { return asked.in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return asked.merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override { return asked.text(); }
};

/// What all orders about one case need to know of it.
struct DepositCommand : payments::Command {
    DepositId id;
    MerchantId merchant;
    AccountId account;  ///< its request is payable into
    payments::CollectorMode mode = payments::CollectorMode::direct;

    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] std::string text() const override;

 protected:
    [[nodiscard]] std::optional<Case> find(payments::Book const& book) const;
};

/// After the request's money changed.
struct FollowDeposit final : DepositCommand {
    [[nodiscard]] std::string_view name() const override { return "follow_deposit"; }
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// POST /deposits/{id}/uses
struct UseDeposit final : DepositCommand {
    Use asked;
    payments::IdempotencyKey idempotency;
    [[nodiscard]] std::string_view name() const override { return "use_deposit"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// POST /deposits/{id}/settle
struct SettleDeposit final : DepositCommand {
    Settle asked;
    payments::IdempotencyKey idempotency;
    [[nodiscard]] std::string_view name() const override { return "settle_deposit"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// The case as the order left it; of an order given again, as it is now.
struct DepositOutcome final : payments::OwnOutcome {
    Deposit deposit;
};

/// For the composition root.
[[nodiscard]] payments::Family family();

}  // namespace choso::deposits
