// /ban/hang: what a seller sells, what became of each at the moderators', a form for one product, its pictures.
#include "gateway/pages/seller_pages.hpp"

#include <array>

#include "gateway/api/respond.hpp"
#include "gateway/pages/pages.hpp"
#include "marketplace/catalogue/import.hpp"
#include "marketplace/catalogue/pictures.hpp"
#include "marketplace/catalogue/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/multipart.hpp"

namespace choso::pages {
namespace {

using namespace marketplace;

constexpr std::string_view list_path = "/ban/hang";

std::string_view words_of(ProductState state) {
    switch (state) {
        case ProductState::draft: return "Chưa đăng";
        case ProductState::pending: return "Chờ duyệt";
        case ProductState::published: return "Đang bán";
        case ProductState::refused: return "Bị từ chối";
        case ProductState::withdrawn: return "Bị gỡ";
    }
    return {};
}

/// In Vietnamese, by the field; the rules themselves are written for whoever imports files.
std::string words_of(Refused const& refused) {
    struct Words { std::string_view field, vi; };
    static constexpr std::array<Words, 9> all{{
        {"name", "Tên sản phẩm phải có từ 1 đến 250 ký tự."}, {"category", "Hãy chọn hoặc gõ nhóm hàng."}, {"price", "Giá phải là số tiền đồng, ví dụ 120.000."},
        {"sale_price", "Giá khuyến mãi phải thấp hơn giá bán."}, {"stock", "Số trong kho phải là số nguyên từ 0."}, {"unit", "Đơn vị tính quá dài."},
        {"description", "Mô tả dài quá 20.000 ký tự."}, {"gtin", "Mã vạch không đúng hoặc là của sản phẩm khác."},
        {"picture", "Ảnh phải là JPEG, PNG, WebP hoặc GIF, dưới 12 MB, mỗi cạnh từ 200 điểm ảnh."},
    }};
    for (auto const& [field, vi] : all)
        if (refused.field.ends_with(field)) return std::string{vi};
    return "Chưa lưu được: " + refused.text();
}

void plain_field(Html& html, std::string_view name, std::string_view label, std::string_view value, std::string_view inputmode = "text") {
    html.line("label", label, {{"for", name}});
    html.lone("input", {{"id", name}, {"name", name}, {"type", "text"}, {"inputmode", inputmode}, {"value", value}, {"maxlength", "250"}, {"autocomplete", "off"}});
}

std::string of_variant(std::string_view field, std::size_t n) { return std::string{field} + "-" + std::to_string(n); }

std::optional<std::string> external_id_of(postgres::Connection& connection, MerchantId seller, ProductId id) {
    static auto const find = postgres::Statement{"ban_external_id", "select external_id from product where bucket = $1::int2 and id = $2::uuid and seller = $3::uuid"};
    auto const rows = connection.query(find, postgres::Params::of(id.bucket(), id, seller));
    if (rows.rows() == 0) return std::nullopt;
    return std::string{rows.text(0, 0)};
}

/// As it is now, or a new one under this name.
NewProduct product_to_change(postgres::Connection& connection, MerchantId seller, std::string const& external_id) {
    for (auto& product : products_of(connection, seller))
        if (product.external_id == external_id) return std::move(product);
    auto out = NewProduct{};
    out.external_id = external_id;
    out.variants.emplace_back();
    return out;
}

void draw_form(Html& html, api::Person const& person, merchants::Merchant const& seller, NewProduct const& product, postgres::Connection& connection) {
    open_form(html, person, list_path);
    hidden(html, "nguoi-ban", seller.id.text());
    hidden(html, "external_id", product.external_id);
    plain_field(html, "name", "Tên sản phẩm", product.name);
    html.line("label", "Nhóm hàng", {{"for", "category"}});
    html.lone("input", {{"id", "category"}, {"name", "category"}, {"type", "text"}, {"list", "categories"}, {"value", product.category}, {"maxlength", "120"}});
    html.open("datalist", {{"id", "categories"}});
    static auto const categories = postgres::Statement{"ban_categories", "select name from category order by name limit 500"};
    auto const rows = connection.query(categories);
    for (auto row = 0; row < rows.rows(); ++row) html.line("option", rows.text(row, 0), {{"value", rows.text(row, 0)}});
    html.close();
    plain_field(html, "unit", "Đơn vị tính (kg, bó, hộp …)", product.unit);
    for (auto n = std::size_t{0}; n < product.variants.size(); ++n) {
        auto const& variant = product.variants[n];
        auto const of = variant.title.empty() ? std::string{} : " – " + variant.title;
        plain_field(html, of_variant("price", n), "Giá bán" + of, variant.price.is_zero() ? "" : with_dots(variant.price), "numeric");
        plain_field(html, of_variant("sale_price", n), "Giá khuyến mãi (nếu có)" + of, variant.sale_price ? with_dots(*variant.sale_price) : "", "numeric");
        plain_field(html, of_variant("stock", n), "Trong kho" + of, std::to_string(variant.stock.value_or(0)), "numeric");
    }
    plain_field(html, "origin", "Nơi làm ra", product.origin);
    plain_field(html, "brand", "Nhãn hiệu", product.brand);
    plain_field(html, "gtin", "Mã vạch GS1 (nếu có)", product.gtin, "numeric");
    html.line("label", "Mô tả", {{"for", "description"}});
    html.open("textarea", {{"id", "description"}, {"name", "description"}, {"rows", "6"}, {"maxlength", "20000"}}).text(product.description).close();
    button(html, "Lưu và gửi duyệt");
    html.close();
}

void draw_pictures(Html& html, api::Person const& person, merchants::Merchant const& seller, ProductId id, postgres::Connection& connection) {
    static auto const pictures = postgres::Statement{"ban_pictures", "select id, alt from product_image where bucket = $1::int2 and product = $2::uuid order by position, id"};
    html.line("h2", "Ảnh");
    auto const rows = connection.query(pictures, postgres::Params::of(id.bucket(), id));
    html.open("ul", {{"class", "pictures"}});
    for (auto row = 0; row < rows.rows(); ++row)
        html.open("li").lone("img", {{"src", "/cho/hinh/" + rows.id<ImageId>(row, 0).text() + "/320.webp"}, {"alt", rows.text(row, 1)}, {"width", "160"}, {"height", "160"}}).close();
    html.close();
    html.open("form", {{"method", "post"}, {"action", seller_address("/ban/hang/anh", seller) + "&sp=" + id.text()}, {"enctype", "multipart/form-data"}});
    hidden(html, "csrf", person.csrf);
    html.line("label", "Thêm ảnh", {{"for", "picture"}});
    html.lone("input", {{"id", "picture"}, {"name", "picture"}, {"type", "file"}, {"accept", "image/jpeg,image/png,image/webp,image/gif"}, {"required", ""}});
    html.line("button", "Tải ảnh lên", {{"type", "submit"}, {"class", "quiet"}}).close();
}

http::Response form_page(int status, api::Person const& person, merchants::Merchant const& seller, NewProduct const& product, std::optional<ProductId> id,
                         std::string_view complaint, postgres::Connection& connection) {
    return person_page(status, person, product.name.empty() ? "Sản phẩm mới" : product.name, [&](Html& html) {
        draw_seller_head(html, person, seller, list_path);
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        draw_form(html, person, seller, product, connection);
        if (id) draw_pictures(html, person, seller, *id, connection);
    });
}

/// The form laid over the product; what it got wrong by itself.
std::optional<Refused> lay_over(NewProduct& product, http::Request const& request) {
    auto const value = [&](std::string_view name) { return std::string{http::trimmed(form_value(request, name))}; };
    product.name = value("name");
    product.category = value("category");
    product.unit = value("unit");
    product.origin = value("origin");
    product.brand = value("brand");
    product.gtin = value("gtin");
    product.description = value("description");
    std::erase(product.description, '\r');
    product.published = true;
    auto wrong = std::optional<Refused>{};
    for (auto n = std::size_t{0}; n < product.variants.size(); ++n) {
        auto& variant = product.variants[n];
        auto const price = typed_amount(value(of_variant("price", n)));
        auto const sale = value(of_variant("sale_price", n));
        auto const stock = parse_dong(value(of_variant("stock", n)));
        if (price) variant.price = *price;
        else wrong = Refused{"price", "must be an amount"};
        variant.sale_price = sale.empty() ? std::nullopt : typed_amount(sale);
        if (!sale.empty() && !variant.sale_price) wrong = Refused{"sale_price", "must be an amount"};
        if (stock && !stock->is_negative()) variant.stock = stock->dong();
        else wrong = Refused{"stock", "must be a whole number"};
    }
    return wrong ? wrong : check(product);
}

using GoodsWork = std::function<void(api::Person const& person, merchants::Merchant const& seller, std::shared_ptr<http::Responder> const& later, postgres::Connection& connection)>;

/// What all these pages share: they are about one seller of the person's.
http::Handler of_seller(api::Edge& edge, GoodsWork work) {
    return [&edge, work = std::move(work)](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = sellers_only}, [work](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const* seller = chosen_seller(person, later->request());
            if (seller == nullptr) return (*later)(person_problem_page({api::Code::not_found}, people_audience(later->request())));
            work(person, *seller, later, connection);
        });
    };
}

}  // namespace

http::Handler seller_goods(api::Edge& edge) {
    return of_seller(edge, [](api::Person const& person, merchants::Merchant const& seller, auto const& later, postgres::Connection& connection) {
        static auto const list = postgres::Statement{
            "ban_goods", "select p.id, p.name, p.state::text, p.reason, p.sold, (select min(v.price) from variant v where v.bucket = p.bucket and v.product = p.id and v.active), "
                         "(select i.id from product_image i where i.bucket = p.bucket and i.product = p.id order by i.position, i.id limit 1) "
                         "from product p where p.bucket = $1::int2 and p.seller = $2::uuid order by p.state = 'published', p.name, p.id limit 500"};
        auto const rows = connection.query(list, postgres::Params::of(bucket_of(person, seller), seller.id));
        (*later)(person_page(200, person, "Sản phẩm", [&](Html& html) {
            draw_seller_head(html, person, seller, list_path);
            html.open("p").line("a", "Thêm sản phẩm", {{"href", seller_address("/ban/hang/sua", seller)}}).close();
            html.open("ul");
            for (auto row = 0; row < rows.rows(); ++row) {
                auto const id = rows.id<ProductId>(row, 0).text();
                auto const state = product_state_of(rows.text(row, 2)).value_or(ProductState::draft);
                html.open("li").line("a", rows.text(row, 1), {{"href", seller_address("/ban/hang/sua", seller) + "&sp=" + id}});
                html.line("p", std::string{words_of(state)} + " · " + (rows.is_null(row, 5) ? "chưa có giá" : with_unit(rows.money(row, 5))) +
                                   (rows.is_null(row, 6) ? " · chưa có ảnh" : "") + (rows.integer(row, 4) > 0 ? " · đã bán " + std::to_string(rows.integer(row, 4)) : ""),
                          {{"class", "small"}});
                if (!rows.text(row, 3).empty() && (state == ProductState::refused || state == ProductState::withdrawn))
                    html.line("p", "Lý do: " + std::string{rows.text(row, 3)}, {{"class", "complaint"}});
                html.close();
            }
            html.close();
            if (rows.rows() == 0) html.line("p", "Chưa có sản phẩm nào.");
        }));
    });
}

http::Handler goods_form(api::Edge& edge) {
    return of_seller(edge, [](api::Person const& person, merchants::Merchant const& seller, auto const& later, postgres::Connection& connection) {
        auto const asked = later->request().query_value("sp");
        // A name of its own from the start: the form sent twice makes one product.
        auto external_id = std::optional{"W" + crypto::to_hex(crypto::random_bytes(6))};
        auto id = std::optional<ProductId>{};
        if (asked) {
            id = ProductId::parse(*asked);
            external_id = id ? external_id_of(connection, seller.id, *id) : std::nullopt;
            if (!external_id) return (*later)(person_problem_page({api::Code::not_found}, people_audience(later->request())));
        }
        (*later)(form_page(200, person, seller, product_to_change(connection, seller.id, *external_id), id, {}, connection));
    });
}

http::Handler take_goods(api::Edge& edge) {
    return of_seller(edge, [&edge](api::Person const& person, merchants::Merchant const& seller, auto const& later, postgres::Connection& connection) {
        auto product = product_to_change(connection, seller.id, form_value(later->request(), "external_id").substr(0, 100));
        auto wrong = lay_over(product, later->request());
        auto put = std::vector<PutOutcome>{};
        if (!wrong) {
            put = put_products(connection, {product}, {seller.id, bucket_of(person, seller), false, PersonId{person.id.uuid()}, edge.clock.now()});
            wrong = put.front().refused;
        }
        if (wrong) return (*later)(form_page(422, person, seller, product, std::nullopt, words_of(*wrong), connection));
        (*later)(go_to(seller_address("/ban/hang/sua", seller) + "&sp=" + put.front().id.text()));
    });
}

http::Handler take_goods_picture(api::Edge& edge) {
    return of_seller(edge, [&edge](api::Person const& person, merchants::Merchant const& seller, auto const& later, postgres::Connection& connection) {
        auto const& request = later->request();
        auto const parts = http::parse_multipart(request.header("Content-Type").value_or(""), request.body);
        auto const* const picture = parts ? http::find_part(*parts, "picture") : nullptr;
        auto const id = ProductId::parse(request.query_value("sp").value_or(""));
        auto const external_id = id ? external_id_of(connection, seller.id, *id) : std::nullopt;
        if (picture == nullptr || !external_id) return (*later)(person_problem_page({api::Code::not_found}, people_audience(request)));
        auto const product = product_to_change(connection, seller.id, *external_id);
        if (auto const added = add_picture(connection, *id, picture->value, product.name, edge.clock.now()); !added)
            return (*later)(form_page(422, person, seller, product, id, words_of(added.error()), connection));
        (*later)(go_to(seller_address("/ban/hang/sua", seller) + "&sp=" + id->text()));
    });
}

}  // namespace choso::pages
