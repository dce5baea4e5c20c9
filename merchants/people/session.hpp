#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "merchants/people/staff.hpp"

/// Sessions: a token of 256 random bits in the browser's cookie, its SHA-256 in the database, asked there each time, so
/// that an ended one is refused by every process at once.
namespace choso::people {

inline constexpr auto session_longest = std::chrono::hours{12};
inline constexpr auto session_idle = std::chrono::hours{12};
inline constexpr auto money_session_idle = std::chrono::minutes{15};
/// How long a second factor counts as just given.
inline constexpr auto second_factor_fresh = std::chrono::minutes{5};

/// A session that is not ended, with its person as the database has both now.
struct Session {
    SessionId id;
    StaffId staff;
    std::string login, name;
    Grants grants;
    Instant created_at, seen_at, now;  ///< by the database's clock
    std::optional<Instant> second_factor_at;
    bool temporary_password = false;
    bool has_totp = false;
    bool has_passkey = false;

    [[nodiscard]] bool has_second_factor() const { return has_totp || has_passkey; }
};

/// What stands between a session and its person's rights, most urgent first.
enum class Standing {
    second_factor_due,    ///< the password was right, the second step is still to be taken
    password_temporary,   ///< a password that somebody else gave must be changed first
    second_factor_absent, ///< a role that touches money needs a second factor, and there is none yet
    whole,
};
[[nodiscard]] Standing standing_of(Session const& session);
/// Too old, or left alone for too long for the roles it has.
[[nodiscard]] bool is_over(Session const& session);
[[nodiscard]] bool is_fresh(Session const& session);

/// Where a session was opened from, as its person will be shown it.
struct Origin {
    std::string address;
    std::string agent;
};

/// The session of a token; nothing for an unknown, ended or over one. Notes that it was seen.
[[nodiscard]] std::optional<Session> find_session(postgres::Connection& connection, std::string_view token);
/// Opens one, in the caller's transaction; the token is kept nowhere else. Nothing if `password_hash`, which was compared
/// before, is not the person's any more: a reset that was committed meanwhile has ended what this would open.
[[nodiscard]] std::optional<crypto::Secret> open_session(postgres::Connection& connection, StaffId staff, std::string_view password_hash,
                                                         Origin const& origin);
/// The second factor was given now: the same session under a new token, the old one opens nothing any more. Nothing if the
/// session has ended meanwhile.
[[nodiscard]] std::optional<crypto::Secret> confirm_session(postgres::Connection& connection, SessionId session);
struct SessionRow {
    SessionId id;
    Instant created_at, seen_at;
    std::string address, agent;
};
/// The person's sessions that are open, newest first.
[[nodiscard]] std::vector<SessionRow> list_sessions(postgres::Connection& connection, StaffId staff);
/// False if there was no such session of that person.
bool end_session(postgres::Connection& connection, StaffId staff, SessionId session);

}  // namespace choso::people
