#include "merchants/people/sign_in.hpp"

#include <array>

#include "merchants/people/attempts.hpp"
#include "merchants/people/sql.hpp"
#include "merchants/people/transaction.hpp"
#include "platform/crypto/one_time.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/seal.hpp"
#include "platform/http/url.hpp"

namespace choso::people {
namespace {

using postgres::Array;
using postgres::Bytes;
using postgres::Params;
using postgres::Statement;

constexpr std::size_t password_bytes_max = 1024;
constexpr std::size_t secret_bytes = 20;
constexpr std::size_t recovery_codes = 10;
constexpr std::size_t recovery_bytes = 10;

/// What an absent account's password is compared with, so that its answer takes as long.
std::string const& nobodys_hash() {
    static auto const hash = crypto::hash_password(crypto::to_hex(crypto::random_bytes(16)));
    return hash;
}

std::string sealed_about(StaffId staff) { return "totp " + staff.text(); }

payments::Actor by(StaffId staff) { return {payments::ActorKind::person, staff.uuid()}; }

std::string without_blanks(std::string_view text) {
    std::string out;
    for (auto const c : text)
        if (c != ' ' && c != '-') out += c;
    return out;
}

std::int64_t step_of(Instant now) { return std::chrono::floor<Seconds>(now).time_since_epoch().count() / crypto::totp_step_seconds; }

/// The step whose code this is: the present one, the one before or the one after.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, Instant now) {
    for (auto const step : {step_of(now), step_of(now) - 1, step_of(now) + 1})
        if (crypto::constant_time_equal(crypto::totp_code(secret, step), code)) return step;
    return std::nullopt;
}

struct StoredSecret {
    std::string secret;
    bool confirmed;
    Instant now;
};
std::optional<StoredSecret> load_totp(postgres::Connection& connection, StaffId staff, std::string_view installation_key) {
    static auto const load = Statement{"people_load_totp", std::string{sql::load_totp}};
    auto const rows = connection.query(load, Params::of(staff));
    if (rows.rows() == 0) return std::nullopt;
    auto secret = crypto::open_sealed(sealing_key(installation_key), rows.text(0, 0), sealed_about(staff));
    if (!secret) return std::nullopt;
    return StoredSecret{std::move(*secret), rows.boolean(0, 1), rows.time(0, 2)};
}

/// Takes a step that no code was taken of before.
bool take_step(postgres::Connection& connection, StaffId staff, std::int64_t step) {
    static auto const take = Statement{"people_take_totp_step", std::string{sql::take_totp_step}};
    return connection.query(take, Params::of(staff, step)).affected() == 1;
}

bool take_recovery_code(postgres::Connection& connection, StaffId staff, std::string_view code) {
    static auto const take = Statement{"people_take_recovery_code", std::string{sql::take_recovery_code}};
    auto const bytes = crypto::from_base32(code);
    if (!bytes || bytes->size() != recovery_bytes) return false;
    return connection.query(take, Params::of(staff, Bytes{crypto::as_text(crypto::sha256(*bytes))})).affected() == 1;
}

bool is_right_code(postgres::Connection& connection, StaffId staff, std::string_view given, std::string_view installation_key) {
    auto const code = without_blanks(given);
    if (code.size() != 6) return take_recovery_code(connection, staff, code);
    auto const stored = load_totp(connection, staff, installation_key);
    if (!stored || !stored->confirmed) return false;
    auto const step = matching_step(stored->secret, code, stored->now);
    return step && take_step(connection, staff, *step);
}

/// `ABCD-EFGH-…`: 80 random bits, in fours, easy to type off paper.
std::string shown_recovery_code(std::string_view bytes) {
    auto out = std::string{};
    for (auto const c : crypto::to_base32(bytes)) {
        if (out.size() % 5 == 4) out += '-';
        out += c;
    }
    return out;
}

std::vector<std::string> make_recovery_codes(postgres::Connection& connection, StaffId staff) {
    static auto const erase = Statement{"people_delete_recovery_codes", std::string{sql::delete_recovery_codes}};
    static auto const insert = Statement{"people_insert_recovery_codes", std::string{sql::insert_recovery_codes}};
    auto out = std::vector<std::string>{};
    auto hashes = Array{Array::Type::bytea};
    for (std::size_t i = 0; i < recovery_codes; ++i) {
        auto const bytes = crypto::random_bytes(recovery_bytes);
        hashes.add(Bytes{crypto::as_text(crypto::sha256(bytes))});
        out.push_back(shown_recovery_code(bytes));
    }
    connection.query(erase, Params::of(staff));
    connection.query(insert, Params::of(staff, hashes));
    return out;
}

}  // namespace

std::string sealing_key(std::string_view installation_key) {
    return std::string{crypto::as_text(crypto::hmac_sha256(installation_key, "second factors"))};
}

Tried try_password(postgres::Connection& connection, std::string_view login, std::string_view password, Origin const& origin) {
    static auto const find = Statement{"people_find_password", std::string{sql::find_password}};
    auto const account = by_account(login);
    auto const address = by_address(origin.address);
    if (auto const left = take_attempt(connection, {account, address})) return MustWait{*left};
    auto const rows = connection.query(find, Params::of(is_login(login) ? login : std::string_view{}));
    auto const known = rows.rows() == 1;
    auto const right = crypto::is_password_of(known ? rows.text(0, 1) : std::string_view{nobodys_hash()}, password.substr(0, password_bytes_max));
    if (!known || !right) return WrongCredentials{};
    forgive(connection, account, address);
    return RightPassword{rows.id<StaffId>(0, 0), std::string{rows.text(0, 1)}};
}

std::optional<crypto::Secret> sign_in(postgres::Connection& connection, RightPassword const& right, Origin const& origin) {
    auto transaction = Transaction{connection};
    auto token = open_session(connection, right.staff, right.hash, origin);
    if (!token) return std::nullopt;
    note(connection, by(right.staff), "session.opened", right.staff);
    transaction.commit();
    return token;
}

Confirmed give_code(postgres::Connection& connection, StaffId staff, SessionId session, std::string_view code, std::string_view installation_key) {
    auto const account = by_second_factor(staff.text());
    if (auto const left = take_attempt(connection, {account})) return MustWait{*left};
    if (!is_right_code(connection, staff, code, installation_key)) return WrongCode{};
    forgive(connection, account);
    auto transaction = Transaction{connection};
    auto token = confirm_session(connection, session);
    if (!token) return WrongCode{};
    note(connection, by(staff), "session.confirmed", staff, R"({"by":"code"})");
    transaction.commit();
    return std::move(*token);
}

crypto::Secret begin_totp(postgres::Connection& connection, StaffId staff, std::string_view installation_key) {
    static auto const insert = Statement{"people_insert_totp", std::string{sql::insert_totp}};
    auto secret = crypto::Secret{crypto::random_bytes(secret_bytes)};
    auto const sealed = crypto::seal(sealing_key(installation_key), secret.reveal(), sealed_about(staff));
    connection.query(insert, Params::of(staff, Bytes{sealed}));
    return secret;
}

void put_totp(postgres::Connection& connection, StaffId staff, std::string_view secret, std::string_view installation_key) {
    static auto const put = Statement{"people_put_totp", std::string{sql::put_totp}};
    connection.query(put, Params::of(staff, Bytes{crypto::seal(sealing_key(installation_key), secret, sealed_about(staff))}));
}

std::optional<crypto::Secret> pending_totp(postgres::Connection& connection, StaffId staff, std::string_view installation_key) {
    auto stored = load_totp(connection, staff, installation_key);
    if (!stored || stored->confirmed) return std::nullopt;
    return crypto::Secret{std::move(stored->secret)};
}

std::optional<std::vector<std::string>> confirm_totp(postgres::Connection& connection, StaffId staff, std::string_view code,
                                                     std::string_view installation_key) {
    static auto const confirm = Statement{"people_confirm_totp", std::string{sql::confirm_totp}};
    auto const stored = load_totp(connection, staff, installation_key);
    if (!stored || stored->confirmed) return std::nullopt;
    auto const step = matching_step(stored->secret, without_blanks(code), stored->now);
    if (!step) return std::nullopt;
    auto transaction = Transaction{connection};
    if (connection.query(confirm, Params::of(staff, *step)).affected() != 1) return std::nullopt;
    auto codes = make_recovery_codes(connection, staff);
    note(connection, by(staff), "staff.app_added", staff);
    transaction.commit();
    return codes;
}

Weighed weigh_password(postgres::Connection& connection, StaffId staff, std::string_view present, std::string_view wanted) {
    static auto const load = Statement{"people_load_password", std::string{sql::load_password}};
    auto const rows = connection.query(load, Params::of(staff));
    if (rows.rows() == 0) return Refused{"login", "must be somebody's who may sign in"};
    auto const account = by_account(rows.text(0, 0));
    if (auto const left = take_attempt(connection, {account})) return MustWait{*left};
    if (!crypto::is_password_of(rows.text(0, 2), present)) return Refused{"present", "must be your password as it is now"};
    forgive(connection, account);
    if (present == wanted) return Refused{"password", "must be another one"};
    if (auto complaint = check_password(wanted, rows.text(0, 0), rows.text(0, 1))) return *complaint;
    return NewPassword{std::string{rows.text(0, 2)}, crypto::hash_password(wanted)};
}

Result<Done, Refused> change_password(postgres::Connection& connection, StaffId staff, NewPassword const& password, Uuid const& session_to_keep) {
    static auto const change = Statement{"people_change_password", std::string{sql::change_password}};
    static auto const end_others = Statement{"people_end_other_sessions", std::string{sql::end_other_sessions}};
    auto transaction = Transaction{connection};
    if (connection.query(change, Params::of(staff, password.after, password.before)).affected() != 1)
        return Refused{"present", "must be your password as it is now"};
    connection.query(end_others, Params::of(staff, session_to_keep));
    note(connection, by(staff), "staff.password_changed", staff);
    transaction.commit();
    return Done{};
}

Factors factors_of(postgres::Connection& connection, StaffId staff) {
    static auto const load = Statement{"people_load_factors", std::string{sql::load_factors}};
    auto const rows = connection.query(load, Params::of(staff));
    return {rows.boolean(0, 0), rows.integer(0, 1)};
}

void remove_totp(postgres::Connection& connection, StaffId staff) {
    static auto const remove = Statement{"people_delete_totp", std::string{sql::delete_totp}};
    auto transaction = Transaction{connection};
    connection.query(remove, Params::of(staff));
    note(connection, by(staff), "staff.app_removed", staff);
    transaction.commit();
}

std::string shown_secret(std::string_view secret) {
    auto out = std::string{};
    for (auto const c : crypto::to_base32(secret)) {
        if (out.size() % 5 == 4) out += ' ';
        out += c;
    }
    return out;
}

std::string totp_address(std::string_view login, std::string_view secret) {
    return "otpauth://totp/" + http::percent_encode("Chợ Số") + ":" + http::percent_encode(login) + "?secret=" + crypto::to_base32(secret) +
           "&issuer=" + http::percent_encode("Chợ Số") + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace choso::people
