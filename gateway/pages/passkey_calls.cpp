#include "gateway/api/body.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "merchants/people/passkey.hpp"

/// What assets/people.js asks for: JSON in and out, since a passkey cannot be used without a script.
namespace choso::pages {
namespace {

constexpr std::size_t name_bytes_max = 60;

/// A base64url field; empty if it is none.
std::string bytes_of(json::Value const& body, std::string_view name) {
    auto const* value = body.find(name);
    auto const text = value == nullptr ? std::nullopt : value->as_string();
    return text ? crypto::from_base64url(*text).value_or("") : std::string{};
}

http::Response confirmed(api::Edge const& edge, std::optional<crypto::Secret> const& token, http::Request const& request, std::string_view next) {
    if (!token) return api::to_response(api::Problem{api::Code::code_wrong}, api::audience_of(request));
    std::string body;
    json::Writer{body}.object().member("next", next).end();
    auto out = api::json_response(200, std::move(body));
    out.with("Set-Cookie", api::session_cookie(edge.base_url, token->reveal()));
    return out;
}

std::string name_of_key(http::Request const& request) {
    auto const agent = request.header("User-Agent").value_or("");
    for (auto const known : {"Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"})
        if (agent.find(known) != std::string_view::npos) return "Khoá trên " + std::string{known};
    return "Khoá";
}

}  // namespace

http::Handler passkey_challenge(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        api::enter_person(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const party = people::relying_party(edge.base_url);
            std::string body;
            auto json = json::Writer{body};
            json.object().member("challenge", crypto::to_base64url(people::new_challenge(connection, person.session))).member("rp_id", party.id);
            json.member("user_id", crypto::to_base64url(crypto::as_text(person.id.uuid()))).member("user", person.login).member("name", person.name);
            json.key("passkeys").array();
            for (auto const& passkey : people::list_passkeys(connection, person.id)) json.value(crypto::to_base64url(passkey.id));
            json.end().end();
            (*later)(api::json_response(200, std::move(body)));
        });
    };
}

http::Handler add_passkey(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        api::enter_person(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            if (person.has_second_factor && !person.second_factor_fresh)
                return (*later)(api::to_response(api::Problem{api::Code::step_up_needed}, api::audience_of(request)));
            auto const body = api::parse_object(request.body, {"client_data", "attestation"});
            if (!body) return (*later)(api::to_response(body.error(), api::audience_of(request)));
            auto const token = people::add_passkey(connection, person.id, person.session, people::relying_party(edge.base_url),
                                                   name_of_key(request).substr(0, name_bytes_max), bytes_of(*body, "client_data"),
                                                   bytes_of(*body, "attestation"));
            (*later)(confirmed(edge, token, request, "/tai-khoan"));
        });
    };
}

http::Handler use_passkey(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        api::enter_person(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const body = api::parse_object(request.body, {"id", "client_data", "authenticator_data", "signature", "next"});
            if (!body) return (*later)(api::to_response(body.error(), api::audience_of(request)));
            auto const assertion = people::Assertion{bytes_of(*body, "client_data"), bytes_of(*body, "authenticator_data"), bytes_of(*body, "signature")};
            auto const token =
                people::give_passkey(connection, person.id, person.session, people::relying_party(edge.base_url), bytes_of(*body, "id"), assertion);
            auto const* next = body->find("next");
            (*later)(confirmed(edge, token, request, safe_path(next == nullptr ? "" : next->as_string().value_or(""))));
        });
    };
}

http::Handler remove_passkey(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.fresh = true}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = crypto::from_base64url(form_value(later->request(), "id"));
            if (!id || !people::remove_passkey(connection, person.id, *id)) return (*later)(not_found_page());
            (*later)(go_to("/tai-khoan"));
        });
    };
}

}  // namespace choso::pages
