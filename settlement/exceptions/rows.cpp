#include "settlement/exceptions/rows.hpp"

#include "gateway/payments/book.hpp"
#include "settlement/exceptions/sql.hpp"

namespace choso::settlement {
namespace {

using payments::BatchBuckets;
using payments::BatchStatement;
using payments::RowBuckets;
using postgres::Array;
using postgres::Pipeline;
using postgres::Result;
using Type = Array::Type;

BatchStatement statement(std::string_view name, std::string_view sql) {
    auto text = std::string{sql};
    constexpr auto mark = std::string_view{"exception_columns(x)"};
    if (auto const at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), exception_columns);
    return {"exceptions_" + std::string{name}, text};
}

void add_actor(Array& kind, Array& id, std::optional<payments::Actor> const& actor) {
    if (actor) {
        kind.add(word(actor->kind));
        id.add(actor->id);
    } else {
        kind.add_null();
        id.add_null();
    }
}

std::optional<payments::Actor> actor_in(Result const& rows, int row, int column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return payments::Actor{payments::actor_kind_of(rows.text(row, column)).value(), rows.uuid(row, column + 1)};
}

std::optional<Uuid> maybe_uuid(Result const& rows, int row, int column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return rows.uuid(row, column);
}

/// What an order may change, of new rows and old.
struct Columns {
    Array id{Type::uuid}, state{Type::text}, owner{Type::uuid}, action{Type::text}, target{Type::uuid}, stall{Type::uuid}, reason{Type::text},
        maker_kind{Type::text}, maker{Type::uuid}, approver_kind{Type::text}, approver{Type::uuid}, proposed{Type::timestamptz},
        decided{Type::timestamptz}, ended{Type::text};
    void add(Exception const& row) {
        id.add(row.id);
        state.add(word(row.state));
        owner.add(row.owner);
        if (row.resolution) {
            action.add(word(row.resolution->action));
            target.add(row.resolution->target);
            stall.add(row.resolution->stall);
            reason.add(row.resolution->reason);
        } else {
            action.add_null();
            target.add_null();
            stall.add_null();
            reason.add("");
        }
        add_actor(maker_kind, maker, row.maker);
        add_actor(approver_kind, approver, row.approver);
        proposed.add(row.proposed_at);
        decided.add(row.decided_at);
        ended.add(row.ended);
    }
};

}  // namespace

Exception read_exception(Result const& rows, int row) {
    auto out = Exception{};
    out.id = rows.id<ExceptionId>(row, 0);
    out.kind = exception_kind_of(rows.text(row, 1)).value();
    out.subject = rows.uuid(row, 2);
    out.account = rows.id<AccountId>(row, 3);
    out.merchant = rows.id<MerchantId>(row, 4);
    out.amount = rows.money(row, 5);
    out.occurred_at = rows.time(row, 6);
    out.opened_at = rows.time(row, 7);
    out.state = exception_state_of(rows.text(row, 8)).value();
    out.owner = maybe_uuid(rows, row, 9);
    if (!rows.is_null(row, 10))
        out.resolution = Resolution{exception_action_of(rows.text(row, 10)).value(), maybe_uuid(rows, row, 11), rows.maybe_id<StallId>(row, 12),
                                    std::string{rows.text(row, 13)}};
    out.maker = actor_in(rows, row, 14);
    out.approver = actor_in(rows, row, 16);
    out.proposed_at = rows.maybe_time(row, 18);
    out.decided_at = rows.maybe_time(row, 19);
    out.ended = rows.text(row, 20);
    return out;
}

Known ExceptionRows::find(ExceptionId id) const {
    auto const found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional{found->second.row};
}

Known ExceptionRows::find(ExceptionKind kind, Uuid const& subject) const {
    auto const found = by_subject_.find({kind, subject});
    return found == by_subject_.end() ? std::nullopt : find(found->second);
}

void ExceptionRows::put(Exception row, bool fresh) {
    by_subject_[{row.kind, row.subject}] = row.id;
    auto& slot = known_[row.id];
    slot.row = std::move(row);
    slot.fresh |= fresh;
    slot.changed = true;
}

void ExceptionRows::take(Result const& rows) {
    for (auto row = 0; row < rows.rows(); ++row) {
        auto read = read_exception(rows, row);
        by_subject_[{read.kind, read.subject}] = read.id;
        known_.try_emplace(read.id, Slot{std::move(read), false, false});
    }
}

void ExceptionRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    static auto const by_id = statement("load", exceptions_sql::load);
    static auto const by_subject = statement("load_by_subject", exceptions_sql::load_by_subject);
    if (!wanted_.empty()) pipeline.add(by_id.in(in), payments::of_ids(wanted_, in), [this](Result const& rows) { take(rows); });
    if (wanted_subjects_.empty()) return;
    RowBuckets buckets;
    Array kinds{Type::text}, subjects{Type::uuid};
    for (auto const& each : wanted_subjects_) {
        buckets.add(each.bucket);
        kinds.add(word(each.kind));
        subjects.add(each.subject);
    }
    pipeline.add(by_subject.in(in), payments::with_buckets(buckets, in, kinds, subjects), [this](Result const& rows) { take(rows); });
}

void ExceptionRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    static auto const insert = statement("insert", exceptions_sql::insert);
    static auto const update = statement("update", exceptions_sql::update);
    static auto const insert_notes = statement("insert_notes", exceptions_sql::insert_notes);
    RowBuckets buckets, changed, of_notes;
    Array kind{Type::text}, subject{Type::uuid}, account{Type::uuid}, merchant{Type::uuid}, amount{Type::int8}, occurred{Type::timestamptz},
        opened{Type::timestamptz};
    Columns fresh, known;
    for (auto const& [id, slot] : known_) {
        if (!slot.changed) continue;
        if (!slot.fresh) {
            changed.add(id.bucket());
            known.add(slot.row);
            continue;
        }
        buckets.add(id.bucket());
        kind.add(word(slot.row.kind));
        subject.add(slot.row.subject);
        account.add(slot.row.account);
        merchant.add(slot.row.merchant);
        amount.add(slot.row.amount);
        occurred.add(slot.row.occurred_at);
        opened.add(slot.row.opened_at);
        fresh.add(slot.row);
    }
    if (!fresh.id.empty())
        pipeline.add(insert.in(in), payments::with_buckets(buckets, in, fresh.id, kind, subject, account, merchant, amount, occurred, opened, fresh.state,
                                                           fresh.owner, fresh.action, fresh.target, fresh.stall, fresh.reason, fresh.maker_kind,
                                                           fresh.maker, fresh.approver_kind, fresh.approver, fresh.proposed, fresh.decided, fresh.ended));
    if (!known.id.empty())
        pipeline.add(update.in(in), payments::with_buckets(changed, in, known.id, known.state, known.owner, known.action, known.target, known.stall,
                                                           known.reason, known.maker_kind, known.maker, known.approver_kind, known.approver,
                                                           known.proposed, known.decided, known.ended, static_cast<std::int64_t>(known.id.size())));
    if (notes_.empty()) return;
    Array of{Type::uuid}, id{Type::uuid}, author{Type::uuid}, at{Type::timestamptz}, text{Type::text};
    for (auto const& note : notes_) {
        of_notes.add(note.exception.bucket());
        of.add(note.exception);
        id.add(note.id);
        author.add(note.author);
        at.add(note.at);
        text.add(note.text);
    }
    pipeline.add(insert_notes.in(in), payments::with_buckets(of_notes, in, of, id, author, at, text));
}

payments::Family exceptions_family() {
    auto out = payments::Family{};
    out.name = "exceptions";
    out.start = [](payments::Book& book) {
        auto rows = std::make_unique<ExceptionRows>();
        book.attach(*rows);
        return std::unique_ptr<payments::Rows>{std::move(rows)};
    };
    return out;
}

}  // namespace choso::settlement
