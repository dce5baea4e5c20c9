#include "merchants/deposits/rows.hpp"

#include "merchants/deposits/sql.hpp"

namespace choso::deposits {
namespace {

using payments::BatchBuckets;
using payments::BatchStatement;
using payments::RowBuckets;
using payments::with_buckets;
using postgres::Array;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

struct Statements {
    BatchStatement load{"load_deposits", sql::load_deposits};
    BatchStatement insert{"insert_deposits", sql::insert_deposits};
    BatchStatement update{"update_deposits", sql::update_deposits};
    BatchStatement moves{"insert_deposit_moves", sql::insert_moves};
};
Statements const& statements() {
    static auto const all = Statements{};
    return all;
}

}  // namespace

Deposit read_deposit(Result const& rows, int row) {
    auto out = Deposit{};
    out.id = rows.id<DepositId>(row, 0);
    out.merchant = rows.id<MerchantId>(row, 1);
    out.code = rows.text(row, 2);
    out.held = rows.money(row, 3);
    out.used = rows.money(row, 4);
    out.returned = rows.money(row, 5);
    out.status = status_of(rows.text(row, 6)).value();
    out.created_at = rows.time(row, 7);
    out.settled_at = rows.maybe_time(row, 8);
    return out;
}

std::optional<Deposit> DepositRows::find(DepositId id) const {
    auto const found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional{found->second};
}

void DepositRows::add(Deposit deposit) {
    new_.insert(deposit.id);
    known_[deposit.id] = std::move(deposit);
}

void DepositRows::change(Deposit deposit, std::vector<Move> moves) {
    if (!new_.contains(deposit.id)) changed_.insert(deposit.id);
    known_[deposit.id] = std::move(deposit);
    moves_.insert(moves_.end(), std::make_move_iterator(moves.begin()), std::make_move_iterator(moves.end()));
}

void DepositRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    if (wanted_.empty()) return;
    pipeline.add(statements().load.in(in), payments::of_ids(wanted_, in), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto deposit = read_deposit(rows, row);
            known_.try_emplace(deposit.id, deposit);
        }
    });
}

void DepositRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    struct Columns {
        RowBuckets buckets;
        Array id{Type::uuid}, merchant{Type::uuid}, code{Type::text}, held{Type::int8}, used{Type::int8}, returned{Type::int8}, status{Type::text},
            created{Type::timestamptz}, settled{Type::timestamptz};
        void add(Deposit const& deposit) {
            buckets.add(deposit.id.bucket());
            id.add(deposit.id);
            merchant.add(deposit.merchant);
            code.add(deposit.code);
            held.add(deposit.held);
            used.add(deposit.used);
            returned.add(deposit.returned);
            status.add(word(deposit.status));
            created.add(deposit.created_at);
            settled.add(deposit.settled_at);
        }
    } fresh, known;
    for (auto const& id : new_) fresh.add(known_.at(id));
    for (auto const& id : changed_) known.add(known_.at(id));
    if (!fresh.id.empty())
        pipeline.add(statements().insert.in(in), with_buckets(fresh.buckets, in, fresh.id, fresh.merchant, fresh.code, fresh.held, fresh.used, fresh.returned,
                                                              fresh.status, fresh.created, fresh.settled));
    if (!known.id.empty())
        pipeline.add(statements().update.in(in), with_buckets(known.buckets, in, known.id, known.held, known.used, known.returned, known.status, known.settled,
                                                              static_cast<std::int64_t>(known.id.size())));
    if (moves_.empty()) return;
    RowBuckets buckets;
    Array id{Type::uuid}, deposit{Type::uuid}, kind{Type::text}, amount{Type::int8}, what{Type::text}, actor_kind{Type::text}, actor{Type::uuid}, at{Type::timestamptz};
    for (auto const& move : moves_) {
        buckets.add(move.deposit.bucket());
        id.add(move.id);
        deposit.add(move.deposit);
        kind.add(word(move.kind));
        amount.add(move.amount);
        what.add(move.what);
        actor_kind.add(payments::word(move.actor.kind));
        actor.add(move.actor.id);
        at.add(move.at);
    }
    pipeline.add(statements().moves.in(in), with_buckets(buckets, in, id, deposit, kind, amount, what, actor_kind, actor, at));
}

}  // namespace choso::deposits
