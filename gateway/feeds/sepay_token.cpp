#include "gateway/api/auth.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/session.hpp"
#include "gateway/feeds/sepay.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/url.hpp"
#include "platform/json/json.hpp"

namespace choso::feeds {
namespace {

constexpr auto token_life = Seconds{3600};

struct Credentials {
    std::string grant_type;
    std::string id;
    std::string secret;
};

/// From the body (form or JSON), and from Basic, which wins.
Credentials credentials_of(http::Request const& request) {
    auto out = Credentials{};
    auto const kind = request.header("Content-Type").value_or("");
    if (kind.find("json") != std::string_view::npos) {
        if (auto const body = json::parse(request.body)) {
            auto const text = [&](std::string_view name) {
                auto const* value = body->find(name);
                return std::string{value != nullptr ? value->as_string().value_or("") : ""};
            };
            out = {text("grant_type"), text("client_id"), text("client_secret")};
        }
    } else if (auto const form = http::parse_form(request.body)) {
        out = {std::string{form->find("grant_type").value_or("")}, std::string{form->find("client_id").value_or("")},
               std::string{form->find("client_secret").value_or("")}};
    }
    if (auto const basic = api::credential(request, "Basic")) {
        auto const pair = crypto::from_base64(*basic).value_or("");
        auto const colon = pair.find(':');
        if (colon == std::string::npos) return out;
        out.id = http::form_decode(pair.substr(0, colon)).value_or("");
        out.secret = http::form_decode(pair.substr(colon + 1)).value_or("");
    }
    return out;
}

/// RFC 6749 §5.2, which OAuth2 clients read; not a problem document.
http::Response refuse(int status, std::string_view error) {
    std::string body;
    json::Writer{body}.object().member("error", error).end();
    auto out = api::json_response(status, std::move(body));
    if (status == 401) out.with("WWW-Authenticate", R"(Basic realm="choso")");
    return out;
}

}  // namespace

http::Handler sepay_token(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const given = credentials_of(request);
        if (given.grant_type != "client_credentials") return respond(refuse(400, "unsupported_grant_type"));
        auto const directory = edge.directory.current();
        auto const* feed = directory->feed_by_client_id(given.id);
        auto const hash = crypto::sha256(given.secret);
        if (feed == nullptr || feed->auth != merchants::FeedAuth::oauth2 || !crypto::constant_time_equal(feed->secret_hash, crypto::as_text(hash)))
            return respond(refuse(401, "invalid_client"));
        std::string body;
        json::Writer{body}.object()
            .member("access_token", api::feed_token(feed->id, SystemClock{}.now() + token_life, edge.directory.installation().session_key))
            .member("token_type", "Bearer").member("expires_in", token_life.count()).end();
        respond(api::json_response(200, std::move(body)));
    };
}

}  // namespace choso::feeds
