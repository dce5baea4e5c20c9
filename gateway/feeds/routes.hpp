#pragma once
#include <memory>
#include <string>

#include "gateway/api/edge.hpp"
#include "gateway/api/observe.hpp"
#include "gateway/feeds/refused.hpp"
#include "platform/http/router.hpp"

namespace choso::feeds {

class CamtDesk;

/// Every feed's routes. What is returned reads the files that come; it must outlive the server and end before the core.
[[nodiscard]] std::shared_ptr<CamtDesk> add_routes(http::Router& router, api::Edge& edge, RefusedNotices& refused, api::Observer& observer,
                                                   std::string const& database_url);

}  // namespace choso::feeds
