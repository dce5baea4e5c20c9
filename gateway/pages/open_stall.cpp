#include "gateway/api/respond.hpp"
#include "gateway/api/session.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {

http::Handler open_stall(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const directory = edge.directory.current();
        auto const& token = request.param("token");
        auto const* stall = directory->stall_by_link(crypto::as_text(crypto::sha256(token)));
        if (stall == nullptr) return respond(not_found_page());
        auto const session = api::stall_session(*stall, SystemClock{}.now() + api::stall_session_length, edge.directory.installation().session_key);
        auto const secure = edge.base_url.starts_with("https://");
        // Lax, not Strict: the link is followed from a chat, and the cookie must come along to where it leads. What changes
        // anything is a POST with the page's own token.
        auto cookie = std::string{api::stall_cookie_name(edge.base_url)} + "=" + session + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" +
                      std::to_string(std::chrono::duration_cast<Seconds>(api::stall_session_length).count());
        if (secure) cookie += "; Secure";
        auto out = http::Response{303, "", "", {}};
        out.with("Location", "/quay").with("Set-Cookie", std::move(cookie)).with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
        respond(std::move(out));
    };
}

}  // namespace choso::pages
