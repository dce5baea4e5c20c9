#pragma once
#include <map>
#include <utility>
#include <vector>

#include "gateway/payments/effects.hpp"
#include "gateway/payments/statement.hpp"

namespace choso::payments {

/// The part of the working set that is settlement runs. Owned by `Book`, loaded and stored with it.
class SettleRows {
 public:
    /// The run that was made under an idempotency key.
    void want_made_by(Bucket bucket, Uuid scoped_hash) { wanted_keys_.emplace_back(bucket, scoped_hash); }
    /// What of a merchant's due was confirmed at `since` or later.
    void want_confirmed_since(Bucket bucket, MerchantId merchant, Instant since) { wanted_since_.emplace_back(bucket, std::pair{merchant, since}); }

    [[nodiscard]] std::optional<Settlement> find(SettlementId id) const;
    /// As it was loaded: what the batch itself has confirmed is not in it.
    [[nodiscard]] Money confirmed_since(MerchantId merchant, Instant since) const;
    void apply(Effects const& effects);

    void load(postgres::Pipeline& pipeline, BatchBuckets const& in);
    void store(postgres::Pipeline& pipeline, BatchBuckets const& in) const;

 private:
    std::vector<std::pair<Bucket, Uuid>> wanted_keys_;
    std::vector<std::pair<Bucket, std::pair<MerchantId, Instant>>> wanted_since_;
    std::map<SettlementId, Settlement> known_;
    std::map<std::pair<MerchantId, Instant>, Money> since_;
    std::vector<Settlement> new_;
};

}  // namespace choso::payments
