#include "merchants/people/passkey.hpp"

#include "merchants/people/sql.hpp"
#include "merchants/people/transaction.hpp"

namespace choso::people {
namespace {

using postgres::Bytes;
using postgres::Params;
using postgres::Statement;

constexpr std::size_t challenge_bytes = 32;

payments::Actor by(StaffId staff) { return {payments::ActorKind::person, staff.uuid()}; }

/// The session's challenge, which is gone with it.
std::optional<std::string> take_challenge(postgres::Connection& connection, SessionId session) {
    static auto const take = Statement{"people_take_challenge", std::string{sql::take_challenge}};
    auto const rows = connection.query(take, Params::of(session));
    if (rows.rows() == 0 || rows.is_null(0, 0) || !rows.boolean(0, 1)) return std::nullopt;
    return std::string{rows.text(0, 0)};
}

}  // namespace

std::vector<Passkey> list_passkeys(postgres::Connection& connection, StaffId staff) {
    static auto const list = Statement{"people_list_passkeys", std::string{sql::list_passkeys}};
    auto const rows = connection.query(list, Params::of(staff));
    auto out = std::vector<Passkey>{};
    for (auto i = 0; i < rows.rows(); ++i)
        out.push_back({std::string{rows.text(i, 0)}, std::string{rows.text(i, 1)}, rows.time(i, 2), rows.maybe_time(i, 3)});
    return out;
}

std::string new_challenge(postgres::Connection& connection, SessionId session) {
    static auto const set = Statement{"people_set_challenge", std::string{sql::set_challenge}};
    auto out = crypto::random_bytes(challenge_bytes);
    connection.query(set, Params::of(session, Bytes{out}));
    return out;
}

std::optional<crypto::Secret> add_passkey(postgres::Connection& connection, StaffId staff, SessionId session, RelyingParty const& party,
                                          std::string_view name, std::string_view client_data, std::string_view attestation) {
    static auto const insert = Statement{"people_insert_passkey", std::string{sql::insert_passkey}};
    auto const challenge = take_challenge(connection, session);
    if (!challenge) return std::nullopt;
    auto const made = check_registration(party, *challenge, client_data, attestation);
    if (!made) return std::nullopt;
    auto transaction = Transaction{connection};
    auto const kept = connection.query(insert, Params::of(Bytes{made->id}, staff, static_cast<std::int32_t>(made->algorithm), Bytes{made->public_key},
                                                          made->counter, name));
    if (kept.affected() == 0) return std::nullopt;
    auto token = confirm_session(connection, session);
    if (!token) return std::nullopt;
    note(connection, by(staff), "staff.passkey_added", staff);
    transaction.commit();
    return token;
}

std::optional<crypto::Secret> give_passkey(postgres::Connection& connection, StaffId staff, SessionId session, RelyingParty const& party,
                                           std::string_view id, Assertion const& assertion) {
    static auto const load = Statement{"people_load_passkey", std::string{sql::load_passkey}};
    static auto const use = Statement{"people_use_passkey", std::string{sql::use_passkey}};
    auto const challenge = take_challenge(connection, session);
    auto const rows = connection.query(load, Params::of(Bytes{id}, staff));
    if (!challenge || rows.rows() == 0) return std::nullopt;
    auto const counter = check_assertion(party, *challenge, rows.text(0, 0), assertion);
    if (!counter || !is_next_counter(rows.integer(0, 1), *counter)) return std::nullopt;
    auto transaction = Transaction{connection};
    // Told the counter it was compared with, so that of two at once one stays.
    if (connection.query(use, Params::of(Bytes{id}, staff, *counter, rows.integer(0, 1))).affected() != 1) return std::nullopt;
    auto token = confirm_session(connection, session);
    if (!token) return std::nullopt;
    note(connection, by(staff), "session.confirmed", staff, R"({"by":"passkey"})");
    transaction.commit();
    return token;
}

bool remove_passkey(postgres::Connection& connection, StaffId staff, std::string_view id) {
    static auto const remove = Statement{"people_delete_passkey", std::string{sql::delete_passkey}};
    auto transaction = Transaction{connection};
    if (connection.query(remove, Params::of(Bytes{id}, staff)).affected() == 0) return false;
    note(connection, by(staff), "staff.passkey_removed", staff);
    transaction.commit();
    return true;
}

}  // namespace choso::people
