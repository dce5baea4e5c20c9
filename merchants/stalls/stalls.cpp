#include "merchants/stalls/stalls.hpp"

#include <algorithm>

#include "gateway/payments/audit.hpp"
#include "merchants/people/transaction.hpp"
#include "merchants/stalls/sql.hpp"
#include "platform/json/json.hpp"

namespace choso::merchants {
namespace {

using people::Transaction;
using postgres::Bytes;
using postgres::Connection;
using postgres::Params;
using postgres::Statement;

constexpr int free_attempts = 5;
constexpr int first_wait = 30;
constexpr int longest_wait = 15 * 60;

Statement named(std::string_view name, std::string_view sql) { return {"stalls_" + std::string{name}, std::string{sql}}; }

std::string signed_text(StallId stall, Handover const& it) {
    auto out = std::string{};
    auto json = json::Writer{out};
    json.object().member("stall", stall.text()).member("giver", it.giver.text()).member("taker", it.taker.text()).member("since", to_rfc3339(it.since));
    json.member("at", to_rfc3339(it.at)).member("count", it.count).member("sum", it.sum).end();
    return out;
}

crypto::Digest signature_of(StallId stall, Handover const& it, std::string_view key) {
    return crypto::hmac_sha256(key, "handover\n" + signed_text(stall, it));
}

/// What two people can write on a slip and compare.
std::string code_of(std::string_view signature) {
    auto const hex = crypto::to_hex(signature.substr(0, 4));
    return hex.substr(0, 4) + "-" + hex.substr(4);
}

/// The least id that can have been made at a moment.
Uuid least_id(Instant at) {
    auto const ms = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count());
    auto out = Uuid{};
    for (auto i = 0U; i < 6; ++i) out[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    return out;
}

void insert_shift(Connection& connection, Shift const& shift, StallId stall) {
    static auto const statement = named("insert_shift", stalls_sql::insert_shift);
    connection.query(statement, Params::of(shift.id, stall, shift.member, shift.started_at));
}

std::vector<AccountChange> read_changes(Connection& connection, std::optional<StallId> stall, std::optional<AccountChangeId> id) {
    static auto const statement = named("load_change", stalls_sql::load_change);
    auto const rows = connection.query(statement, Params::of(stall, id));
    auto out = std::vector<AccountChange>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<AccountChangeId>(row, 0), rows.id<StallId>(row, 1), rows.id<AccountId>(row, 2), rows.id<AccountId>(row, 3),
                       std::string{rows.text(row, 4)}, std::string{rows.text(row, 5)}, std::string{rows.text(row, 6)}, rows.uuid(row, 7), rows.time(row, 8),
                       rows.time(row, 9)});
    return out;
}

void note(Connection& connection, payments::Actor const& actor, std::string action, StallId stall, AccountChange const& change) {
    auto body = std::string{};
    json::Writer{body}.object().member("change", change.id.text()).member("account", change.account.text()).member("before", change.before.text()).end();
    payments::append_audit(connection, {{stall.bucket(), payments::AuditDraft{actor, std::move(action), stall.uuid(), std::move(body)}}});
}

/// One waiting change is decided; false if somebody was faster.
bool decide(Connection& connection, AccountChange const& change, std::string_view state, payments::Actor const& actor, std::string_view reason, Instant now) {
    static auto const statement = named("update_change", stalls_sql::update_change);
    return connection.query(statement, Params::of(change.id, state, actor.id, now, reason)).affected() == 1;
}

}  // namespace

bool is_pin(std::string_view text) {
    return text.size() >= 4 && text.size() <= 8 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<StallMember> members_of(Connection& connection, StallId stall) {
    static auto const statement = named("load_members", stalls_sql::load_members);
    auto const rows = connection.query(statement, Params::of(stall));
    auto out = std::vector<StallMember>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<MemberId>(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}, rows.boolean(row, 3), rows.boolean(row, 4)});
    return out;
}

Result<StallMember, Refused> add_member(Connection& connection, StallId stall, std::string_view name, std::string_view pin_hash, bool totals) {
    if (auto complaint = check_text("name", name, 60)) return *complaint;
    static auto const statement = named("insert_member", stalls_sql::insert_member);
    auto transaction = Transaction{connection};
    auto const known = members_of(connection, stall);
    if (known.size() >= 20) return Refused{"name", "must not be one more than 20 people of a stall"};
    if (std::ranges::any_of(known, [&](auto const& it) { return it.name == name; })) return Refused{"name", "must not be in use at this stall"};
    auto made = StallMember{MemberId{new_uuid(stall.bucket(), SystemClock{}.now())}, std::string{name}, std::string{pin_hash}, totals || known.empty(), known.empty()};
    connection.query(statement, Params::of(made.id, stall, made.name, made.pin_hash, made.totals, made.owner));
    transaction.commit();
    return made;
}

int pin_wait(Connection& connection, StallId stall) {
    static auto const statement = named("load_attempts", stalls_sql::load_attempts);
    auto const rows = connection.query(statement, Params::of(stall));
    if (rows.rows() == 0 || rows.integer(0, 0) < free_attempts) return 0;
    auto const over = std::min<std::int64_t>(rows.integer(0, 0) - free_attempts, 10);
    auto const wait = std::min<std::int64_t>(longest_wait, std::int64_t{first_wait} << over);
    auto const gone = std::chrono::duration_cast<Seconds>(rows.time(0, 2) - rows.time(0, 1)).count();
    return static_cast<int>(std::max<std::int64_t>(0, wait - gone));
}

void note_pin(Connection& connection, StallId stall, bool right) {
    static auto const failed = named("insert_attempt", stalls_sql::insert_attempt);
    static auto const passed = named("delete_attempts", stalls_sql::delete_attempts);
    connection.query(right ? passed : failed, Params::of(stall));
}

std::optional<Shift> open_shift(Connection& connection, StallId stall) {
    static auto const statement = named("load_shift", stalls_sql::load_shift);
    auto const rows = connection.query(statement, Params::of(stall));
    if (rows.rows() == 0) return std::nullopt;
    return Shift{rows.id<ShiftId>(0, 0), rows.id<MemberId>(0, 1), std::string{rows.text(0, 2)}, rows.boolean(0, 3), rows.boolean(0, 4), rows.time(0, 5)};
}

Result<Shift, Refused> begin_shift(Connection& connection, StallId stall, MemberId member, Instant now) {
    auto transaction = Transaction{connection};
    if (open_shift(connection, stall)) return Refused{"shift", "must not be begun while somebody has it: hand it over"};
    auto const members = members_of(connection, stall);
    auto const who = std::ranges::find(members, member, &StallMember::id);
    if (who == members.end()) return Refused{"member", "must be one of this stall"};
    auto shift = Shift{ShiftId{new_uuid(stall.bucket(), now)}, member, who->name, who->totals, who->owner, now};
    insert_shift(connection, shift, stall);
    transaction.commit();
    return shift;
}

Result<Handover, Refused> hand_over(Connection& connection, Bucket bucket, MerchantId merchant, StallId stall, ShiftId shift, MemberId taker, Instant now,
                                    std::string_view key) {
    static auto const end = named("update_shift_end", stalls_sql::update_shift_end);
    static auto const count = named("count_receipts", stalls_sql::count_receipts);
    static auto const insert = named("insert_handover", stalls_sql::insert_handover);
    auto transaction = Transaction{connection};
    auto const open = open_shift(connection, stall);
    if (!open || open->id != shift || connection.query(end, Params::of(shift, now)).affected() != 1) return Refused{"shift", "must be the open one"};
    auto const members = members_of(connection, stall);
    auto const next = std::ranges::find(members, taker, &StallMember::id);
    if (next == members.end() || taker == open->member) return Refused{"to", "must be another one of this stall"};
    auto out = Handover{open->member, taker, open->started_at, now, 0, {}, {}};
    // An id may be an hour older than what it names is recorded (a queue, a replay); never younger.
    auto const rows = connection.query(count, Params::of(bucket, merchant, stall, least_id(open->started_at - std::chrono::hours{1}), out.since, out.at));
    out.count = rows.integer(0, 0);
    out.sum = rows.money(0, 1);
    auto const signature = signature_of(stall, out, key);
    out.code = code_of(crypto::as_text(signature));
    connection.query(insert, Params::of(new_uuid(bucket, now), stall, out.giver, out.taker, out.since, out.at, out.count, out.sum,
                                        Bytes{crypto::as_text(signature)}));
    insert_shift(connection, {ShiftId{new_uuid(bucket, now)}, taker, next->name, next->totals, next->owner, now}, stall);
    transaction.commit();
    return out;
}

std::vector<KeptHandover> handovers_of(Connection& connection, StallId stall, std::string_view key, std::int64_t limit) {
    static auto const statement = named("load_handovers", stalls_sql::load_handovers);
    auto const rows = connection.query(statement, Params::of(stall, limit));
    auto out = std::vector<KeptHandover>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto kept = KeptHandover{};
        kept.handover = {rows.id<MemberId>(row, 0), rows.id<MemberId>(row, 1), rows.time(row, 2), rows.time(row, 3), rows.integer(row, 4),
                         rows.money(row, 5), {}};
        auto const right = signature_of(stall, kept.handover, key);
        kept.genuine = crypto::constant_time_equal(crypto::as_text(right), rows.text(row, 6));
        kept.handover.code = code_of(rows.text(row, 6));
        kept.giver_name = rows.text(row, 7);
        kept.taker_name = rows.text(row, 8);
        out.push_back(std::move(kept));
    }
    return out;
}

void report_sticker(Connection& connection, StallId stall, std::string_view payload, std::string_view bin, std::string_view account) {
    static auto const statement = named("insert_sticker_report", stalls_sql::insert_sticker_report);
    connection.query(statement, Params::of(new_uuid(stall.bucket(), SystemClock{}.now()), stall, payload, bin, account));
}

std::optional<AccountChange> waiting_change(Connection& connection, StallId stall) {
    auto found = read_changes(connection, stall, {});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<AccountChange> waiting_changes(Connection& connection) { return read_changes(connection, {}, {}); }

Result<AccountChange, Refused> ask_account_change(Connection& connection, payments::Actor const& actor, StallId stall, AccountId account, Instant now) {
    static auto const find = named("load_stall_account", stalls_sql::load_stall_account);
    static auto const insert = named("insert_change", stalls_sql::insert_change);
    auto transaction = Transaction{connection};
    auto const rows = connection.query(find, Params::of(stall, account));
    if (rows.rows() == 0) return Refused{"stall", "must be one that exists"};
    if (rows.is_null(0, 2) || rows.uuid(0, 1) != rows.uuid(0, 2)) return Refused{"account", "must be a valid one of the stall's own collector"};
    if (rows.id<AccountId>(0, 0) == account) return Refused{"account", "must not be the one it has"};
    if (waiting_change(connection, stall)) return Refused{"stall", "must not have another change waiting"};
    auto const id = AccountChangeId{new_uuid(stall.bucket(), now)};
    connection.query(insert, Params::of(id, stall, account, rows.id<AccountId>(0, 0), actor.id, now, now + cooling_off));
    auto made = read_changes(connection, {}, id).front();
    note(connection, actor, "stall.account_change_asked", stall, made);
    transaction.commit();
    return made;
}

Result<Done, Refused> approve_account_change(Connection& connection, payments::Actor const& actor, AccountChangeId id, Instant now) {
    static auto const update = named("update_stall_account", stalls_sql::update_stall_account);
    auto transaction = Transaction{connection};
    auto const found = read_changes(connection, {}, id);
    if (found.empty()) return Refused{"change", "must be one that waits"};
    auto const& change = found.front();
    if (actor.kind != payments::ActorKind::person || actor.id == change.asked_by) return Refused{"approver", "must be another person than who asked"};
    if (now < change.earliest) return Refused{"change", "must have waited a day"};
    if (!decide(connection, change, "approved", actor, "", now)) return Refused{"change", "must be one that waits"};
    connection.query(update, Params::of(change.stall, change.account));
    note(connection, actor, "stall.account_changed", change.stall, change);
    transaction.commit();
    return Done{};
}

Result<Done, Refused> reject_account_change(Connection& connection, payments::Actor const& actor, AccountChangeId id, std::optional<StallId> stall,
                                            std::string_view reason, Instant now) {
    auto transaction = Transaction{connection};
    auto const found = read_changes(connection, stall, id);
    if (found.empty() || !decide(connection, found.front(), "rejected", actor, reason, now)) return Refused{"change", "must be one that waits"};
    note(connection, actor, "stall.account_change_rejected", found.front().stall, found.front());
    transaction.commit();
    return Done{};
}

}  // namespace choso::merchants
