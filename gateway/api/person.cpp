#include "gateway/api/person.hpp"

#include "gateway/api/respond.hpp"
#include "gateway/api/session.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/url.hpp"

namespace choso::api {
namespace {

bool changes_something(http::Method method) {
    return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

/// The CSRF token of a form or of a header.
std::string csrf_of(http::Request const& request) {
    if (auto const header = request.header("X-CSRF-Token")) return std::string{*header};
    auto const type = request.header("Content-Type").value_or("");
    if (type.starts_with("multipart/form-data")) {
        auto const parts = http::parse_multipart(type, request.body);
        auto const* part = parts ? http::find_part(*parts, "csrf") : nullptr;
        return part != nullptr ? std::string{part->value} : std::string{};
    }
    if (!type.starts_with("application/x-www-form-urlencoded")) return {};
    auto const form = http::parse_form(request.body);
    return form ? std::string{form->find("csrf").value_or("")} : std::string{};
}

std::optional<Problem> unfinished(people::Standing standing) {
    switch (standing) {
        case people::Standing::second_factor_due: return Problem{Code::second_factor_due};
        case people::Standing::password_temporary: return Problem{Code::password_temporary};
        case people::Standing::second_factor_absent: return Problem{Code::second_factor_absent};
        case people::Standing::whole: break;
    }
    return std::nullopt;
}

}  // namespace

bool Person::may(Roles roles, MerchantId about) const {
    auto const* merchant = directory->merchant(about);
    return merchant != nullptr && grants.reach(roles, *merchant);
}

std::vector<merchants::Merchant const*> Person::merchants(Roles roles) const {
    auto out = std::vector<merchants::Merchant const*>{};
    for (auto const* merchant : directory->merchants())
        if (grants.reach(roles, *merchant)) out.push_back(merchant);
    return out;
}

bool is_from_elsewhere(http::Request const& request, std::string_view base_url) {
    if (auto const site = request.header("Sec-Fetch-Site")) return *site != "same-origin" && *site != "none";
    auto const origin = request.header("Origin");
    if (!origin) return false;
    if (*origin == base_url) return false;
    auto const authority = origin->find("://") == std::string_view::npos ? std::string_view{} : origin->substr(origin->find("://") + 3);
    return authority.empty() || authority != request.header("Host").value_or("");
}

std::string_view session_cookie_name(std::string_view base_url) { return base_url.starts_with("https://") ? "__Host-phien" : "phien"; }

std::string session_cookie(std::string_view base_url, std::string_view token) {
    auto out = std::string{session_cookie_name(base_url)} + "=" + std::string{token} + "; Path=/; HttpOnly; SameSite=Strict";
    // No Max-Age: it ends with the browser; the server ends it before.
    if (token.empty()) out += "; Max-Age=0";
    if (base_url.starts_with("https://")) out += "; Secure";
    return out;
}

Result<Person, Problem> person_of(Edge const& edge, http::Request const& request, postgres::Connection& connection, Need const& need) {
    auto const cookie = request.cookie(session_cookie_name(edge.base_url));
    if (!cookie || cookie->empty()) return Problem{Code::sign_in_needed};
    auto session = people::find_session(connection, *cookie);
    if (!session) return Problem{Code::sign_in_needed};
    auto out = Person{};
    out.csrf = csrf_token(*cookie, edge.directory.installation().session_key);
    if (changes_something(request.method) &&
        (is_from_elsewhere(request, edge.base_url) || !crypto::constant_time_equal(csrf_of(request), out.csrf)))
        return Problem{Code::form_expired};
    out.standing = people::standing_of(*session);
    if (auto const problem = unfinished(out.standing); problem && !need.unfinished) return *problem;
    if (!session->grants.roles().meets(need.roles) && need.roles.only_some()) return Problem{Code::role_missing};
    out.second_factor_fresh = people::is_fresh(*session);
    if (need.fresh && !out.second_factor_fresh) return Problem{Code::step_up_needed};
    out.has_second_factor = session->has_second_factor();
    out.id = session->staff;
    out.session = session->id;
    out.login = std::move(session->login);
    out.name = std::move(session->name);
    out.grants = std::move(session->grants);
    out.signed_in_at = session->created_at;
    out.directory = edge.directory.current();
    return out;
}

void enter_person(Edge& edge, http::Responder respond, Need need, PersonHandler go) {
    auto const audience = audience_of(respond.request());
    auto const later = shared(std::move(respond));
    edge.reads.ask(later, audience, [&edge, later, audience, need, go = std::move(go)](postgres::Connection& connection) {
        auto const person = person_of(edge, later->request(), connection, need);
        if (!person) return (*later)(to_response(person.error(), audience));
        go(*person, later, connection);
    });
}

}  // namespace choso::api
