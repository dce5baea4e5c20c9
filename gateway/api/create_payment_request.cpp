#include "gateway/api/auth.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

http::Response render(payments::Answer const& answer, Caller const& caller, std::string const& base_url, Audience const& audience) {
    if (auto const code = problem_in(answer)) return to_response(Problem{*code}, audience);
    auto out = json_response(201, to_json(caller.shown(*answer->request), *caller.directory, base_url));
    out.with("Location", "/api/v1/payment-requests/" + answer->request->id.text());
    if (answer->replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

}  // namespace

http::Handler create_payment_request(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto command = parse_create(request, *caller, edge.clock.now());
        if (!command) return respond(to_response(command.error(), audience));
        edge.core.submit(std::move(command).value(),
                         [&edge, caller, audience, respond = shared(std::move(respond))](payments::Answer const& answer) {
                             (*respond)(render(answer, *caller, edge.base_url, audience));
                         });
    };
}

}  // namespace choso::api
