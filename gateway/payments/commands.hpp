#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"

/// The orders the book takes. Each is complete when it is submitted: ids, time zone, account facts and candidates are
/// inside, so a batch whose commit is in doubt can be run again and answers the same.
namespace choso::payments {

class Book;

enum class Priority { live, bulk };

/// What a family's command answers in a word of its own (a bill, a receipt).
struct OwnOutcome {
    OwnOutcome() = default;
    OwnOutcome(OwnOutcome const&) = default;
    OwnOutcome& operator=(OwnOutcome const&) = default;
    virtual ~OwnOutcome() = default;
};

/// What a command answered, after its commit.
struct Outcome {
    std::optional<Refusal> refusal;
    bool replayed = false;                    ///< answered from an earlier, committed run
    std::optional<PaymentRequest> request;    ///< as the caller must see it
    std::optional<PaymentId> payment;
    std::optional<Refund> refund;
    std::optional<Payout> payout;
    std::optional<Settlement> settlement;
    std::shared_ptr<OwnOutcome const> own;    ///< a family's

    /// The family's outcome, if it is of this sort.
    template <class Own>
    [[nodiscard]] Own const* own_as() const {
        return dynamic_cast<Own const*>(own.get());
    }

    [[nodiscard]] static Outcome refused(Refusal why) {
        auto out = Outcome{};
        out.refusal = why;
        return out;
    }
};

/// The caller's key of a money POST: scope is the merchant (whose mode is test or live).
struct IdempotencyKey {
    Uuid scoped_hash{};       ///< of the merchant and the key (`api::SentKey::of`)
    std::string fingerprint;  ///< the first half of the SHA-256 of method, path and body: 16 bytes
};

/// One order to the book; touches one bucket.
class Command {
 public:
    Command() = default;
    Command(Command const&) = default;
    Command& operator=(Command const&) = delete;
    virtual ~Command() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual Bucket bucket() const = 0;
    /// Whose share of a crowded batch it counts against.
    [[nodiscard]] virtual MerchantId payer_of_turn() const = 0;
    [[nodiscard]] virtual Priority priority() const { return Priority::live; }
    /// How many facts it brings: beside live traffic a batch takes few of bulk's.
    [[nodiscard]] virtual std::size_t weight() const { return 1; }
    /// Names the rows it will look at.
    virtual void plan(Book& book) const = 0;
    /// Decides on the rows as the commands before it left them, and applies what follows from it. `now` is the batch's.
    [[nodiscard]] virtual Outcome decide(Book& book, Instant now) const = 0;
    /// Bytes it holds while it waits, roughly.
    [[nodiscard]] virtual std::size_t size_hint() const { return 512; }
    /// For the quarantine, if it fails alone: enough to do it by hand.
    [[nodiscard]] virtual std::string text() const = 0;
};

/// POST /payment-requests
struct CreateRequest final : Command {
    PaymentRequestId id;
    MerchantId merchant;
    AccountId account;
    Bucket in = Bucket::of_bits(0);
    Uuid token{};
    bool live = false;
    ReferenceKind kind = ReferenceKind::order;
    std::optional<Money> amount;
    std::string description;
    std::optional<StallId> stall;
    std::optional<std::string> order_code;
    std::optional<Seconds> expires_in;
    LatePolicy late_policy = LatePolicy::hold;
    std::optional<std::string> metadata;
    std::optional<std::string> return_url;
    std::optional<Split> split;
    std::string payer_name;  ///< for whom it is paid; personal, so it goes to `person` alone. Empty: nobody is named
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "create_request"; }
    [[nodiscard]] Bucket bucket() const override { return in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// POST /payment-requests/{id}/cancel
struct CancelRequest final : Command {
    PaymentRequestId id;
    MerchantId merchant;
    CollectorMode mode = CollectorMode::direct;
    Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "cancel_request"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// What is asked changes while its reference stays: the QR that somebody printed goes on paying it. Part of the orders of
/// families that own what is asked for (a revised bill).
struct ReviseRequest {
    PaymentRequestId id;
    Money amount;
    std::optional<std::string> description;
};

/// A `due` row of kind `expire_request` whose time has come.
struct ExpireRequest final : Command {
    PaymentRequestId id;
    Instant due_at;

    [[nodiscard]] std::string_view name() const override { return "expire_request"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A reference found in the content, opened with the installation's key.
struct FoundReference {
    Reference reference;
    How how;
    bool elsewhere = false;  ///< exact, ours, but of another bucket
    bool of_payout = false;  ///< of a transfer of ours, not of a request
};

/// One source's word of one bank fact.
struct RecordCredit final : Command {
    AccountFacts account;
    Bucket in = Bucket::of_bits(0);
    PaymentId id;                ///< of the payment, should this be the first sighting
    std::int32_t source = 0;
    std::string source_id;
    Money amount;                ///< negative: money that left
    Instant occurred_at;
    std::string bank_ref;
    std::string content;
    std::int64_t content_hash = 0;
    std::vector<FoundReference> found;
    std::vector<MerchantId> payees;   ///< merchants whose ledger accounts it will probably touch; a hint
    std::optional<StallId> named_stall;         ///< by the content's own static stall code or the virtual account
    std::optional<MerchantId> named_merchant;
    bool by_virtual_account = false;            ///< the bank named the stall itself
    std::string headers;
    std::string raw;             ///< the notice exactly as it came
    RefundId refund_id;          ///< should one have to be proposed

    [[nodiscard]] std::size_t size_hint() const override { return 1024 + raw.size() + content.size() + headers.size(); }

    [[nodiscard]] std::string_view name() const override { return "record_credit"; }
    [[nodiscard]] Bucket bucket() const override { return in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// The bank took a credit back.
struct ReverseCredit final : Command {
    Uuid id{};                   ///< of the order: given twice, it answers the same
    PaymentId payment;
    AccountFacts account;
    Instant occurred_at;
    std::string reason;
    Actor actor;

    [[nodiscard]] std::string_view name() const override { return "reverse_credit"; }
    [[nodiscard]] Bucket bucket() const override { return payment.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// Tells the bucket of a request that its reference came with money into somebody else's account (another bucket's).
struct NoteWrongAccount final : Command {
    Bucket in = Bucket::of_bits(0);
    Reference reference;
    PaymentId payment;
    Money amount;

    explicit NoteWrongAccount(Reference of) : reference{of} {}
    [[nodiscard]] std::string_view name() const override { return "note_wrong_account"; }
    [[nodiscard]] Bucket bucket() const override { return in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

}  // namespace choso::payments
