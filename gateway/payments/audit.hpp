#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/payments/statement.hpp"
#include "gateway/payments/types.hpp"
#include "gateway/payments/verify.hpp"
#include "platform/crypto/crypto.hpp"

/// Who did what, and when: one chain a bucket, hash = SHA-256(hash of the row before ‖ this row), so that a row that was
/// changed, taken out or put in between shows. Written in the commit of what it tells of.
namespace choso::payments {

/// What is to be told. `body` is a JSON object of ids, amounts and words of ours; no personal data.
struct AuditDraft {
    Actor actor;
    std::string action;  ///< `refund.approved`, `staff.created`
    Uuid subject{};
    std::string body = "{}";
};

struct AuditRow {
    Bucket bucket;
    std::int64_t seq = 0;
    Instant at;
    AuditDraft told;
    std::string hash;  ///< 32 bytes
};
/// The hash of a row behind the one whose hash is `before` (32 bytes; zeros for a bucket's first).
[[nodiscard]] std::string audit_hash(std::string_view before, AuditRow const& row);

/// The trail's rows of one batch.
class AuditTrail {
 public:
    void want(Bucket bucket) { wanted_.insert(bucket.number()); }
    void load(postgres::Pipeline& pipeline, BatchBuckets const& in);
    /// The bucket must have been wanted.
    void add(Bucket bucket, AuditDraft draft, Instant now);
    void store(postgres::Pipeline& pipeline, BatchBuckets const& in) const;

 private:
    struct Head {
        std::int64_t seq = 0;
        Instant at;
        std::string hash;
    };
    std::set<std::int16_t> wanted_;
    std::map<std::int16_t, Head> heads_;
    std::vector<AuditRow> rows_;
};

/// Appends to the chains within the transaction that is open on this connection, for what no lane does (the directory,
/// people): takes the buckets' locks as a lane does and holds them until the transaction ends, so it comes last in it.
void append_audit(postgres::Connection& connection, std::vector<std::pair<Bucket, AuditDraft>> drafts);

/// What to show of the trail, oldest first.
struct AuditRange {
    std::optional<Instant> from, to;         ///< `to` excluded
    std::optional<std::vector<Bucket>> in;   ///< none: all
};
void read_audit(postgres::Connection& connection, AuditRange const& range, std::function<void(AuditRow const&)> const& take);

/// The newest of a range, newest first; at most `most`.
[[nodiscard]] std::vector<AuditRow> newest_audit(postgres::Connection& connection, AuditRange const& range, std::int64_t most);

enum class AuditFormat { json, csv };
/// A line a row: a JSON object, or CSV under a head line. Ids as their owners write them, where the action tells whose.
[[nodiscard]] std::string audit_line(AuditRow const& row, AuditFormat format);
inline constexpr std::string_view audit_csv_head = "bucket,seq,at,actor_kind,actor,action,subject,body,hash\n";

/// Recomputes every chain; an example names the first link of each bucket that does not hold.
[[nodiscard]] InvariantResult audit_chains_hold(postgres::Connection& connection);

}  // namespace choso::payments
