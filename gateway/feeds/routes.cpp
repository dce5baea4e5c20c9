#include "gateway/feeds/routes.hpp"

#include "gateway/feeds/camt.hpp"
#include "gateway/feeds/sepay.hpp"

namespace choso::feeds {

std::shared_ptr<CamtDesk> add_routes(http::Router& router, api::Edge& edge, RefusedNotices& refused, api::Observer& observer,
                                     std::string const& database_url) {
    router.add(http::Method::post, "/feeds/sepay", "sepay", sepay(edge, refused, observer), {.body_bytes_max = 64 * 1024});
    router.add(http::Method::post, "/feeds/sepay/token", "sepay_token", sepay_token(edge), {.body_bytes_max = 4096});
    auto camt = std::make_shared<CamtDesk>(edge, Desk{refused, observer}, database_url);
    router.add(http::Method::post, "/feeds/camt", "camt", camt->handler(),
               {.body_bytes_max = std::size_t{16} << 20U, .body_timeout = std::chrono::minutes{2}, .handler_timeout = std::chrono::minutes{5}});
    return camt;
}

}  // namespace choso::feeds
