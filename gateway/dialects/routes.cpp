#include "gateway/dialects/dialects.hpp"

namespace choso::dialects {
namespace {

constexpr std::size_t cache_bytes = std::size_t{32} << 20U;

}  // namespace

void add_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    auto const studio = Studio{edge, std::make_shared<PictureCache>(cache_bytes)};
    auto const old = old_quick_link(studio);
    auto const small = http::RouteLimits{.body_bytes_max = 16 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::get, "/image/{name}", "quick_link", quick_link(studio));
    router.add(Method::get, "/{bank}/{account}/{amount}/{memo}/{file}", "old_quick_link", old);
    router.add(Method::get, "/{bank}/{account}//{memo}/{file}", "old_quick_link", old);
    router.add(Method::get, "/{bank}/{account}/{amount}//{file}", "old_quick_link", old);
    router.add(Method::get, "/{bank}/{account}///{file}", "old_quick_link", old);
    router.add(Method::get, "/img", "sepay_image", sepay_image(studio));
    router.add(Method::get, "/img/{file}", "bank_tile", bank_tile(studio));
    router.add(Method::get, "/v2/banks", "vietqr_banks", list_banks(edge));
    router.add(Method::get, "/v2/template", "vietqr_templates", list_templates(edge));
    router.add(Method::post, "/v2/generate", "vietqr_generate", generate(studio), small);
    router.add(Method::post, "/v1/generate", "vietqr_generate", generate(studio), small);
    router.add(Method::post, "/v2/lookup", "vietqr_lookup", look_up(edge), small);
}

}  // namespace choso::dialects
