#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

namespace choso::sound {

/// GET /sound-box, a WebSocket; `Authorization: Bearer sb_…`. To the box: `{"type":"receipt","id","at","payment","kind","alarm",
/// "amount","text"}`, one by one. From it: `{"ack":"<id>"}` once it was said. What was not acknowledged is sent again when the
/// box comes back; at most 200 wait for an acknowledgement at a time.
[[nodiscard]] http::Handler box_channel(api::Edge& edge);
void add_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::sound
