#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/settlements.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler get_settlement_batch(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = SettlementId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [caller, audience, id = *id](postgres::Connection& connection) {
            auto const found = find_settlement(connection, id);
            if (!found || !caller->may_see(found->merchant)) return to_response(Problem{Code::not_found}, audience);
            return json_response(200, to_json(*found));
        });
    };
}

}  // namespace choso::api
