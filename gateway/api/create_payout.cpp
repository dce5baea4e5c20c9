#include "gateway/api/auth.hpp"
#include "gateway/api/body_out.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler create_payout(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payouts_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto command = parse_payout(request, *caller, edge.clock.now());
        if (!command) return respond(to_response(command.error(), audience));
        auto const to = command.value()->destination;
        edge.core.submit(std::move(command).value(), [caller, audience, to, respond = shared(std::move(respond))](payments::Answer const& answer) {
            if (auto const code = problem_in(answer)) return (*respond)(to_response(Problem{*code}, audience));
            auto out = json_response(201, to_json(PayoutRow{*answer->payout, to}, *caller->directory));
            out.with("Location", "/api/v1/payouts/" + answer->payout->id.text());
            if (answer->replayed) out.with("Idempotency-Replayed", "true");
            (*respond)(std::move(out));
        });
    };
}

}  // namespace choso::api
