#pragma once
#include <map>
#include <set>
#include <vector>

#include "gateway/payments/lane.hpp"
#include "gateway/payments/rows.hpp"
#include "settlement/exceptions/decide.hpp"

namespace choso::settlement {

/// The columns of `exception` in the order in which it is read.
inline constexpr std::string_view exception_columns =
    "x.id, x.kind, x.subject, x.account, x.merchant, x.amount, x.occurred_at, x.opened_at, x.state, x.owner, x.action, x.target, x.stall, x.reason, "
    "x.maker_kind, x.maker, x.approver_kind, x.approver, x.proposed_at, x.decided_at, x.ended";
[[nodiscard]] Exception read_exception(postgres::Result const& rows, int row);

/// The exceptions of one batch.
class ExceptionRows final : public payments::Rows {
 public:
    void want(ExceptionId id) { wanted_.insert(id); }
    void want(Bucket bucket, ExceptionKind kind, Uuid const& subject) { wanted_subjects_.push_back({bucket, kind, subject}); }

    [[nodiscard]] Known find(ExceptionId id) const;
    [[nodiscard]] Known find(ExceptionKind kind, Uuid const& subject) const;
    void put(Exception row, bool fresh);
    void add(ExceptionNote note) { notes_.push_back(std::move(note)); }

    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    struct Subject {
        Bucket bucket;
        ExceptionKind kind;
        Uuid subject;
    };
    struct Slot {
        Exception row;
        bool fresh = false, changed = false;
    };
    void take(postgres::Result const& rows);

    std::set<ExceptionId> wanted_;
    std::vector<Subject> wanted_subjects_;
    std::map<ExceptionId, Slot> known_;
    std::map<std::pair<ExceptionKind, Uuid>, ExceptionId> by_subject_;
    std::vector<ExceptionNote> notes_;
};

/// Handed to the core, so that its commands find their rows.
[[nodiscard]] payments::Family exceptions_family();

}  // namespace choso::settlement
