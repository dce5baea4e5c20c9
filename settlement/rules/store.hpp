#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"
#include "settlement/exceptions/commands.hpp"
#include "settlement/rules/rule.hpp"

/// Rules as they are kept, and what they have still to look at.
namespace choso::settlement {

/// Every version of the desks' rules, the newest of each first. `buckets`, `desks`: of equal length.
[[nodiscard]] std::vector<MatchRule> rules_of(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& desks);

/// Keeps a version more (or the first, under a fresh id) as a draft; answers its number.
[[nodiscard]] int keep_rule(postgres::Connection& connection, MatchRule const& rule, payments::Actor const& by, Instant now);

enum class Switched { done, not_found, own_rule };
/// Another person than its maker switches a version on; the one that was on is off in the same moment.
[[nodiscard]] Switched switch_on(postgres::Connection& connection, Bucket bucket, Uuid const& id, int version, payments::Actor const& by, Instant now);
/// Anybody of the desk may switch a rule off.
[[nodiscard]] Switched switch_off(postgres::Connection& connection, Bucket bucket, Uuid const& id, payments::Actor const& by, Instant now);

/// What nobody was found for in the account lately, newest first; at most `most`.
[[nodiscard]] std::vector<PastCredit> past_credits(postgres::Connection& connection, MatchRule const& rule, std::int64_t most);

/// What one rule proposes of what it has not looked at, at most a thousand; `looked_at`: up to where, to be kept once it is carried out.
struct RuleRound {
    MatchRule rule;
    std::vector<std::unique_ptr<ExceptionCommand>> orders;
    Uuid looked_at{};
};
/// Rules that are on and have something new to look at. What is younger than a moment waits for the next round: an
/// exception's number may become visible a little after a later one's.
[[nodiscard]] std::vector<RuleRound> rule_rounds(postgres::Connection& connection, Instant now);
void keep_looked_at(postgres::Connection& connection, RuleRound const& round);

}  // namespace choso::settlement
