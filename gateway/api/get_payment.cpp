#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler get_payment(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = PaymentId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [caller, audience, id = *id](postgres::Connection& connection) {
            auto const found = find_payment(connection, id);
            if (!found) return to_response(Problem{Code::not_found}, audience);
            auto const shares = shares_of(connection, {*found}, {caller->key->merchants.begin(), caller->key->merchants.end()});
            auto seen = SeenPayment{*found, caller->may_see(found->merchant), shares.empty() ? std::vector<payments::Part>{} : shares.begin()->second};
            std::erase_if(seen.shares, [&](auto const& share) { return !caller->may_see(share.merchant); });
            if (!seen.whole && seen.shares.empty()) return to_response(Problem{Code::not_found}, audience);
            return json_response(200, with_refunds(to_json(seen, *caller->directory), seen.whole ? refunds_of(connection, id) : std::vector<payments::Refund>{}));
        });
    };
}

}  // namespace choso::api
