#include "gateway/api/seller_catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "gateway/api/auth.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "marketplace/catalogue/import.hpp"
#include "marketplace/catalogue/pictures.hpp"
#include "merchants/scopes.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

using namespace marketplace;

constexpr std::size_t file_most = std::size_t{24} << 20U;
constexpr std::size_t picture_most = std::size_t{12} << 20U;

Problem of(Refused const& refused) {
    return {Code::field_invalid, refused.field, {"Trường " + refused.field + " không đúng: " + refused.rule, refused.text()}};
}

/// The one merchant that a call of this branch is for: named, or the only one the key has. Every row is looked for under it.
Result<MerchantId, Problem> own_merchant(http::Request const& request, Caller const& caller) {
    auto const all = merchants_of(request, caller);
    if (!all) return all.error();
    if (all->size() != 1) return Problem{Code::parameter_invalid, "merchant", {"Hãy nêu người bán", "Name the seller"}};
    return all->front()->id;
}

/// Enters, finds the merchant, and runs `work` on a reader's thread with the seller it is.
http::Handler for_seller(Edge& edge, std::string_view scope,
                         std::function<http::Response(http::Request const&, postgres::Connection&, Seller const&, Audience const&)> work) {
    return [&edge, scope, work = std::move(work)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, scope);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchant = own_merchant(request, *caller);
        if (!merchant) return respond(to_response(merchant.error(), audience));
        auto const asked = std::make_shared<http::Request>(request);   // its body is needed after this handler has returned
        edge.reads.run(std::move(respond), audience, [asked, merchant = *merchant, audience, work](postgres::Connection& connection) {
            auto const seller = Sellers{connection}.find(merchant);
            if (!seller) return to_response(Problem{Code::not_found, "merchant"}, audience);
            return work(*asked, connection, *seller, audience);
        });
    };
}

std::string to_json(ImportResult const& result) {
    constexpr std::size_t shown_most = 100;
    std::string text;
    auto json = json::Writer{text};
    json.object().member("id", result.id.text()).member("format", word(result.format)).member("rows", result.rows).member("taken", result.taken);
    json.member("refused", result.bad.size()).member("products", result.products).member("created", result.created).key("bad").array();
    for (auto i = std::size_t{0}; i < std::min(shown_most, result.bad.size()); ++i)
        json.object().member("row", result.bad[i].row).member("field", result.bad[i].field).member("rule", result.bad[i].rule).end();
    json.end().member("bad_rows", result.bad_rows).end();
    return text;
}

http::Handler import_goods(Edge& edge) {
    return for_seller(edge, merchants::scope::products_write, [&edge](http::Request const& request, postgres::Connection& connection, Seller const& seller, Audience const& audience) {
        if (request.body.empty()) return to_response(Problem{Code::body_invalid, ""}, audience);
        auto const result = import_products(connection, request.body, "api", {seller.merchant, seller.bucket, false, std::nullopt, edge.clock.now()});
        if (!result) return to_response(of(result.error()), audience);
        return json_response(200, to_json(*result));
    });
}

http::Handler export_goods(Edge& edge) {
    return for_seller(edge, merchants::scope::products_read, [](http::Request const& request, postgres::Connection& connection, Seller const& seller, Audience const& audience) {
        auto const format = format_of(request.query_value("format").value_or("ours"));
        if (!format) return to_response(Problem{Code::parameter_invalid, "format", {"Phải là ours, shopify, woocommerce hoặc household", "Must be ours, shopify, woocommerce or household"}}, audience);
        auto left_out = std::size_t{0};
        auto out = http::Response{200, "text/csv; charset=utf-8", write_csv(*format, products_of(connection, seller.merchant), left_out), {}};
        out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"san-pham.csv\"").with("X-Left-Out", std::to_string(left_out));
        return out;
    });
}

http::Handler upload_picture(Edge& edge) {
    return for_seller(edge, merchants::scope::products_write, [&edge](http::Request const& request, postgres::Connection& connection, Seller const& seller, Audience const& audience) {
        auto const product = ProductId::parse(request.query_value("product").value_or(""));
        if (!product || !is_of(connection, *product, seller.merchant)) return to_response(Problem{Code::not_found, "product"}, audience);
        auto const id = add_picture(connection, *product, request.body, request.query_value("alt").value_or(""), edge.clock.now());
        if (!id) return to_response(of(id.error()), audience);
        std::string text;
        json::Writer{text}.object().member("id", id->text()).member("url", edge.base_url + "/cho/hinh/" + id->text() + "/640.webp").end();
        return json_response(201, std::move(text));
    });
}

}  // namespace

void add_seller_catalogue_routes(http::Router& router, Edge& edge) {
    using http::Method;
    router.add(Method::post, "/api/v1/seller/imports", "seller_import", import_goods(edge), {.body_bytes_max = file_most, .body_timeout = {}, .handler_timeout = std::chrono::minutes{2}});
    router.add(Method::get, "/api/v1/seller/exports", "seller_export", export_goods(edge), {.body_bytes_max = 0, .body_timeout = {}, .handler_timeout = std::chrono::minutes{1}});
    router.add(Method::post, "/api/v1/seller/pictures", "seller_picture", upload_picture(edge), {.body_bytes_max = picture_most + 1, .body_timeout = {}, .handler_timeout = std::chrono::minutes{1}});
}

}  // namespace choso::api
