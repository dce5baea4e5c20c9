#include "merchants/people/staff.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "merchants/people/sign_in.hpp"
#include "merchants/people/sql.hpp"
#include "merchants/people/transaction.hpp"
#include "platform/crypto/password.hpp"
#include "platform/json/json.hpp"

namespace choso::people {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

constexpr auto no_bucket = Bucket::of_bits(0);
constexpr std::size_t name_max = 80;
constexpr std::size_t given_password_bytes = 15;

/// `hours` ago: what is old enough counts at once.
void insert_grants(postgres::Connection& connection, StaffId staff, std::vector<Grant> const& grants, std::int32_t hours = 0) {
    static auto const insert = Statement{"people_insert_grants", std::string{sql::insert_grants}};
    auto role = Array{Array::Type::text}, reach = Array{Array::Type::text}, about = Array{Array::Type::uuid};
    for (auto const& grant : grants) {
        role.add(word(grant.role));
        reach.add(word(grant.reach));
        about.add(grant.about);
    }
    connection.query(insert, Params::of(staff, role, reach, about, hours));
}

std::string body_of(std::vector<Grant> const& grants) {
    std::string out;
    auto json = json::Writer{out};
    json.object().key("roles").array();
    for (auto const& grant : grants)
        json.object().member("role", word(grant.role)).member("reach", word(grant.reach)).member("about", to_hyphenated(grant.about)).end();
    json.end().end();
    return out;
}

Refused nobody() { return {"login", "must be somebody's who may sign in"}; }

void end_sessions(postgres::Connection& connection, StaffId staff) {
    static auto const end = Statement{"people_end_sessions", std::string{sql::end_sessions}};
    connection.query(end, Params::of(staff));
}

}  // namespace

MadePassword make_password() {
    auto password = crypto::Secret{crypto::to_base64url(crypto::random_bytes(given_password_bytes))};
    auto hash = crypto::hash_password(password.reveal());
    return {std::move(password), std::move(hash)};
}

void note(postgres::Connection& connection, payments::Actor const& actor, std::string action, StaffId subject, std::string body) {
    auto drafts = std::vector<std::pair<Bucket, payments::AuditDraft>>{};
    drafts.emplace_back(no_bucket, payments::AuditDraft{actor, std::move(action), subject.uuid(), std::move(body)});
    payments::append_audit(connection, std::move(drafts));
}

bool is_login(std::string_view login) {
    if (login.size() < 2 || login.size() > 32) return false;
    auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return plain(login.front()) && std::ranges::all_of(login, [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

std::optional<Grant> grant_of(std::string_view words) {
    auto const first = words.find(' ');
    auto const second = words.find(' ', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto const role = role_of(words.substr(0, first));
    auto const reach = reach_of(words.substr(first + 1, second - first - 1));
    auto const about = from_hyphenated(words.substr(second + 1));
    if (!role || !reach || !about) return std::nullopt;
    return Grant{*role, *reach, *about};
}

Grants grants_of(std::vector<std::string> const& words) {
    auto out = std::vector<Grant>{};
    for (auto const& each : words)
        if (auto const grant = grant_of(each)) out.push_back(*grant);
    return Grants{std::move(out)};
}

Result<CreatedStaff, Refused> create_staff(postgres::Connection& connection, payments::Actor const& actor, NewStaff const& wanted,
                                           std::optional<MadePassword> made) {
    static auto const insert = Statement{"people_insert_staff", std::string{sql::insert_staff}};
    if (!is_login(wanted.login)) return Refused{"login", "must be 2 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit"};
    if (auto complaint = merchants::check_text("name", wanted.name, name_max)) return *complaint;
    if (wanted.password) {
        if (auto complaint = check_password(*wanted.password, wanted.login, wanted.name)) return *complaint;
        made = MadePassword{crypto::Secret{*wanted.password}, crypto::hash_password(*wanted.password)};
    }
    if (!made) made = make_password();
    auto const id = StaffId::make(no_bucket, SystemClock{}.now());
    auto transaction = Transaction{connection};
    if (connection.query(insert, Params::of(id, wanted.login, wanted.name, made->hash, !wanted.password)).affected() == 0)
        return Refused{"login", "must not be somebody's already"};
    insert_grants(connection, id, wanted.grants);
    note(connection, actor, "staff.created", id, body_of(wanted.grants));
    transaction.commit();
    return CreatedStaff{id, std::move(made->password)};
}

Result<CreatedStaff, Refused> reset_staff(postgres::Connection& connection, payments::Actor const& actor, std::string_view login,
                                          std::optional<MadePassword> made) {
    static auto const reset = Statement{"people_reset_staff", std::string{sql::reset_staff}};
    static auto const forget = Statement{"people_forget_factors", std::string{sql::forget_factors}};
    static auto const approve_later = Statement{"people_approve_later", std::string{sql::approve_later}};
    if (!is_login(login)) return nobody();
    if (!made) made = make_password();
    auto transaction = Transaction{connection};
    auto const rows = connection.query(reset, Params::of(login, made->hash));
    if (rows.rows() == 0) return nobody();
    auto const id = rows.id<StaffId>(0, 0);
    // Sessions first: a factor that one of them is just adding is then seen and forgotten, or not kept.
    end_sessions(connection, id);
    connection.query(forget, Params::of(id));
    connection.query(approve_later, Params::of(id));
    note(connection, actor, "staff.reset", id);
    transaction.commit();
    return CreatedStaff{id, std::move(made->password)};
}

Result<Done, Refused> revoke_staff(postgres::Connection& connection, payments::Actor const& actor, std::string_view login) {
    static auto const revoke = Statement{"people_revoke_staff", std::string{sql::revoke_staff}};
    if (!is_login(login)) return nobody();
    auto transaction = Transaction{connection};
    auto const rows = connection.query(revoke, Params::of(login));
    if (rows.rows() == 0) return nobody();
    auto const id = rows.id<StaffId>(0, 0);
    end_sessions(connection, id);
    note(connection, actor, "staff.revoked", id);
    transaction.commit();
    return Done{};
}

Result<Done, Refused> give_role(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, Grant const& grant) {
    auto const id = find_staff(connection, login);
    if (!id) return nobody();
    if (actor.kind == payments::ActorKind::person && actor.id == id->uuid()) return Refused{"login", "must not be your own"};
    auto transaction = Transaction{connection};
    insert_grants(connection, *id, {grant});
    note(connection, actor, "staff.role_given", *id, body_of({grant}));
    transaction.commit();
    return Done{};
}

Result<Done, Refused> take_role(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, Grant const& grant) {
    static auto const take = Statement{"people_delete_grant", std::string{sql::delete_grant}};
    auto const id = find_staff(connection, login);
    if (!id) return nobody();
    auto transaction = Transaction{connection};
    if (connection.query(take, Params::of(*id, word(grant.role), word(grant.reach), grant.about)).affected() == 0)
        return Refused{"role", "must be one that the person has"};
    note(connection, actor, "staff.role_taken", *id, body_of({grant}));
    transaction.commit();
    return Done{};
}

StaffId put_demo_staff(postgres::Connection& connection, NewStaff const& wanted, std::string_view totp_secret, std::string_view installation_key) {
    static auto const put = Statement{"people_put_staff", std::string{sql::put_staff}};
    static auto const forget = Statement{"people_forget_factors", std::string{sql::forget_factors}};
    static auto const ungrant = Statement{"people_delete_grants", std::string{sql::delete_grants}};
    CHOSO_ASSERT(wanted.password.has_value());
    auto const made = StaffId::make(no_bucket, SystemClock{}.now());
    auto const rows = connection.query(put, Params::of(made, wanted.login, wanted.name, crypto::hash_password(*wanted.password)));
    auto const id = rows.id<StaffId>(0, 0);
    connection.query(forget, Params::of(id));
    end_sessions(connection, id);
    connection.query(ungrant, Params::of(id));
    insert_grants(connection, id, wanted.grants, 48);
    note(connection, {}, "staff.created", id, body_of(wanted.grants));
    if (!totp_secret.empty()) put_totp(connection, id, totp_secret, installation_key);
    return id;
}

std::vector<StaffRow> list_staff(postgres::Connection& connection) {
    static auto const list = Statement{"people_list_staff", std::string{sql::list_staff}};
    auto const rows = connection.query(list);
    auto out = std::vector<StaffRow>{};
    for (auto i = 0; i < rows.rows(); ++i)
        out.push_back({rows.id<StaffId>(i, 0), std::string{rows.text(i, 1)}, std::string{rows.text(i, 2)}, grants_of(rows.text_array(i, 3)),
                       rows.boolean(i, 4), rows.boolean(i, 5), rows.boolean(i, 6), rows.boolean(i, 7)});
    return out;
}

std::optional<StaffId> find_staff(postgres::Connection& connection, std::string_view login) {
    static auto const find = Statement{"people_find_staff", std::string{sql::find_staff}};
    if (!is_login(login)) return std::nullopt;
    auto const rows = connection.query(find, Params::of(login));
    if (rows.rows() == 0) return std::nullopt;
    return rows.id<StaffId>(0, 0);
}

}  // namespace choso::people
