#include "gateway/api/endpoints.hpp"

namespace choso::api {

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
