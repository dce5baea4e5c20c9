#include "merchants/people/session.hpp"

#include "merchants/people/sql.hpp"

namespace choso::people {
namespace {

using postgres::Bytes;
using postgres::Params;
using postgres::Statement;

constexpr auto no_bucket = Bucket::of_bits(0);
constexpr std::size_t token_bytes = 32;
constexpr std::size_t agent_max = 200;
/// A page that asks ten times a second needs no ten writes.
constexpr auto seen_again = std::chrono::seconds{30};

crypto::Secret new_token() { return crypto::Secret{crypto::to_base64url(crypto::random_bytes(token_bytes))}; }

}  // namespace

Standing standing_of(Session const& session) {
    if (session.has_second_factor() && !session.second_factor_at) return Standing::second_factor_due;
    if (session.temporary_password) return Standing::password_temporary;
    if (!session.has_second_factor() && session.grants.roles().meets(money_roles)) return Standing::second_factor_absent;
    return Standing::whole;
}

bool is_over(Session const& session) {
    auto const idle = session.grants.roles().meets(money_roles) ? std::chrono::minutes{money_session_idle} : std::chrono::minutes{session_idle};
    return session.now >= session.created_at + session_longest || session.now >= session.seen_at + idle;
}

bool is_fresh(Session const& session) {
    return session.second_factor_at && session.now < *session.second_factor_at + second_factor_fresh;
}

std::optional<Session> find_session(postgres::Connection& connection, std::string_view token) {
    static auto const find = Statement{"people_find_session", std::string{sql::find_session}};
    static auto const touch = Statement{"people_touch_session", std::string{sql::touch_session}};
    auto const hash = crypto::sha256(token);
    auto const rows = connection.query(find, Params::of(Bytes{crypto::as_text(hash)}));
    if (rows.rows() == 0) return std::nullopt;
    auto out = Session{};
    out.id = rows.id<SessionId>(0, 0);
    out.created_at = rows.time(0, 1);
    out.seen_at = rows.time(0, 2);
    out.second_factor_at = rows.maybe_time(0, 3);
    out.now = rows.time(0, 4);
    out.staff = rows.id<StaffId>(0, 5);
    out.login = rows.text(0, 6);
    out.name = rows.text(0, 7);
    out.temporary_password = rows.boolean(0, 8);
    out.has_totp = rows.boolean(0, 9);
    out.has_passkey = rows.boolean(0, 10);
    out.grants = grants_of(rows.text_array(0, 11));
    if (is_over(out)) return std::nullopt;
    if (out.now >= out.seen_at + seen_again) connection.query(touch, Params::of(out.id));
    return out;
}

std::optional<crypto::Secret> open_session(postgres::Connection& connection, StaffId staff, std::string_view password_hash, Origin const& origin) {
    static auto const insert = Statement{"people_insert_session", std::string{sql::insert_session}};
    static auto const tidy_up = Statement{"people_delete_old_sessions", std::string{sql::delete_old_sessions}};
    auto token = new_token();
    auto const hash = crypto::sha256(token.reveal());
    auto const id = SessionId::make(no_bucket, SystemClock{}.now());
    auto const opened = connection.query(
        insert, Params::of(id, Bytes{crypto::as_text(hash)}, staff, origin.address, origin.agent.substr(0, agent_max), password_hash));
    if (opened.affected() != 1) return std::nullopt;
    connection.query(tidy_up);
    return token;
}

std::optional<crypto::Secret> confirm_session(postgres::Connection& connection, SessionId session) {
    static auto const update = Statement{"people_confirm_session", std::string{sql::confirm_session}};
    auto token = new_token();
    auto const hash = crypto::sha256(token.reveal());
    if (connection.query(update, Params::of(session, Bytes{crypto::as_text(hash)})).affected() != 1) return std::nullopt;
    return token;
}

std::vector<SessionRow> list_sessions(postgres::Connection& connection, StaffId staff) {
    static auto const list = Statement{"people_list_sessions", std::string{sql::list_sessions}};
    auto const rows = connection.query(list, Params::of(staff));
    auto out = std::vector<SessionRow>{};
    for (auto i = 0; i < rows.rows(); ++i)
        out.push_back({rows.id<SessionId>(i, 0), rows.time(i, 1), rows.time(i, 2), std::string{rows.text(i, 3)}, std::string{rows.text(i, 4)}});
    return out;
}

bool end_session(postgres::Connection& connection, StaffId staff, SessionId session) {
    static auto const update = Statement{"people_end_session", std::string{sql::end_session}};
    return connection.query(update, Params::of(session, staff)).affected() > 0;
}

}  // namespace choso::people
