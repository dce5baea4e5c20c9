#include "gateway/api/auth.hpp"
#include "gateway/api/body_out.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

http::Response render(payments::Answer const& answer, Caller const& caller, int status, std::optional<payments::Destination> const& to,
                      Audience const& audience) {
    if (auto const code = problem_in(answer)) return to_response(Problem{*code}, audience);
    auto out = json_response(status, to_json(RefundRow{*answer->refund, to, {}, {}}, *caller.directory));
    out.with("Location", "/api/v1/refunds/" + answer->refund->id.text());
    if (answer->replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

}  // namespace

http::Handler create_refund(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::refunds_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto asked = parse_refund(request.body);
        if (!asked) return respond(to_response(asked.error(), audience));
        // Whose it is stands in the payment; the command checks it again under the bucket's lock.
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller, audience, later, asked = *asked, key = *key](postgres::Connection& connection) {
            auto const found = find_payment(connection, asked.payment);
            if (!found || !caller->may_see(found->merchant)) return (*later)(to_response(Problem{Code::not_found, "payment"}, audience));
            auto command = to_command(asked, found->merchant, caller->actor(), key.of(found->merchant), edge.clock.now());
            edge.core.submit(std::move(command), [caller, audience, later, to = asked.destination](payments::Answer const& answer) {
                (*later)(render(answer, *caller, 201, to, audience));
            });
        });
    };
}

http::Handler name_refund_destination(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::refunds_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto to = parse_destination(request.body);
        if (!to) return respond(to_response(to.error(), audience));
        auto const id = RefundId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller, audience, later, id = *id, to = *to, key = *key](postgres::Connection& connection) {
            auto const found = find_refund(connection, id);
            if (!found || !caller->may_see(found->refund.merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
            auto command = std::make_unique<payments::NameDestination>();
            command->id = id;
            command->merchant = found->refund.merchant;
            command->destination = to;
            command->destination.id = PersonId::make(id.bucket(), edge.clock.now());
            command->actor = caller->actor();
            command->idempotency = key.of(found->refund.merchant);
            edge.core.submit(std::move(command), [caller, audience, later, to](payments::Answer const& answer) {
                (*later)(render(answer, *caller, 200, to, audience));
            });
        });
    };
}

}  // namespace choso::api
