#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler get_payment_request(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = PaymentRequestId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [&edge, caller, audience, id = *id](postgres::Connection& connection) {
            auto const found = find_request(connection, id);
            if (!found || !caller->may_see(found->merchant)) return to_response(Problem{Code::not_found}, audience);
            auto const refunds = caller->may_see(found->merchant) ? refunds_of(connection, id) : std::vector<payments::Refund>{};
            return json_response(200, with_refunds(to_json(caller->shown(*found), *caller->directory, edge.base_url), refunds));
        });
    };
}

}  // namespace choso::api
