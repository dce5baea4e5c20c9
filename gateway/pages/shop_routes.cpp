// Where the shop's pages stand, and what search engines read.
#include <chrono>

#include "gateway/pages/seller_pages.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "marketplace/catalogue/feed.hpp"
#include "marketplace/sellers/seller.hpp"
#include "platform/http/url.hpp"

namespace choso::pages {
namespace {

/// Sitemaps hold at most 50,000 addresses each; the index above names them.
constexpr std::int64_t sitemap_most = 40'000;

std::string in_xml(std::string_view text) { return html::escaped(text); }

http::Response xml(std::string body) {
    auto out = http::Response{200, "application/xml; charset=utf-8", std::move(body), {}};
    out.with("Cache-Control", "public, max-age=3600");
    return out;
}

}  // namespace

http::Handler sitemap(api::Edge& edge, marketplace::LiveIndex&) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const part = request.query_value("phan");
        edge.reads.run(std::move(respond), shop_audience(request), [&edge, part](postgres::Connection& connection) {
            static auto const count = postgres::Statement{"sitemap_count", "select count(*) from product where state = 'published'"};
            static auto const fixed = postgres::Statement{
                "sitemap_fixed", "select '/cho/loai/' || slug from category union all select '/cho/ban/' || slug from seller where state = 'approved'"};
            static auto const products = postgres::Statement{
                "sitemap_products", "select p.id from product p join seller s on s.merchant = p.seller and s.state = 'approved' "
                                    "where p.state = 'published' order by p.bucket, p.id offset $1::int8 limit $2::int8"};
            std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
            auto const pages = (connection.query(count).integer(0, 0) + sitemap_most - 1) / sitemap_most;
            if (!part) {
                out += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
                for (std::int64_t n = 0; n <= pages; ++n) out += "<sitemap><loc>" + in_xml(edge.base_url + "/sitemap.xml?phan=" + std::to_string(n)) + "</loc></sitemap>\n";
                return xml(out + "</sitemapindex>\n");
            }
            auto const number = parse_dong(*part);
            if (!number || number->dong() < 0 || number->dong() > 100'000) return http::plain_error(http::ErrorKind::not_found);
            out += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
            auto const add = [&](std::string_view path) { out += "<url><loc>" + in_xml(edge.base_url + std::string{path}) + "</loc></url>\n"; };
            if (number->is_zero()) {
                add("/cho");
                add("/cho/ocop");
                auto const rows = connection.query(fixed);
                for (auto row = 0; row < rows.rows(); ++row) add(rows.text(row, 0));
            } else {
                auto const rows = connection.query(products, postgres::Params::of((number->dong() - 1) * sitemap_most, sitemap_most));
                for (auto row = 0; row < rows.rows(); ++row) add(product_path(rows.id<marketplace::ProductId>(row, 0)));
            }
            return xml(out + "</urlset>\n");
        });
    };
}

/// What Google Merchant Center fetches of a seller, at an address that stays.
http::Handler google_feed_of(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        edge.reads.run(std::move(respond), shop_audience(request), [&edge, slug = std::string{request.param("slug")}](postgres::Connection& connection) {
            auto const seller = marketplace::Sellers{connection}.find_by_slug(slug);
            if (!seller || seller->state != marketplace::SellerState::approved) return http::plain_error(http::ErrorKind::not_found);
            return xml(marketplace::google_feed(connection, seller->merchant, edge.base_url, edge.clock.now()));
        });
    };
}

http::Handler robots(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        auto out = http::Response{200, "text/plain; charset=utf-8",
                                  "User-agent: *\nAllow: /cho\nDisallow: /cho/gio\nDisallow: /cho/dat-hang\nDisallow: /cho/don\nDisallow: /cho/tim\nDisallow: /t/\n"
                                  "Disallow: /api/\nSitemap: " + edge.base_url + "/sitemap.xml\n", {}};
        out.with("Cache-Control", "public, max-age=3600");
        respond(std::move(out));
    };
}

void add_shop_routes(http::Router& router, api::Edge& edge, marketplace::LiveIndex& index) {
    using http::Method;
    constexpr auto form = http::RouteLimits{.body_bytes_max = 16 * 1024};
    router.add(Method::get, "/cho", "shop_home", shop_home(edge, index));
    router.add(Method::get, "/cho/tim", "shop_search", shop_search(edge, index));
    router.add(Method::get, "/cho/loai/{slug}", "shop_category", shop_category(edge, index));
    router.add(Method::get, "/cho/xa/{commune}", "shop_commune", shop_commune(edge, index));
    router.add(Method::get, "/cho/ocop", "shop_ocop", shop_ocop(edge, index));
    router.add(Method::get, "/cho/ocop/{commune}", "shop_ocop_commune", shop_ocop(edge, index));
    router.add(Method::get, "/cho/ban/{slug}", "shop_seller", shop_seller(edge, index));
    router.add(Method::get, "/cho/ban/{slug}/google.xml", "google_feed", google_feed_of(edge));
    router.add(Method::get, "/cho/sp/{id}", "shop_product", shop_product(edge, index));
    router.add(Method::get, "/cho/gio", "shop_cart", shop_cart(edge));
    router.add(Method::post, "/cho/gio", "add_to_cart", add_to_cart(edge), form);
    router.add(Method::post, "/cho/gio/doi", "change_cart", change_cart(edge), form);
    router.add(Method::get, "/cho/dat-hang", "checkout_page", checkout_page(edge));
    router.add(Method::post, "/cho/dat-hang", "take_checkout", take_checkout(edge), form);
    router.add(Method::get, "/cho/don/{token}", "order_page", order_page(edge));
    router.add(Method::get, "/cho/don/{token}/stream", "order_stream", order_stream(edge));
    router.add(Method::post, "/cho/don/{token}/huy", "cancel_my_order", cancel_my_order(edge), form);
    router.add(Method::post, "/cho/don/{token}/tra-hang", "ask_my_return", ask_my_return(edge), form);
    router.add(Method::post, "/cho/don/{token}/hoan-tien", "name_my_account", name_my_account(edge), form);
    router.add(Method::get, "/cho/tra-cuu", "order_lookup_page", lookup_page(edge));
    router.add(Method::post, "/cho/tra-cuu", "take_order_lookup", take_lookup(edge), form);
    router.add(Method::get, "/sitemap.xml", "sitemap", sitemap(edge, index));
    router.add(Method::get, "/robots.txt", "robots", robots(edge));
    router.add(Method::get, "/ban", "seller_home", seller_home(edge, index));
    router.add(Method::get, "/ban/hang", "seller_goods", seller_goods(edge));
    router.add(Method::get, "/ban/hang/sua", "goods_form", goods_form(edge));
    router.add(Method::post, "/ban/hang", "take_goods", take_goods(edge), {.body_bytes_max = 128 * 1024});
    router.add(Method::post, "/ban/hang/anh", "take_goods_picture", take_goods_picture(edge),
               {.body_bytes_max = (std::size_t{12} << 20U) + 4'096, .body_timeout = {}, .handler_timeout = std::chrono::minutes{1}});
    router.add(Method::get, "/ban/sao-ke", "seller_statement", seller_statement(edge));
    router.add(Method::get, "/ban/duyet", "moderation_page", moderation_page(edge));
    router.add(Method::post, "/ban/duyet", "take_moderation", take_moderation(edge), form);
    router.add(Method::post, "/ban/kho", "change_stock", change_stock(edge), form);
    router.add(Method::get, "/ban/don/{id}", "seller_part", seller_part(edge));
    router.add(Method::post, "/ban/don/{id}/gui", "send_parcel", send_parcel(edge), form);
    router.add(Method::post, "/ban/don/{id}/toi", "arrive_parcel", arrive_parcel(edge), form);
    router.add(Method::post, "/ban/don/{id}/huy", "cancel_part", cancel_part(edge), form);
    router.add(Method::post, "/ban/don/{id}/tra", "answer_my_return", answer_my_return(edge), form);
}

}  // namespace choso::pages
