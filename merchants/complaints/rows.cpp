#include "merchants/complaints/commands.hpp"
#include "merchants/complaints/sql.hpp"

namespace choso::complaints {
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
    BatchStatement load{"load_complaints", sql::load_complaints};
    BatchStatement open{"load_open_complaints", sql::load_open_complaints};
    BatchStatement insert{"insert_complaints", sql::insert_complaints};
    BatchStatement update{"update_complaints", sql::update_complaints};
    BatchStatement texts{"insert_complaint_texts", sql::insert_complaint_texts};
};
Statements const& statements() {
    static auto const all = Statements{};
    return all;
}

}  // namespace

Complaint read_complaint(Result const& rows, int row) {
    auto out = Complaint{};
    out.id = rows.id<ComplaintId>(row, 0);
    out.merchant = rows.id<MerchantId>(row, 1);
    out.request = rows.id<PaymentRequestId>(row, 2);
    if (!rows.is_null(row, 3)) out.receipt = rows.uuid(row, 3);
    out.token = rows.uuid(row, 4);
    out.kind = kind_of(rows.text(row, 5)).value();
    out.status = status_of(rows.text(row, 6)).value();
    out.days = static_cast<int>(rows.integer(row, 7));
    out.opened_at = rows.time(row, 8);
    out.deadline = rows.time(row, 9);
    out.opener = {payments::actor_kind_of(rows.text(row, 10)).value(), rows.uuid(row, 11)};
    if (!rows.is_null(row, 12)) out.owner = rows.uuid(row, 12);
    out.answered_at = rows.maybe_time(row, 13);
    out.escalated_at = rows.maybe_time(row, 14);
    return out;
}

std::optional<Complaint> ComplaintRows::find(ComplaintId id) const {
    auto const found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Complaint> ComplaintRows::open_of(PaymentRequestId request, Kind kind) const {
    for (auto const& [id, complaint] : known_)
        if (complaint.request == request && complaint.kind == kind && complaint.status == Status::open) return complaint;
    return std::nullopt;
}

void ComplaintRows::add(Complaint complaint, std::string body, std::string contact) {
    auto const id = complaint.id;
    texts_.push_back({id, false, std::move(body), std::move(contact), complaint.opened_at});
    new_.insert(id);
    known_[id] = std::move(complaint);
}

void ComplaintRows::change(Complaint complaint) {
    if (!new_.contains(complaint.id)) changed_.insert(complaint.id);
    auto const id = complaint.id;
    known_[id] = std::move(complaint);
}

void ComplaintRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    auto const take = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto complaint = read_complaint(rows, row);
            auto const id = complaint.id;
            known_.try_emplace(id, std::move(complaint));
        }
    };
    if (!wanted_.empty()) pipeline.add(statements().load.in(in), payments::of_ids(wanted_, in), take);
    if (!wanted_requests_.empty()) pipeline.add(statements().open.in(in), payments::of_ids(wanted_requests_, in), take);
}

void ComplaintRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    RowBuckets fresh, known;
    Array id{Type::uuid}, merchant{Type::uuid}, request{Type::uuid}, receipt{Type::uuid}, token{Type::uuid}, kind{Type::text}, status{Type::text}, days{Type::int2},
        opened{Type::timestamptz}, deadline{Type::timestamptz}, opener_kind{Type::text}, opener{Type::uuid}, owner{Type::uuid}, answered{Type::timestamptz};
    for (auto const& key : new_) {
        auto const& each = known_.at(key);
        fresh.add(key.bucket());
        id.add(key);
        merchant.add(each.merchant);
        request.add(each.request);
        receipt.add(each.receipt);
        token.add(each.token);
        kind.add(words_of(each.kind).word);
        status.add(word(each.status));
        days.add(static_cast<std::int16_t>(each.days));
        opened.add(each.opened_at);
        deadline.add(each.deadline);
        opener_kind.add(payments::word(each.opener.kind));
        opener.add(each.opener.id);
        owner.add(each.owner);
        answered.add(each.answered_at);
    }
    if (!id.empty())
        pipeline.add(statements().insert.in(in), with_buckets(fresh, in, id, merchant, request, receipt, token, kind, status, days, opened, deadline, opener_kind, opener,
                                                              owner, answered));
    Array id2{Type::uuid}, status2{Type::text}, owner2{Type::uuid}, answered2{Type::timestamptz}, escalated2{Type::timestamptz};
    for (auto const& key : changed_) {
        auto const& each = known_.at(key);
        known.add(key.bucket());
        id2.add(key);
        status2.add(word(each.status));
        owner2.add(each.owner);
        answered2.add(each.answered_at);
        escalated2.add(each.escalated_at);
    }
    if (!id2.empty())
        pipeline.add(statements().update.in(in), with_buckets(known, in, id2, status2, owner2, answered2, escalated2, static_cast<std::int64_t>(id2.size())));
    store_texts(pipeline, in);
}

void ComplaintRows::store_texts(Pipeline& pipeline, BatchBuckets const& in) const {
    if (texts_.empty()) return;
    RowBuckets buckets;
    Array complaint{Type::uuid}, at{Type::timestamptz}, answer{Type::boolean}, body{Type::text}, contact{Type::text};
    for (auto const& each : texts_) {
        buckets.add(each.complaint.bucket());
        complaint.add(each.complaint);
        at.add(each.at);
        answer.add(each.answer);
        body.add(each.body);
        contact.add(each.contact);
    }
    pipeline.add(statements().texts.in(in), with_buckets(buckets, in, complaint, at, answer, body, contact));
}

}  // namespace choso::complaints
