#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// Where a stamp's QR leads, and the page to type a code on.
namespace choso::pages {

/// GET /truy-xuat, POST /truy-xuat (a code typed), GET /m/{code} (a lot or a stamp), POST /m/{code} (the scratch code),
/// GET /01/{gtin}, …/10/{lot}, …/21/{serial}: the GS1 Digital Link resolver.
void add_trace_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
