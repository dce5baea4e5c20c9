#pragma once
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "gateway/payments/effects.hpp"
#include "gateway/payments/statement.hpp"

namespace choso::payments {

/// The part of the working set that is money going back and out: refunds, payouts, destinations, reversals. Owned by
/// `Book`, loaded and stored with it.
class OutRows {
 public:
    // --- plan
    /// With its payment.
    void want_refund(RefundId id) { wanted_refunds_.insert(id); }
    /// With the refund it is for.
    void want_payout(PayoutId id) { wanted_payouts_.insert(id); }
    /// The merchant's payouts that nobody has approved or rejected yet.
    void want_proposed(Bucket bucket, MerchantId merchant) { wanted_proposed_.emplace_back(bucket, merchant); }
    /// The payout or the instructed refund whose transfer carries this code.
    void want_code(Bucket bucket, Reference code) { wanted_codes_.emplace_back(bucket, code); }
    /// The payment's refunds, their payouts, and its reversal.
    void want_of_payment(PaymentId id) { wanted_of_payments_.insert(id); }
    /// Refunds of a payment that only loading has found.
    void want_of_fact(PaymentId id) { wanted_of_facts_.insert(id); }
    /// Refunds of all payments that are allocated to the request.
    void want_of_request(PaymentRequestId id) { wanted_of_requests_.insert(id); }
    /// What was made under an idempotency key.
    void want_made_by(Bucket bucket, Uuid scoped_hash) { wanted_keys_.emplace_back(bucket, scoped_hash); }

    // --- what is there
    [[nodiscard]] std::optional<Refund> find_refund(RefundId id) const;
    [[nodiscard]] std::optional<Refund> find_refund(Reference code) const;
    [[nodiscard]] std::optional<Payout> find_payout(PayoutId id) const;
    [[nodiscard]] std::optional<Payout> find_payout(Reference code) const;
    /// What of a wanted merchant's due is proposed to be paid out, these moments' proposals included.
    [[nodiscard]] Money proposed_of(MerchantId merchant) const;
    [[nodiscard]] std::vector<Refund> refunds_of(PaymentId payment) const;
    [[nodiscard]] std::vector<Payout> payouts_of(PaymentId payment) const;
    [[nodiscard]] std::optional<Uuid> reversal_of(PaymentId payment) const;
    /// Ledger accounts that what was loaded may be posted to.
    [[nodiscard]] std::vector<std::pair<Bucket, LedgerAccountKey>> accounts() const;

    // --- what follows
    void apply(Effects const& effects);

    // --- around the batch
    using TakePayment = std::function<void(postgres::Result const& rows, int row)>;
    void load(postgres::Pipeline& pipeline, BatchBuckets const& in, TakePayment const& take_payment);
    [[nodiscard]] bool load_more(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void store(postgres::Pipeline& pipeline, BatchBuckets const& in, Instant now) const;

 private:
    enum class Kept { loaded, inserted, changed };
    template <class Row>
    struct Slot {
        Row row;
        Kept kept = Kept::loaded;
    };
    template <class Row, class IdType>
    static void put(std::map<IdType, Slot<Row>>& rows, Row const& row, Kept kept);
    void store_refunds(postgres::Pipeline& pipeline, BatchBuckets const& in) const;
    void store_payouts(postgres::Pipeline& pipeline, BatchBuckets const& in) const;

    std::set<RefundId> wanted_refunds_;
    std::set<PayoutId> wanted_payouts_;
    std::set<PaymentId> wanted_of_payments_, wanted_of_facts_;
    std::set<PaymentRequestId> wanted_of_requests_;
    std::vector<std::pair<Bucket, Reference>> wanted_codes_;
    std::vector<std::pair<Bucket, Uuid>> wanted_keys_;
    std::vector<std::pair<Bucket, MerchantId>> wanted_proposed_;

    std::map<RefundId, Slot<Refund>> refunds_;
    std::map<PayoutId, Slot<Payout>> payouts_;
    std::map<PaymentId, Uuid> reversals_;
    std::vector<Destination> new_destinations_;
    std::vector<ReversalRow> new_reversals_;
};

}  // namespace choso::payments
