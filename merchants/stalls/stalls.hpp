#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/changes.hpp"
#include "platform/postgres/connection.hpp"

/// Who sells at a stall, and what they gave over to one another. Every function is one transaction and may throw what
/// postgres::Connection throws.
namespace choso::merchants {

struct MemberTag { static constexpr std::string_view prefix = "mem"; };
struct ShiftTag { static constexpr std::string_view prefix = "shift"; };
struct AccountChangeTag { static constexpr std::string_view prefix = "chg"; };
using MemberId = Id<MemberTag>;
using ShiftId = Id<ShiftTag>;
using AccountChangeId = Id<AccountChangeTag>;

struct StallMember {
    MemberId id;
    std::string name;
    std::string pin_hash;  ///< argon2id
    bool totals = false;   ///< may see sums
    bool owner = false;
};
[[nodiscard]] std::vector<StallMember> members_of(postgres::Connection& connection, StallId stall);
/// 4 to 8 digits; anything else is no PIN.
[[nodiscard]] bool is_pin(std::string_view text);
/// The first one of a stall is its owner, and may see sums.
Result<StallMember, Refused> add_member(postgres::Connection& connection, StallId stall, std::string_view name, std::string_view pin_hash, bool totals);

/// Wrong PINs of a stall, whoever's: after five each one more costs a longer wait. How many seconds are left to wait.
[[nodiscard]] int pin_wait(postgres::Connection& connection, StallId stall);
void note_pin(postgres::Connection& connection, StallId stall, bool right);

struct Shift {
    ShiftId id;
    MemberId member;
    std::string name;
    bool totals = false;
    bool owner = false;
    Instant started_at;
};
[[nodiscard]] std::optional<Shift> open_shift(postgres::Connection& connection, StallId stall);
/// Refused while somebody has it.
Result<Shift, Refused> begin_shift(postgres::Connection& connection, StallId stall, MemberId member, Instant now);

struct Handover {
    MemberId giver, taker;
    Instant since, at;
    std::int64_t count = 0;
    Money sum;
    std::string code;  ///< eight symbols of the signature: what both write down
};
/// Ends the giver's shift and begins the taker's in one transaction, with a row signed under `key`. Refused unless `shift`
/// is still the open one.
/// `bucket`, `merchant`: where the stall's money is.
Result<Handover, Refused> hand_over(postgres::Connection& connection, Bucket bucket, MerchantId merchant, StallId stall, ShiftId shift, MemberId taker,
                                    Instant now, std::string_view key);
/// The stall's handovers, newest first, each with whether its signature still fits.
struct KeptHandover {
    Handover handover;
    std::string giver_name, taker_name;
    bool genuine = false;
};
[[nodiscard]] std::vector<KeptHandover> handovers_of(postgres::Connection& connection, StallId stall, std::string_view key, std::int64_t limit);

/// A code at the counter that pays into another account.
void report_sticker(postgres::Connection& connection, StallId stall, std::string_view payload, std::string_view bin, std::string_view account);

/// A stall's new account. It takes a day and a second person, and the stall's page says so to whoever sells.
struct AccountChange {
    AccountChangeId id;
    StallId stall;
    AccountId account, before;
    std::string bin, number, holder;  ///< of the new account
    Uuid asked_by{};
    Instant asked_at, earliest;
};
inline constexpr auto cooling_off = std::chrono::hours{24};
[[nodiscard]] std::optional<AccountChange> waiting_change(postgres::Connection& connection, StallId stall);
[[nodiscard]] std::vector<AccountChange> waiting_changes(postgres::Connection& connection);
/// `account` must be a valid one of the stall's own collector.
Result<AccountChange, Refused> ask_account_change(postgres::Connection& connection, payments::Actor const& actor, StallId stall, AccountId account, Instant now);
/// Refused before the day is over, and from who asked. Then the stall's requests go into the new account.
Result<Done, Refused> approve_account_change(postgres::Connection& connection, payments::Actor const& actor, AccountChangeId id, Instant now);
/// By anybody who answers for the stall, at any time before. `stall`: the only one it may be about, if given.
Result<Done, Refused> reject_account_change(postgres::Connection& connection, payments::Actor const& actor, AccountChangeId id, std::optional<StallId> stall,
                                            std::string_view reason, Instant now);

}  // namespace choso::merchants
