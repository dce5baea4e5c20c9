#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// A payer's pages of receipts; each works without a script.
namespace choso::pages {

/// /bien-lai/{token}: whether a receipt is real and still good.
[[nodiscard]] http::Handler receipt_page(api::Edge& edge);
[[nodiscard]] http::Handler receipt_file(api::Edge& edge);
/// /bien-lai: found again by a code and the payer's phone.
[[nodiscard]] http::Handler find_receipt_page(api::Edge& edge);
[[nodiscard]] http::Handler find_receipt(api::Edge& edge);

void add_receipt_routes(http::Router& router, api::Edge& edge);

/// `0912345678` of whatever way people write a phone number; empty if it is none.
[[nodiscard]] std::string typed_phone(std::string_view text);

}  // namespace choso::pages
