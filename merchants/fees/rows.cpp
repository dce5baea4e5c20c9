#include "merchants/fees/rows.hpp"

#include "base/assert.hpp"
#include "merchants/fees/read.hpp"
#include "merchants/fees/statements.hpp"

namespace choso::fees {
namespace {

using payments::BatchBuckets;
using payments::RowBuckets;
using payments::with_buckets;
using postgres::Array;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

}  // namespace

std::optional<Bill> FeeRows::find(BillId id) const {
    auto const found = bills_.find(id);
    return found == bills_.end() ? std::nullopt : std::optional{found->second.bill};
}

std::optional<Payer> FeeRows::find_payer(MerchantId merchant, std::string const& code) const {
    auto const found = payers_.find({merchant, code});
    return found == payers_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Cover> FeeRows::find_cover(Uuid const& id) const {
    auto const found = covers_.find(id);
    return found == covers_.end() ? std::nullopt : std::optional{found->second};
}

void FeeRows::add(Bill bill) {
    if (!bill.code.empty()) codes_.emplace(bill.merchant, bill.code);
    add_lines(bill);
    auto const id = bill.id;
    auto const fresh = bills_.try_emplace(id, Slot{std::move(bill), Kept_::inserted}).second;
    CHOSO_ASSERT(fresh);
}

void FeeRows::note(Bill bill) {
    auto& slot = bills_.at(bill.id);
    slot.bill = std::move(bill);
    if (slot.kept == Kept_::loaded) slot.kept = Kept_::changed;
}

void FeeRows::change(Bill bill, Change change) {
    ++bill.changes;
    new_changes_.emplace_back(bill.changes, std::move(change));
    note(std::move(bill));
}

void FeeRows::add_lines(Bill const& bill) {
    auto position = std::int16_t{0};
    for (auto const& line : bill.lines) new_lines_.push_back({bill.id, bill.revision, ++position, line});
}

void FeeRows::add(Cover cover) {
    bills_.at(cover.bill).bill.covered += cover.amount;
    if (cover.undoes) undone_.insert(*cover.undoes);
    covers_[cover.id] = cover;
    new_covers_.push_back(std::move(cover));
}

void FeeRows::add_group(PaymentRequestId request, std::vector<std::pair<BillId, Money>> const& lines) {
    auto position = std::int16_t{0};
    for (auto const& [bill, amount] : lines) new_groups_.push_back({request, ++position, bill, amount});
}

void FeeRows::put_payer(Payer payer, std::string name, std::string phone, Instant now) {
    auto const key = std::pair{payer.merchant, payer.code};
    auto const known = payers_.contains(key);
    if (!name.empty() || !phone.empty()) persons_[payer.id] = {payer.id, std::move(name), std::move(phone), now};
    if (known && !payer.unit) return;
    payers_[key] = payer;
    new_payers_[key] = std::move(payer);
}

void FeeRows::load_bills(Pipeline& pipeline, BatchBuckets const& in) {
    if (wanted_bills_.empty()) return;
    auto const params = payments::of_ids(wanted_bills_, in);
    pipeline.add(statements().load_bills.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto bill = read_bill(rows, row, 0);
            bills_.try_emplace(bill.id, Slot{bill, Kept_::loaded});
        }
    });
    pipeline.add(statements().load_bill_lines.in(in), params, [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto line = Line{};
            line.kind = line_kind_of(rows.text(row, 1)).value();
            line.name = rows.text(row, 2);
            line.amount = rows.money(row, 3);
            line.quantity = static_cast<std::int32_t>(rows.integer(row, 4));
            line.item = rows.maybe_id<FeeItemId>(row, 5);
            line.online_only = rows.boolean(row, 6);
            line.reason = rows.text(row, 7);
            line.legal_basis = rows.text(row, 8);
            line.item_code = rows.text(row, 9);
            bills_.at(rows.id<BillId>(row, 0)).bill.lines.push_back(std::move(line));
        }
    });
}

void FeeRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    load_bills(pipeline, in);
    auto const by_code = [&](auto const& wanted) {
        RowBuckets buckets;
        Array merchants{Type::uuid}, codes{Type::text};
        for (auto const& [bucket, merchant, code] : wanted) {
            buckets.add(bucket);
            merchants.add(merchant);
            codes.add(code);
        }
        return with_buckets(buckets, in, merchants, codes);
    };
    if (!wanted_codes_.empty())
        pipeline.add(statements().load_bill_codes.in(in), by_code(wanted_codes_), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) codes_.emplace(rows.id<MerchantId>(row, 0), rows.text(row, 1));
        });
    if (!wanted_payers_.empty())
        pipeline.add(statements().load_payers.in(in), by_code(wanted_payers_), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) {
                auto payer = Payer{rows.id<PayerId>(row, 0), rows.id<MerchantId>(row, 1), rows.maybe_id<FeeUnitId>(row, 2),
                                   std::string{rows.text(row, 3)}, rows.text_array(row, 4)};
                auto key = std::pair{payer.merchant, payer.code};
                payers_.try_emplace(std::move(key), std::move(payer));
            }
        });
    if (wanted_covers_.empty()) return;
    RowBuckets buckets;
    Array ids{Type::uuid}, bills{Type::uuid};
    for (auto const& [bucket, id, bill] : wanted_covers_) {
        buckets.add(bucket);
        ids.add(id);
        bills.add(bill);
    }
    pipeline.add(statements().load_covers.in(in), with_buckets(buckets, in, ids, bills), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto cover = Cover{};
            cover.bill = rows.id<BillId>(row, 0);
            cover.id = rows.uuid(row, 1);
            cover.kind = rows.text(row, 2);
            cover.amount = rows.money(row, 3);
            if (!rows.is_null(row, 4)) cover.desk = rows.uuid(row, 4);
            if (rows.boolean(row, 5)) undone_.insert(cover.id);
            covers_.try_emplace(cover.id, std::move(cover));
        }
    });
}

}  // namespace choso::fees
