#pragma once
#include "gateway/api/edge.hpp"
#include "marketplace/catalogue/live_index.hpp"
#include "platform/http/router.hpp"

/// What anybody may see of the marketplace's catalogue.
namespace choso::api {

/// A query as an address says it: q, category, seller, commune, province, stars, price_min, price_max, sort, attr=Name:Value,
/// limit, after. `after` is the `next` that a page before gave.
[[nodiscard]] Result<marketplace::Query, Problem> product_query_of(http::Request const& request, Instant now);
/// How a product is shown in a list.
[[nodiscard]] std::string to_json(marketplace::Document const& document, std::int64_t available, std::string_view base_url, Instant now);

[[nodiscard]] http::Handler list_products(Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler get_product(Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler suggest_products(Edge& edge, marketplace::LiveIndex& index);
/// GET /cho/hinh/{id}/{file}: a picture of a product, 320.webp … 1280.jpg.
[[nodiscard]] http::Handler get_product_image(Edge& edge);

void add_product_routes(http::Router& router, Edge& edge, marketplace::LiveIndex& index);

}  // namespace choso::api
