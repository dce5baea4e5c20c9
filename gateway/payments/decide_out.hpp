#pragma once
#include <array>

#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/decide.hpp"

/// The rules of money that goes back and out, pure like all of `decide`.
namespace choso::payments {

/// When the bank is asked what became of a payout, counted from its submission. Asked the last time in vain it is for a
/// person, who is told at `payout_given_up`.
inline constexpr std::array<std::chrono::seconds, 4> payout_asks{std::chrono::seconds{90}, std::chrono::minutes{5}, std::chrono::hours{1},
                                                                 std::chrono::hours{24}};
inline constexpr std::chrono::seconds payout_given_up = std::chrono::hours{25};

/// What refunds of a payment already ask back: all that did not fail.
[[nodiscard]] Money refunding(std::vector<Refund> const& refunds);

struct ProposeRefundView {
    std::optional<Payment> payment;
    std::vector<Refund> refunds;  ///< of this payment
    bool stands_for_split = false;  ///< its money is several payees': whose part goes back, they must settle themselves
};
[[nodiscard]] Result<Effects, Refusal> decide(ProposeRefund const& asked, ProposeRefundView const& view, Instant now);

[[nodiscard]] Result<Effects, Refusal> decide(NameDestination const& asked, std::optional<Refund> const& refund, Instant now);

struct ApproveRefundView {
    std::optional<Refund> refund;
    std::optional<Payment> payment;
    Money due_confirmed;                 ///< what is owed to the payment's payee and may be paid out
    std::optional<Reference> reference;  ///< drawn for it, if it is still to be decided
    bool stands_for_split = false;
    std::vector<Refund> refunds = {};  ///< of the payment, this one among them
    std::optional<Money> held = {};    ///< of an `on_release` request: what it holds
};
[[nodiscard]] Result<Effects, Refusal> decide(ApproveRefund const& asked, ApproveRefundView const& view, Instant now);
[[nodiscard]] Result<Effects, Refusal> decide(RejectRefund const& asked, std::optional<Refund> const& refund, Instant now);

[[nodiscard]] Result<Effects, Refusal> decide(ProposePayout const& asked, Money due_confirmed, Instant now);

struct ApprovePayoutView {
    std::optional<Payout> payout;
    Money due_confirmed;  ///< of its merchant
    std::optional<Reference> reference;
};
[[nodiscard]] Result<Effects, Refusal> decide(ApprovePayout const& asked, ApprovePayoutView const& view, Instant now);
[[nodiscard]] Result<Effects, Refusal> decide(RejectPayout const& asked, std::optional<Payout> const& payout, Instant now);

[[nodiscard]] Result<Effects, Refusal> decide(SubmitPayout const& asked, PayoutView const& view, Instant now);
[[nodiscard]] Result<Effects, Refusal> decide(PayoutAnswered const& told, PayoutView const& view, Instant now);
[[nodiscard]] Effects decide(PayoutUnanswered const& told, PayoutView const& view, Instant now);

/// A bank line that carries the code of a payout or of a refund we asked a payee for: books it and follows. False if
/// none of them fits; the line is then like any other.
[[nodiscard]] bool take_line(Effects& effects, RecordCredit const& told, Payment& payment, CreditView const& view, Instant now);

/// The credit by which the bank gives a payout back: it is the same owner's again. False if it is none.
[[nodiscard]] bool take_return(Effects& effects, RecordCredit const& told, Payment& payment, CreditView const& view, Instant now);

/// The payouts and refunds of a payment that the bank takes back: what is not with the bank yet fails.
void drop_refunds(Effects& effects, ReversalView const& view, Instant now);

}  // namespace choso::payments
