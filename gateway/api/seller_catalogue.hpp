#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

namespace choso::api {

/// The sellers' own branch: every call is for one merchant of the key, and looks for nothing but under it. POST
/// /api/v1/seller/imports (a file), GET …/exports, POST …/pictures.
void add_seller_catalogue_routes(http::Router& router, Edge& edge);

}  // namespace choso::api
