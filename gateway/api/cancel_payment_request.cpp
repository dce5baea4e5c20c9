#include "gateway/api/auth.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

http::Response render(payments::Answer const& answer, Caller const& caller, std::string const& base_url, Audience const& audience) {
    if (auto const code = problem_in(answer)) return to_response(Problem{*code}, audience);
    auto out = json_response(200, to_json(caller.shown(*answer->request), *caller.directory, base_url));
    if (answer->replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

/// For the merchant that the row names, which the caller may name too.
void submit(Edge& edge, Caller const& caller, payments::PaymentRequest const& found, SentKey const& key, Audience const& audience,
            std::shared_ptr<http::Responder> const& respond) {
    auto command = std::make_unique<payments::CancelRequest>();
    command->id = found.id;
    command->merchant = found.merchant;
    auto const* account = caller.directory->account(found.account);
    if (account != nullptr) command->mode = caller.directory->facts_of(*account).mode;
    command->actor = caller.actor();
    command->idempotency = key.of(found.merchant);
    edge.core.submit(std::move(command), [&edge, caller, audience, respond](payments::Answer const& answer) {
        (*respond)(render(answer, caller, edge.base_url, audience));
    });
}

}  // namespace

http::Handler cancel_payment_request(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        if (!request.body.empty()) {
            auto const body = parse_object(request.body, {});
            if (!body) return respond(to_response(body.error(), audience));
        }
        auto const id = PaymentRequestId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        // Whose it is stands in the row; the command checks it again under the bucket's lock.
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller, audience, later, id = *id, key = std::move(key).value()](postgres::Connection& connection) {
            auto const found = find_request(connection, id);
            if (!found || !caller->may_see(found->merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
            submit(edge, *caller, *found, key, audience, later);
        });
    };
}

}  // namespace choso::api
