#include "gateway/api/desk.hpp"

namespace choso::api {

void add_desk_routes(http::Router& router, Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 4 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::get, "/api/v1/exceptions", "list_exceptions", list_exceptions(edge));
    router.add(Method::get, "/api/v1/exceptions/work", "exception_work", exception_work(edge));
    router.add(Method::get, "/api/v1/exceptions/{id}", "get_exception", get_exception(edge));
    router.add(Method::post, "/api/v1/exceptions/{id}/claim", "claim_exception", claim_exception(edge), small);
    router.add(Method::post, "/api/v1/exceptions/{id}/notes", "note_exception", note_exception(edge), small);
    router.add(Method::post, "/api/v1/exceptions/{id}/propose", "propose_resolution", propose_resolution(edge), small);
    router.add(Method::post, "/api/v1/exceptions/{id}/approve", "approve_resolution", approve_resolution(edge), small);
    router.add(Method::post, "/api/v1/exceptions/{id}/reject", "reject_resolution", reject_resolution(edge), small);
    router.add(Method::post, "/api/v1/exceptions/{id}/undo", "undo_resolution", undo_resolution(edge), small);
    router.add(Method::post, "/api/v1/settlement-batches/{id}/payment-files", "create_payment_file", create_payment_file(edge), small);
    router.add(Method::get, "/api/v1/payment-files/{id}", "get_payment_file", get_payment_file(edge));
    router.add(Method::post, "/api/v1/payment-status-reports", "take_status_report", take_status_report(edge), {.body_bytes_max = 8 * 1024 * 1024});
    router.add(Method::get, "/api/v1/merchants/{id}/statement", "get_merchant_statement", get_merchant_statement(edge));
    router.add(Method::get, "/api/v1/signing-certificate", "get_signing_certificate", get_signing_certificate(edge));
    router.add(Method::get, "/api/v1/reports/{id}", "get_report", get_report(edge));
    router.add(Method::get, "/api/v1/day-closes", "list_day_closes", list_day_closes(edge));
    router.add(Method::get, "/api/v1/day-closes/{day}", "get_day_close", get_day_close(edge));
}

}  // namespace choso::api
