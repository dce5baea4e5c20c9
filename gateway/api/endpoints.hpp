#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// One file an endpoint, each with the same four steps: read who asks and what, parse it, submit a command (or ask the
/// readers), render the answer.
namespace choso::api {

[[nodiscard]] http::Handler create_payment_request(Edge& edge);
[[nodiscard]] http::Handler get_payment_request(Edge& edge);
[[nodiscard]] http::Handler list_payment_requests(Edge& edge);
[[nodiscard]] http::Handler cancel_payment_request(Edge& edge);
[[nodiscard]] http::Handler get_payment(Edge& edge);
[[nodiscard]] http::Handler list_payments(Edge& edge);
[[nodiscard]] http::Handler list_due(Edge& edge);
[[nodiscard]] http::Handler create_settlement_batch(Edge& edge);
[[nodiscard]] http::Handler get_settlement_batch(Edge& edge);
[[nodiscard]] http::Handler list_settlement_batches(Edge& edge);
[[nodiscard]] http::Handler create_refund(Edge& edge);
[[nodiscard]] http::Handler name_refund_destination(Edge& edge);
[[nodiscard]] http::Handler get_refund(Edge& edge);
[[nodiscard]] http::Handler list_refunds(Edge& edge);
[[nodiscard]] http::Handler approve_refund(Edge& edge);
[[nodiscard]] http::Handler reject_refund(Edge& edge);
[[nodiscard]] http::Handler create_payout(Edge& edge);
[[nodiscard]] http::Handler get_payout(Edge& edge);
[[nodiscard]] http::Handler list_payouts(Edge& edge);
[[nodiscard]] http::Handler approve_payout(Edge& edge);
[[nodiscard]] http::Handler reject_payout(Edge& edge);
[[nodiscard]] http::Handler list_events(Edge& edge);
[[nodiscard]] http::Handler create_stream_ticket(Edge& edge);
[[nodiscard]] http::Handler stream(Edge& edge);
[[nodiscard]] http::Handler list_merchants(Edge& edge);
[[nodiscard]] http::Handler list_stalls(Edge& edge);
[[nodiscard]] http::Handler list_bank_accounts(Edge& edge);

/// The shop: anybody may order, a seller's key sees and sends its part.
[[nodiscard]] http::Handler create_order(Edge& edge);
[[nodiscard]] http::Handler get_order(Edge& edge);
[[nodiscard]] http::Handler list_seller_orders(Edge& edge);
[[nodiscard]] http::Handler get_seller_order(Edge& edge);
[[nodiscard]] http::Handler create_parcel(Edge& edge);
[[nodiscard]] http::Handler deliver_parcel(Edge& edge);
[[nodiscard]] http::Handler answer_return(Edge& edge);
[[nodiscard]] http::Handler cancel_seller_order(Edge& edge);

/// People: sign in, give the second factor, see and end one's session.
[[nodiscard]] http::Handler create_session(Edge& edge);
[[nodiscard]] http::Handler give_second_factor(Edge& edge);
[[nodiscard]] http::Handler get_session(Edge& edge);
[[nodiscard]] http::Handler end_session(Edge& edge);

/// All of the above under /api/v1.
void add_routes(http::Router& router, Edge& edge);

}  // namespace choso::api
