#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "merchants/people/session.hpp"

/// Passwords and second factors against those who guess. Each attempt is counted before it is tried, by account and by
/// address, whether the account exists or not; what must be waited grows with each, for everybody alike.
namespace choso::people {

/// Asked too often: not tried, not counted.
struct MustWait {
    std::chrono::seconds left;
};
/// Login and password do not belong together; which of them is wrong, or absent, is told to nobody.
struct WrongCredentials {};

/// Somebody's password was right when it was compared; `hash` is what it was compared with.
struct RightPassword {
    StaffId staff;
    std::string hash;
};
using Tried = std::variant<RightPassword, WrongCredentials, MustWait>;
/// Takes the time of one argon2id hash, also for a login that does not exist: for a password thread (api::Edge::hashing),
/// which holds no lock that others wait for.
[[nodiscard]] Tried try_password(postgres::Connection& connection, std::string_view login, std::string_view password, Origin const& origin);
/// The session of who was right, for any other thread. Nothing if the password was changed, or its person revoked, meanwhile.
[[nodiscard]] std::optional<crypto::Secret> sign_in(postgres::Connection& connection, RightPassword const& right, Origin const& origin);

struct WrongCode {};
using Confirmed = std::variant<crypto::Secret, WrongCode, MustWait>;
/// Six digits of the app, each once, up to a step early or late; or a recovery code, each once. The session goes on under
/// the token that comes back.
[[nodiscard]] Confirmed give_code(postgres::Connection& connection, StaffId staff, SessionId session, std::string_view code,
                                  std::string_view installation_key);

/// The key that second factors' secrets are sealed under, made of the installation's session key.
[[nodiscard]] std::string sealing_key(std::string_view installation_key);

/// A new secret for an authenticator app; it asks nobody for anything until `confirm_totp` has seen a right code.
[[nodiscard]] crypto::Secret begin_totp(postgres::Connection& connection, StaffId staff, std::string_view installation_key);
/// The secret that waits to be confirmed.
[[nodiscard]] std::optional<crypto::Secret> pending_totp(postgres::Connection& connection, StaffId staff, std::string_view installation_key);
/// An app's secret that is confirmed already, in the caller's transaction.
void put_totp(postgres::Connection& connection, StaffId staff, std::string_view secret, std::string_view installation_key);
/// Ten fresh recovery codes if the code was right; older ones open nothing any more.
[[nodiscard]] std::optional<std::vector<std::string>> confirm_totp(postgres::Connection& connection, StaffId staff, std::string_view code,
                                                                   std::string_view installation_key);
struct Factors {
    bool has_app = false;
    std::int64_t recovery_codes = 0;  ///< not used yet
};
[[nodiscard]] Factors factors_of(postgres::Connection& connection, StaffId staff);
/// The app and its recovery codes open nothing any more.
void remove_totp(postgres::Connection& connection, StaffId staff);

/// The hashes of a password that is to be changed, and of the one wanted.
struct NewPassword {
    std::string before, after;
};
/// The person's own change, for a password thread: the present password is tried like one at the door.
using Weighed = std::variant<NewPassword, Refused, MustWait>;
[[nodiscard]] Weighed weigh_password(postgres::Connection& connection, StaffId staff, std::string_view present, std::string_view wanted);
/// The change itself, for any other thread; all their other sessions end. Refused if another change or a reset came before.
[[nodiscard]] Result<Done, Refused> change_password(postgres::Connection& connection, StaffId staff, NewPassword const& password,
                                                    Uuid const& session_to_keep);

/// `ABCD EFGH …`: the secret in fours, for typing.
[[nodiscard]] std::string shown_secret(std::string_view secret);
/// `otpauth://totp/…`: what the app scans.
[[nodiscard]] std::string totp_address(std::string_view login, std::string_view secret);

}  // namespace choso::people
