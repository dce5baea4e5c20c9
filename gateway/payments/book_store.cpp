#include "gateway/payments/book.hpp"
#include "gateway/payments/statements.hpp"

namespace choso::payments {
namespace {

using postgres::Array;
using postgres::Bytes;
using postgres::Params;
using postgres::Pipeline;
using Type = postgres::Array::Type;

std::string int4_text(std::vector<std::int32_t> const& values) {
    std::string out = "{";
    for (auto const value : values) {
        if (out.size() > 1) out += ',';
        out += std::to_string(value);
    }
    return out + "}";
}

}  // namespace

void Book::store_requests(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets, changed;
    Array id{Type::uuid}, merchant{Type::uuid}, account{Type::uuid}, token{Type::uuid}, reference{Type::text}, amount{Type::int8},
        paid{Type::int8}, late_paid{Type::int8}, status{Type::text}, closed{Type::boolean}, policy{Type::text}, decision{Type::text},
        expires_at{Type::timestamptz}, created_at{Type::timestamptz}, description{Type::text}, stall{Type::uuid}, code{Type::text},
        return_url{Type::text}, metadata{Type::text}, fill{Type::text};
    Array id2{Type::uuid}, paid2{Type::int8}, late2{Type::int8}, status2{Type::text}, closed2{Type::boolean}, decision2{Type::text},
        amount2{Type::int8}, description2{Type::text},
        expires2{Type::timestamptz};
    for (auto const& [key, slot] : requests_) {
        auto const& r = slot.row;
        if (slot.kept == Kept::inserted) {
            buckets.add(key.bucket());
            id.add(r.id);
            merchant.add(r.merchant);
            account.add(r.account);
            token.add(r.token);
            reference.add(text_of(r.reference));
            amount.add(r.amount);
            paid.add(r.amount_paid);
            late_paid.add(r.late_paid);
            status.add(word(r.status));
            closed.add(r.closed);
            policy.add(word(r.late_policy));
            decision.add(word(r.late_decision));
            expires_at.add(r.expires_at);
            created_at.add(r.created_at);
            description.add(r.description);
            stall.add(r.stall);
            code.add(r.order_code);
            return_url.add(r.return_url);
            metadata.add(r.metadata);
            fill.add(r.split ? std::optional{word(r.split->fill)} : std::nullopt);
        } else if (slot.kept == Kept::changed) {
            changed.add(key.bucket());
            id2.add(r.id);
            paid2.add(r.amount_paid);
            late2.add(r.late_paid);
            status2.add(word(r.status));
            closed2.add(r.closed);
            decision2.add(word(r.late_decision));
            amount2.add(r.amount);
            description2.add(r.description);
            expires2.add(r.expires_at);
        }
    }
    if (!id.empty())
        pipeline.add(statements().insert_requests.in(in),
                     with_buckets(buckets, in, id, merchant, account, token, reference, amount, paid, late_paid, status, closed, policy,
                                  decision, expires_at, created_at, description, stall, code, return_url, metadata, fill));
    if (!id2.empty())
        pipeline.add(statements().update_requests.in(in),
                     with_buckets(changed, in, id2, paid2, late2, status2, closed2, decision2, amount2, description2,
                                  expires2, static_cast<std::int64_t>(id2.size())));
}

void Book::store_payments(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets buckets, changed;
    Array id{Type::uuid}, account{Type::uuid}, amount{Type::int8}, occurred{Type::timestamptz}, recorded{Type::timestamptz}, hash{Type::int8},
        merchant{Type::uuid}, status{Type::text}, wrong{Type::boolean}, bank_ref{Type::text}, sources{Type::text}, reference{Type::text},
        request{Type::uuid}, stall{Type::uuid}, confirmed{Type::timestamptz};
    Array id2{Type::uuid}, status2{Type::text}, wrong2{Type::boolean}, bank_ref2{Type::text}, sources2{Type::text}, reference2{Type::text},
        request2{Type::uuid}, stall2{Type::uuid}, merchant2{Type::uuid}, confirmed2{Type::timestamptz};
    for (auto const& [key, slot] : payments_) {
        auto const& p = slot.row;
        if (slot.kept == Kept::inserted) {
            buckets.add(key.bucket());
            id.add(p.id);
            account.add(p.account);
            amount.add(p.amount);
            occurred.add(p.occurred_at);
            recorded.add(p.recorded_at);
            hash.add(p.content_hash);
            merchant.add(p.merchant);
            status.add(word(p.status));
            wrong.add(p.wrong_account);
            bank_ref.add(p.bank_ref);
            sources.add(int4_text(p.sources));
            reference.add(text_of(p.reference));
            request.add(p.request);
            stall.add(p.stall);
            confirmed.add(p.confirmed_at);
        } else if (slot.kept == Kept::changed) {
            changed.add(key.bucket());
            id2.add(p.id);
            status2.add(word(p.status));
            wrong2.add(p.wrong_account);
            bank_ref2.add(p.bank_ref);
            sources2.add(int4_text(p.sources));
            reference2.add(text_of(p.reference));
            request2.add(p.request);
            stall2.add(p.stall);
            merchant2.add(p.merchant);
            confirmed2.add(p.confirmed_at);
        }
    }
    if (!id.empty())
        pipeline.add(statements().insert_payments.in(in), with_buckets(buckets, in, id, account, amount, occurred, recorded, hash, merchant, status,
                                                                       wrong, bank_ref, sources, reference, request, stall, confirmed));
    if (!id2.empty())
        pipeline.add(statements().update_payments.in(in), with_buckets(changed, in, id2, status2, wrong2, bank_ref2, sources2, reference2, request2,
                                                                       stall2, merchant2, confirmed2, static_cast<std::int64_t>(id2.size())));
}

void Book::store_splits(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets lines, buckets;
    Array request{Type::uuid}, position{Type::int2}, merchant{Type::uuid}, amount{Type::int8};
    for (auto const& [id, slot] : requests_) {
        if (slot.kept != Kept::inserted || !slot.row.split) continue;
        auto n = std::int16_t{0};
        for (auto const& line : slot.row.split->lines) {
            lines.add(id.bucket());
            request.add(id);
            position.add(++n);
            merchant.add(line.merchant);
            amount.add(line.amount);
        }
    }
    if (!request.empty()) pipeline.add(statements().insert_split_lines.in(in), with_buckets(lines, in, request, position, merchant, amount));
    if (!new_releases_.empty()) {
        RowBuckets places;
        Array of{Type::uuid}, subject{Type::uuid}, whose{Type::uuid}, by{Type::int8}, sum{Type::int8};
        for (auto const& [id, row] : new_releases_) {
            places.add(row.request.bucket());
            of.add(row.request);
            subject.add(row.subject);
            whose.add(row.merchant);
            by.add(id);
            sum.add(row.amount);
        }
        pipeline.add(statements().insert_releases.in(in), with_buckets(places, in, of, subject, whose, by, sum));
    }
    if (new_shares_.empty()) return;
    Array request2{Type::uuid}, payment{Type::uuid}, journal{Type::int8}, position2{Type::int2}, merchant2{Type::uuid}, amount2{Type::int8};
    for (auto const& [id, row] : new_shares_) {
        buckets.add(row.request.bucket());
        request2.add(row.request);
        payment.add(row.payment);
        journal.add(id);
        position2.add(row.change.position);
        merchant2.add(row.change.merchant);
        amount2.add(row.change.amount);
    }
    pipeline.add(statements().insert_shares.in(in), with_buckets(buckets, in, request2, payment, journal, position2, merchant2, amount2));
}

void Book::store_ledger(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_accounts_.empty()) {
        RowBuckets buckets;
        Array id{Type::int4}, kind{Type::text}, subject{Type::uuid};
        for (auto const& [place, number] : new_accounts_) {
            buckets.add(Bucket::of_bits(static_cast<std::uint64_t>(place.bucket)));
            id.add(number);
            kind.add(word(place.key.kind));
            subject.add(place.key.subject);
        }
        pipeline.add(statements().insert_accounts.in(in), with_buckets(buckets, in, id, kind, subject));
    }
    if (!journals_.empty()) {
        RowBuckets buckets;
        Array id{Type::int8}, name{Type::text}, subject{Type::uuid}, occurred{Type::timestamptz}, recorded{Type::timestamptz};
        for (auto const& journal : journals_) {
            buckets.add(journal.bucket);
            id.add(journal.id);
            name.add(row_of(journal.draft.name).word);
            subject.add(journal.draft.subject);
            occurred.add(journal.draft.occurred_at);
            recorded.add(now_);
        }
        pipeline.add(statements().insert_journals.in(in), with_buckets(buckets, in, id, name, subject, occurred, recorded));
    }
    if (!entries_.empty()) {
        RowBuckets buckets;
        Array journal{Type::int8}, account{Type::int4}, seq{Type::int8}, amount{Type::int8}, balance{Type::int8};
        for (auto const& entry : entries_) {
            buckets.add(entry.bucket);
            journal.add(entry.journal);
            account.add(entry.account);
            seq.add(entry.seq);
            amount.add(entry.amount);
            balance.add(entry.balance);
        }
        pipeline.add(statements().insert_entries.in(in), with_buckets(buckets, in, journal, account, seq, amount, balance));
        pipeline.add(statements().insert_touched.in(in), with_buckets(buckets, in, account, now_));
    }
    if (!allocations_.empty()) {
        RowBuckets buckets;
        Array request{Type::uuid}, payment{Type::uuid}, journal{Type::int8}, amount{Type::int8};
        for (auto const& [bucket, row] : allocations_) {
            buckets.add(bucket);
            request.add(row.request);
            payment.add(row.payment);
            journal.add(row.journal);
            amount.add(row.amount);
        }
        pipeline.add(statements().insert_allocations.in(in), with_buckets(buckets, in, request, payment, journal, amount));
    }
}

void Book::store_texts(Pipeline& pipeline, BatchBuckets const& in) const {
    if (texts_.empty()) return;
    RowBuckets buckets;
    Array payment{Type::uuid}, source{Type::int4}, source_id{Type::text}, content{Type::text}, headers{Type::text}, raw{Type::bytea},
        received{Type::timestamptz};
    for (auto const& text : texts_) {
        buckets.add(text.bucket);
        payment.add(text.payment);
        source.add(text.source);
        source_id.add(text.source_id);
        content.add(text.content);
        headers.add(text.headers);
        raw.add(Bytes{text.raw});
        received.add(now_);
    }
    pipeline.add(statements().insert_texts.in(in), with_buckets(buckets, in, payment, source, source_id, content, headers, raw, received));
}

void Book::store_payers(Pipeline& pipeline, BatchBuckets const& in) const {
    if (payers_.empty()) return;
    RowBuckets buckets;
    Array id{Type::uuid}, name{Type::text}, created{Type::timestamptz};
    for (auto const& payer : payers_) {
        buckets.add(payer.bucket);
        id.add(payer.request);
        name.add(payer.name);
        created.add(now_);
    }
    pipeline.add(statements().insert_payers.in(in), with_buckets(buckets, in, id, name, created));
}

void Book::store_rest(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_sightings_.empty()) {
        RowBuckets buckets;
        Array source{Type::int4}, id{Type::text}, payment{Type::uuid};
        for (auto const& [bucket, row] : new_sightings_) {
            buckets.add(bucket);
            source.add(row.source);
            id.add(row.source_id);
            payment.add(row.payment);
        }
        pipeline.add(statements().insert_sightings.in(in), with_buckets(buckets, in, source, id, payment));
    }
    if (!new_keys_.empty()) {
        RowBuckets buckets;
        Array hash{Type::uuid}, print{Type::bytea}, subject{Type::uuid}, outcome{Type::int2};
        for (auto const& row : new_keys_) {
            buckets.add(row.bucket);
            hash.add(row.key.scoped_hash);
            print.add(Bytes{row.known.fingerprint});
            subject.add(row.known.subject);
            outcome.add(row.known.outcome);
        }
        pipeline.add(statements().insert_idempotency.in(in), with_buckets(buckets, in, hash, print, subject, outcome));
    }
    auto const add_dues = [&](BatchStatement const& statement, std::vector<InBucket<DueRow>> const& rows) {
        if (rows.empty()) return;
        RowBuckets buckets;
        Array at{Type::timestamptz}, kind{Type::text}, subject{Type::uuid};
        for (auto const& [bucket, row] : rows) {
            buckets.add(bucket);
            at.add(row.at);
            kind.add(row.kind);
            subject.add(row.subject);
        }
        pipeline.add(statement.in(in), with_buckets(buckets, in, at, kind, subject));
    };
    add_dues(statements().insert_dues, new_dues_);
    add_dues(statements().delete_dues, done_dues_);
    out_.store(pipeline, in, now_);
    settlements_.store(pipeline, in);
    if (new_misdirected_.empty()) return;
    RowBuckets places;
    Array moved{Type::uuid}, meant{Type::uuid}, sum{Type::int8}, when{Type::timestamptz};
    for (auto const& [bucket, row] : new_misdirected_) {
        places.add(bucket);
        moved.add(std::get<0>(row));
        meant.add(std::get<1>(row));
        sum.add(std::get<2>(row));
        when.add(now_);
    }
    pipeline.add(statements().insert_misdirected.in(in), with_buckets(places, in, moved, meant, sum, when));
}

void Book::store(Pipeline& pipeline, BatchBuckets const& in) {
    store_requests(pipeline, in);
    store_payments(pipeline, in);
    store_splits(pipeline, in);
    store_ledger(pipeline, in);
    store_rest(pipeline, in);
    store_texts(pipeline, in);
    audit_.store(pipeline, in);
    store_payers(pipeline, in);
    if (events_.empty()) return;
    RowBuckets buckets;
    Array seq{Type::int8}, type{Type::text}, subject{Type::uuid}, merchant{Type::uuid}, body{Type::text}, at{Type::timestamptz};
    for (auto const& event : events_) {
        buckets.add(event.bucket);
        seq.add(event.seq);
        type.add(event.type);
        subject.add(event.subject);
        merchant.add(event.merchant);
        body.add(event.body);
        at.add(event.at);
    }
    pipeline.add(statements().insert_events.in(in), with_buckets(buckets, in, seq, type, subject, merchant, body, at));
}

}  // namespace choso::payments
