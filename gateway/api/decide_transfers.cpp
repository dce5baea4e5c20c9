#include "gateway/api/auth.hpp"
#include "gateway/api/body_out.hpp"
#include "gateway/api/decisions.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/person.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show_out.hpp"

namespace choso::api {
namespace {

using Respond = std::shared_ptr<http::Responder>;
/// What is to be decided about a transfer: finds it, sees whether it is the person's to decide, orders it.
using Decision = std::function<void(Edge& edge, Person const& person, Respond const& respond, postgres::Connection& connection)>;

/// Approving and rejecting are a person's; a key, whatever it may name, is told so.
http::Handler by_a_person(Edge& edge, bool fresh, Decision decision) {
    return [&edge, fresh, decision = std::move(decision)](http::Request const& request, http::Responder respond) {
        if (credential(request, "Bearer")) {
            auto const audience = audience_of(request);
            if (enter(edge, request, respond, {})) respond(to_response(Problem{Code::approver_must_be_person}, audience));
            return;
        }
        enter_person(edge, std::move(respond), {.roles = deciders, .fresh = fresh, .unfinished = false},
                     [&edge, decision](Person const& person, Respond const& later, postgres::Connection& connection) {
                         decision(edge, person, later, connection);
                     });
    };
}

void refuse(Respond const& respond, Code code) { (*respond)(to_response(Problem{code}, audience_of(respond->request()))); }

/// The transfer as the decision left it.
template <class Row>
void submit(Edge& edge, std::unique_ptr<payments::Command const> command, std::shared_ptr<merchants::Directory const> directory, Row row,
            Respond const& respond) {
    edge.core.submit(std::move(command), [directory, row, respond](payments::Answer const& answer) {
        if (auto const code = problem_in(answer)) return refuse(respond, *code);
        auto shown = row;
        if constexpr (std::is_same_v<Row, RefundRow>) shown.refund = *answer->refund;
        else shown.payout = *answer->payout;
        (*respond)(json_response(200, to_json(shown, *directory)));
    });
}

/// The refund of the path, if it is the person's to decide; else it does not exist.
std::optional<RefundRow> refund_for(Person const& person, Respond const& respond, postgres::Connection& connection) {
    auto found = refund_to_decide(person, connection, respond->request().param("id"));
    if (found) return found;
    refuse(respond, Code::not_found);
    return std::nullopt;
}

std::optional<PayoutRow> payout_for(Person const& person, Respond const& respond, postgres::Connection& connection) {
    auto found = payout_to_decide(person, connection, respond->request().param("id"));
    if (found) return found;
    refuse(respond, Code::not_found);
    return std::nullopt;
}

}  // namespace

http::Handler approve_refund(Edge& edge) {
    return by_a_person(edge, true, [](Edge& at, Person const& person, Respond const& respond, postgres::Connection& connection) {
        auto const found = refund_for(person, respond, connection);
        if (!found) return;
        auto const shown = parse_approval(respond->request().body);
        if (!shown) return (*respond)(to_response(shown.error(), audience_of(respond->request())));
        auto command = yes_to(*found, person, *shown, at.clock.now());
        if (!command) return refuse(respond, Code::not_found);
        submit(at, std::move(command), person.directory, *found, respond);
    });
}

http::Handler reject_refund(Edge& edge) {
    return by_a_person(edge, false, [](Edge& at, Person const& person, Respond const& respond, postgres::Connection& connection) {
        auto const found = refund_for(person, respond, connection);
        if (found) submit(at, no_to(*found, person), person.directory, *found, respond);
    });
}

http::Handler approve_payout(Edge& edge) {
    return by_a_person(edge, true, [](Edge& at, Person const& person, Respond const& respond, postgres::Connection& connection) {
        auto const found = payout_for(person, respond, connection);
        if (found) submit(at, yes_to(*found, person), person.directory, *found, respond);
    });
}

http::Handler reject_payout(Edge& edge) {
    return by_a_person(edge, false, [](Edge& at, Person const& person, Respond const& respond, postgres::Connection& connection) {
        auto const found = payout_for(person, respond, connection);
        if (found) submit(at, no_to(*found, person), person.directory, *found, respond);
    });
}

}  // namespace choso::api
