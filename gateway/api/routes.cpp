#include "gateway/api/desk.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/office.hpp"

namespace choso::api {
namespace {

/// Money that goes back and out.
void add_transfers(http::Router& router, Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 4 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::post, "/api/v1/refunds", "create_refund", create_refund(edge), small);
    router.add(Method::get, "/api/v1/refunds", "list_refunds", list_refunds(edge));
    router.add(Method::get, "/api/v1/refunds/{id}", "get_refund", get_refund(edge));
    router.add(Method::post, "/api/v1/refunds/{id}/destination", "name_refund_destination", name_refund_destination(edge), small);
    router.add(Method::post, "/api/v1/refunds/{id}/approve", "approve_refund", approve_refund(edge), small);
    router.add(Method::post, "/api/v1/refunds/{id}/reject", "reject_refund", reject_refund(edge), small);
    router.add(Method::post, "/api/v1/payouts", "create_payout", create_payout(edge), small);
    router.add(Method::get, "/api/v1/payouts", "list_payouts", list_payouts(edge));
    router.add(Method::get, "/api/v1/payouts/{id}", "get_payout", get_payout(edge));
    router.add(Method::post, "/api/v1/payouts/{id}/approve", "approve_payout", approve_payout(edge), small);
    router.add(Method::post, "/api/v1/payouts/{id}/reject", "reject_payout", reject_payout(edge), small);
}

/// The shop's orders: anybody may place one; the sellers' branch is a key's.
void add_orders(http::Router& router, Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 4 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::post, "/api/v1/orders", "create_order", create_order(edge), {.body_bytes_max = 32 * 1024});
    router.add(Method::get, "/api/v1/orders/{id}", "get_order", get_order(edge));
    router.add(Method::get, "/api/v1/seller-orders", "list_seller_orders", list_seller_orders(edge));
    router.add(Method::get, "/api/v1/seller-orders/{id}", "get_seller_order", get_seller_order(edge));
    router.add(Method::post, "/api/v1/seller-orders/{id}/parcels", "create_parcel", create_parcel(edge), small);
    router.add(Method::post, "/api/v1/seller-orders/{id}/cancel", "cancel_seller_order", cancel_seller_order(edge), small);
    router.add(Method::post, "/api/v1/parcels/{id}/deliver", "deliver_parcel", deliver_parcel(edge), small);
    router.add(Method::post, "/api/v1/returns/{id}/answer", "answer_return", answer_return(edge), small);
}

}  // namespace

void add_routes(http::Router& router, Edge& edge) {
    using http::Method;
    router.add(Method::post, "/api/v1/payment-requests", "create_payment_request", create_payment_request(edge), {.body_bytes_max = 16 * 1024});
    router.add(Method::get, "/api/v1/payment-requests", "list_payment_requests", list_payment_requests(edge));
    router.add(Method::get, "/api/v1/payment-requests/{id}", "get_payment_request", get_payment_request(edge));
    router.add(Method::post, "/api/v1/payment-requests/{id}/cancel", "cancel_payment_request", cancel_payment_request(edge),
               {.body_bytes_max = 16 * 1024});
    router.add(Method::get, "/api/v1/payments", "list_payments", list_payments(edge));
    router.add(Method::get, "/api/v1/payments/{id}", "get_payment", get_payment(edge));
    router.add(Method::get, "/api/v1/due", "list_due", list_due(edge));
    router.add(Method::post, "/api/v1/settlement-batches", "create_settlement_batch", create_settlement_batch(edge), {.body_bytes_max = 4 * 1024});
    router.add(Method::get, "/api/v1/settlement-batches", "list_settlement_batches", list_settlement_batches(edge));
    router.add(Method::get, "/api/v1/settlement-batches/{id}", "get_settlement_batch", get_settlement_batch(edge));
    add_transfers(router, edge);
    add_orders(router, edge);
    add_office_routes(router, edge);
    add_desk_routes(router, edge);
    router.add(Method::get, "/api/v1/events", "list_events", list_events(edge));
    router.add(Method::get, "/api/v1/stream", "stream", stream(edge));
    router.add(Method::post, "/api/v1/stream-tickets", "create_stream_ticket", create_stream_ticket(edge), {.body_bytes_max = 1024});
    router.add(Method::get, "/api/v1/merchants", "list_merchants", list_merchants(edge));
    router.add(Method::get, "/api/v1/stalls", "list_stalls", list_stalls(edge));
    router.add(Method::get, "/api/v1/bank-accounts", "list_bank_accounts", list_bank_accounts(edge));
    router.add(Method::post, "/api/v1/sessions", "create_session", create_session(edge), {.body_bytes_max = 4096});
    router.add(Method::get, "/api/v1/session", "get_session", get_session(edge));
    router.add(Method::del, "/api/v1/session", "end_session", end_session(edge));
    router.add(Method::post, "/api/v1/session/second-factor", "give_second_factor", give_second_factor(edge), {.body_bytes_max = 4096});
}

}  // namespace choso::api
