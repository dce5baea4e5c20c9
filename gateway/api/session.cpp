#include "gateway/api/session.hpp"

#include "platform/crypto/crypto.hpp"

namespace choso::api {
namespace {

constexpr std::size_t payload_bytes = 16 + 8;
constexpr std::size_t signature_bytes = 32;

std::string payload_of(Uuid const& id, Instant expires) {
    auto out = std::string{crypto::as_text(id)};
    auto const at = static_cast<std::uint64_t>(std::chrono::floor<Seconds>(expires).time_since_epoch().count());
    for (auto shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(at >> shift);
    return out;
}

std::string sign(std::string_view word, std::string_view payload, std::string_view bound_to, std::string_view key) {
    auto message = std::string{word};
    message += '\n';
    message += payload;
    message += bound_to;
    return std::string{crypto::as_text(crypto::hmac_sha256(key, message))};
}

struct Opened {
    std::string payload;
    std::string signature;
    Uuid id;
};

/// The parts of a token that has not expired; its signature is still to be checked.
std::optional<Opened> open(std::string_view token, Instant now) {
    if (token.size() > 128) return std::nullopt;
    auto const bytes = crypto::from_base64url(token);
    if (!bytes || bytes->size() != payload_bytes + signature_bytes) return std::nullopt;
    auto out = Opened{bytes->substr(0, payload_bytes), bytes->substr(payload_bytes), {}};
    std::uint64_t expires = 0;
    for (auto i = 0U; i < 16; ++i) out.id[i] = static_cast<std::uint8_t>(out.payload[i]);
    for (auto i = 16U; i < payload_bytes; ++i) expires = (expires << 8U) | static_cast<unsigned char>(out.payload[i]);
    auto const seconds = static_cast<std::uint64_t>(std::chrono::floor<Seconds>(now).time_since_epoch().count());
    if (seconds >= expires) return std::nullopt;
    return out;
}

}  // namespace

std::string_view stall_cookie_name(std::string_view base_url) { return base_url.starts_with("https://") ? "__Host-stall" : "stall"; }

std::string stall_session(merchants::Stall const& stall, Instant expires, std::string_view session_key) {
    auto const payload = payload_of(stall.id.uuid(), expires);
    return crypto::to_base64url(payload + sign("stall", payload, stall.link_hash, session_key));
}

merchants::Stall const* stall_of_session(std::string_view cookie, Instant now, merchants::Directory const& directory,
                                         std::string_view session_key) {
    auto const opened = open(cookie, now);
    if (!opened) return nullptr;
    auto const* stall = directory.stall(StallId{opened->id});
    if (stall == nullptr) return nullptr;
    auto const right = sign("stall", opened->payload, stall->link_hash, session_key);
    return crypto::constant_time_equal(right, opened->signature) ? stall : nullptr;
}

std::string csrf_token(std::string_view cookie, std::string_view session_key) {
    return crypto::to_base64url(sign("csrf", cookie, "", session_key).substr(0, 18));
}

std::string feed_token(FeedId feed, Instant expires, std::string_view session_key) {
    auto const payload = payload_of(feed.uuid(), expires);
    return crypto::to_base64url(payload + sign("feed", payload, "", session_key));
}

std::optional<FeedId> feed_of_token(std::string_view token, Instant now, std::string_view session_key) {
    auto const opened = open(token, now);
    if (!opened || !crypto::constant_time_equal(sign("feed", opened->payload, "", session_key), opened->signature)) return std::nullopt;
    return FeedId{opened->id};
}

}  // namespace choso::api
