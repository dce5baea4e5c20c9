// The cart, and ordering what is in it.
#include <algorithm>

#include "gateway/api/orders.hpp"
#include "gateway/api/person.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

using marketplace::PricedLine;
using marketplace::ProductId;
using marketplace::SellerOrder;
using marketplace::VariantId;
using marketplace::WantedLine;

std::int64_t quantity_of(std::string const& text, std::int64_t otherwise) {
    auto const amount = parse_dong(text);
    if (!amount || amount->dong() < 0 || amount->dong() > marketplace::quantity_max) return otherwise;
    return amount->dong();
}

http::Response to_cart(api::Edge const& edge, Shopper const& shopper, std::vector<WantedLine> const& cart) {
    auto out = go_to(address(shopper, "/cho/gio"));
    out.with("Set-Cookie", set_cart(cart, edge.base_url));
    return out;
}

api::Problem from_elsewhere() { return {api::Code::form_expired}; }

/// What a checkout's form holds, and what is wrong with it.
struct Form {
    std::string name, phone, address, commune, note, key, payment = "transfer";
    std::string field, complaint;  ///< of the first field that breaks a rule
};

Form form_of(http::Request const& request) {
    return {form_value(request, "name"), form_value(request, "phone"), form_value(request, "address"), form_value(request, "commune"),
            form_value(request, "note"), form_value(request, "key"),   form_value(request, "payment"), {},
            {}};
}

void field(Html& html, Form const& form, std::string_view name, std::string_view label, std::string_view value, std::string_view type, std::string_view autocomplete,
           bool required) {
    html.line("label", label, {{"for", name}});
    auto const wrong = form.field == name;
    auto const describedby = wrong ? std::string{name} + "-loi" : std::string{};
    if (wrong) html.line("p", "Lỗi: " + form.complaint, {{"class", "complaint"}, {"id", describedby}});
    if (wrong)
        html.lone("input", {{"id", name}, {"name", name}, {"type", type}, {"autocomplete", autocomplete}, {"value", value}, {"maxlength", "200"},
                            {"aria-invalid", "true"}, {"aria-describedby", describedby}});
    else if (required)
        html.lone("input", {{"id", name}, {"name", name}, {"type", type}, {"autocomplete", autocomplete}, {"value", value}, {"maxlength", "200"}, {"required", ""}});
    else html.lone("input", {{"id", name}, {"name", name}, {"type", type}, {"autocomplete", autocomplete}, {"value", value}, {"maxlength", "200"}});
}

std::string name_of(std::vector<PricedLine> const& lines, MerchantId seller) {
    for (auto const& line : lines)
        if (line.seller == seller) return line.seller_name;
    return {};
}

/// What will be one order of each seller, and what it all costs.
void draw_parts(Html& html, Shopper const& shopper, std::vector<PricedLine> const& lines, std::vector<SellerOrder> const& parts) {
    for (auto const& part : parts) {
        html.open("section", {{"class", "part"}}).line("h2", name_of(lines, part.seller)).open("ul");
        for (auto const& line : part.lines)
            html.line("li", std::to_string(line.quantity) + " × " + line.name + " – " + with_unit(line.amount()));
        html.close();
        html.line("p", part.shipping.is_zero() ? std::string{say(shopper.language, "Giao hàng: miễn phí", "Delivery: free")}
                                               : std::string{say(shopper.language, "Giao hàng: ", "Delivery: ")} + with_unit(part.shipping),
                  {{"class", "small"}});
        html.close();
    }
    html.line("p", std::string{say(shopper.language, "Tổng cộng: ", "Total: ")} + with_unit(marketplace::total_of(parts)), {{"class", "price"}});
    if (parts.size() > 1)
        html.line("p", std::to_string(parts.size()) + std::string{say(shopper.language, " người bán, một lần chuyển khoản.", " sellers, one transfer.")});
}

/// The communes that shoppers may pick: those of the province's sellers.
std::vector<std::string> communes_of(postgres::Connection& connection) {
    static auto const statement = postgres::Statement{
        "shop_communes", "select distinct commune || ', ' || province from seller where state = 'approved' and commune <> '' order by 1 limit 500"};
    auto const rows = connection.query(statement);
    auto out = std::vector<std::string>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.text(row, 0));
    return out;
}

http::Response draw_checkout(api::Edge const& edge, postgres::Connection& connection, Shopper const& shopper, Form form, int status) {
    auto const lines = marketplace::price_lines(connection, shopper.cart, edge.clock.now());
    if (lines.empty()) return go_to(address(shopper, "/cho/gio"));
    auto const parts = marketplace::parts_of(lines);
    // Sent along once: the same form sent twice is one order.
    if (form.key.empty()) form.key = crypto::to_base64url(crypto::random_bytes(18));
    auto const communes = communes_of(connection);
    auto frame = ShopFrame{};
    frame.title = std::string{form.complaint.empty() ? "" : "Lỗi: "} + std::string{say(shopper.language, "Đặt hàng", "Checkout")} + " – Chợ Số";
    frame.crumbs = {{std::string{say(shopper.language, "Chợ", "Market")}, "/cho"},
                    {std::string{say(shopper.language, "Giỏ hàng", "Cart")}, "/cho/gio"},
                    {std::string{say(shopper.language, "Đặt hàng", "Checkout")}, "/cho/dat-hang"}};
    return shop_page(status, shopper, frame, edge.base_url, [&](Html& html) {
        html.line("h1", say(shopper.language, "Đặt hàng", "Checkout"));
        if (!form.complaint.empty()) {
            html.open("div", {{"class", "errors"}, {"role", "alert"}, {"tabindex", "-1"}}).line("h2", say(shopper.language, "Chưa đặt được", "Not ordered yet")).open("ul").open("li");
            if (form.field.empty()) html.text(form.complaint);
            else html.line("a", form.complaint, {{"href", "#" + form.field}});
            html.close().close().close();
        }
        draw_parts(html, shopper, lines, parts);
        html.open("form", {{"method", "post"}, {"action", address(shopper, "/cho/dat-hang")}});
        hidden(html, "key", form.key);
        field(html, form, "name", say(shopper.language, "Tên người nhận", "Name"), form.name, "text", "name", true);
        field(html, form, "phone", say(shopper.language, "Số điện thoại", "Phone"), form.phone, "tel", "tel-national", true);
        field(html, form, "address", say(shopper.language, "Số nhà, thôn, tổ dân phố", "House, street, hamlet"), form.address, "text", "street-address", true);
        html.line("label", say(shopper.language, "Xã, phường – tỉnh", "Commune, province"), {{"for", "commune"}});
        html.lone("input", {{"id", "commune"}, {"name", "commune"}, {"list", "communes"}, {"value", form.commune}, {"maxlength", "200"}, {"autocomplete", "address-level3"}});
        html.open("datalist", {{"id", "communes"}});
        for (auto const& commune : communes) html.lone("option", {{"value", commune}});
        html.close();
        field(html, form, "note", say(shopper.language, "Ghi chú (không bắt buộc)", "Note (optional)"), form.note, "text", "off", false);
        if (lines.front().terms.cash) {
            html.line("label", say(shopper.language, "Trả tiền", "Payment"), {{"for", "payment"}}).open("select", {{"id", "payment"}, {"name", "payment"}});
            html.line("option", say(shopper.language, "Chuyển khoản VietQR ngay", "VietQR transfer now"), {{"value", "transfer"}});
            html.line("option", say(shopper.language, "Tiền mặt khi nhận hàng", "Cash on delivery"), {{"value", "cash"}});
            html.close();
        }
        html.line("p", say(shopper.language, "Hàng được giữ cho bạn 15 phút để chuyển khoản. Tiền chỉ trả cho người bán khi hàng đã giao.",
                           "The goods are kept for you for 15 minutes. The sellers are paid only when the goods have arrived."), {{"class", "small"}});
        html.line("button", say(shopper.language, "Đặt hàng và nhận mã VietQR", "Order and get the VietQR code"), {{"type", "submit"}}).close();
    });
}

}  // namespace

http::Handler shop_cart(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const shopper = shopper_of(request);
        edge.reads.run(std::move(respond), shop_audience(request), [&edge, shopper](postgres::Connection& connection) {
            auto const lines = marketplace::price_lines(connection, shopper.cart, edge.clock.now());
            auto frame = ShopFrame{};
            frame.title = std::string{say(shopper.language, "Giỏ hàng", "Cart")} + " – Chợ Số";
            frame.crumbs = {{std::string{say(shopper.language, "Chợ", "Market")}, "/cho"}, {std::string{say(shopper.language, "Giỏ hàng", "Cart")}, "/cho/gio"}};
            return shop_page(200, shopper, frame, edge.base_url, [&](Html& html) {
                html.line("h1", say(shopper.language, "Giỏ hàng", "Cart"));
                if (lines.empty()) {
                    html.line("p", say(shopper.language, "Giỏ hàng đang trống.", "Your cart is empty."));
                    html.line("a", say(shopper.language, "Xem hàng", "Look around"), {{"class", "button"}, {"href", address(shopper, "/cho")}});
                    return;
                }
                if (lines.size() < shopper.cart.size())
                    html.line("p", say(shopper.language, "Có sản phẩm không còn bán, đã bỏ khỏi giỏ.", "Something in the cart is not sold any more."), {{"class", "gone"}});
                html.open("form", {{"method", "post"}, {"action", address(shopper, "/cho/gio/doi")}}).open("ul", {{"class", "cart"}});
                for (auto const& line : lines) {
                    auto const id = "sl-" + std::to_string(line.wanted);
                    html.open("li").line("a", line.line.name, {{"href", address(shopper, product_path(line.line.product))}});
                    html.line("p", line.seller_name + " · " + with_unit(line.line.price) + (line.line.unit.empty() ? "" : " / " + line.line.unit), {{"class", "small"}});
                    if (line.available < line.line.quantity)
                        html.line("p", std::string{say(shopper.language, "Chỉ còn ", "Only ")} + std::to_string(std::max<std::int64_t>(0, line.available)), {{"class", "gone"}});
                    html.line("label", std::string{say(shopper.language, "Số lượng ", "Quantity of ")} + line.line.name, {{"for", id}});
                    html.lone("input", {{"id", id}, {"name", id}, {"type", "number"}, {"inputmode", "numeric"}, {"min", "0"}, {"max", "100000"},
                                        {"value", std::to_string(line.line.quantity)}});
                    html.line("p", with_unit(line.line.amount()), {{"class", "price"}}).close();
                }
                html.close();
                html.line("button", say(shopper.language, "Cập nhật số lượng (0: bỏ)", "Update quantities (0 removes)"), {{"type", "submit"}, {"class", "quiet"}}).close();
                auto const parts = marketplace::parts_of(lines);
                html.line("p", std::string{say(shopper.language, "Tổng cộng: ", "Total: ")} + with_unit(marketplace::total_of(parts)), {{"class", "price"}});
                html.line("a", say(shopper.language, "Đặt hàng", "Checkout"), {{"class", "button"}, {"href", address(shopper, "/cho/dat-hang")}});
            });
        });
    };
}

http::Handler add_to_cart(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto shopper = shopper_of(request);
        auto const audience = shop_audience(request);
        if (api::is_from_elsewhere(request, edge.base_url)) return respond(shop_problem_page(from_elsewhere(), audience));
        auto const product = ProductId::parse(form_value(request, "product"));
        auto const variant = form_value(request, "variant");
        auto const quantity = quantity_of(form_value(request, "quantity"), 0);
        if (!product || quantity < 1 || (!variant.empty() && !VariantId::parse(variant)))
            return respond(shop_problem_page(api::invalid("quantity", {"Phải là số nguyên từ 1 đến 100000", "must be a whole number from 1 to 100000"}), audience));
        auto line = WantedLine{*product, VariantId::parse(variant), quantity};
        auto const known = std::ranges::find_if(shopper.cart, [&](auto const& it) { return it.product == line.product && it.variant == line.variant; });
        if (known != shopper.cart.end()) known->quantity = std::min(marketplace::quantity_max, known->quantity + quantity);
        else shopper.cart.push_back(line);
        respond(to_cart(edge, shopper, shopper.cart));
    };
}

http::Handler change_cart(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const shopper = shopper_of(request);
        if (api::is_from_elsewhere(request, edge.base_url)) return respond(shop_problem_page(from_elsewhere(), shop_audience(request)));
        auto cart = std::vector<WantedLine>{};
        for (std::size_t n = 0; n < shopper.cart.size(); ++n) {
            auto line = shopper.cart[n];
            line.quantity = quantity_of(form_value(request, "sl-" + std::to_string(n)), line.quantity);
            if (line.quantity > 0) cart.push_back(line);
        }
        respond(to_cart(edge, shopper, cart));
    };
}

http::Handler checkout_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const shopper = shopper_of(request);
        edge.reads.run(std::move(respond), shop_audience(request),
                       [&edge, shopper](postgres::Connection& connection) { return draw_checkout(edge, connection, shopper, {}, 200); });
    };
}

http::Handler take_checkout(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const shopper = shopper_of(request);
        auto const audience = shop_audience(request);
        if (api::is_from_elsewhere(request, edge.base_url)) return respond(shop_problem_page(from_elsewhere(), audience));
        auto form = form_of(request);
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, audience, shopper, form](postgres::Connection& connection) {
            auto const again = [&edge, later, shopper](postgres::Connection& reading, Form shown, api::Problem const& problem) {
                auto const& detail = shopper.language == Language::en ? problem.detail.en : problem.detail.vi;
                auto const& kind = api::kind_of(problem.code);
                auto const colon = detail.find(": ");
                shown.complaint = detail.empty() ? std::string{shopper.language == Language::en ? kind.en : kind.vi}
                                  : colon != std::string::npos && colon < 20 ? detail.substr(colon + 2)
                                                                             : detail;
                for (auto const* name : {"name", "phone", "address"})
                    if (problem.param == name || problem.param == "buyer." + std::string{name}) shown.field = name;
                shown.key.clear();
                (*later)(draw_checkout(edge, reading, shopper, std::move(shown), kind.status));
            };
            if (shopper.cart.empty()) return (*later)(go_to(address(shopper, "/cho/gio")));
            auto wanted = api::WantedOrder{shopper.cart, {form.name, form.phone, form.address}, form.note, form.payment == "cash"};
            if (!form.commune.empty()) wanted.buyer.address += (form.address.empty() ? "" : ", ") + form.commune;
            if (form.note.size() > 500) return again(connection, form, api::invalid("note", {"Tối đa 500 byte", "must be at most 500 bytes"}));
            if (form.address.empty()) return again(connection, form, api::invalid("address", {"Cần địa chỉ nhận hàng", "is needed"}));
            if (auto problem = api::check_buyer(wanted.buyer, "")) return again(connection, form, *problem);
            if (form.key.size() < 16 || form.key.size() > 64) return again(connection, form, {api::Code::form_expired});
            auto made = api::make_order(edge, connection, wanted, api::SentKey{form.key, "POST", "/cho/dat-hang", cart_cookie(shopper.cart) + "\n" + form.name + "\n" + form.phone + "\n" + form.address + "\n" + form.commune + "\n" + form.payment});
            if (!made) return again(connection, form, made.error());
            auto const placed = std::shared_ptr<marketplace::PlaceOrder>{std::move(made).value()};
            edge.core.submit(std::make_unique<marketplace::PlaceOrder>(*placed), [&edge, later, audience, shopper, form, wanted, placed, again](payments::Answer const& answer) {
                auto const code = api::problem_in(answer);
                auto const id = code ? marketplace::OrderId{} : answer->own_as<marketplace::OrderOutcome>()->id;
                edge.reads.ask(later, audience, [&edge, later, shopper, form, wanted, placed, again, code, id](postgres::Connection& reading) {
                    if (code) return again(reading, form, api::order_problem(*code, *placed, wanted));
                    auto const shown = marketplace::find_order(reading, id);
                    if (!shown) return (*later)(shop_not_found(shopper, edge.base_url));
                    auto out = go_to(address(shopper, api::order_url(shown->order, "")));
                    out.with("Set-Cookie", set_cart({}, edge.base_url));
                    (*later)(std::move(out));
                });
            });
        });
    };
}

}  // namespace choso::pages
