#pragma once
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "gateway/payments/book.hpp"
#include "gateway/payments/lane.hpp"
#include "merchants/receipts/decide.hpp"

namespace choso::receipts {

/// Money that was taken otherwise than by transfer, for a command that issues its receipt itself.
struct Taken {
    PaymentRequestId request;
    Uuid cause{};  ///< of the taking: twice the same gives one receipt
    MerchantId merchant;
    Money amount;
    int position = 0;  ///< the line of a split request; 0: the whole of a plain one
    std::string what;
    payments::Actor maker;
    Instant occurred_at;
};

/// The receipts of one batch: those of the requests that its commands named, and the ends of their payees' series.
class ReceiptRows final : public payments::Rows {
 public:
    explicit ReceiptRows(payments::Book& book) : book_{book} {}

    // --- plan
    /// The receipts of a request, its payees' series, and who of them issues any.
    void want(PaymentRequestId request) { wanted_.insert(request); }
    /// The same by one of its receipts.
    void want(ReceiptId receipt) { wanted_receipts_.insert(receipt); }

    // --- decide
    [[nodiscard]] std::vector<Receipt> of(PaymentRequestId request) const;
    [[nodiscard]] std::optional<Receipt> find(ReceiptId receipt) const;
    [[nodiscard]] std::map<MerchantId, std::string> const& issuers() const { return issuers_; }
    /// Gives it an id, a token and the next number of its series, stores it and tells of it. Its request must have been wanted.
    Receipt add(Receipt receipt);
    /// The receipt for money that the caller has booked in this very command; the one there is already, if its cause has
    /// one. Nothing if the payee issues none.
    std::optional<Receipt> issue(Taken const& taken, Instant now);
    /// The counter-receipt for money that the caller has given back in this very command. Nothing if there is no receipt to
    /// cancel.
    std::optional<Receipt> take_back(PaymentRequestId request, Uuid const& cause, std::string reason, payments::Actor const& maker, Instant now);

    // --- around the batch
    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    void take(postgres::Result const& rows);
    void take_series(postgres::Result const& rows);

    payments::Book& book_;
    std::set<PaymentRequestId> wanted_;
    std::set<ReceiptId> wanted_receipts_;
    std::map<ReceiptId, Receipt> known_;
    std::map<MerchantId, std::string> issuers_;
    std::map<std::pair<MerchantId, int>, std::int64_t> series_;  ///< the last number of each
    std::set<MerchantId> payees_;                                ///< whose series were loaded
    std::vector<Receipt> new_;
};

/// The columns of a receipt, as every statement here selects them of `r`.
[[nodiscard]] Receipt read_receipt(postgres::Result const& rows, int row, int first_column = 0);

/// For the composition root.
[[nodiscard]] payments::Family family();

}  // namespace choso::receipts
