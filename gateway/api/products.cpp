#include "gateway/api/products.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "marketplace/catalogue/pictures.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/url.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

using marketplace::Document;
using marketplace::Found;
using marketplace::Query;

constexpr std::size_t limit_usual = 24;
constexpr std::size_t text_most = 300;
constexpr std::size_t offset_most = 10'000;

Problem wrong(std::string_view param, std::string vi, std::string en) { return {Code::parameter_invalid, std::string{param}, {std::move(vi), std::move(en)}}; }

Result<std::optional<Money>, Problem> price_of(http::Request const& request, std::string_view name) {
    auto const text = request.query_value(name);
    if (!text || text->empty()) return std::optional<Money>{};
    auto const amount = parse_dong(*text);
    if (!amount || amount->is_negative()) return wrong(name, "Phải là số đồng nguyên, không âm", "Must be a whole number of đồng, 0 or more");
    return std::optional{*amount};
}

void facet(json::Writer& json, std::string_view name, std::vector<marketplace::FacetValue> const& values) {
    json.key(name).array();
    for (auto const& it : values) json.object().member("value", it.value).member("name", it.shown).member("count", it.count).end();
    json.end();
}

std::string answer_of(Found const& found, Query const& query, std::unordered_map<Uuid, std::int64_t, UuidHash> const& stock, std::string_view base_url) {
    std::string text;
    auto json = json::Writer{text};
    json.object().key("data").array();
    for (auto const& row : found.rows) {
        auto const at = stock.find(row->id.uuid());
        json.raw(to_json(*row, at == stock.end() ? 0 : at->second, base_url, query.at));
    }
    json.end();
    auto const after = query.offset + found.rows.size();
    auto next = std::optional<std::string>{};
    if (after < found.total && after <= offset_most && !found.rows.empty()) next = crypto::to_base64url(std::to_string(after));
    json.member("next", next).member("total", found.total);
    json.member("did_you_mean", found.did_you_mean.empty() ? std::optional<std::string>{} : std::optional{found.did_you_mean});
    if (query.facets) {
        json.key("facets").object();
        facet(json, "categories", found.categories);
        facet(json, "provinces", found.provinces);
        facet(json, "communes", found.communes);
        facet(json, "stars", found.stars);
        json.key("attributes").object();
        for (auto const& [name, values] : found.attributes) facet(json, name, values);
        json.end().end();
    }
    json.end();
    return text;
}

/// A list is public and changes all the time: kept for moments, and never beyond.
http::Response public_json(std::string body) {
    auto out = http::Response{200, "application/json", std::move(body), {}};
    out.with("Cache-Control", "public, max-age=0, must-revalidate");
    return out;
}

}  // namespace

Result<Query, Problem> product_query_of(http::Request const& request, Instant now) {
    auto out = Query{};
    out.at = now;
    out.limit = limit_usual;
    out.text = request.query_value("q").value_or("");
    if (out.text.size() > text_most) return wrong("q", "Không quá 300 byte", "Must be at most 300 bytes");
    if (!is_valid_utf8(out.text)) return wrong("q", "Phải là UTF-8", "Must be UTF-8");
    if (auto const limit = request.query_value("limit"); limit && !limit->empty()) {
        auto const number = parse_dong(*limit);
        if (!number || number->dong() < 1 || number->dong() > 100) return wrong("limit", "limit phải là số nguyên từ 1 đến 100", "limit must be a whole number from 1 to 100");
        out.limit = static_cast<std::size_t>(number->dong());
    }
    if (auto const after = request.query_value("after"); after && !after->empty()) {
        auto const text = crypto::from_base64url(*after);
        auto const number = text ? parse_dong(*text) : std::nullopt;
        if (!number || number->is_negative() || number->dong() > static_cast<std::int64_t>(offset_most)) return Problem{Code::cursor_invalid, "after"};
        out.offset = static_cast<std::size_t>(number->dong());
    }
    if (auto const seller = request.query_value("seller"); seller && !seller->empty()) {
        out.seller = MerchantId::parse(*seller);
        if (!out.seller) return wrong("seller", "Phải là mã mer_…", "Must be an id mer_…");
    }
    out.category_slug = request.query_value("category").value_or("");
    out.commune = request.query_value("commune").value_or("");
    out.province = request.query_value("province").value_or("");
    if (auto const stars = request.query_value("stars"); stars && !stars->empty()) {
        if (*stars != "3" && *stars != "4" && *stars != "5") return wrong("stars", "Phải là 3, 4 hoặc 5", "Must be 3, 4 or 5");
        out.stars_least = (*stars)[0] - '0';
    }
    auto const least = price_of(request, "price_min");
    if (!least) return least.error();
    auto const most = price_of(request, "price_max");
    if (!most) return most.error();
    out.price_least = *least;
    out.price_most = *most;
    if (auto const sort = request.query_value("sort"); sort && !sort->empty()) {
        if (*sort == "best") out.order = Query::Order::best;
        else if (*sort == "newest") out.order = Query::Order::newest;
        else if (*sort == "price") out.order = Query::Order::cheapest;
        else if (*sort == "-price") out.order = Query::Order::dearest;
        else return wrong("sort", "Phải là best, newest, price hoặc -price", "Must be best, newest, price or -price");
    }
    auto const form = http::parse_form(request.query);
    if (!form) return Problem{Code::bad_request, ""};
    for (auto const& [name, value] : form->fields()) {
        if (name != "attr") continue;
        auto const colon = value.find(':');
        if (colon == std::string::npos || out.attributes.size() == 8) return wrong("attr", "Phải là Tên:Giá trị, nhiều nhất 8", "Must be Name:Value, at most 8");
        out.attributes.emplace_back(value.substr(0, colon), value.substr(colon + 1));
    }
    out.facets = request.query_value("facets").value_or("") == "1";
    return out;
}

std::string to_json(Document const& document, std::int64_t available, std::string_view base_url, Instant now) {
    std::string text;
    auto json = json::Writer{text};
    auto const price = document.price_at(now);
    auto usual = price;
    for (auto const& variant : document.variants)
        if (Document::price_at(variant, now) == price) usual = std::max(usual, variant.price);
    json.object().member("id", document.id.text()).member("external_id", document.external_id).member("name", document.name).member("price", price);
    json.member("list_price", usual).member("currency", "VND").member("unit", document.unit).member("seller", document.seller.text());
    json.member("seller_name", document.seller_name).member("category", document.category_slug).member("category_name", document.category_name);
    json.member("commune", document.commune).member("province", document.province);
    json.member("stars", document.stars_on(vietnam_day(now))).member("available", std::max<std::int64_t>(0, available));
    json.member("url", std::string{base_url} + "/cho/sp/" + document.id.text());
    json.member("image", document.image ? std::optional{std::string{base_url} + "/cho/hinh/" + document.image->text() + "/640.webp"} : std::nullopt);
    json.key("variants").array();
    for (auto const& variant : document.variants) {
        json.object().member("id", variant.id.text()).member("title", variant.title).member("price", Document::price_at(variant, now)).end();
    }
    json.end().end();
    return text;
}

http::Handler list_products(Edge& edge, marketplace::LiveIndex& index) {
    return [&edge, &index](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto query = product_query_of(request, edge.clock.now());
        if (!query) return respond(to_response(query.error(), audience));
        edge.reads.run(std::move(respond), audience, [&edge, &index, query = std::move(query).value()](postgres::Connection& connection) {
            auto const found = index.find(connection, query);
            return public_json(answer_of(found, query, marketplace::available(connection, found.rows), edge.base_url));
        });
    };
}

http::Handler get_product(Edge& edge, marketplace::LiveIndex& index) {
    return [&edge, &index](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto const id = marketplace::ProductId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found, "id"}, audience));
        edge.reads.run(std::move(respond), audience, [&edge, &index, id = *id, audience](postgres::Connection& connection) {
            auto const document = index.document(connection, id);
            if (!document) return to_response(Problem{Code::not_found, "id"}, audience);
            auto const stock = marketplace::available(connection, {document});
            auto const at = stock.find(id.uuid());
            return public_json(to_json(*document, at == stock.end() ? 0 : at->second, edge.base_url, edge.clock.now()));
        });
    };
}

http::Handler suggest_products(Edge& edge, marketplace::LiveIndex& index) {
    return [&edge, &index](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto const typed = request.query_value("q").value_or("");
        if (typed.size() > text_most || !is_valid_utf8(typed)) return respond(to_response(wrong("q", "Không quá 300 byte UTF-8", "Must be at most 300 bytes of UTF-8"), audience));
        edge.reads.run(std::move(respond), audience, [&index, typed](postgres::Connection& connection) {
            std::string text;
            auto json = json::Writer{text};
            json.object().key("data").array();
            for (auto const& it : index.suggest(connection, typed, 8)) json.value(it);
            json.end().end();
            return public_json(std::move(text));
        });
    };
}

http::Handler get_product_image(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto const id = marketplace::ImageId::parse(request.param("id"));
        auto const file = marketplace::picture_file_of(request.param("file"));
        if (!id || !file) return respond(to_response(Problem{Code::not_found, "id"}, audience));
        edge.reads.run(std::move(respond), audience, [id = *id, file = *file, audience](postgres::Connection& connection) {
            auto picture = marketplace::load_picture(connection, id, file);
            if (!picture) return to_response(Problem{Code::not_found, "id"}, audience);
            auto out = http::Response{200, file.webp ? "image/webp" : "image/jpeg", std::move(*picture), {}};
            // A picture is never changed under its id.
            out.with("Cache-Control", "public, max-age=31536000, immutable").with("X-Content-Type-Options", "nosniff");
            out.with("Content-Security-Policy", "default-src 'none'");
            return out;
        });
    };
}

void add_product_routes(http::Router& router, Edge& edge, marketplace::LiveIndex& index) {
    using http::Method;
    router.add(Method::get, "/api/v1/products", "list_products", list_products(edge, index));
    router.add(Method::get, "/api/v1/products/{id}", "get_product", get_product(edge, index));
    router.add(Method::get, "/api/v1/product-suggestions", "suggest_products", suggest_products(edge, index));
    router.add(Method::get, "/cho/hinh/{id}/{file}", "product_image", get_product_image(edge));
}

}  // namespace choso::api
