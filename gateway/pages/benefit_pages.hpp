#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// /tro-cap: an office's benefit lists. Each page works without a script.
namespace choso::pages {

/// The lists, and the form that sends one.
[[nodiscard]] http::Handler benefits_page(api::Edge& edge);
[[nodiscard]] http::Handler take_benefit_list(api::Edge& edge);
/// One list: its figures, the unpaid by reason, another person's word on it; and its lines as a file.
[[nodiscard]] http::Handler benefit_page(api::Edge& edge);
[[nodiscard]] http::Handler decide_benefit(api::Edge& edge);
[[nodiscard]] http::Handler benefit_file(api::Edge& edge);

void add_benefit_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
