#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/reference.hpp"

namespace choso {

struct DepositTag { static constexpr std::string_view prefix = "dep"; };
struct ProgrammeTag { static constexpr std::string_view prefix = "prog"; };
/// A patient's advance: the case of a `deposit` ledger account.
using DepositId = Id<DepositTag>;
/// A programme of social benefits: the purse of a `benefit` ledger account.
using ProgrammeId = Id<ProgrammeTag>;

}  // namespace choso

/// The rows of the book as values. Names, states and meanings: docs/architecture.md.
namespace choso::payments {

enum class RequestStatus { open, partially_paid, paid, paid_late, expired, cancelled };
enum class LatePolicy { accept, hold, refund };
enum class LateDecision { none, accepted, refunding };
enum class PaymentStatus { allocated, unreferenced, outside, reversed, sent };
enum class RefundStatus { proposed, approved, submitted, succeeded, failed, unknown };
enum class PayoutStatus { proposed, approved, submitted, succeeded, failed, unknown };
enum class PayoutPurpose { refund, settlement, manual, benefit };
/// Whose money a refund is paid with: what is owed to (or was received by) the payee, what nobody was found for, or what a
/// request holds until it is released.
enum class MoneyPlace { payee, unreferenced, held };

/// The word an enum has in the database, in JSON and in logs; and back.
[[nodiscard]] std::string_view word(RequestStatus status);
[[nodiscard]] std::string_view word(LatePolicy policy);
[[nodiscard]] std::string_view word(LateDecision decision);
[[nodiscard]] std::string_view word(PaymentStatus status);
[[nodiscard]] std::string_view word(RefundStatus status);
[[nodiscard]] std::string_view word(PayoutStatus status);
[[nodiscard]] std::string_view word(PayoutPurpose purpose);
[[nodiscard]] std::string_view word(MoneyPlace place);
[[nodiscard]] std::optional<RequestStatus> request_status_of(std::string_view word);
[[nodiscard]] std::optional<LatePolicy> late_policy_of(std::string_view word);
[[nodiscard]] std::optional<LateDecision> late_decision_of(std::string_view word);
[[nodiscard]] std::optional<PaymentStatus> payment_status_of(std::string_view word);
[[nodiscard]] std::optional<RefundStatus> refund_status_of(std::string_view word);
[[nodiscard]] std::optional<PayoutStatus> payout_status_of(std::string_view word);
[[nodiscard]] std::optional<PayoutPurpose> payout_purpose_of(std::string_view word);
[[nodiscard]] std::optional<MoneyPlace> money_place_of(std::string_view word);

/// Who gave an order: an API key, a member of staff, or the gateway itself (then the id is empty).
enum class ActorKind { key, person, system };
struct Actor {
    ActorKind kind = ActorKind::system;
    Uuid id{};
    friend bool operator==(Actor const&, Actor const&) = default;
};
[[nodiscard]] std::string_view word(ActorKind kind);
[[nodiscard]] std::optional<ActorKind> actor_kind_of(std::string_view word);

/// How money fills the lines of a split request: in the payer's order, so that short money pays the first lines first; all
/// together, so that nobody is owed anything until the whole amount is there; or on release: it stays held, and whoever
/// made the request (an order of the shop) releases it part by part.
enum class FillRule { in_order, together, on_release };
[[nodiscard]] std::string_view word(FillRule rule);
[[nodiscard]] std::optional<FillRule> fill_rule_of(std::string_view word);

/// One payee's line of a split request, frozen with it. Its position is its place in the list, from 1.
struct SplitLine {
    MerchantId merchant;
    Money amount;
    Money filled;  ///< how much of it money stands for; only where it was asked for (the lane goes by shares)
};
/// Money of an `on_release` request that went from `held` to one who is owed it, or, negative, back. No merchant: it is tax
/// withheld.
struct Release {
    PaymentRequestId request;
    Uuid subject{};  ///< for what: the seller's order
    std::optional<MerchantId> merchant;
    Money amount;
};
struct Split {
    FillRule fill = FillRule::in_order;
    std::vector<SplitLine> lines;  ///< their amounts sum to the request's
};

/// The part of one payment that stands for one line; position 0 is what came over the request's amount, the asker's.
struct Share {
    std::int16_t position = 0;
    MerchantId merchant;
    Money amount;
    friend bool operator==(Share const&, Share const&) = default;
};

/// What is asked: an amount (or none: the payer chooses), payable into one account.
struct PaymentRequest {
    PaymentRequestId id;
    MerchantId merchant;
    AccountId account;
    Uuid token{};  ///< the pay page's secret
    std::optional<Reference> reference;  ///< none only until the lane has drawn one
    std::optional<Money> amount;
    Money amount_paid;  ///< all money allocated to it, excess included
    Money late_paid;    ///< the part of it whose bank time is after `expires_at`
    RequestStatus status = RequestStatus::open;
    bool closed = false;  ///< its time has passed (told by the expiry or by late money), whatever came since
    LatePolicy late_policy = LatePolicy::hold;
    LateDecision late_decision = LateDecision::none;
    std::optional<Instant> expires_at;
    Instant created_at;
    std::string description;
    std::optional<StallId> stall;
    std::optional<std::string> order_code;
    std::optional<std::string> return_url;
    std::optional<std::string> metadata;  ///< JSON, as it was given
    std::optional<Split> split;  ///< none: all of it is the merchant's

    [[nodiscard]] Money overpaid_by() const;
    /// What is still to come; zero for an open amount.
    [[nodiscard]] Money still_open() const;
};

/// Money that a bank told us of: a fact. Negative: it left the account.
struct Payment {
    PaymentId id;
    AccountId account;
    Money amount;
    Instant occurred_at;
    Instant recorded_at;
    std::int64_t content_hash = 0;
    MerchantId merchant;  ///< who is shown it
    PaymentStatus status = PaymentStatus::unreferenced;
    bool wrong_account = false;
    std::string bank_ref;
    std::vector<std::int32_t> sources;
    std::optional<Reference> reference;
    std::optional<PaymentRequestId> request;
    std::optional<StallId> stall;
    std::optional<Instant> confirmed_at;

    [[nodiscard]] bool seen_by(std::int32_t source) const;
};

struct Allocation {
    PaymentId payment;
    PaymentRequestId request;
    Money amount;  ///< negative: a release
    std::int64_t journal = 0;
};

/// Where money is sent. Personal data: it stands in `person`, never in an event or a journal.
struct Destination {
    PersonId id;
    std::string bin;
    std::string account;
    std::string holder;
    std::string told_by;  ///< payer, statement or maker
};

/// The decision to give money of a payment back; the transfer itself is a payout, or the payee's own where it collects
/// for itself.
struct Refund {
    RefundId id;
    PaymentId payment;
    std::optional<PaymentRequestId> request;
    Money amount;
    RefundStatus status = RefundStatus::proposed;
    std::string reason;
    MerchantId merchant;                     ///< who is shown it
    Actor maker;
    std::optional<Actor> approver;
    std::optional<PersonId> destination;
    std::optional<MoneyPlace> taken_from;    ///< from the moment the money is taken
    std::optional<Reference> reference;      ///< of a direct collector's refund: what the payee's transfer must carry
    std::string failure;                     ///< why it failed
    Instant created_at;
    std::optional<Instant> decided_at;
};

/// One transfer of ours, from one of our collectors' accounts. It is handed to the bank at most once in its life.
struct Payout {
    PayoutId id;
    PayoutPurpose purpose = PayoutPurpose::manual;
    std::optional<RefundId> refund;
    MerchantId merchant;  ///< whose money it is
    AccountId account;    ///< it is paid from
    Money amount;
    PersonId destination;
    PayoutStatus status = PayoutStatus::proposed;
    Actor maker;
    std::optional<Actor> approver;
    std::optional<Reference> reference;      ///< from its approval on
    std::optional<Uuid> attempt;             ///< of the one submission
    std::optional<PaymentId> line;           ///< the bank's own line of it
    std::optional<PaymentId> returned_by;    ///< the credit by which the bank gave it back
    int asked = 0;                           ///< how often its bank was asked what became of it
    std::string reason;
    std::string failure;
    std::string bank_reference;
    Instant created_at;
    std::optional<Instant> approved_at, submitted_at, settled_at;
    std::optional<Instant> booked_at;        ///< when it left the bank account in the ledger
    std::optional<Uuid> programme;           ///< of benefits: whose money it is paid with

    /// Taken from its owner, not yet out of the bank account.
    [[nodiscard]] bool is_in_flight() const;
};

/// One payee's part of a settlement run: the payout it was proposed by.
struct SettlementLine {
    PayoutId payout;
    MerchantId merchant;
    Money amount;
};
/// A settlement run of a collector; never changed, its amount is its lines'.
struct Settlement {
    SettlementId id;
    MerchantId merchant;  ///< the collector's own
    AccountId account;    ///< it is paid from
    Money amount;
    std::optional<Instant> until;  ///< only what was confirmed before
    Actor maker;
    Instant created_at;
    std::vector<SettlementLine> lines;
};

/// How money reaches the payee: into its own account, or into a collector's who settles later.
enum class CollectorMode { direct, pooled };

/// What the directory knows of a credited account; goes in with the command, so that `decide` reads nothing.
struct AccountFacts {
    AccountId id;
    MerchantId owner;  ///< the collector's own merchant
    CollectorMode mode = CollectorMode::direct;
    bool keeps_unreferenced = true;
    bool keeps_debits = false;  ///< every line is fed: what leaves is booked too
    std::optional<StallId> static_stall;
    std::optional<MerchantId> static_merchant;
};

/// Every reason to refuse, in order of precedence. Numbers are stored (idempotency.outcome): only append.
enum class Refusal {
    idempotency_key_reused = 1,
    not_found = 2,
    order_code_taken = 3,
    already_paid = 4,
    already_expired = 5,
    already_cancelled = 6,
    sighting_conflict = 7,
    payment_already_reversed = 8,
    // 20 to 39: money that goes back and out
    approver_must_be_person = 20,
    second_factor_needed = 21,
    approver_is_maker = 22,
    already_decided = 23,
    payment_not_refundable = 24,
    refund_exceeds_payment = 25,
    not_confirmed = 26,
    destination_missing = 27,
    collector_is_direct = 28,
    not_enough_due = 29,
    payout_not_sendable = 30,
    payment_moved = 31,
    destination_differs = 32,
    transfer_too_large = 33,
    // 40 to 49: settlement
    nothing_to_settle = 40,
    // 80 to 99: the shop
    out_of_stock = 80,
    too_many_open_orders = 81,
    order_not_open = 82,
    order_not_paid = 83,
    already_sent = 84,
    quantity_exceeds_order = 85,
    return_not_open = 86,
    // 50 to 59: bills
    bill_not_changeable = 50,  ///< it is cancelled, or not issued yet
    bill_has_money = 51,       ///< money stands for it: cancel is not the way, refunds are
    bill_amount_refused = 52,  ///< not what is left of it, where its policy takes nothing else
    bill_not_payable = 53,     ///< nothing of it is left to pay
    nothing_over = 54,         ///< no excess of it can be kept
    bill_code_taken = 55,
    // 60 to 69: what the reconciliation desk decides
    payment_not_assignable = 60,
    payment_not_releasable = 61,
    proposal_missing = 62,
    proposal_changed = 63,
    // 120 to 139: receipts, benefits, deposits, complaints
    receipt_not_cancellable = 120,
    list_not_open = 121,
    deposit_closed = 122,
    deposit_exceeded = 123,
    complaint_closed = 124,
    list_is_empty = 125,
};
[[nodiscard]] std::string_view word(Refusal refusal);

}  // namespace choso::payments
