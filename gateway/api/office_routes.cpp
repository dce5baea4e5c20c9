#include "gateway/api/office.hpp"

namespace choso::api {

void add_office_routes(http::Router& router, Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 4 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::get, "/api/v1/receipts", "list_receipts", list_receipts(edge));
    router.add(Method::get, "/api/v1/receipts/{id}", "get_receipt", get_receipt(edge));
    router.add(Method::get, "/api/v1/receipts/{id}/pdf", "get_receipt_pdf", get_receipt_pdf(edge));
    router.add(Method::post, "/api/v1/receipts/{id}/cancel", "cancel_receipt", cancel_receipt(edge), small);
    auto const file = http::RouteLimits{.body_bytes_max = 16 * 1024 * 1024, .body_timeout = std::chrono::seconds{60}, .handler_timeout = std::chrono::seconds{60}};
    router.add(Method::post, "/api/v1/benefit-lists", "create_benefit_list", create_benefit_list(edge), file);
    router.add(Method::get, "/api/v1/benefit-lists", "list_benefit_lists", list_benefit_lists(edge));
    router.add(Method::get, "/api/v1/benefit-lists/{id}", "get_benefit_list", get_benefit_list(edge));
    router.add(Method::get, "/api/v1/benefit-lists/{id}/lines", "get_benefit_lines", get_benefit_lines(edge));
    router.add(Method::post, "/api/v1/benefit-lists/{id}/approve", "approve_benefit_list", approve_benefit_list(edge), small);
    router.add(Method::post, "/api/v1/benefit-lists/{id}/reject", "reject_benefit_list", reject_benefit_list(edge), small);
    router.add(Method::post, "/api/v1/benefit-lists/{id}/cash", "tell_benefit_cash", tell_benefit_cash(edge), small);
    router.add(Method::post, "/api/v1/deposits", "create_deposit", create_deposit(edge), small);
    router.add(Method::get, "/api/v1/deposits", "list_deposits", list_deposits(edge));
    router.add(Method::get, "/api/v1/deposits/{id}", "get_deposit", get_deposit(edge));
    router.add(Method::post, "/api/v1/deposits/{id}/uses", "use_deposit", use_deposit(edge), small);
    router.add(Method::post, "/api/v1/deposits/{id}/settle", "settle_deposit", settle_deposit(edge), small);
    router.add(Method::post, "/api/v1/complaints", "create_complaint", create_complaint(edge), {.body_bytes_max = 16 * 1024});
    router.add(Method::get, "/api/v1/complaints", "list_complaints", list_complaints(edge));
    router.add(Method::get, "/api/v1/complaints/{id}", "get_complaint", get_complaint(edge));
    router.add(Method::post, "/api/v1/complaints/{id}/answer", "answer_complaint", answer_complaint(edge), {.body_bytes_max = 16 * 1024});
    router.add(Method::get, "/api/v1/complaint-figures", "list_complaint_figures", list_complaint_figures(edge));
}

}  // namespace choso::api
