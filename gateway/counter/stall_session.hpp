#pragma once
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

#include "gateway/api/body.hpp"
#include "gateway/api/edge.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/counter/counter.hpp"
#include "merchants/stalls/stalls.hpp"
#include "platform/http/message.hpp"

namespace choso::counter {

/// Whose page a browser has open.
struct StallSession {
    std::shared_ptr<merchants::Directory const> directory;
    merchants::Stall const* stall = nullptr;
    merchants::Merchant const* merchant = nullptr;
    merchants::BankAccount const* account = nullptr;
    Bucket bucket;
    std::string csrf;

    /// Whether money of its account that names nobody can be nobody's but this merchant's.
    [[nodiscard]] bool owns_account() const { return account != nullptr && merchant->is_owner; }
};
/// By the cookie; nullopt without a valid one.
[[nodiscard]] std::optional<StallSession> session_of(api::Edge const& edge, http::Request const& request);
/// `Set-Cookie` of a session of this stall that begins now.
[[nodiscard]] std::string session_cookie(api::Edge const& edge, merchants::Stall const& stall);

/// Problems come as pages.
[[nodiscard]] api::Audience stall_audience(http::Request const& request);
/// For a browser without a session.
[[nodiscard]] http::Response no_session_page();

/// The first line of a JSON endpoint: `go` with the session, or the refusal is answered here.
void with_session(api::Edge& edge, http::Request const& request, http::Responder respond,
                  std::function<void(StallSession const&, http::Responder)> const& go);
/// The same for what changes something: page's token, a JSON object of these members.
void with_order(api::Edge& edge, http::Request const& request, http::Responder respond, std::initializer_list<std::string_view> known,
                std::function<void(StallSession const&, json::Value const&, http::Responder)> const& go);

/// Midnight in Vietnam of that moment's day.
[[nodiscard]] Instant start_of_day(Instant now);

/// A text member, or why not: 1 to `most` bytes.
[[nodiscard]] Result<std::string, api::Problem> text_of(json::Value const& body, std::string_view name, std::size_t most);
/// A member that is a whole number of đồng from 1 to what may be asked.
[[nodiscard]] Result<Money, api::Problem> amount_of(json::Value const& body);

}  // namespace choso::counter
