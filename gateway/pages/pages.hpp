#pragma once
#include <optional>

#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// Server-drawn pages; each works without a script.
namespace choso::pages {

/// GET /t/{token}: what a payer sees of one request.
[[nodiscard]] http::Handler pay_page(api::Edge& edge);

/// An amount as people type or paste it (`50.000`, `50,000 đ`); nullopt for none that may be asked.
[[nodiscard]] std::optional<Money> typed_amount(std::string_view text);

/// The server's own errors (no such route, too busy, too slow) as a page, where people read the answer; nullopt elsewhere.
[[nodiscard]] std::optional<http::Response> error_page(http::ErrorKind error, http::Request const* request);
/// For api::Audience: a problem as a page of the stall.
[[nodiscard]] http::Response stall_problem_page(api::Problem const& problem, api::Audience const& audience);

/// All of the above, and /assets.
void add_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
