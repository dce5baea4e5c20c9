#include "gateway/counter/stall_session.hpp"
#include "gateway/pages/layout.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::counter {

http::Handler open_stall(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const directory = edge.directory.current();
        auto const* stall = directory->stall_by_link(crypto::as_text(crypto::sha256(request.param("token"))));
        if (stall == nullptr) return respond(pages::not_found_page());
        auto out = http::Response{303, "", "", {}};
        // Not plain `/quay`: a browser that kept another stall's page would show it.
        out.with("Location", "/quay?mo").with("Set-Cookie", session_cookie(edge, *stall)).with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
        respond(std::move(out));
    };
}

}  // namespace choso::counter
