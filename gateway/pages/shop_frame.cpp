#include "gateway/pages/shop_frame.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/policy.hpp"
#include "platform/http/url.hpp"
#include "platform/json/json.hpp"

namespace choso::pages {
namespace {

using marketplace::Document;
using marketplace::ProductId;
using marketplace::VariantId;
using marketplace::WantedLine;

constexpr std::string_view cart_name = "gio";
constexpr std::size_t cart_most = 30;

void draw_head(Html& html, Shopper const& shopper, ShopFrame const& frame, std::string_view base_url) {
    auto const home = std::string{base_url};
    html.open("head").lone("meta", {{"charset", "utf-8"}}).lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.line("title", frame.title);
    if (!frame.description.empty()) html.lone("meta", {{"name", "description"}, {"content", frame.description}});
    if (frame.canonical.empty()) {
        html.lone("meta", {{"name", "robots"}, {"content", "noindex"}});
    } else {
        auto const in = [&](std::string_view language) {
            auto const joint = frame.canonical.find('?') == std::string::npos ? "?" : "&";
            return home + frame.canonical + (language == "vi" ? "" : std::string{joint} + "lang=" + std::string{language});
        };
        html.lone("link", {{"rel", "canonical"}, {"href", in(code_of(shopper.language))}});
        for (auto const* language : {"vi", "en"}) html.lone("link", {{"rel", "alternate"}, {"hreflang", language}, {"href", in(language)}});
        html.lone("link", {{"rel", "alternate"}, {"hreflang", "x-default"}, {"href", in("vi")}});
    }
    // In the page itself: a slow line is asked once before anything is seen.
    html.open("style").trusted(assets::market).close();
    html.lone("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", "/assets/icon.svg"}});
    if (frame.refresh_seconds > 0)
        html.open("noscript").lone("meta", {{"http-equiv", "refresh"}, {"content", std::to_string(frame.refresh_seconds)}}).close();
    if (frame.script) html.line("script", "", {{"src", "/assets/shop.js"}, {"defer", ""}});
    if (!frame.json_ld.empty()) html.open("script", {{"type", "application/ld+json"}}).trusted(frame.json_ld).close();
    html.close();
}

void draw_top(Html& html, Shopper const& shopper, ShopFrame const& frame) {
    auto const language = shopper.language;
    auto count = std::int64_t{0};
    for (auto const& line : shopper.cart) count += line.quantity;
    html.open("header", {{"class", "bar"}});
    html.line("a", say(language, "Chợ Số", "Chợ Số market"), {{"class", "home"}, {"href", address(shopper, "/cho")}});
    html.open("form", {{"role", "search"}, {"action", "/cho/tim"}, {"method", "get"}});
    html.line("label", say(language, "Tìm sản phẩm", "Search products"), {{"for", "q"}, {"class", "unseen"}});
    html.lone("input", {{"id", "q"}, {"name", "q"}, {"type", "search"}, {"value", frame.searched}, {"maxlength", "200"}});
    if (language == Language::en) html.lone("input", {{"type", "hidden"}, {"name", "lang"}, {"value", "en"}});
    html.line("button", say(language, "Tìm", "Search"), {{"type", "submit"}}).close();
    html.open("nav", {{"aria-label", say(language, "Mua hàng", "Shopping")}}).open("ul");
    html.open("li").line("a", std::string{say(language, "Giỏ hàng", "Cart")} + " (" + std::to_string(count) + ")", {{"href", address(shopper, "/cho/gio")}}).close();
    html.open("li").line("a", say(language, "Tra cứu đơn", "Find an order"), {{"href", address(shopper, "/cho/tra-cuu")}}).close();
    auto const other = language == Language::vi ? Language::en : Language::vi;
    html.open("li").line("a", language == Language::vi ? "English" : "Tiếng Việt",
                         {{"href", shopper.path + "?lang=" + std::string{code_of(other)}}, {"lang", code_of(other)}, {"hreflang", code_of(other)}});
    html.close().close().close().close();
}

void draw_crumbs(Html& html, Shopper const& shopper, ShopFrame const& frame) {
    if (frame.crumbs.empty()) return;
    html.open("nav", {{"class", "crumbs"}, {"aria-label", say(shopper.language, "Đường dẫn", "Breadcrumbs")}}).open("ol");
    for (std::size_t i = 0; i < frame.crumbs.size(); ++i) {
        auto const& [words, path] = frame.crumbs[i];
        html.open("li");
        if (i + 1 == frame.crumbs.size()) html.line("span", words, {{"aria-current", "page"}});
        else html.line("a", words, {{"href", address(shopper, path)}});
        html.close();
    }
    html.close().close();
}

}  // namespace

std::string_view say(Language language, std::string_view vi, std::string_view en) { return language == Language::en ? en : vi; }

std::string address(Shopper const& shopper, std::string_view path) {
    auto out = std::string{path};
    if (shopper.language == Language::en) out += (out.find('?') == std::string::npos ? "?lang=en" : "&lang=en");
    return out;
}

Shopper shopper_of(http::Request const& request) {
    auto out = Shopper{};
    // Only the address chooses the language: what search engines know by it is what everybody sees there.
    out.language = request.query_value("lang").value_or("") == "en" ? Language::en : Language::vi;
    out.gzip = takes_gzip(request);
    out.path = request.path;
    out.query = request.query;
    if (auto const cookie = request.cookie(cart_name)) out.cart = cart_of_cookie(*cookie);
    return out;
}

http::Response shop_page(int status, Shopper const& shopper, ShopFrame const& frame, std::string_view base_url, std::function<void(Html&)> const& body) {
    auto html = Html{};
    html.trusted("<!DOCTYPE html>\n").open("html", {{"lang", code_of(shopper.language)}});
    draw_head(html, shopper, frame, base_url);
    html.open("body").line("a", say(shopper.language, "Tới nội dung", "Skip to content"), {{"class", "skip"}, {"href", "#noi-dung"}});
    draw_top(html, shopper, frame);
    draw_crumbs(html, shopper, frame);
    html.open("main", {{"id", "noi-dung"}});
    body(html);
    html.close();
    html.open("footer").line("p", say(shopper.language, "Nông sản của người trong tỉnh. Trả bằng VietQR, tiền được giữ tới khi hàng tới nơi.",
                                      "Produce of the province. Pay by VietQR; the money is held until the goods arrive.")).close();
    html.close().close();
    auto out = http::Response{status, "text/html; charset=utf-8", html.take(), {}};
    static auto const policy = content_policy(assets::market);
    out.with("Content-Security-Policy", policy);
    // The cart stands on every page.
    out.with("Cache-Control", "no-store").with("Referrer-Policy", frame.canonical.empty() ? "no-referrer" : "same-origin");
    if (frame.canonical.empty()) out.with("X-Robots-Tag", "noindex");
    out.with("Content-Language", std::string{code_of(shopper.language)}).with("Vary", "Accept-Encoding, Cookie").with("X-Content-Type-Options", "nosniff");
    return shopper.gzip ? gzipped(std::move(out)) : out;
}

http::Response shop_not_found(Shopper const& shopper, std::string_view base_url) {
    auto frame = ShopFrame{};
    frame.title = say(shopper.language, "Không tìm thấy", "Not found");
    return shop_page(404, shopper, frame, base_url, [&](Html& html) {
        html.line("h1", frame.title).line("p", say(shopper.language, "Trang này không còn, hoặc chưa từng có.", "This page is gone, or never was."));
        html.line("a", say(shopper.language, "Về trang chợ", "To the market"), {{"class", "button"}, {"href", address(shopper, "/cho")}});
    });
}

http::Response shop_problem_page(api::Problem const& problem, api::Audience const& audience) {
    auto const& kind = api::kind_of(problem.code);
    auto shopper = Shopper{};
    shopper.language = language_of(audience);
    shopper.path = "/cho";
    auto frame = ShopFrame{};
    frame.title = kind.status >= 500 ? say(shopper.language, "Tạm thời chưa mở được", "Not available just now") : say(shopper.language, "Chưa làm được", "That did not work");
    auto const& detail = shopper.language == Language::en ? problem.detail.en : problem.detail.vi;
    auto out = shop_page(kind.status, shopper, frame, "", [&](Html& html) {
        html.line("h1", frame.title);
        html.line("p", detail.empty() ? (shopper.language == Language::en ? kind.en : kind.vi) : std::string_view{detail}, {{"role", "alert"}});
        html.line("a", say(shopper.language, "Về trang chợ", "To the market"), {{"class", "button"}, {"href", address(shopper, "/cho")}});
    });
    if (kind.status == 503 || kind.status == 429) out.with("Retry-After", std::to_string(problem.retry_after));
    return out;
}

api::Audience shop_audience(http::Request const& request) {
    return {.request_id = request.request_id, .english = request.query_value("lang").value_or("") == "en", .page = shop_problem_page};
}

void draw_products(Html& html, Shopper const& shopper, std::vector<std::shared_ptr<Document const>> const& rows,
                   std::unordered_map<Uuid, std::int64_t, UuidHash> const& available, Instant now) {
    html.open("ul", {{"class", "cards"}});
    auto n = 0;
    for (auto const& row : rows) {
        auto const there = available.find(row->id.uuid());
        auto const stars = row->stars_on(vietnam_day(now));
        html.open("li").open("a", {{"href", address(shopper, product_path(row->id))}});
        // What is seen first must not wait; the rest may.
        if (row->image)
            html.lone("img", {{"src", "/cho/hinh/" + row->image->text() + "/320.webp"}, {"alt", ""}, {"width", "320"}, {"height", "320"},
                              {"loading", n < 4 ? "eager" : "lazy"}, {"decoding", "async"}});
        html.line("span", row->name, {{"class", "name"}}).close();
        html.line("span", with_unit(row->price_at(now)) + (row->unit.empty() ? "" : " / " + row->unit), {{"class", "price"}});
        if (stars > 0) html.line("span", "OCOP " + std::to_string(stars) + " " + std::string{say(shopper.language, "sao", "stars")}, {{"class", "ocop"}});
        html.line("span", row->seller_name + (row->commune.empty() ? "" : " · " + row->commune), {{"class", "small"}});
        if (there == available.end() || there->second <= 0) html.line("span", say(shopper.language, "Hết hàng", "Sold out"), {{"class", "gone"}});
        html.close();
        ++n;
    }
    html.close();
}

std::string product_path(ProductId id) { return "/cho/sp/" + id.text(); }
std::string category_path(std::string_view slug) { return "/cho/loai/" + std::string{slug}; }
std::string seller_path(std::string_view slug) { return "/cho/ban/" + std::string{slug}; }
std::string commune_path(std::string_view commune) { return "/cho/xa/" + http::percent_encode(commune); }
std::string ocop_path(std::string_view commune) { return commune.empty() ? "/cho/ocop" : "/cho/ocop/" + http::percent_encode(commune); }

std::string cart_cookie(std::vector<WantedLine> const& cart) {
    std::string out;
    for (auto const& line : cart) {
        if (!out.empty()) out += '_';
        out += to_crockford(line.product.uuid()) + '.' + (line.variant ? to_crockford(line.variant->uuid()) : std::string{}) + '.' + std::to_string(line.quantity);
    }
    return out;
}

std::vector<WantedLine> cart_of_cookie(std::string_view cookie) {
    auto out = std::vector<WantedLine>{};
    while (!cookie.empty() && out.size() < cart_most) {
        auto const end = std::min(cookie.find('_'), cookie.size());
        auto const entry = cookie.substr(0, end);
        cookie.remove_prefix(std::min(end + 1, cookie.size()));
        auto const first = entry.find('.');
        auto const second = first == std::string_view::npos ? first : entry.find('.', first + 1);
        if (second == std::string_view::npos) continue;
        auto const product = from_crockford(entry.substr(0, first));
        auto const variant = entry.substr(first + 1, second - first - 1);
        auto line = WantedLine{};
        auto const digits = entry.substr(second + 1);
        auto const [to, error] = std::from_chars(digits.data(), digits.data() + digits.size(), line.quantity);
        if (!product || error != std::errc{} || to != digits.data() + digits.size() || line.quantity < 1 || line.quantity > marketplace::quantity_max) continue;
        line.product = ProductId{*product};
        if (!variant.empty()) {
            auto const uuid = from_crockford(variant);
            if (!uuid) continue;
            line.variant = VariantId{*uuid};
        }
        out.push_back(line);
    }
    return out;
}

std::string set_cart(std::vector<WantedLine> const& cart, std::string_view base_url) {
    auto out = std::string{cart_name} + "=" + cart_cookie(cart) + "; Path=/cho; HttpOnly; SameSite=Lax; Max-Age=" + (cart.empty() ? "0" : "2592000");
    if (base_url.starts_with("https://")) out += "; Secure";
    return out;
}

}  // namespace choso::pages
