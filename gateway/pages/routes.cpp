#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "gateway/pages/people_pages.hpp"
#include "gateway/pages/benefit_pages.hpp"
#include "gateway/pages/complaint_pages.hpp"
#include "gateway/pages/receipt_pages.hpp"

namespace choso::pages {
namespace {

http::Handler asset(std::string_view type, std::string_view body) {
    auto plain = http::Response{200, std::string{type}, std::string{body}, {}};
    plain.with("Cache-Control", "public, max-age=300").with("Vary", "Accept-Encoding");
    return [plain, small = gzipped(plain)](http::Request const& request, http::Responder respond) {
        respond(takes_gzip(request) ? small : plain);
    };
}

}  // namespace

void add_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    router.add(Method::get, "/t/{token}", "pay_page", pay_page(edge));
    router.add(Method::get, "/t/{token}/qr.png", "pay_picture", pay_picture(edge));
    router.add(Method::get, "/t/{token}/stream", "pay_stream", pay_stream(edge));
    router.add(Method::get, "/stall/{token}", "open_stall", open_stall(edge));
    router.add(Method::get, "/quay", "stall_page", stall_page(edge));
    router.add(Method::post, "/quay/requests", "ask_at_stall", ask_at_stall(edge), {.body_bytes_max = 4096});
    router.add(Method::get, "/assets/choso.css", "asset", asset("text/css; charset=utf-8", assets::choso));
    router.add(Method::get, "/assets/quay.js", "asset", asset("text/javascript; charset=utf-8", assets::quay));
    router.add(Method::get, "/assets/pay.js", "asset", asset("text/javascript; charset=utf-8", assets::pay));
    router.add(Method::get, "/assets/people.js", "asset", asset("text/javascript; charset=utf-8", assets::people));
    router.add(Method::get, "/assets/icon.svg", "asset", asset("image/svg+xml", assets::icon));
    add_people_routes(router, edge);
    add_receipt_routes(router, edge);
    add_complaint_routes(router, edge);
    add_benefit_routes(router, edge);
}

}  // namespace choso::pages
