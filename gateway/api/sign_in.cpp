#include "gateway/api/body.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/person.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/people/sign_in.hpp"

namespace choso::api {
namespace {

using people::Reach;

constexpr std::size_t agent_bytes_max = 200;

Problem must_wait(std::chrono::seconds left) {
    auto const seconds = std::to_string(left.count());
    auto out = Problem{Code::too_many_attempts, {}, {"Thử quá nhiều lần: hãy đợi " + seconds + " giây", "Too many attempts: wait " + seconds + " seconds"}};
    out.retry_after = static_cast<int>(left.count());
    return out;
}

std::string_view word(people::Standing standing) {
    switch (standing) {
        case people::Standing::second_factor_due: return "second_factor_due";
        case people::Standing::password_temporary: return "password_temporary";
        case people::Standing::second_factor_absent: return "second_factor_absent";
        case people::Standing::whole: break;
    }
    return "whole";
}

void write_grants(json::Writer& json, people::Grants const& grants) {
    json.key("roles").array();
    for (auto const& grant : grants.all()) {
        json.object().member("role", people::word(grant.role)).member("reach", people::word(grant.reach)).key("about");
        if (grant.reach == Reach::merchant) json.value(MerchantId{grant.about}.text());
        else if (grant.reach == Reach::collector) json.value(CollectorId{grant.about}.text());
        else json.null();
        json.end();
    }
    json.end();
}

std::string to_json(Person const& person) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", person.session.text()).member("staff", person.id.text()).member("user", person.login).member("name", person.name);
    write_grants(json, person.grants);
    json.member("standing", word(person.standing)).member("second_factor_fresh", person.second_factor_fresh);
    json.member("signed_in_at", to_rfc3339(person.signed_in_at)).member("expires_at", to_rfc3339(person.signed_in_at + people::session_longest));
    json.member("csrf", person.csrf).end();
    return out;
}

/// The session as it is under a token that was just made.
http::Response opened(Edge const& edge, postgres::Connection& connection, http::Request const& request, int status, std::string_view token) {
    auto as_sent = http::Request{};
    as_sent.method = http::Method::get;
    as_sent.headers.push_back({"Cookie", std::string{session_cookie_name(edge.base_url)} + "=" + std::string{token}});
    auto const person = person_of(edge, as_sent, connection, {.unfinished = true});
    if (!person) return to_response(person.error(), audience_of(request));
    auto out = json_response(status, to_json(*person));
    out.with("Set-Cookie", session_cookie(edge.base_url, token));
    return out;
}

/// A text field of the body that must be there.
Result<std::string, Problem> field(json::Value const& body, std::string_view name) {
    auto const* value = body.find(name);
    auto const text = value == nullptr ? std::nullopt : value->as_string();
    if (!text || text->empty() || text->size() > 1024)
        return invalid(name, {"Phải là chuỗi 1–1024 byte", "must be a string of 1–1024 bytes"});
    return std::string{*text};
}

}  // namespace

people::Origin origin_of(http::Request const& request) {
    auto out = people::Origin{request.remote, {}};
    for (auto const c : request.header("User-Agent").value_or(""))
        if (c >= ' ' && c <= '~' && out.agent.size() < agent_bytes_max) out.agent += c;
    return out;
}

void sign_in(Edge& edge, std::shared_ptr<http::Responder> const& respond, Audience const& audience, std::string user, crypto::Secret password,
             std::function<void(SignedIn const&, postgres::Connection&)> done) {
    auto const origin = origin_of(respond->request());
    edge.hashing.ask(respond, audience, [&edge, respond, audience, origin, user = std::move(user), password = std::move(password),
                                         done = std::move(done)](postgres::Connection& connection) {
        auto const tried = people::try_password(connection, user, password.reveal(), origin);
        if (auto const* wait = std::get_if<people::MustWait>(&tried)) return done(*wait, connection);
        auto const* right = std::get_if<people::RightPassword>(&tried);
        if (right == nullptr) return done(people::WrongCredentials{}, connection);
        edge.reads.ask(respond, audience, [origin, right = *right, done](postgres::Connection& reader) {
            auto const token = people::sign_in(reader, right, origin);
            if (!token) return done(people::WrongCredentials{}, reader);
            done(*token, reader);
        });
    });
}

http::Handler create_session(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        if (is_from_elsewhere(request, edge.base_url) || !request.header("Content-Type").value_or("").starts_with("application/json"))
            return respond(to_response(Problem{Code::form_expired}, audience));
        auto const body = parse_object(request.body, {"user", "password"});
        if (!body) return respond(to_response(body.error(), audience));
        auto const user = field(*body, "user");
        if (!user) return respond(to_response(user.error(), audience));
        auto const password = field(*body, "password");
        if (!password) return respond(to_response(password.error(), audience));
        auto const later = shared(std::move(respond));
        sign_in(edge, later, audience, *user, crypto::Secret{*password}, [&edge, later, audience](SignedIn const& done, postgres::Connection& connection) {
            if (auto const* wait = std::get_if<people::MustWait>(&done)) return (*later)(to_response(must_wait(wait->left), audience));
            if (std::holds_alternative<people::WrongCredentials>(done)) return (*later)(to_response(Problem{Code::credentials_wrong}, audience));
            auto answer = opened(edge, connection, later->request(), 201, std::get<crypto::Secret>(done).reveal());
            (*later)(std::move(answer));
        });
    };
}

http::Handler give_second_factor(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.unfinished = true}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const audience = audience_of(later->request());
            auto const body = parse_object(later->request().body, {"code"});
            if (!body) return (*later)(to_response(body.error(), audience));
            auto const code = field(*body, "code");
            if (!code) return (*later)(to_response(code.error(), audience));
            auto const done = people::give_code(connection, person.id, person.session, *code, edge.directory.installation().session_key);
            if (auto const* wait = std::get_if<people::MustWait>(&done)) return (*later)(to_response(must_wait(wait->left), audience));
            if (std::holds_alternative<people::WrongCode>(done)) return (*later)(to_response(Problem{Code::code_wrong, "code"}, audience));
            auto answer = opened(edge, connection, later->request(), 200, std::get<crypto::Secret>(done).reveal());
            (*later)(std::move(answer));
        });
    };
}

http::Handler get_session(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.unfinished = true},
                     [](Person const& person, auto const& later, postgres::Connection&) { (*later)(json_response(200, to_json(person))); });
    };
}

http::Handler end_session(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.unfinished = true}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            people::end_session(connection, person.id, person.session);
            auto out = http::Response{204, "", "", {}};
            out.with("Set-Cookie", session_cookie(edge.base_url, "")).with("Cache-Control", "no-store");
            (*later)(std::move(out));
        });
    };
}

}  // namespace choso::api
