#pragma once
#include "gateway/api/edge.hpp"
#include "gateway/api/observe.hpp"
#include "gateway/feeds/refused.hpp"
#include "platform/http/router.hpp"

namespace choso::feeds {

/// POST /feeds/sepay: a bank's notice, answered `{"success":true}` only after it is committed.
[[nodiscard]] http::Handler sepay(api::Edge& edge, RefusedNotices& refused, api::Observer& observer);
/// POST /feeds/sepay/token: OAuth2 client credentials (RFC 6749 §4.4), by Basic or in the body.
[[nodiscard]] http::Handler sepay_token(api::Edge& edge);

}  // namespace choso::feeds
