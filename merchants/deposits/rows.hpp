#pragma once
#include <map>
#include <set>
#include <vector>

#include "gateway/payments/book.hpp"
#include "merchants/deposits/decide.hpp"

namespace choso::deposits {

/// The cases of one batch.
class DepositRows final : public payments::Rows {
 public:
    void want(DepositId id) { wanted_.insert(id); }
    [[nodiscard]] std::optional<Deposit> find(DepositId id) const;
    void add(Deposit deposit);
    /// The case as it is now, and what happened in it.
    void change(Deposit deposit, std::vector<Move> moves);

    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    std::set<DepositId> wanted_;
    std::map<DepositId, Deposit> known_;
    std::set<DepositId> new_, changed_;
    std::vector<Move> moves_;
};

[[nodiscard]] Deposit read_deposit(postgres::Result const& rows, int row);

}  // namespace choso::deposits
