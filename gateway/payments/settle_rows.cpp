#include "gateway/payments/settle_rows.hpp"

#include "gateway/payments/statements.hpp"

namespace choso::payments {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

/// A row a line: the batch's columns, then the line's.
Settlement read_settlement(Result const& rows, int row) {
    return {.id = rows.id<SettlementId>(row, 0),
            .merchant = rows.id<MerchantId>(row, 1),
            .account = rows.id<AccountId>(row, 2),
            .amount = rows.money(row, 3),
            .until = rows.maybe_time(row, 4),
            .maker = {actor_kind_of(rows.text(row, 5)).value(), rows.uuid(row, 6)},
            .created_at = rows.time(row, 7),
            .lines = {}};
}

}  // namespace

std::optional<Settlement> SettleRows::find(SettlementId id) const {
    auto const found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional{found->second};
}

Money SettleRows::confirmed_since(MerchantId merchant, Instant since) const {
    auto const found = since_.find({merchant, since});
    return found == since_.end() ? Money{} : found->second;
}

void SettleRows::apply(Effects const& effects) {
    if (!effects.new_settlement) return;
    known_[effects.new_settlement->id] = *effects.new_settlement;
    new_.push_back(*effects.new_settlement);
}

void SettleRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    if (!wanted_keys_.empty()) {
        RowBuckets buckets;
        auto hashes = Array{Type::uuid};
        for (auto const& [bucket, hash] : wanted_keys_) {
            buckets.add(bucket);
            hashes.add(hash);
        }
        pipeline.add(statements().load_settlements_by_key.in(in), with_buckets(buckets, in, hashes), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) {
                auto& batch = known_.try_emplace(rows.id<SettlementId>(row, 0), read_settlement(rows, row)).first->second;
                batch.lines.push_back({rows.id<PayoutId>(row, 8), rows.id<MerchantId>(row, 9), rows.money(row, 10)});
            }
        });
    }
    if (wanted_since_.empty()) return;
    RowBuckets buckets;
    Array merchants{Type::uuid}, since{Type::timestamptz};
    for (auto const& [bucket, wanted] : wanted_since_) {
        buckets.add(bucket);
        merchants.add(wanted.first);
        since.add(wanted.second);
    }
    pipeline.add(statements().load_confirmed_since.in(in), with_buckets(buckets, in, merchants, since), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) since_[{rows.id<MerchantId>(row, 0), rows.time(row, 1)}] = rows.money(row, 2);
    });
}

void SettleRows::store(Pipeline& pipeline, BatchBuckets const& in) const {
    if (new_.empty()) return;
    RowBuckets buckets, of_lines;
    Array id{Type::uuid}, merchant{Type::uuid}, account{Type::uuid}, amount{Type::int8}, until{Type::timestamptz}, kind{Type::text},
        maker{Type::uuid}, created{Type::timestamptz};
    Array batch{Type::uuid}, payout{Type::uuid}, payee{Type::uuid}, part{Type::int8};
    for (auto const& each : new_) {
        buckets.add(each.id.bucket());
        id.add(each.id);
        merchant.add(each.merchant);
        account.add(each.account);
        amount.add(each.amount);
        until.add(each.until);
        kind.add(word(each.maker.kind));
        maker.add(each.maker.id);
        created.add(each.created_at);
        for (auto const& line : each.lines) {
            of_lines.add(each.id.bucket());
            batch.add(each.id);
            payout.add(line.payout);
            payee.add(line.merchant);
            part.add(line.amount);
        }
    }
    pipeline.add(statements().insert_settlements.in(in), with_buckets(buckets, in, id, merchant, account, amount, until, kind, maker, created));
    pipeline.add(statements().insert_settlement_lines.in(in), with_buckets(of_lines, in, batch, payout, payee, part));
}

}  // namespace choso::payments
