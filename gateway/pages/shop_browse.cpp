// Looking around the shop.
#include <algorithm>

#include "gateway/pages/layout.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "marketplace/sellers/seller.hpp"
#include "platform/http/url.hpp"

namespace choso::pages {
namespace {

using marketplace::FacetValue;
using marketplace::Found;
using marketplace::LiveIndex;
using marketplace::Query;

constexpr std::size_t page_length = 24;

using Crumbs = std::vector<std::pair<std::string, std::string>>;

std::string number_in(http::Request const& request, std::string_view name) {
    auto const text = request.query_value(name).value_or("");
    return text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) ? text : std::string{};
}

/// What a list page shows, of whichever kind it is.
struct Listing {
    std::string title, description, path;  ///< with the query that belongs to it
    Crumbs crumbs;
    std::string introduction;
    std::string searched;
    Query query;
    bool indexed = true;
};

void draw_facet(Html& html, Shopper const& shopper, std::string_view id, std::string_view title, std::vector<FacetValue> const& values, std::string (*path)(std::string_view)) {
    if (values.empty()) return;
    html.open("section", {{"class", "facet"}, {"aria-labelledby", id}}).line("h2", title, {{"id", id}}).open("ul");
    for (auto const& it : values)
        html.open("li").line("a", it.shown + " (" + std::to_string(it.count) + ")", {{"href", address(shopper, path(it.value))}}).close();
    html.close().close();
}

void draw_steps(Html& html, Shopper const& shopper, Listing const& listing, Found const& found) {
    auto const page = listing.query.offset / page_length;
    auto const joint = listing.path.find('?') == std::string::npos ? "?" : "&";
    auto const at = [&](std::size_t n) { return address(shopper, n == 0 ? listing.path : listing.path + joint + "trang=" + std::to_string(n + 1)); };
    if (page == 0 && listing.query.offset + found.rows.size() >= found.total) return;
    html.open("nav", {{"class", "steps"}, {"aria-label", say(shopper.language, "Các trang", "Pages")}});
    if (page > 0) html.line("a", say(shopper.language, "← Trang trước", "← Previous"), {{"href", at(page - 1)}, {"rel", "prev"}});
    html.line("span", std::string{say(shopper.language, "Trang ", "Page ")} + std::to_string(page + 1));
    if (listing.query.offset + found.rows.size() < found.total)
        html.line("a", say(shopper.language, "Trang sau →", "Next →"), {{"href", at(page + 1)}, {"rel", "next"}});
    html.close();
}

http::Response draw_listing(api::Edge const& edge, LiveIndex& index, postgres::Connection& connection, Shopper const& shopper, Listing listing) {
    listing.query.facets = true;
    listing.query.limit = page_length;
    auto const found = index.find(connection, listing.query);
    auto const available = marketplace::available(connection, found.rows);
    auto frame = ShopFrame{};
    frame.title = listing.title + " – Chợ Số";
    frame.description = listing.description;
    if (listing.indexed && listing.query.offset == 0) frame.canonical = listing.path;
    frame.crumbs = listing.crumbs;
    frame.searched = listing.searched;
    return shop_page(200, shopper, frame, edge.base_url, [&](Html& html) {
        html.line("h1", listing.title);
        if (!listing.introduction.empty()) html.line("p", listing.introduction);
        if (!found.did_you_mean.empty()) {
            html.open("p", {{"class", "mean"}}).text(std::string{say(shopper.language, "Có phải bạn tìm: ", "Did you mean: ")});
            html.line("a", found.did_you_mean, {{"href", address(shopper, "/cho/tim?q=" + http::percent_encode(found.did_you_mean))}}).close();
        }
        html.line("p", std::to_string(found.total) + std::string{say(shopper.language, " sản phẩm", " products")}, {{"class", "small"}, {"role", "status"}});
        draw_products(html, shopper, found.rows, available, listing.query.at);
        draw_steps(html, shopper, listing, found);
        html.open("div", {{"class", "facets"}});
        draw_facet(html, shopper, "loai", say(shopper.language, "Loại hàng", "Categories"), found.categories, category_path);
        draw_facet(html, shopper, "xa", say(shopper.language, "Xã, phường", "Communes"), found.communes, commune_path);
        html.close();
    });
}

/// A handler of a list page: `make` says what it lists, nothing if there is no such list.
template <class Make>
http::Handler listing_of(api::Edge& edge, LiveIndex& index, Make make) {
    return [&edge, &index, make](http::Request const& request, http::Responder respond) {
        auto const audience = shop_audience(request);
        auto const shopper = shopper_of(request);
        auto const page = number_in(request, "trang");
        auto offset = page.empty() ? std::size_t{0} : static_cast<std::size_t>(std::max(1, std::stoi(page)) - 1) * page_length;
        auto const text = request.query_value("q").value_or("").substr(0, 300);
        auto const name = request.params.empty() ? std::string{} : request.params.begin()->second;
        edge.reads.run(std::move(respond), audience, [&edge, &index, make, shopper, offset, text, name](postgres::Connection& connection) {
            auto listing = make(shopper, connection, text, name);
            if (!listing) return shop_not_found(shopper, edge.base_url);
            listing->query.at = edge.clock.now();
            listing->query.offset = std::min<std::size_t>(offset, 10'000);
            return draw_listing(edge, index, connection, shopper, std::move(*listing));
        });
    };
}

std::pair<std::string, std::string> home_crumb(Shopper const& shopper) { return {std::string{say(shopper.language, "Chợ", "Market")}, "/cho"}; }

}  // namespace

http::Handler shop_home(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection&, std::string const&, std::string const&) {
        auto out = Listing{};
        out.title = say(shopper.language, "Nông sản, đặc sản trong tỉnh", "Produce and specialities of the province");
        out.description = say(shopper.language, "Mua chè, trái cây, mật ong, gạo và đặc sản OCOP từ hộ sản xuất và hợp tác xã; trả bằng VietQR.",
                              "Buy tea, fruit, honey, rice and OCOP specialities from households and cooperatives; pay by VietQR.");
        out.path = "/cho";
        out.query.order = Query::Order::newest;
        return std::optional{out};
    });
}

http::Handler shop_search(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection&, std::string const& text, std::string const&) {
        auto out = Listing{};
        out.title = std::string{say(shopper.language, "Tìm: ", "Search: ")} + text;
        out.path = "/cho/tim?q=" + http::percent_encode(text);
        out.searched = text;
        out.query.text = text;
        out.indexed = false;
        out.crumbs = {home_crumb(shopper), {std::string{say(shopper.language, "Tìm", "Search")}, out.path}};
        return std::optional{out};
    });
}

http::Handler shop_category(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection& connection, std::string const&, std::string const& slug) -> std::optional<Listing> {
        static auto const statement = postgres::Statement{"shop_category_name", "select name from category where slug = $1"};
        auto const rows = connection.query(statement, postgres::Params::of(slug));
        if (rows.rows() == 0) return std::nullopt;
        auto out = Listing{};
        out.title = rows.text(0, 0);
        out.description = out.title + std::string{say(shopper.language, " của người trong tỉnh, giá từ người bán.", " of the province, at the sellers' prices.")};
        out.path = category_path(slug);
        out.query.category_slug = slug;
        out.crumbs = {home_crumb(shopper), {out.title, out.path}};
        return out;
    });
}

http::Handler shop_commune(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection&, std::string const&, std::string const& commune) {
        auto out = Listing{};
        out.title = commune;
        out.description = std::string{say(shopper.language, "Hàng của ", "Produce of ")} + commune + ".";
        out.path = commune_path(commune);
        out.query.commune = commune;
        out.crumbs = {home_crumb(shopper), {commune, out.path}};
        return std::optional{out};
    });
}

http::Handler shop_ocop(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection&, std::string const&, std::string const& commune) {
        auto out = Listing{};
        out.title = std::string{say(shopper.language, "Sản phẩm OCOP", "OCOP products")} + (commune.empty() ? "" : " – " + commune);
        out.description = say(shopper.language, "Sản phẩm OCOP còn hạn công nhận, từ 3 sao.", "OCOP products with a valid certificate, from 3 stars.");
        out.introduction = out.description;
        out.path = ocop_path(commune);
        out.query.commune = commune;
        out.query.stars_least = 3;
        out.crumbs = {home_crumb(shopper), {"OCOP", "/cho/ocop"}};
        if (!commune.empty()) out.crumbs.emplace_back(commune, out.path);
        return std::optional{out};
    });
}

http::Handler shop_seller(api::Edge& edge, LiveIndex& index) {
    return listing_of(edge, index, [](Shopper const& shopper, postgres::Connection& connection, std::string const&, std::string const& slug) -> std::optional<Listing> {
        auto const seller = marketplace::Sellers{connection}.find_by_slug(slug);
        if (!seller || seller->state != marketplace::SellerState::approved) return std::nullopt;
        auto out = Listing{};
        out.title = seller->name;
        out.introduction = seller->introduction;
        // The law wants a seller's name, address and tax code shown before the order.
        auto const add = [&](std::string_view vi, std::string_view en, std::string const& value) {
            if (!value.empty()) out.introduction += (out.introduction.empty() ? "" : " · ") + std::string{say(shopper.language, vi, en)} + value;
        };
        add("Địa chỉ: ", "Address: ", seller->address.empty() ? seller->commune : seller->address + ", " + seller->commune);
        add("Điện thoại: ", "Phone: ", seller->phone);
        add("Mã số thuế: ", "Tax code: ", seller->tax_code);
        out.description = seller->name + " – " + seller->commune;
        out.path = seller_path(slug);
        out.query.seller = seller->merchant;
        out.crumbs = {home_crumb(shopper), {seller->commune, commune_path(seller->commune)}, {seller->name, out.path}};
        return out;
    });
}

}  // namespace choso::pages
