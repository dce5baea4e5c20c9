#pragma once
#include <optional>

#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// Server-drawn pages; each works without a script.
namespace choso::pages {

/// GET /t/{token}: what a payer sees of one request.
[[nodiscard]] http::Handler pay_page(api::Edge& edge);
/// GET /stall/{token}: the stall's own link; opens a session of twelve hours and leads to its page.
[[nodiscard]] http::Handler open_stall(api::Edge& edge);
/// GET /quay: the stall's page.
[[nodiscard]] http::Handler stall_page(api::Edge& edge);
/// POST /quay/requests: its form, "ask for this much".
[[nodiscard]] http::Handler ask_at_stall(api::Edge& edge);

/// The server's own errors (no such route, too busy, too slow) as a page, where people read the answer; nullopt elsewhere.
[[nodiscard]] std::optional<http::Response> error_page(http::ErrorKind error, http::Request const* request);
/// For api::Audience: a problem as a page of the stall.
[[nodiscard]] http::Response stall_problem_page(api::Problem const& problem, api::Audience const& audience);

/// All of the above, and /assets.
void add_routes(http::Router& router, api::Edge& edge);

/// An amount as people type it: `50000`, `50.000`, `50 000 ₫`; nullopt if it is no whole number of 1 to 99.999.999.999.
[[nodiscard]] std::optional<Money> typed_amount(std::string_view text);

}  // namespace choso::pages
