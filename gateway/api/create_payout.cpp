#include "gateway/api/body_out.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler create_payout(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::payouts_write, [&edge](Maker const& maker, auto const& later) {
            auto const audience = audience_of(later->request());
            auto command = parse_payout(later->request(), maker, edge.clock.now());
            if (!command) return (*later)(to_response(command.error(), audience));
            auto to = command.value()->destination;
            edge.core.submit(std::move(command).value(), [directory = maker.directory, audience, to, later](payments::Answer const& answer) mutable {
                if (auto const code = problem_in(answer)) return (*later)(to_response(Problem{*code}, audience));
                to.id = answer->payout->destination;
                auto out = json_response(201, to_json(PayoutRow{*answer->payout, to}, *directory));
                out.with("Location", "/api/v1/payouts/" + answer->payout->id.text());
                if (answer->replayed) out.with("Idempotency-Replayed", "true");
                (*later)(std::move(out));
            });
        });
    };
}

}  // namespace choso::api
