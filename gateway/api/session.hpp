#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "merchants/directory.hpp"

/// Small signed texts, so that nothing about a session has to be kept. Signed with the installation's session key; each
/// kind with a word of its own, so that none passes for another.
namespace choso::api {

/// How long a stall's page stays open without its link; each time it is opened it begins anew, so that who sells every day
/// opens it from the phone's home screen.
inline constexpr auto stall_session_length = std::chrono::hours{36};

/// The cookie's name: `__Host-` binds it to this host, which browsers allow over https only.
[[nodiscard]] std::string_view stall_cookie_name(std::string_view base_url);

/// What the stall's cookie holds. Bound to the stall's link: a new link ends every session opened with the old one.
[[nodiscard]] std::string stall_session(merchants::Stall const& stall, Instant expires, std::string_view session_key);
/// The stall a cookie was made for; null unless it is whole, not expired, and the link still the same.
[[nodiscard]] merchants::Stall const* stall_of_session(std::string_view cookie, Instant now, merchants::Directory const& directory,
                                                       std::string_view session_key);

/// The hidden field that a form of that session must carry.
[[nodiscard]] std::string csrf_token(std::string_view cookie, std::string_view session_key);

/// An OAuth2 access token of a feed.
[[nodiscard]] std::string feed_token(FeedId feed, Instant expires, std::string_view session_key);
[[nodiscard]] std::optional<FeedId> feed_of_token(std::string_view token, Instant now, std::string_view session_key);

}  // namespace choso::api
