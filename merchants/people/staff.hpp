#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/audit.hpp"
#include "merchants/changes.hpp"
#include "merchants/people/roles.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/postgres/connection.hpp"

/// The accounts of those who sign in. Every function is one transaction and may throw what postgres::Connection throws.
namespace choso::people {

struct StaffTag { static constexpr std::string_view prefix = "staff"; };
struct SessionTag { static constexpr std::string_view prefix = "ses"; };
using StaffId = Id<StaffTag>;
using SessionId = Id<SessionTag>;

using merchants::Done;
using merchants::Refused;

struct NewStaff {
    std::string login;                 ///< 2–32 of a–z, 0–9, `.`, `_`, `-`
    std::string name;
    std::optional<std::string> password{};  ///< none: one is made, to be changed at the first sign-in
    std::vector<Grant> grants{};
};
struct CreatedStaff {
    StaffId id;
    crypto::Secret password;  ///< shown once
};

/// A password made for somebody and its hash.
struct MadePassword {
    crypto::Secret password;
    std::string hash;
};
/// Takes the time of one argon2id hash: for a password thread (api::Edge::hashing).
[[nodiscard]] MadePassword make_password();

struct StaffRow {
    StaffId id;
    std::string login, name;
    Grants grants;
    bool has_totp = false;
    bool has_passkey = false;
    bool temporary_password = false;
    bool revoked = false;
};

/// 2–32 of a–z, 0–9, `.`, `_`, `-`; whatever else is typed is nobody's, and is not asked of the database.
[[nodiscard]] bool is_login(std::string_view login);

/// Why a password is not taken, or nothing. Long and not one of those that are tried first is all that is asked.
[[nodiscard]] std::optional<Refused> check_password(std::string_view password, std::string_view login, std::string_view name);

/// `made`: the password of who brings none; made here where it is left out, so on no thread that others wait for.
Result<CreatedStaff, Refused> create_staff(postgres::Connection& connection, payments::Actor const& actor, NewStaff const& wanted,
                                           std::optional<MadePassword> made = {});
/// A new temporary password; second factors, recovery codes and sessions are gone: for who has lost them. An approver
/// counts as one again a day later, so that whoever resets somebody cannot approve in their name before it is noticed.
Result<CreatedStaff, Refused> reset_staff(postgres::Connection& connection, payments::Actor const& actor, std::string_view login,
                                          std::optional<MadePassword> made = {});
/// Signs in no more, and every session ends at once. Its name stays in the audit trail.
Result<Done, Refused> revoke_staff(postgres::Connection& connection, payments::Actor const& actor, std::string_view login);
/// Makes the account or takes over the one of that login, with this password, these roles (which count at once) and this authenticator secret (empty:
/// none), in the caller's transaction: for the demo.
StaffId put_demo_staff(postgres::Connection& connection, NewStaff const& wanted, std::string_view totp_secret, std::string_view installation_key);
[[nodiscard]] std::vector<StaffRow> list_staff(postgres::Connection& connection);
[[nodiscard]] std::optional<StaffId> find_staff(postgres::Connection& connection, std::string_view login);

/// Roles are given and taken one at a time; nobody gives one to themselves. Who becomes an approver counts as one after a
/// day (`find_session`).
Result<Done, Refused> give_role(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, Grant const& grant);
Result<Done, Refused> take_role(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, Grant const& grant);

/// One row of the audit trail about a person, in bucket 0, in the transaction that is open: last in it.
void note(postgres::Connection& connection, payments::Actor const& actor, std::string action, StaffId subject, std::string body = "{}");

/// The words of one grant as the database joins them: `approver merchant 0192…`.
[[nodiscard]] std::optional<Grant> grant_of(std::string_view words);
[[nodiscard]] Grants grants_of(std::vector<std::string> const& words);

}  // namespace choso::people
