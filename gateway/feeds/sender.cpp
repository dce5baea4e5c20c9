#include <algorithm>
#include <chrono>

#include "gateway/api/auth.hpp"
#include "gateway/api/session.hpp"
#include "gateway/feeds/sender.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::feeds {
namespace {

constexpr auto signature_life = Seconds{300};
using Verdict = Sender::Verdict;

Sender known(merchants::Feed const* feed, std::string_view kind) {
    if (feed == nullptr || feed->kind != kind) return {};
    return {Verdict::known, feed};
}

Sender by_signature(http::Request const& request, std::string_view kind, merchants::Directory const& directory, Instant real_now) {
    auto const header = request.header("X-SePay-Signature");
    auto const timestamp = request.header("X-SePay-Timestamp");
    if (!header || !timestamp || !header->starts_with("sha256=") || timestamp->size() > 12) return {};
    auto const signature = crypto::from_hex(header->substr(7));
    auto const seconds = parse_dong(*timestamp);
    if (!signature || !seconds || !seconds->is_positive()) return {};
    auto const message = std::string{*timestamp} + "." + request.body;
    for (auto const* feed : directory.hmac_feeds()) {
        if (!crypto::constant_time_equal(crypto::as_text(crypto::hmac_sha256(feed->secret, message)), *signature)) continue;
        auto out = known(feed, kind);
        auto const off = Instant{Seconds{seconds->dong()}} - real_now;
        if (out.feed != nullptr && (off > signature_life || off < -signature_life)) out.verdict = Verdict::stale;
        return out;
    }
    return {};
}

}  // namespace

Sender sender_of(http::Request const& request, std::string_view kind, merchants::Directory const& directory, std::string_view session_key,
                 Instant real_now) {
    if (auto const key = api::credential(request, "Apikey"); key && !key->empty())
        return known(directory.feed_by_secret_hash(merchants::FeedAuth::apikey, crypto::as_text(crypto::sha256(*key))), kind);
    if (auto const token = api::credential(request, "Bearer")) {
        auto const id = api::feed_of_token(*token, real_now, session_key);
        auto const* feed = id ? directory.feed(*id) : nullptr;
        return known(feed != nullptr && feed->auth == merchants::FeedAuth::oauth2 ? feed : nullptr, kind);
    }
    return by_signature(request, kind, directory, real_now);
}

}  // namespace choso::feeds
