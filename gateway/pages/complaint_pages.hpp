#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// Complaints: the payer's form on a receipt, what became of it, and the desk of those who answer. Each works without a script.
namespace choso::pages {

/// /bien-lai/{token}/khieu-nai
[[nodiscard]] http::Handler complain_page(api::Edge& edge);
[[nodiscard]] http::Handler take_complaint(api::Edge& edge);
/// /khieu-nai/{token}
[[nodiscard]] http::Handler complaint_page(api::Edge& edge);
/// /khieu-nai: for staff.
[[nodiscard]] http::Handler complaints_page(api::Edge& edge);
[[nodiscard]] http::Handler answer_complaint_form(api::Edge& edge);

void add_complaint_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
