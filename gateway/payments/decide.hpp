#pragma once
#include <map>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/effects.hpp"

/// The rules of money, all of them, as pure functions of what is asked and what the book holds. They read no clock,
/// database or configuration; `now` comes in. In each: every refusal first, then effects, nothing below may refuse.
namespace choso::payments {

/// How long after `expires_at` a request is told expired, so that money in time but told late finds it open.
inline constexpr auto expiry_grace = std::chrono::minutes{5};

struct CreateView {
    bool order_code_taken = false;
    Reference reference;  ///< drawn for it
};
[[nodiscard]] Result<Effects, Refusal> decide(CreateRequest const& asked, CreateView const& view, Instant now);

/// A payment and how much of it stands for one request (net of releases).
struct AllocatedPayment {
    Payment payment;
    Money amount;
    Money refunding;  ///< what refunds of it already ask back
    std::vector<Share> shares = {};  ///< of a split request: what it stands for, line by line; none while it is held
    std::vector<Refund> refunds{};
};

struct CancelView {
    std::optional<PaymentRequest> request;
    std::vector<AllocatedPayment> payments;
    CollectorMode mode = CollectorMode::direct;
    std::vector<RefundId> refund_ids;  ///< as many as payments
    std::map<MerchantId, Money> due_confirmed{};  ///< of a pooled request's payees: owed to them and may be paid out
};
[[nodiscard]] Result<Effects, Refusal> decide(CancelRequest const& asked, CancelView const& view, Instant now);

/// The money that stands for it stays; the status follows from it and the new amount. A split's lines are frozen: refused.
[[nodiscard]] Result<Effects, Refusal> decide(ReviseRequest const& asked, std::optional<PaymentRequest> const& request, Instant now);

[[nodiscard]] Effects decide(ExpireRequest const& told, std::optional<PaymentRequest> const& request, Instant now);

/// A payout, with the refund it is for.
struct PayoutView {
    std::optional<Payout> payout;
    std::optional<Refund> refund;
};

struct RefundOfPayment {
    Refund refund;
    Payment payment;
};

/// What the book knows that a credit may touch.
struct CreditView {
    std::optional<Payment> same_sighting;      ///< this source told this id before
    std::vector<Payment> same_fact;            ///< same account and amount, bank day ± 1, oldest first
    std::vector<PaymentRequest> requests;      ///< of this bucket, named by one of the found references
    std::vector<AllocatedPayment> standing = {};  ///< all money of the split requests among them, and of those that
                                                  ///< `same_fact` stands for
    std::vector<PayoutView> payouts{};         ///< likewise: transfers of ours
    std::vector<RefundOfPayment> instructed{};  ///< likewise: refunds that a payee was told to pay
    std::vector<Refund> refunds{};              ///< of `same_fact`'s unreferenced money
};
[[nodiscard]] Result<Effects, Refusal> decide(RecordCredit const& told, CreditView const& view, Instant now);

struct ReversalView {
    std::optional<Payment> payment;
    std::optional<PaymentRequest> request;     ///< the one it is allocated to
    Money allocated;                           ///< net
    std::vector<Refund> refunds;               ///< of this payment
    std::vector<AllocatedPayment> standing = {};  ///< all money of the request, if it is split; the payment's own too
    std::vector<Payout> payouts{};             ///< of these refunds
    std::optional<Uuid> reversed_by{};         ///< the order that took it back before
};
[[nodiscard]] Result<Effects, Refusal> decide(ReverseCredit const& told, ReversalView const& view, Instant now);

[[nodiscard]] Effects decide(NoteWrongAccount const& told, std::optional<PaymentRequest> const& request, bool known);

}  // namespace choso::payments
