// One product: what it is, who sells it, what proves it, and the button that puts it in the cart.
#include <algorithm>

#include "gateway/pages/layout.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "platform/json/json.hpp"

namespace choso::pages {
namespace {

using marketplace::Document;
using marketplace::ProductId;

/// What the index does not hold of a product.
struct More {
    std::string description;
    struct Variant {
        Uuid id{};
        std::int64_t available = 0;
    };
    std::vector<Variant> stock;
    struct Proof {
        std::string kind, name, number, issuer, valid_until;
        std::int64_t stars = 0;
    };
    std::vector<Proof> proofs;
    struct Lot {
        std::string number, code, made_on, expires_on, place;
        bool recalled = false;
    };
    std::vector<Lot> lots;

    [[nodiscard]] std::int64_t available_of(marketplace::VariantId id) const {
        for (auto const& it : stock)
            if (it.id == id.uuid()) return it.available;
        return 0;
    }
    [[nodiscard]] std::int64_t available() const {
        auto sum = std::int64_t{0};
        for (auto const& it : stock) sum += it.available;
        return sum;
    }
};

More read_more(postgres::Connection& connection, ProductId id, Instant now) {
    static auto const about = postgres::Statement{"shop_product_about", "select description from product where bucket = $1::int2 and id = $2::uuid"};
    static auto const stock = postgres::Statement{
        "shop_product_stock", "select v.id, coalesce(s.on_hand - s.reserved, 0) from variant v left join stock s on s.bucket = v.bucket and s.variant = v.id "
                              "where v.bucket = $1::int2 and v.product = $2::uuid and v.active order by v.position, v.id"};
    static auto const proofs = postgres::Statement{
        "shop_product_proofs", "select kind, name, number, issuer, to_char(valid_until, 'DD/MM/YYYY'), coalesce(stars, 0)::int8 from product_proof "
                               "where bucket = $1::int2 and product = $2::uuid and valid_until >= ($3::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date order by kind desc"};
    static auto const lots = postgres::Statement{
        "shop_product_lots", "select number, code, to_char(made_on, 'DD/MM/YYYY'), coalesce(to_char(expires_on, 'DD/MM/YYYY'), ''), place, recalled_at is not null "
                             "from lot where bucket = $1::int2 and product = $2::uuid order by made_on desc, id desc limit 3"};
    auto out = More{};
    auto const params = postgres::Params::of(id.bucket(), id);
    if (auto const rows = connection.query(about, params); rows.rows() == 1) out.description = rows.text(0, 0);
    auto const there = connection.query(stock, params);
    for (auto row = 0; row < there.rows(); ++row) out.stock.push_back({there.uuid(row, 0), std::max<std::int64_t>(0, there.integer(row, 1))});
    auto const proved = connection.query(proofs, postgres::Params::of(id.bucket(), id, now));
    for (auto row = 0; row < proved.rows(); ++row)
        out.proofs.push_back({std::string{proved.text(row, 0)}, std::string{proved.text(row, 1)}, std::string{proved.text(row, 2)},
                              std::string{proved.text(row, 3)}, std::string{proved.text(row, 4)}, proved.integer(row, 5)});
    auto const made = connection.query(lots, params);
    for (auto row = 0; row < made.rows(); ++row)
        out.lots.push_back({std::string{made.text(row, 0)}, std::string{made.text(row, 1)}, std::string{made.text(row, 2)}, std::string{made.text(row, 3)},
                            std::string{made.text(row, 4)}, made.boolean(row, 5)});
    return out;
}

/// schema.org for search engines: prices are whole đồng, VND has no minor unit.
std::string json_ld(Document const& product, More const& more, std::vector<std::pair<std::string, std::string>> const& crumbs, std::string const& base_url,
                    Instant now) {
    std::string out;
    auto json = json::Writer{out, json::Escape::html};
    auto const url = base_url + product_path(product.id);
    json.array().object().member("@context", "https://schema.org").member("@type", "Product").member("name", product.name).member("url", url);
    json.member("sku", product.external_id).member("description", more.description.empty() ? product.name : more.description);
    if (product.image) json.key("image").array().value(base_url + "/cho/hinh/" + product.image->text() + "/1280.jpg").end();
    json.key("brand").object().member("@type", "Brand").member("name", product.brand.empty() ? product.seller_name : product.brand).end();
    json.key("offers").object().member("@type", "Offer").member("url", url).member("priceCurrency", "VND");
    json.member("price", std::to_string(product.price_at(now).dong()));
    json.member("availability", more.available() > 0 ? "https://schema.org/InStock" : "https://schema.org/OutOfStock");
    json.member("itemCondition", "https://schema.org/NewCondition");
    json.key("seller").object().member("@type", "Organization").member("name", product.seller_name).end();
    json.key("hasMerchantReturnPolicy").object().member("@type", "MerchantReturnPolicy").member("applicableCountry", "VN");
    json.member("returnPolicyCategory", "https://schema.org/MerchantReturnFiniteReturnWindow").member("merchantReturnDays", 7);
    json.member("returnMethod", "https://schema.org/ReturnByMail").member("returnFees", "https://schema.org/FreeReturn").end();
    json.end().end();
    json.object().member("@context", "https://schema.org").member("@type", "BreadcrumbList").key("itemListElement").array();
    for (std::size_t i = 0; i < crumbs.size(); ++i)
        json.object().member("@type", "ListItem").member("position", i + 1).member("name", crumbs[i].first).member("item", base_url + crumbs[i].second).end();
    json.end().end().end();
    return out;
}

void draw_buy(Html& html, Shopper const& shopper, Document const& product, More const& more, Instant now) {
    if (more.available() <= 0) {
        html.line("p", say(shopper.language, "Hết hàng", "Sold out"), {{"class", "gone"}});
        return;
    }
    html.open("form", {{"method", "post"}, {"action", address(shopper, "/cho/gio")}, {"class", "buy"}});
    html.lone("input", {{"type", "hidden"}, {"name", "product"}, {"value", product.id.text()}});
    if (product.variants.size() > 1) {
        html.line("label", say(shopper.language, "Loại", "Choice"), {{"for", "variant"}}).open("select", {{"id", "variant"}, {"name", "variant"}});
        for (auto const& variant : product.variants) {
            auto const left = more.available_of(variant.id);
            auto const words = (variant.title.empty() ? product.unit : variant.title) + " – " + with_unit(Document::price_at(variant, now)) +
                               (left > 0 ? "" : " (" + std::string{say(shopper.language, "hết", "sold out")} + ")");
            html.line("option", words, {{"value", variant.id.text()}});
        }
        html.close();
    }
    html.line("label", say(shopper.language, "Số lượng", "Quantity"), {{"for", "quantity"}});
    html.lone("input", {{"id", "quantity"}, {"name", "quantity"}, {"type", "number"}, {"inputmode", "numeric"}, {"min", "1"}, {"max", "100000"}, {"value", "1"},
                        {"required", ""}});
    html.line("button", say(shopper.language, "Thêm vào giỏ", "Add to cart"), {{"type", "submit"}}).close();
}

void draw_proofs(Html& html, Shopper const& shopper, More const& more) {
    if (!more.proofs.empty()) {
        html.open("section", {{"aria-labelledby", "proofs"}}).line("h2", say(shopper.language, "Giấy chứng nhận", "Certificates"), {{"id", "proofs"}}).open("ul");
        for (auto const& it : more.proofs) {
            auto const what = it.kind == "ocop" ? "OCOP " + std::to_string(it.stars) + " " + std::string{say(shopper.language, "sao", "stars")}
                                                : std::string{say(shopper.language, "Chỉ dẫn địa lý ", "Geographical indication ")} + it.name;
            html.line("li", what + " · " + it.number + " · " + it.issuer + " · " + std::string{say(shopper.language, "đến ", "until ")} + it.valid_until);
        }
        html.close().close();
    }
    if (more.lots.empty()) return;
    html.open("section", {{"aria-labelledby", "lots"}}).line("h2", say(shopper.language, "Truy xuất nguồn gốc", "Where it comes from"), {{"id", "lots"}}).open("ul");
    for (auto const& it : more.lots) {
        html.open("li").line("a", std::string{say(shopper.language, "Lô ", "Lot ")} + it.number, {{"href", "/m/" + it.code}});
        html.text(" · " + std::string{say(shopper.language, "làm ngày ", "made on ")} + it.made_on + (it.place.empty() ? "" : " · " + it.place));
        if (it.recalled) html.line("strong", say(shopper.language, " Đã thu hồi", " Recalled"));
        html.close();
    }
    html.close().close();
}

}  // namespace

http::Handler shop_product(api::Edge& edge, marketplace::LiveIndex& index) {
    return [&edge, &index](http::Request const& request, http::Responder respond) {
        auto const audience = shop_audience(request);
        auto const shopper = shopper_of(request);
        auto const id = ProductId::parse(request.param("id"));
        if (!id) return respond(shop_not_found(shopper, edge.base_url));
        edge.reads.run(std::move(respond), audience, [&edge, &index, shopper, id = *id](postgres::Connection& connection) {
            auto const product = index.document(connection, id);
            if (!product) return shop_not_found(shopper, edge.base_url);
            auto const now = edge.clock.now();
            auto const more = read_more(connection, id, now);
            auto frame = ShopFrame{};
            frame.title = product->name + " – " + product->seller_name;
            frame.description = product->name + ", " + with_unit(product->price_at(now)) + ". " + product->seller_name + ", " + product->commune + ".";
            frame.canonical = product_path(id);
            frame.crumbs = {{std::string{say(shopper.language, "Chợ", "Market")}, "/cho"},
                            {product->category_name, category_path(product->category_slug)},
                            {product->name, product_path(id)}};
            frame.json_ld = json_ld(*product, more, frame.crumbs, edge.base_url, now);
            return shop_page(200, shopper, frame, edge.base_url, [&](Html& html) {
                html.open("article", {{"class", "product"}});
                if (product->image)
                    html.lone("img", {{"src", "/cho/hinh/" + product->image->text() + "/640.webp"}, {"alt", product->name}, {"width", "640"}, {"height", "640"},
                                      {"fetchpriority", "high"}});
                html.open("div").line("h1", product->name);
                auto const price = product->price_at(now);
                html.line("p", with_unit(price) + (product->unit.empty() ? "" : " / " + product->unit), {{"class", "price"}});
                if (auto const stars = product->stars_on(vietnam_day(now)); stars > 0)
                    html.line("p", "OCOP " + std::to_string(stars) + " " + std::string{say(shopper.language, "sao", "stars")}, {{"class", "ocop"}});
                html.open("p").text(std::string{say(shopper.language, "Bán bởi ", "Sold by ")});
                html.line("a", product->seller_name, {{"href", address(shopper, seller_path(product->seller_slug))}}).text(" · ");
                html.line("a", product->commune + ", " + product->province, {{"href", address(shopper, commune_path(product->commune))}}).close();
                draw_buy(html, shopper, *product, more, now);
                html.close().close();
                if (!more.description.empty()) html.line("h2", say(shopper.language, "Mô tả", "Description")).line("p", more.description, {{"class", "text"}});
                draw_proofs(html, shopper, more);
                html.line("h2", say(shopper.language, "Giao hàng, đổi trả", "Delivery and returns"));
                html.line("p", say(shopper.language,
                                   "Người bán gửi hàng sau khi nhận đủ tiền. Trả hàng trong 7 ngày từ khi nhận; tiền hoàn về tài khoản bạn nêu.",
                                   "The seller sends the goods once they are paid. Returns within 7 days of delivery; the money goes back to the account you name."));
            });
        });
    };
}

}  // namespace choso::pages
