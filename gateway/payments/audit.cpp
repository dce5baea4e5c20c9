#include "gateway/payments/audit.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "gateway/payments/sql.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

using postgres::Array;
using postgres::Bytes;
using postgres::Params;
using postgres::Statement;
using Type = Array::Type;

constexpr std::size_t hash_bytes = 32;
constexpr std::int64_t page = 10'000;

std::string const& no_hash() {
    static auto const zeros = std::string(hash_bytes, '\0');
    return zeros;
}

void put_number(std::string& out, std::int64_t number, int bytes) {
    for (auto shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, static_cast<std::int64_t>(text.size()), 4);
    out += text;
}

/// Columns bucket, seq, at, actor_kind, actor, action, subject, body, hash.
AuditRow read_row(postgres::Result const& rows, int row) {
    auto out = AuditRow{rows.bucket(row, 0), rows.integer(row, 1), rows.time(row, 2), {}, std::string{rows.text(row, 8)}};
    out.told.actor = {actor_kind_of(rows.text(row, 3)).value(), rows.uuid(row, 4)};
    out.told.action = rows.text(row, 5);
    out.told.subject = rows.uuid(row, 6);
    out.told.body = rows.text(row, 7);
    return out;
}

std::string in_csv(std::string_view text) {
    // A spreadsheet runs what begins like a formula; ours never does, and stays text if it should.
    auto out = std::string{"\""};
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) out += '\'';
    for (auto const c : text) (out += c) += c == '"' ? "\"" : "";
    return out + '"';
}

}  // namespace

std::string audit_hash(std::string_view before, AuditRow const& row) {
    CHOSO_ASSERT(before.size() == hash_bytes);
    auto bytes = std::string{before};
    put_number(bytes, row.bucket.number(), 2);
    put_number(bytes, row.seq, 8);
    put_number(bytes, row.at.time_since_epoch().count(), 8);
    put_text(bytes, word(row.told.actor.kind));
    bytes += crypto::as_text(row.told.actor.id);
    put_text(bytes, row.told.action);
    bytes += crypto::as_text(row.told.subject);
    put_text(bytes, row.told.body);
    return std::string{crypto::as_text(crypto::sha256(bytes))};
}

void AuditTrail::load(postgres::Pipeline& pipeline, BatchBuckets const& in) {
    if (wanted_.empty()) return;
    static auto const statement = BatchStatement{"load_audit_heads", sql::load_audit_heads};
    pipeline.add(statement.in(in), params_of(in), [this](postgres::Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row)
            heads_[rows.bucket(row, 0).number()] = {rows.integer(row, 1), rows.time(row, 2), std::string{rows.text(row, 3)}};
    });
}

void AuditTrail::add(Bucket bucket, AuditDraft draft, Instant now) {
    CHOSO_ASSERT(wanted_.contains(bucket.number()));
    auto& head = heads_[bucket.number()];
    if (head.hash.empty()) head.hash = no_hash();
    auto row = AuditRow{bucket, head.seq + 1, std::max(now, head.at), std::move(draft), {}};
    row.hash = audit_hash(head.hash, row);
    head = {row.seq, row.at, row.hash};
    rows_.push_back(std::move(row));
}

void AuditTrail::store(postgres::Pipeline& pipeline, BatchBuckets const& in) const {
    if (rows_.empty()) return;
    static auto const statement = BatchStatement{"insert_audits", sql::insert_audits};
    RowBuckets buckets;
    Array seq{Type::int8}, at{Type::timestamptz}, kind{Type::text}, actor{Type::uuid}, action{Type::text}, subject{Type::uuid}, body{Type::text},
        hash{Type::bytea};
    for (auto const& row : rows_) {
        buckets.add(row.bucket);
        seq.add(row.seq);
        at.add(row.at);
        kind.add(word(row.told.actor.kind));
        actor.add(row.told.actor.id);
        action.add(row.told.action);
        subject.add(row.told.subject);
        body.add(row.told.body);
        hash.add(Bytes{row.hash});
    }
    pipeline.add(statement.in(in), with_buckets(buckets, in, seq, at, kind, actor, action, subject, body, hash));
}

void append_audit(postgres::Connection& connection, std::vector<std::pair<Bucket, AuditDraft>> drafts) {
    static auto const lock = BatchStatement{"audit_lock_bucket", sql::lock_buckets};
    if (drafts.empty()) return;
    auto trail = AuditTrail{};
    auto numbers = std::set<std::int16_t>{};
    for (auto const& [bucket, draft] : drafts) {
        trail.want(bucket);
        numbers.insert(bucket.number());
    }
    auto const in = BatchBuckets{{numbers.begin(), numbers.end()}};
    // A statement of its own, as in a lane: one that locks and reads would read the past.
    connection.query(lock.in(in), params_of(in));
    auto now = Instant{};
    static auto const load_now = BatchStatement{"audit_load_now", sql::load_now};
    auto pipeline = postgres::Pipeline{connection};
    pipeline.add(load_now.in(in), {}, [&now](postgres::Result const& rows) { now = rows.time(0, 0); });
    trail.load(pipeline, in);
    pipeline.run();
    for (auto& [bucket, draft] : drafts) trail.add(bucket, std::move(draft), now);
    trail.store(pipeline, in);
    pipeline.run();
}

void read_audit(postgres::Connection& connection, AuditRange const& range, std::function<void(AuditRow const&)> const& take) {
    static auto const next = Statement{"read_audit", std::string{sql::read_audit}};
    auto buckets = Array{Type::int2};
    if (range.in)
        for (auto const bucket : *range.in) buckets.add(bucket);
    else
        for (std::int16_t n = 0; n < static_cast<std::int16_t>(Bucket::count); ++n) buckets.add(n);
    auto bucket = std::int16_t{-1};
    auto seq = std::int64_t{0};
    for (;;) {
        auto const rows = connection.query(next, Params::of(buckets, bucket, seq, range.from, range.to, page));
        for (auto row = 0; row < rows.rows(); ++row) take(read_row(rows, row));
        if (rows.rows() < page) return;
        bucket = static_cast<std::int16_t>(rows.integer(rows.rows() - 1, 0));
        seq = rows.integer(rows.rows() - 1, 1);
    }
}

std::vector<AuditRow> newest_audit(postgres::Connection& connection, AuditRange const& range, std::int64_t most) {
    static auto const newest = Statement{"newest_audit", std::string{sql::newest_audit}};
    auto const rows = connection.query(newest, Params::of(range.from, range.to, most));
    auto out = std::vector<AuditRow>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read_row(rows, row));
    return out;
}

std::string audit_line(AuditRow const& row, AuditFormat format) {
    auto const actor = row.told.actor.kind == ActorKind::system ? std::string{} : to_hyphenated(row.told.actor.id);
    std::string out;
    if (format == AuditFormat::json) {
        auto json = json::Writer{out};
        json.object().member("bucket", row.bucket.number()).member("seq", row.seq).member("at", to_rfc3339(row.at));
        json.member("actor_kind", word(row.told.actor.kind)).member("actor", actor).member("action", row.told.action);
        json.member("subject", to_hyphenated(row.told.subject)).key("body").raw(row.told.body).member("hash", crypto::to_hex(row.hash)).end();
        return out + '\n';
    }
    out = std::to_string(row.bucket.number()) + ',' + std::to_string(row.seq) + ',' + to_rfc3339(row.at) + ',' +
          std::string{word(row.told.actor.kind)} + ',' + actor + ',' + in_csv(row.told.action) + ',' + to_hyphenated(row.told.subject) + ',' +
          in_csv(row.told.body) + ',' + crypto::to_hex(row.hash) + '\n';
    return out;
}

InvariantResult audit_chains_hold(postgres::Connection& connection) {
    auto out = InvariantResult{.name = "audit_chains_hold", .checked = 0, .broken = 0, .examples = {}};
    auto bucket = std::optional<Bucket>{};
    auto before = std::string{};
    auto expected = std::int64_t{1};
    auto sound = true;
    read_audit(connection, {}, [&](AuditRow const& row) {
        if (bucket != row.bucket) {
            bucket = row.bucket;
            before = no_hash();
            expected = 1;
            sound = true;
        }
        ++out.checked;
        // Behind the first link that fails, nothing can be told of the others.
        if (sound && (row.seq != expected || row.hash != audit_hash(before, row))) {
            sound = false;
            ++out.broken;
            if (out.examples.size() < 5)
                out.examples.push_back("bucket " + std::to_string(row.bucket.number()) + " seq " + std::to_string(row.seq) +
                                       (row.seq != expected ? ", expected " + std::to_string(expected) : " does not follow from the row before"));
        }
        before = row.hash;
        ++expected;
    });
    return out;
}

}  // namespace choso::payments
