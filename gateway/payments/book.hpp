#pragma once
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/assert.hpp"
#include "gateway/payments/decide.hpp"
#include "gateway/payments/out_rows.hpp"
#include "gateway/payments/rows.hpp"
#include "gateway/payments/settle_rows.hpp"

namespace choso::payments {

/// One row of the event table, complete: for the live streams, after its commit.
struct StoredEvent {
    Bucket bucket;
    std::int64_t seq = 0;
    std::string type;
    Uuid subject{};
    MerchantId merchant;
    std::string body;
    Instant at;
};

struct AccountPlace {
    std::int16_t bucket;
    LedgerAccountKey key;
    friend auto operator<=>(AccountPlace const&, AccountPlace const&) = default;
};

struct KnownIdempotency {
    std::string fingerprint;
    Uuid subject{};
    std::int16_t outcome = 0;
};

/// The working set of one batch: the rows its commands named, as the commands so far have left them, and what is to be
/// stored. Loaded and stored whole (book_load.cpp, book_store.cpp); used by one lane's thread.
///
/// Life of a batch: `want_*` by each command's plan → load → `find_*`, `draw_*`, `apply` by each decide → store.
class Book final : public Rows {
 public:
    explicit Book(ReferenceIssuer const& issuer, ReferenceNumbers& numbers) : issuer_{issuer}, numbers_{numbers} {}

    // --- plan: what will be looked at
    void want_bucket(Bucket bucket) { buckets_.insert(bucket.number()); }
    void want_idempotency(Bucket bucket, IdempotencyKey const& key);
    void want_request(PaymentRequestId id);
    void want_request(Bucket bucket, Reference reference);
    void want_order_code(Bucket bucket, MerchantId merchant, std::string const& code);
    /// With every payment that is allocated to it.
    void want_request_with_payments(PaymentRequestId id);
    void want_sighting(Bucket bucket, std::int32_t source, std::string const& source_id);
    /// Payments this telling may be another sighting of: those equal to it by one of the three keys, not seen by its source.
    void want_facts(RecordCredit const& told);
    /// With its request, net allocation and refunds; of a split request, everything that stands for it.
    void want_payment(PaymentId id);
    /// Its own row and nothing beside it.
    void want_payment_alone(PaymentId id) { wanted_alone_.insert(id); }
    void want_misdirected(Bucket bucket, PaymentId payment);
    void want_account(Bucket bucket, LedgerAccountKey key) { wanted_accounts_.insert({bucket.number(), key}); }
    /// The ledger accounts on the payee's side of money collected in this mode, of whichever payees turn up.
    void want_payee_accounts(CollectorMode mode);
    /// The end of the bucket's audit trail, to add to.
    void want_audit(Bucket bucket) { audit_.want(bucket); }
    void want_reference_number(Bucket bucket) { ++wanted_numbers_[bucket.number()]; }

    // --- decide: what is there
    [[nodiscard]] std::optional<KnownIdempotency> find_idempotency(Bucket bucket, IdempotencyKey const& key) const;
    [[nodiscard]] std::optional<PaymentRequest> find_request(PaymentRequestId id) const;
    [[nodiscard]] std::optional<PaymentRequest> find_request(Reference reference) const;
    [[nodiscard]] bool has_order_code(MerchantId merchant, std::string const& code) const;
    [[nodiscard]] std::optional<Payment> find_sighting(Bucket bucket, std::int32_t source, std::string const& source_id) const;
    [[nodiscard]] std::vector<Payment> facts_of(AccountId account, Money amount) const;
    [[nodiscard]] std::optional<Payment> find_payment(PaymentId id) const;
    [[nodiscard]] std::vector<std::pair<Payment, Money>> payments_of(PaymentRequestId id) const;
    /// Every payment that stands for a split request, with its shares; empty for any other request.
    [[nodiscard]] std::vector<AllocatedPayment> standing_of(PaymentRequestId id) const;
    [[nodiscard]] std::vector<Share> shares_of(PaymentRequestId request, PaymentId payment) const;
    [[nodiscard]] Money allocated(PaymentId payment, PaymentRequestId request) const;
    [[nodiscard]] std::vector<Refund> refunds_of(PaymentId payment) const { return out_.refunds_of(payment); }
    /// Of a wanted ledger account, as the book shows it: debit positive.
    [[nodiscard]] Money balance(Bucket bucket, LedgerAccountKey key) const;
    [[nodiscard]] bool is_misdirected(PaymentId payment) const { return misdirected_.contains(payment.uuid()); }
    [[nodiscard]] Reference draw_reference(ReferenceKind kind, bool live, Bucket bucket);

    // --- decide: what follows
    void apply(Bucket bucket, Effects effects, Instant now);
    void remember(IdempotencyKey const& key, Bucket bucket, Uuid subject, std::optional<Refusal> refusal, Instant now);
    void keep_text(RecordCredit const& told, PaymentId payment, Instant now);
    /// For whom a request is paid: a person under the request's own id, so that it can be erased.
    void keep_payer(Bucket bucket, PaymentRequestId request, std::string name);

    /// Refunds, payouts and what goes with them.
    [[nodiscard]] OutRows& out() { return out_; }
    [[nodiscard]] OutRows const& out() const { return out_; }
    /// Settlement runs.
    [[nodiscard]] SettleRows& settlements() { return settlements_; }
    [[nodiscard]] SettleRows const& settlements() const { return settlements_; }
    /// What this batch has credited to a ledger account so far, as a positive amount.
    [[nodiscard]] Money credited_in_batch(Bucket bucket, LedgerAccountKey key) const;

    /// Loaded or made requests whose money is held until it is released: orders of the shop.
    [[nodiscard]] std::vector<PaymentRequestId> held_requests() const;

    // --- families
    /// A family's own rows of this batch: attached by the family where it makes them (`Family::start`), found by its commands.
    template <class Own>
    void attach(Own& rows) {
        families_[typeid(Own)] = &rows;
    }
    template <class Own>
    [[nodiscard]] Own& rows() const {
        auto const found = families_.find(typeid(Own));
        CHOSO_ASSERT(found != families_.end());
        return static_cast<Own&>(*found->second);
    }

    // --- around the batch
    [[nodiscard]] std::vector<std::int16_t> buckets() const { return {buckets_.begin(), buckets_.end()}; }
    void load(postgres::Pipeline& pipeline, BatchBuckets const& in) override;
    [[nodiscard]] bool load_more(postgres::Pipeline& pipeline, BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, BatchBuckets const& in) override;
    [[nodiscard]] std::vector<StoredEvent> const& events() const { return events_; }
    /// The batch's own time: the database's, never before the bucket's last event.
    [[nodiscard]] Instant now() const { return now_; }

 private:
    enum class Kept { loaded, inserted, changed };
    template <class Row>
    struct Slot {
        Row row;
        Kept kept = Kept::loaded;
    };
    struct Head {
        std::int64_t event_seq = 0;
        std::int64_t journal_id = 0;
        std::int32_t account_id = 0;
    };
    struct AccountHead {
        std::int32_t id = 0;
        std::int64_t seq = 0;
        Money balance;
        bool fresh = true;
    };
    struct EntryRow {
        Bucket bucket;
        std::int64_t journal;
        std::int32_t account;
        std::int64_t seq;
        Money amount;
        Money balance;
    };
    struct JournalRow {
        Bucket bucket;
        std::int64_t id;
        JournalDraft draft;
    };
    struct IdempotencyRow {
        Bucket bucket;
        IdempotencyKey key;
        KnownIdempotency known;
    };
    struct TextRow {
        Bucket bucket;
        PaymentId payment;
        std::int32_t source;
        std::string source_id, content, headers, raw;
    };
    struct PayerRow {
        Bucket bucket;
        PaymentRequestId request;
        std::string name;
    };
    template <class Row>
    struct InBucket {
        Bucket bucket;
        Row row;
    };

    // book_load.cpp
    void load_heads(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void load_requests(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void load_payments(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void load_facts(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void load_accounts(postgres::Pipeline& pipeline, BatchBuckets const& in);
    [[nodiscard]] bool load_requests_of_facts(postgres::Pipeline& pipeline, BatchBuckets const& in);
    [[nodiscard]] bool load_splits(postgres::Pipeline& pipeline, BatchBuckets const& in);
    [[nodiscard]] bool load_payees(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void take_allocations(postgres::Result const& rows);
    void take_request(postgres::Result const& rows, int row);
    void take_payment(postgres::Result const& rows, int row);
    // book_store.cpp
    void store_requests(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_payments(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_splits(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_ledger(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_rest(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_texts(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_payers(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    // book.cpp
    void put_request(PaymentRequest request, Kept kept);
    void put_payment(Payment payment, Kept kept);
    void move(Bucket bucket, Movement const& movement, Instant now);
    void emit(Bucket bucket, EventDraft const& draft, Instant now);
    AccountHead& account(Bucket bucket, LedgerAccountKey key);

    ReferenceIssuer const& issuer_;
    ReferenceNumbers& numbers_;
    Instant now_;
    std::map<std::type_index, Rows*> families_;

    // wanted
    std::set<std::int16_t> buckets_;
    std::vector<InBucket<IdempotencyKey>> wanted_keys_;
    std::set<PaymentRequestId> wanted_requests_;
    std::set<PaymentRequestId> wanted_with_payments_;
    std::vector<InBucket<Reference>> wanted_references_;
    std::vector<InBucket<std::pair<MerchantId, std::string>>> wanted_codes_;
    std::vector<InBucket<std::pair<std::int32_t, std::string>>> wanted_sightings_;
    std::vector<RecordCredit const*> wanted_facts_;  ///< the commands outlive the batch
    std::set<PaymentId> wanted_payments_;
    std::set<PaymentId> wanted_alone_;
    std::vector<InBucket<PaymentId>> wanted_misdirected_;
    std::set<AccountPlace> wanted_accounts_;
    std::set<AccountKind> payee_kinds_;
    std::set<PaymentRequestId> wanted_of_facts_;  ///< what the loaded facts stand for
    std::map<std::int16_t, int> wanted_numbers_;

    // known
    std::map<std::int16_t, Head> heads_;
    std::map<AccountPlace, AccountHead> accounts_;
    /// Rows are inserted bucket by bucket in the order of time, so that the indexes, which are ordered so, fill their pages.
    struct ByBucketAndTime {
        template <class Tag>
        bool operator()(Id<Tag> const& a, Id<Tag> const& b) const {
            return std::pair{a.bucket(), a.uuid()} < std::pair{b.bucket(), b.uuid()};
        }
    };
    std::map<PaymentRequestId, Slot<PaymentRequest>, ByBucketAndTime> requests_;
    std::unordered_map<Reference, PaymentRequestId> by_reference_;
    std::map<std::pair<MerchantId, std::string>, PaymentRequestId> by_code_;
    std::map<PaymentId, Slot<Payment>, ByBucketAndTime> payments_;
    std::map<std::pair<AccountId, Money>, std::vector<PaymentId>> by_fact_;
    std::map<std::tuple<std::int16_t, std::int32_t, std::string>, PaymentId> sightings_;
    std::map<std::pair<std::int16_t, Uuid>, KnownIdempotency> keys_;
    std::map<std::pair<PaymentRequestId, PaymentId>, Money> allocated_;
    std::set<PaymentRequestId> loaded_splits_;  ///< requests whose lines, shares and payments are all here
    std::map<std::tuple<PaymentRequestId, PaymentId, std::int16_t>, Share> shares_;
    OutRows out_;
    SettleRows settlements_;
    std::unordered_set<Uuid, UuidHash> misdirected_;

    // to be stored
    std::vector<JournalRow> journals_;
    std::vector<EntryRow> entries_;
    std::vector<InBucket<Allocation>> allocations_;
    std::vector<std::pair<std::int64_t, ShareRow>> new_shares_;  ///< with their journals
    std::vector<std::pair<std::int64_t, Release>> new_releases_;  ///< with their journals
    std::vector<StoredEvent> events_;
    std::vector<InBucket<SightingRow>> new_sightings_;
    std::vector<IdempotencyRow> new_keys_;
    std::vector<InBucket<DueRow>> new_dues_;
    std::vector<InBucket<DueRow>> done_dues_;
    AuditTrail audit_;
    std::vector<InBucket<std::tuple<PaymentId, PaymentRequestId, Money>>> new_misdirected_;
    std::vector<TextRow> texts_;
    std::vector<PayerRow> payers_;
    std::vector<std::pair<AccountPlace, std::int32_t>> new_accounts_;
};

}  // namespace choso::payments
