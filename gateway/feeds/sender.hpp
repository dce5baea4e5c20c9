#pragma once
#include <string_view>

#include "base/clock.hpp"
#include "merchants/directory.hpp"
#include "platform/http/message.hpp"

namespace choso::feeds {

/// Who a notice says it is from, and what came of checking it.
struct Sender {
    enum class Verdict { known, unknown, stale };
    Verdict verdict = Verdict::unknown;
    merchants::Feed const* feed = nullptr;  ///< set too for a stale signature, which is genuine but old
};
/// By `Authorization: Apikey`, by `Authorization: Bearer` (our own OAuth2 token) or by `X-SePay-Signature` over the
/// timestamp and the raw body, which may be five minutes off `real_now`. Only feeds of this kind are known.
[[nodiscard]] Sender sender_of(http::Request const& request, std::string_view kind, merchants::Directory const& directory,
                               std::string_view session_key, Instant real_now);

}  // namespace choso::feeds
