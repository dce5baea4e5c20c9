#include "merchants/receipts/rows.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "merchants/receipts/event_body.hpp"
#include "merchants/receipts/sql.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::receipts {
namespace {

using payments::BatchBuckets;
using payments::BatchStatement;
using postgres::Array;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

struct Statements {
    BatchStatement of_requests{"load_receipts_of_requests", sql::load_receipts_of_requests};
    BatchStatement of_receipts{"load_receipts_beside_receipts", sql::load_receipts_beside_receipts};
    BatchStatement series_of_requests{"load_series_of_requests", sql::load_series_of_requests};
    BatchStatement series_of_receipts{"load_series_of_receipts", sql::load_series_of_receipts};
    BatchStatement insert{"insert_receipts", sql::insert_receipts};
};
Statements const& statements() {
    static auto const all = Statements{};
    return all;
}

}  // namespace

Receipt read_receipt(Result const& rows, int row, int first) {
    auto out = Receipt{};
    out.id = rows.id<ReceiptId>(row, first);
    out.merchant = rows.id<MerchantId>(row, first + 1);
    out.request = rows.id<PaymentRequestId>(row, first + 2);
    out.cause = rows.uuid(row, first + 3);
    out.token = rows.uuid(row, first + 4);
    out.symbol = rows.text(row, first + 5);
    out.year = static_cast<int>(rows.integer(row, first + 6));
    out.number = rows.integer(row, first + 7);
    out.amount = rows.money(row, first + 8);
    out.way = way_of(rows.text(row, first + 9)).value();
    out.position = static_cast<int>(rows.integer(row, first + 10));
    out.turn = static_cast<int>(rows.integer(row, first + 11));
    out.cancels = rows.maybe_id<ReceiptId>(row, first + 12);
    out.what = rows.text(row, first + 13);
    out.reason = rows.text(row, first + 14);
    out.maker = {payments::actor_kind_of(rows.text(row, first + 15)).value(), rows.uuid(row, first + 16)};
    out.occurred_at = rows.time(row, first + 17);
    out.issued_at = rows.time(row, first + 18);
    return out;
}

std::vector<Receipt> ReceiptRows::of(PaymentRequestId request) const {
    std::vector<Receipt> out;
    for (auto const& [id, receipt] : known_)
        if (receipt.request == request) out.push_back(receipt);
    return out;
}

std::optional<Receipt> ReceiptRows::find(ReceiptId receipt) const {
    auto const found = known_.find(receipt);
    return found == known_.end() ? std::nullopt : std::optional{found->second};
}

Receipt ReceiptRows::add(Receipt receipt) {
    // A series whose end was never loaded would begin again at 1.
    CHOSO_ASSERT(payees_.contains(receipt.merchant));
    auto const bucket = receipt.request.bucket();
    receipt.id = ReceiptId::make(bucket, receipt.issued_at);
    receipt.token = crypto::new_link_token(bucket).random;
    receipt.number = ++series_[{receipt.merchant, receipt.year}];
    auto effects = payments::Effects{};
    effects.events.push_back({receipt.cancels ? event_type::cancelled : event_type::issued, receipt.id.uuid(), receipt.merchant, body_of(receipt), {}});
    if (receipt.cancels && receipt.maker.kind != payments::ActorKind::system) effects.audits.push_back(audit_of(receipt));
    auto const at = receipt.issued_at;
    book_.apply(bucket, std::move(effects), at);
    known_[receipt.id] = receipt;
    new_.push_back(receipt);
    return receipt;
}

std::optional<Receipt> ReceiptRows::issue(Taken const& taken, Instant now) {
    for (auto const& receipt : of(taken.request))
        if (!receipt.cancels && receipt.cause == taken.cause && receipt.position == taken.position) return receipt;
    auto const issuer = issuers_.find(taken.merchant);
    if (issuer == issuers_.end()) return std::nullopt;
    auto receipt = Receipt{};
    receipt.merchant = taken.merchant;
    receipt.request = taken.request;
    receipt.cause = taken.cause;
    receipt.symbol = issuer->second;
    receipt.year = year_of(now);
    receipt.amount = taken.amount;
    receipt.way = Way::cash;
    receipt.position = taken.position;
    receipt.what = taken.what;
    receipt.maker = taken.maker;
    receipt.occurred_at = taken.occurred_at;
    receipt.issued_at = now;
    return add(std::move(receipt));
}

std::optional<Receipt> ReceiptRows::take_back(PaymentRequestId request, Uuid const& cause, std::string reason, payments::Actor const& maker, Instant now) {
    auto const all = of(request);
    for (auto const& receipt : all)
        if (!receipt.cancels && receipt.cause == cause && counter_in(all, receipt.id) == nullptr) return add(counter_of(receipt, std::move(reason), maker, now));
    return std::nullopt;
}

void ReceiptRows::take(Result const& rows) {
    for (auto row = 0; row < rows.rows(); ++row) {
        auto receipt = read_receipt(rows, row);
        auto const id = receipt.id;
        known_.try_emplace(id, std::move(receipt));
    }
}

/// Payee, symbol (none: it issues no receipts), year, last number.
void ReceiptRows::take_series(Result const& rows) {
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const merchant = rows.id<MerchantId>(row, 0);
        payees_.insert(merchant);
        if (auto symbol = rows.maybe_text(row, 1)) issuers_[merchant] = *symbol;
        auto& last = series_[{merchant, static_cast<int>(rows.integer(row, 2))}];
        last = std::max(last, rows.integer(row, 3));
    }
}

void ReceiptRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    auto const keep = [this](Result const& rows) { take(rows); };
    auto const keep_series = [this](Result const& rows) { take_series(rows); };
    if (!wanted_.empty()) {
        pipeline.add(statements().of_requests.in(in), payments::of_ids(wanted_, in), keep);
        pipeline.add(statements().series_of_requests.in(in), payments::of_ids(wanted_, in), keep_series);
    }
    if (wanted_receipts_.empty()) return;
    pipeline.add(statements().of_receipts.in(in), payments::of_ids(wanted_receipts_, in), keep);
    pipeline.add(statements().series_of_receipts.in(in), payments::of_ids(wanted_receipts_, in), keep_series);
}

void ReceiptRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    if (new_.empty()) return;
    payments::RowBuckets buckets;
    Array id{Type::uuid}, merchant{Type::uuid}, request{Type::uuid}, cause{Type::uuid}, token{Type::uuid}, symbol{Type::text}, year{Type::int2},
        number{Type::int8}, amount{Type::int8}, way{Type::text}, position{Type::int2}, turn{Type::int2}, cancels{Type::uuid}, what{Type::text},
        reason{Type::text}, kind{Type::text}, maker{Type::uuid}, occurred{Type::timestamptz}, issued{Type::timestamptz};
    for (auto const& receipt : new_) {
        buckets.add(receipt.id.bucket());
        id.add(receipt.id);
        merchant.add(receipt.merchant);
        request.add(receipt.request);
        cause.add(receipt.cause);
        token.add(receipt.token);
        symbol.add(receipt.symbol);
        year.add(static_cast<std::int16_t>(receipt.year));
        number.add(receipt.number);
        amount.add(receipt.amount);
        way.add(word(receipt.way));
        position.add(static_cast<std::int16_t>(receipt.position));
        turn.add(static_cast<std::int16_t>(receipt.turn));
        cancels.add(receipt.cancels);
        what.add(receipt.what);
        reason.add(receipt.reason);
        kind.add(payments::word(receipt.maker.kind));
        maker.add(receipt.maker.id);
        occurred.add(receipt.occurred_at);
        issued.add(receipt.issued_at);
    }
    pipeline.add(statements().insert.in(in),
                 payments::with_buckets(buckets, in, id, merchant, request, cause, token, symbol, year, number, amount, way, position, turn, cancels, what,
                                        reason, kind, maker, occurred, issued));
}

}  // namespace choso::receipts
