#pragma once
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/api/edge.hpp"
#include "gateway/pages/html.hpp"
#include "gateway/pages/language.hpp"
#include "marketplace/checkout/cart.hpp"
#include "marketplace/search/document.hpp"
#include "platform/http/message.hpp"

/// What the shop's pages share: the frame with search and cart, addresses, breadcrumbs, products in a list. All of it works
/// without a script.
namespace choso::pages {

/// Who asks, and with what in the cart.
struct Shopper {
    Language language = Language::vi;
    bool gzip = false;
    std::string path;  ///< as asked for, without the query
    std::string query;
    std::vector<marketplace::WantedLine> cart;
};
[[nodiscard]] Shopper shopper_of(http::Request const& request);
/// `vi` or `en`, by the shopper's language.
[[nodiscard]] std::string_view say(Language language, std::string_view vi, std::string_view en);
/// The same page in the same language: `path`, with `lang=en` where that is asked for.
[[nodiscard]] std::string address(Shopper const& shopper, std::string_view path);

struct ShopFrame {
    std::string title, description;
    std::string canonical;                                     ///< path and query that search engines shall know it by; empty: none shall
    std::vector<std::pair<std::string, std::string>> crumbs;   ///< words, path; the last one is this page
    std::string json_ld;
    int refresh_seconds = 0;
    bool script = false;
    std::string searched;                                      ///< stands in the search field
};
[[nodiscard]] http::Response shop_page(int status, Shopper const& shopper, ShopFrame const& frame, std::string_view base_url,
                                       std::function<void(Html&)> const& body);
[[nodiscard]] http::Response shop_not_found(Shopper const& shopper, std::string_view base_url);
[[nodiscard]] http::Response shop_problem_page(api::Problem const& problem, api::Audience const& audience);
[[nodiscard]] api::Audience shop_audience(http::Request const& request);

/// Products as a list of cards.
void draw_products(Html& html, Shopper const& shopper, std::vector<std::shared_ptr<marketplace::Document const>> const& rows,
                   std::unordered_map<Uuid, std::int64_t, UuidHash> const& available, Instant now);
/// `/cho/sp/…`, `/cho/loai/…`, `/cho/ban/…`, `/cho/xa/…`
[[nodiscard]] std::string product_path(marketplace::ProductId id);
[[nodiscard]] std::string category_path(std::string_view slug);
[[nodiscard]] std::string seller_path(std::string_view slug);
[[nodiscard]] std::string commune_path(std::string_view commune);
[[nodiscard]] std::string ocop_path(std::string_view commune);

/// The cart as its cookie holds it, and back; what cannot be read is not there.
[[nodiscard]] std::string cart_cookie(std::vector<marketplace::WantedLine> const& cart);
[[nodiscard]] std::vector<marketplace::WantedLine> cart_of_cookie(std::string_view cookie);
/// `Set-Cookie` for it.
[[nodiscard]] std::string set_cart(std::vector<marketplace::WantedLine> const& cart, std::string_view base_url);

}  // namespace choso::pages
