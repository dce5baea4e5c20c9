#pragma once
#include "gateway/payments/commands.hpp"
#include "merchants/receipts/receipt.hpp"

namespace choso::receipts {

/// Brings a request's receipts up to what its money is now; ordered after everything that may have changed it.
struct UpdateReceipts final : payments::Command {
    PaymentRequestId request;

    [[nodiscard]] std::string_view name() const override { return "update_receipts"; }
    [[nodiscard]] Bucket bucket() const override { return request.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// POST /receipts/{id}/cancel: a counter-receipt by a person. Given again it answers with the one there is.
struct CancelReceipt final : payments::Command {
    ReceiptId id;
    MerchantId merchant;
    std::string reason;
    payments::Actor actor;

    [[nodiscard]] std::string_view name() const override { return "cancel_receipt"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// What both answer: the receipts they made, or the counter-receipt there was.
struct Receipts final : payments::OwnOutcome {
    std::vector<Receipt> all;
};

}  // namespace choso::receipts
