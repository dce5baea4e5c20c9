#pragma once
#include "gateway/api/edge.hpp"
#include "marketplace/catalogue/live_index.hpp"
#include "platform/http/router.hpp"

/// The shop's pages under /cho, and the sellers' desk under /ban. All of them work without a script.
namespace choso::pages {

/// Looking: home, search, category, commune, OCOP, seller, product.
[[nodiscard]] http::Handler shop_home(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_search(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_category(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_commune(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_ocop(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_seller(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler shop_product(api::Edge& edge, marketplace::LiveIndex& index);
/// Buying: the cart, and one page to order what is in it.
[[nodiscard]] http::Handler shop_cart(api::Edge& edge);
[[nodiscard]] http::Handler add_to_cart(api::Edge& edge);
[[nodiscard]] http::Handler change_cart(api::Edge& edge);
[[nodiscard]] http::Handler checkout_page(api::Edge& edge);
[[nodiscard]] http::Handler take_checkout(api::Edge& edge);
/// Afterwards: the order's page, by its secret, and finding it by code and phone.
[[nodiscard]] http::Handler order_page(api::Edge& edge);
[[nodiscard]] http::Handler order_stream(api::Edge& edge);
[[nodiscard]] http::Handler cancel_my_order(api::Edge& edge);
[[nodiscard]] http::Handler ask_my_return(api::Edge& edge);
[[nodiscard]] http::Handler name_my_account(api::Edge& edge);
[[nodiscard]] http::Handler lookup_page(api::Edge& edge);
[[nodiscard]] http::Handler take_lookup(api::Edge& edge);
/// For search engines.
[[nodiscard]] http::Handler sitemap(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler robots(api::Edge& edge);
/// /ban
[[nodiscard]] http::Handler seller_home(api::Edge& edge, marketplace::LiveIndex& index);
[[nodiscard]] http::Handler change_stock(api::Edge& edge);
[[nodiscard]] http::Handler seller_part(api::Edge& edge);
[[nodiscard]] http::Handler send_parcel(api::Edge& edge);
[[nodiscard]] http::Handler arrive_parcel(api::Edge& edge);
[[nodiscard]] http::Handler cancel_part(api::Edge& edge);
[[nodiscard]] http::Handler answer_my_return(api::Edge& edge);

/// All of the above.
void add_shop_routes(http::Router& router, api::Edge& edge, marketplace::LiveIndex& index);

}  // namespace choso::pages
