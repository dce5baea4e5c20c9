#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"

namespace choso::api {
namespace {

/// Approving and rejecting are a person's: a key that may name nothing or everything is told so alike.
http::Handler for_people_only(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, {});
        if (!caller) return;
        respond(to_response(Problem{Code::approver_must_be_person}, audience_of(request)));
    };
}

}  // namespace

http::Handler approve_refund(Edge& edge) { return for_people_only(edge); }
http::Handler reject_refund(Edge& edge) { return for_people_only(edge); }
http::Handler approve_payout(Edge& edge) { return for_people_only(edge); }
http::Handler reject_payout(Edge& edge) { return for_people_only(edge); }

}  // namespace choso::api
