#pragma once
#include "gateway/api/edge.hpp"
#include "gateway/api/observe.hpp"
#include "gateway/feeds/refused.hpp"
#include "platform/http/router.hpp"

namespace choso::feeds {

/// Who a notice says it is from, and what came of checking it.
struct Sender {
    enum class Verdict { known, unknown, stale };
    Verdict verdict = Verdict::unknown;
    merchants::Feed const* feed = nullptr;  ///< set too for a stale signature, which is genuine but old
};
/// By `Authorization: Apikey`, by `Authorization: Bearer` (our own OAuth2 token) or by `X-SePay-Signature` over the
/// timestamp and the raw body, which may be five minutes off `real_now`.
[[nodiscard]] Sender sender_of(http::Request const& request, merchants::Directory const& directory, std::string_view session_key,
                               Instant real_now);

/// POST /feeds/sepay: a bank's notice, answered `{"success":true}` only after it is committed.
[[nodiscard]] http::Handler sepay(api::Edge& edge, RefusedNotices& refused, api::Observer& observer);
/// POST /feeds/sepay/token: OAuth2 client credentials (RFC 6749 §4.4), by Basic or in the body.
[[nodiscard]] http::Handler sepay_token(api::Edge& edge);

void add_routes(http::Router& router, api::Edge& edge, RefusedNotices& refused, api::Observer& observer);

}  // namespace choso::feeds
