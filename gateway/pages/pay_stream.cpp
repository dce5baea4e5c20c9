#include "gateway/api/respond.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

/// A page left open in a pocket lets go after a while; a browser that still shows it comes back by itself.
constexpr auto longest = std::chrono::minutes{15};

events::Subscription of_request(payments::PaymentRequest const& request, events::Cursor after) {
    auto out = events::Subscription{};
    out.merchants = {request.merchant};
    out.buckets = {request.id.bucket()};
    out.request = request.id;
    out.after = std::move(after);
    out.still_allowed = [until = std::chrono::steady_clock::now() + longest] { return std::chrono::steady_clock::now() < until; };
    return out;
}

}  // namespace

http::Handler pay_stream(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = api::audience_of(request);
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(api::to_response(api::Problem{api::Code::not_found}, audience));
        auto const later = api::shared(std::move(respond));
        auto look = [&edge, later, audience, token = *token, seen = request.query_value("seen").value_or("")](postgres::Connection& connection) {
            // The position first: what happens after it comes by the stream, what happened before is read now.
            auto after = edge.hub.now({token.bucket});
            auto const view = read_view(connection, token.bucket, token.random);
            if (!view) return (*later)(api::to_response(api::Problem{api::Code::not_found}, audience));
            auto const changed = fingerprint(*view, state_of(*view, edge.clock.now())) != seen;
            auto start = http::StreamStart{};
            start.headers.push_back({"X-Accel-Buffering", "no"});
            start.attach = [&edge, changed, what = of_request(view->request, std::move(after))](std::shared_ptr<http::Stream> opened) {
                (void)opened->send("retry: 2000\n\n");
                if (changed) (void)opened->send(http::sse_event("changed", "{}"));
                edge.hub.subscribe(what, std::move(opened));
            };
            (*later)(std::move(start));
        };
        edge.reads.ask(later, audience, std::move(look));
    };
}

}  // namespace choso::pages
