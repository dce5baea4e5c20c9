#include "gateway/api/body_out.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

http::Response render(payments::Answer const& answer, merchants::Directory const& directory, int status,
                      std::optional<payments::Destination> const& to, Audience const& audience) {
    if (auto const code = problem_in(answer)) return to_response(Problem{*code}, audience);
    auto shown = to;
    if (shown && answer->refund->destination) shown->id = *answer->refund->destination;
    auto out = json_response(status, to_json(RefundRow{*answer->refund, shown, {}, {}}, directory));
    out.with("Location", "/api/v1/refunds/" + answer->refund->id.text());
    if (answer->replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

void propose(Edge& edge, Maker const& maker, std::shared_ptr<http::Responder> const& later) {
    auto const audience = audience_of(later->request());
    auto key = sent_key(later->request());
    if (!key) return (*later)(to_response(key.error(), audience));
    auto asked = parse_refund(later->request().body);
    if (!asked) return (*later)(to_response(asked.error(), audience));
    // Whose it is stands in the payment; the command checks it again under the bucket's lock.
    edge.reads.ask(later, audience, [&edge, maker, audience, later, asked = *asked, key = *key](postgres::Connection& connection) {
        auto const found = find_payment(connection, asked.payment);
        if (!found || !maker.may_see(found->merchant)) return (*later)(to_response(Problem{Code::not_found, "payment"}, audience));
        auto command = to_command(asked, found->merchant, maker.actor, key.of(found->merchant), edge.clock.now());
        edge.core.submit(std::move(command), [directory = maker.directory, audience, later, to = asked.destination](payments::Answer const& answer) {
            (*later)(render(answer, *directory, 201, to, audience));
        });
    });
}

void name_destination(Edge& edge, Maker const& maker, std::shared_ptr<http::Responder> const& later) {
    auto const audience = audience_of(later->request());
    auto key = sent_key(later->request());
    if (!key) return (*later)(to_response(key.error(), audience));
    auto const id = RefundId::parse(later->request().param("id"));
    if (!id) return (*later)(to_response(Problem{Code::not_found}, audience));
    edge.reads.ask(later, audience, [&edge, maker, audience, later, id = *id, key = *key](postgres::Connection& connection) {
        auto const found = find_refund(connection, id);
        if (!found || !maker.may_see(found->refund.merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
        auto const to = parse_destination(later->request().body);
        if (!to) return (*later)(to_response(to.error(), audience));
        auto command = std::make_unique<payments::NameDestination>();
        command->id = id;
        command->merchant = found->refund.merchant;
        command->destination = *to;
        command->destination.id = PersonId::make(id.bucket(), edge.clock.now());
        command->actor = maker.actor;
        command->idempotency = key.of(found->refund.merchant);
        edge.core.submit(std::move(command), [directory = maker.directory, audience, later, to = *to](payments::Answer const& answer) {
            (*later)(render(answer, *directory, 200, to, audience));
        });
    });
}

}  // namespace

http::Handler create_refund(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write,
                    [&edge](Maker const& maker, auto const& later) { propose(edge, maker, later); });
    };
}

http::Handler name_refund_destination(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write,
                    [&edge](Maker const& maker, auto const& later) { name_destination(edge, maker, later); });
    };
}

}  // namespace choso::api
