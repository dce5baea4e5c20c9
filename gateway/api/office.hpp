#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// What payees' offices do: receipts, deposits, benefits, complaints. As in endpoints.hpp, one handler an endpoint.
namespace choso::api {

[[nodiscard]] http::Handler list_receipts(Edge& edge);
[[nodiscard]] http::Handler get_receipt(Edge& edge);
[[nodiscard]] http::Handler get_receipt_pdf(Edge& edge);
[[nodiscard]] http::Handler cancel_receipt(Edge& edge);

[[nodiscard]] http::Handler create_benefit_list(Edge& edge);
[[nodiscard]] http::Handler list_benefit_lists(Edge& edge);
[[nodiscard]] http::Handler get_benefit_list(Edge& edge);
[[nodiscard]] http::Handler get_benefit_lines(Edge& edge);
[[nodiscard]] http::Handler approve_benefit_list(Edge& edge);
[[nodiscard]] http::Handler reject_benefit_list(Edge& edge);
[[nodiscard]] http::Handler tell_benefit_cash(Edge& edge);

[[nodiscard]] http::Handler create_deposit(Edge& edge);
[[nodiscard]] http::Handler list_deposits(Edge& edge);
[[nodiscard]] http::Handler get_deposit(Edge& edge);
[[nodiscard]] http::Handler use_deposit(Edge& edge);
[[nodiscard]] http::Handler settle_deposit(Edge& edge);

[[nodiscard]] http::Handler create_complaint(Edge& edge);
[[nodiscard]] http::Handler list_complaints(Edge& edge);
[[nodiscard]] http::Handler get_complaint(Edge& edge);
[[nodiscard]] http::Handler answer_complaint(Edge& edge);
[[nodiscard]] http::Handler list_complaint_figures(Edge& edge);

/// All of the above under /api/v1.
void add_office_routes(http::Router& router, Edge& edge);

}  // namespace choso::api
