#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

namespace choso::api {

/// The reconciliation desk: what does not match, and what is done about it.
[[nodiscard]] http::Handler list_exceptions(Edge& edge);
[[nodiscard]] http::Handler exception_work(Edge& edge);
[[nodiscard]] http::Handler get_exception(Edge& edge);
[[nodiscard]] http::Handler claim_exception(Edge& edge);
[[nodiscard]] http::Handler note_exception(Edge& edge);
[[nodiscard]] http::Handler propose_resolution(Edge& edge);
[[nodiscard]] http::Handler approve_resolution(Edge& edge);
[[nodiscard]] http::Handler reject_resolution(Edge& edge);
[[nodiscard]] http::Handler undo_resolution(Edge& edge);
[[nodiscard]] http::Handler create_payment_file(Edge& edge);
[[nodiscard]] http::Handler get_payment_file(Edge& edge);
[[nodiscard]] http::Handler take_status_report(Edge& edge);
[[nodiscard]] http::Handler list_day_closes(Edge& edge);
[[nodiscard]] http::Handler get_day_close(Edge& edge);
/// GET /reports/{settlement|payouts|ageing|places}
[[nodiscard]] http::Handler get_report(Edge& edge);
/// What a merchant is given to keep, and what proves it.
[[nodiscard]] http::Handler get_merchant_statement(Edge& edge);
[[nodiscard]] http::Handler get_signing_certificate(Edge& edge);
/// All of the above under /api/v1.
void add_desk_routes(http::Router& router, Edge& edge);

}  // namespace choso::api
