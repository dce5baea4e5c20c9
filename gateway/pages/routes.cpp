#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "gateway/pages/people_pages.hpp"
#include "gateway/pages/benefit_pages.hpp"
#include "gateway/pages/complaint_pages.hpp"
#include "gateway/pages/receipt_pages.hpp"
#include "gateway/web/files.hpp"

namespace choso::pages {
namespace {

constexpr std::string_view for_minutes = "public, max-age=300";
/// For names that carry their content's hash.
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

http::Handler asset(std::string_view type, std::string_view body, std::string_view cached = for_minutes) {
    auto plain = http::Response{200, std::string{type}, std::string{body}, {}};
    plain.with("Cache-Control", std::string{cached}).with("Vary", "Accept-Encoding");
    // Sound and pictures are as small as they get.
    auto const packs = type.starts_with("text/") || type.starts_with("application/") || type.starts_with("image/svg");
    return [plain, small = packs ? gzipped(plain) : plain](http::Request const& request, http::Responder respond) {
        respond(takes_gzip(request) ? small : plain);
    };
}

}  // namespace

void add_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    router.add(Method::get, "/t/{token}", "pay_page", pay_page(edge));
    router.add(Method::get, "/t/{token}/qr.png", "pay_picture", pay_picture(edge));
    router.add(Method::get, "/t/{token}/stream", "pay_stream", pay_stream(edge));
    router.add(Method::get, "/assets/choso.css", "asset", asset("text/css; charset=utf-8", assets::choso));
    router.add(Method::get, "/assets/pay.js", "asset", asset("text/javascript; charset=utf-8", assets::pay));
    router.add(Method::get, "/assets/people.js", "asset", asset("text/javascript; charset=utf-8", assets::people));
    router.add(Method::get, "/assets/shop.js", "asset", asset("text/javascript; charset=utf-8", assets::shop));
    router.add(Method::get, "/assets/icon.svg", "asset", asset("image/svg+xml", assets::icon));
    for (auto const& file : web::files())
        if (auto const path = "/assets/" + std::string{file.name}; !path.ends_with(".sw.js")) router.add(Method::get, path, "asset", asset(file.type, file.body, for_ever));
    add_people_routes(router, edge);
    add_receipt_routes(router, edge);
    add_complaint_routes(router, edge);
    add_benefit_routes(router, edge);
}

}  // namespace choso::pages
