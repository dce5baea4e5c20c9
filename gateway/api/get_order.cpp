#include "gateway/api/endpoints.hpp"
#include "gateway/api/orders.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"

namespace choso::api {

http::Response shown_order(Edge const& edge, postgres::Connection& connection, marketplace::OrderId id, Audience const& audience, int status, bool replayed) {
    auto const shown = marketplace::find_order(connection, id);
    if (!shown) return to_response(Problem{Code::not_found}, audience);
    auto const request = find_request(connection, marketplace::request_of(id));
    auto out = json_response(status, to_json(*shown, request ? &*request : nullptr, edge));
    if (status == 201) out.with("Location", "/api/v1/orders/" + id.text());
    if (replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

http::Handler get_order(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto const id = marketplace::OrderId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience,
                       [&edge, audience, id = *id](postgres::Connection& connection) { return shown_order(edge, connection, id, audience, 200, false); });
    };
}

}  // namespace choso::api
