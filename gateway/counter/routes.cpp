#include "gateway/counter/counter.hpp"
#include "gateway/counter/market_pages.hpp"
#include "gateway/web/files.hpp"
#include "platform/json/json.hpp"

namespace choso::counter {
namespace {

/// Under `/quay/`, but it answers for `/quay` itself too; fetched anew each time, so that a new version is noticed.
http::Handler service_worker() {
    auto const* file = web::find("quay.sw.js");
    CHOSO_ASSERT(file != nullptr);
    auto out = http::Response{200, std::string{file->type}, std::string{file->body}, {}};
    out.with("Service-Worker-Allowed", "/quay").with("Cache-Control", "no-cache");
    return [out](http::Request const&, http::Responder respond) { respond(out); };
}

http::Handler manifest() {
    auto body = std::string{};
    auto json = json::Writer{body};
    json.object().member("name", "Chợ Số – quầy").member("short_name", "Quầy").member("lang", "vi").member("id", "/quay").member("start_url", "/quay");
    json.member("scope", "/quay").member("display", "standalone").member("background_color", "#ffffff").member("theme_color", "#0b5cad");
    json.key("icons").array().object().member("src", "/assets/icon.svg").member("sizes", "any").member("type", "image/svg+xml").member("purpose", "any").end().end();
    json.end();
    auto out = http::Response{200, "application/manifest+json", body, {}};
    out.with("Cache-Control", "public, max-age=300");
    return [out](http::Request const&, http::Responder respond) { respond(out); };
}

}  // namespace

void add_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 4096};
    router.add(Method::get, "/stall/{token}", "open_stall", open_stall(edge));
    router.add(Method::get, "/quay", "stall_page", stall_page(edge));
    router.add(Method::get, "/quay/state", "stall_state", stall_state(edge));
    router.add(Method::post, "/quay/requests", "ask_at_stall", ask_at_stall(edge), small);
    router.add(Method::post, "/quay/leases", "lease_requests", lease_requests(edge), small);
    router.add(Method::post, "/quay/asks", "ask_for_amount", ask_for_amount(edge), small);
    router.add(Method::post, "/quay/claims", "claim_payment", claim_payment(edge), small);
    router.add(Method::get, "/quay/check", "check_photo", check_photo(edge));
    router.add(Method::post, "/quay/sticker-reports", "report_sticker", report_sticker(edge), small);
    router.add(Method::post, "/quay/members", "add_stall_member", add_member(edge), small);
    router.add(Method::post, "/quay/shift", "start_shift", start_shift(edge), small);
    router.add(Method::post, "/quay/handover", "hand_over_shift", hand_over(edge), small);
    router.add(Method::post, "/quay/account-change/reject", "reject_account_change", reject_account_change(edge), small);
    router.add(Method::get, "/quay/so-ngay", "day_page", day_page(edge));
    router.add(Method::get, "/quay/so-ngay.pdf", "day_pdf", day_pdf(edge));
    router.add(Method::get, "/quay/doanh-thu.csv", "revenue_csv", revenue_csv(edge));
    router.add(Method::get, "/quay/doanh-thu.xlsx", "revenue_xlsx", revenue_xlsx(edge));
    router.add(Method::get, "/ban-quan-ly", "market_page", market_page(edge));
    router.add(Method::get, "/ban-quan-ly/sap-moi", "new_stall_page", new_stall_page(edge));
    router.add(Method::post, "/ban-quan-ly/sap-moi", "take_new_stall", take_new_stall(edge), small);
    router.add(Method::post, "/ban-quan-ly/nhap", "take_market_file", take_market_file(edge), {.body_bytes_max = 2 * 1024 * 1024, .handler_timeout = std::chrono::seconds{60}});
    router.add(Method::get, "/ban-quan-ly/ma-in.pdf", "print_market", print_market(edge), {.handler_timeout = std::chrono::seconds{60}});
    router.add(Method::post, "/ban-quan-ly/doi-tai-khoan", "decide_account_change", decide_account_change(edge), small);
    router.add(Method::get, "/quay/sw.js", "stall_service_worker", service_worker());
    router.add(Method::get, "/quay/app.webmanifest", "stall_manifest", manifest());
}

}  // namespace choso::counter
