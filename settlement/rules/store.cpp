#include "settlement/rules/store.hpp"

#include "gateway/payments/audit.hpp"
#include "platform/json/json.hpp"
#include "settlement/rules/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Params;
using postgres::Result;
using postgres::Statement;

/// Longer than two commits of one bucket may overtake each other by.
constexpr auto overtaking = std::chrono::seconds{2};

Statement named(std::string_view name, std::string_view sql) { return {"rules_" + std::string{name}, std::string{sql}}; }

MatchRule rule_in(Result const& rows, int row) {
    auto out = MatchRule{};
    out.bucket = rows.bucket(row, 0);
    out.id = rows.uuid(row, 1);
    out.version = static_cast<int>(rows.integer(row, 2));
    out.desk = rows.id<MerchantId>(row, 3);
    out.account = rows.id<AccountId>(row, 4);
    out.merchant = rows.id<MerchantId>(row, 5);
    out.stall = rows.maybe_id<StallId>(row, 6);
    out.name = rows.text(row, 7);
    out.words = rows.text(row, 8);
    out.from = rows.maybe_money(row, 9);
    out.to = rows.maybe_money(row, 10);
    out.state = rule_state_of(rows.text(row, 11)).value();
    out.maker = rows.uuid(row, 12);
    if (!rows.is_null(row, 13)) out.approver = rows.uuid(row, 13);
    out.made_at = rows.time(row, 14);
    out.looked_at = rows.uuid(row, 15);
    return out;
}

std::vector<MatchRule> rules_in(Result const& rows) {
    auto out = std::vector<MatchRule>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(rule_in(rows, row));
    return out;
}

void tell(postgres::Connection& connection, Bucket bucket, payments::Actor const& by, std::string_view action, Uuid const& id, int version) {
    auto draft = payments::AuditDraft{by, std::string{action}, id, {}};
    json::Writer{draft.body}.object().member("version", version).end();
    payments::append_audit(connection, {{bucket, std::move(draft)}});
}

/// One transaction, rolled back if anything in it fails or `work` says no.
template <class Work>
auto in_transaction(postgres::Connection& connection, Work&& work) {
    connection.execute("begin");
    try {
        auto out = work();
        connection.execute("commit");
        return out;
    } catch (postgres::ConnectionLost const&) {
        throw;
    } catch (...) {
        connection.execute("rollback");
        throw;
    }
}

/// The least number an exception of that moment may have.
Uuid first_id(Bucket bucket, Instant at) {
    auto out = new_uuid(bucket, at);
    for (std::size_t i = 7; i < out.size(); ++i) out[i] = 0;
    out[6] = static_cast<std::uint8_t>(out[6] & 0xf0U);
    return out;
}

}  // namespace

std::vector<MatchRule> rules_of(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& desks) {
    static auto const statement = named("rules", rules_sql::rules);
    return rules_in(connection.query(statement, Params::of(buckets, desks)));
}

int keep_rule(postgres::Connection& connection, MatchRule const& rule, payments::Actor const& by, Instant now) {
    static auto const statement = named("insert", rules_sql::insert_rule);
    return in_transaction(connection, [&] {
        auto const rows = connection.query(statement, Params::of(rule.bucket, rule.id, rule.desk, rule.account, rule.merchant, rule.stall, rule.name, rule.words,
                                                                 rule.from, rule.to, by.id, now));
        auto const version = static_cast<int>(rows.integer(0, 0));
        tell(connection, rule.bucket, by, "rule.drafted", rule.id, version);
        return version;
    });
}

Switched switch_on(postgres::Connection& connection, Bucket bucket, Uuid const& id, int version, payments::Actor const& by, Instant now) {
    static auto const find = named("find_version", rules_sql::find_version);
    static auto const off = named("switch_off", rules_sql::switch_off);
    static auto const on = named("switch_on", rules_sql::switch_on);
    return in_transaction(connection, [&] {
        auto const number = static_cast<std::int16_t>(version);
        auto const known = connection.query(find, Params::of(bucket, id, number));
        if (known.rows() == 0) return Switched::not_found;
        if (known.uuid(0, 0) == by.id) return Switched::own_rule;
        connection.query(off, Params::of(bucket, id, now));
        connection.query(on, Params::of(bucket, id, number, by.id, now));
        tell(connection, bucket, by, "rule.switched_on", id, version);
        return Switched::done;
    });
}

Switched switch_off(postgres::Connection& connection, Bucket bucket, Uuid const& id, payments::Actor const& by, Instant now) {
    static auto const off = named("switch_off", rules_sql::switch_off);
    return in_transaction(connection, [&] {
        if (connection.query(off, Params::of(bucket, id, now)).affected() == 0) return Switched::not_found;
        tell(connection, bucket, by, "rule.switched_off", id, 0);
        return Switched::done;
    });
}

std::vector<PastCredit> past_credits(postgres::Connection& connection, MatchRule const& rule, std::int64_t most) {
    static auto const statement = named("past_credits", rules_sql::past_credits);
    auto const rows = connection.query(statement, Params::of(rule.bucket, rule.desk, rule.account, most));
    auto out = std::vector<PastCredit>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<ExceptionId>(row, 0), rows.money(row, 1), rows.time(row, 2), std::string{rows.text(row, 3)}, rows.boolean(row, 4),
                       rows.maybe_id<MerchantId>(row, 5)});
    return out;
}

std::vector<RuleRound> rule_rounds(postgres::Connection& connection, Instant now) {
    static auto const all = named("rules_on", rules_sql::rules_on);
    static auto const new_ones = named("to_look_at", rules_sql::to_look_at);
    auto out = std::vector<RuleRound>{};
    for (auto& rule : rules_in(connection.query(all))) {
        auto const rows = connection.query(new_ones, Params::of(rule.bucket, rule.desk, rule.account, rule.looked_at, first_id(rule.bucket, now - overtaking)));
        if (rows.rows() == 0) continue;
        auto round = RuleRound{std::move(rule), {}, rows.uuid(rows.rows() - 1, 0)};
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const content = rows.maybe_text(row, 2);
            if (!content || !meets(round.rule, *content, rows.money(row, 1))) continue;
            auto const id = rows.id<ExceptionId>(row, 0);
            auto note = std::make_unique<NoteException>();
            note->id = id;
            note->note = new_uuid(round.rule.bucket, now);
            note->words = "Theo quy tắc “" + round.rule.name + "”, bản " + std::to_string(round.rule.version);
            round.orders.push_back(std::move(note));
            auto proposal = std::make_unique<ProposeResolution>();
            proposal->id = id;
            proposal->resolution = {ExceptionAction::assign, round.rule.merchant.uuid(), round.rule.stall, "rule"};
            round.orders.push_back(std::move(proposal));
        }
        out.push_back(std::move(round));
    }
    return out;
}

void keep_looked_at(postgres::Connection& connection, RuleRound const& round) {
    static auto const statement = named("looked_at", rules_sql::looked_at);
    connection.query(statement, Params::of(round.rule.bucket, round.rule.id, static_cast<std::int16_t>(round.rule.version), round.looked_at));
}

}  // namespace choso::settlement
