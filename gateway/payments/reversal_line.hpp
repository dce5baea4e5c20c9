#pragma once
#include "gateway/payments/commands.hpp"
#include "gateway/payments/decide.hpp"

namespace choso::payments {

/// One source's word that the bank took a credit back: a line of its own about an earlier one. Refused as `not_found`
/// while that one is not in the book; it may be told again.
struct RecordReversal final : Command {
    RecordCredit line;    ///< as a fact of its own; its amount is negative
    PaymentId original;   ///< the payment it takes back

    RecordReversal(RecordCredit const& its_line, PaymentId of) : line{its_line}, original{of} {}
    [[nodiscard]] std::string_view name() const override { return "record_reversal"; }
    [[nodiscard]] Bucket bucket() const override { return line.in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return line.account.owner; }
    [[nodiscard]] std::size_t size_hint() const override { return line.size_hint(); }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

struct ReversalLineView {
    std::optional<Payment> same_sighting;   ///< this source told this id before
    std::vector<Payment> same_fact;         ///< of the line's own amount: another source may have told it
    ReversalView original;
};
[[nodiscard]] Result<Effects, Refusal> decide(RecordReversal const& told, ReversalLineView const& view, Instant now);

/// A telling as the payment it is, should it be the first of its fact.
[[nodiscard]] Payment as_told(RecordCredit const& told, Instant now);

/// All that taking this payment back touches, as the book knows it.
[[nodiscard]] ReversalView reversal_view(Book const& book, PaymentId payment);

}  // namespace choso::payments
