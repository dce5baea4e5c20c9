#include "gateway/counter/stall_session.hpp"

#include <chrono>

#include "gateway/api/session.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::counter {

using api::Code;
using api::Problem;

std::optional<StallSession> session_of(api::Edge const& edge, http::Request const& request) {
    auto const cookie = request.cookie(api::stall_cookie_name(edge.base_url));
    if (!cookie) return std::nullopt;
    auto directory = edge.directory.current();
    auto const& key = edge.directory.installation().session_key;
    auto const* stall = api::stall_of_session(*cookie, SystemClock{}.now(), *directory, key);
    auto const* merchant = stall != nullptr ? directory->merchant(stall->merchant) : nullptr;
    auto const* collector = merchant != nullptr ? directory->collector(merchant->collector) : nullptr;
    if (collector == nullptr) return std::nullopt;
    auto const* account = directory->account_for(*merchant, stall);
    return StallSession{std::move(directory), stall, merchant, account, collector->bucket, api::csrf_token(*cookie, key)};
}

std::string session_cookie(api::Edge const& edge, merchants::Stall const& stall) {
    auto const session = api::stall_session(stall, SystemClock{}.now() + api::stall_session_length, edge.directory.installation().session_key);
    // Lax, not Strict: the link is followed from a chat, and the cookie must come along to where it leads. What changes
    // anything is a POST with the page's own token.
    auto cookie = std::string{api::stall_cookie_name(edge.base_url)} + "=" + session + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" +
                  std::to_string(std::chrono::duration_cast<Seconds>(api::stall_session_length).count());
    if (edge.base_url.starts_with("https://")) cookie += "; Secure";
    return cookie;
}

api::Audience stall_audience(http::Request const& request) {
    return {.request_id = request.request_id, .english = false, .page = pages::stall_problem_page};
}

http::Response no_session_page() {
    return pages::notice_page(401, "Chưa mở quầy", "Hãy mở lại đường dẫn riêng của sạp. Phiên làm việc hết sau 36 giờ không mở trang.");
}

void with_session(api::Edge& edge, http::Request const& request, http::Responder respond,
                  std::function<void(StallSession const&, http::Responder)> const& go) {
    auto const session = session_of(edge, request);
    if (!session) return respond(api::to_response(Problem{Code::session_missing}, api::audience_of(request)));
    go(*session, std::move(respond));
}

void with_order(api::Edge& edge, http::Request const& request, http::Responder respond, std::initializer_list<std::string_view> known,
                std::function<void(StallSession const&, json::Value const&, http::Responder)> const& go) {
    with_session(edge, request, std::move(respond), [&](StallSession const& session, http::Responder answer) {
        auto const audience = api::audience_of(request);
        auto const token = request.header("X-CSRF-Token").value_or("");
        if (!crypto::constant_time_equal(token, session.csrf)) return answer(api::to_response(Problem{Code::form_expired}, audience));
        auto const body = api::parse_object(request.body, known);
        if (!body) return answer(api::to_response(body.error(), audience));
        go(session, *body, std::move(answer));
    });
}

Instant start_of_day(Instant now) { return Instant{vietnam_day(now)} - vietnam_offset; }

Result<std::string, Problem> text_of(json::Value const& body, std::string_view name, std::size_t most) {
    auto const* member = body.find(name);
    auto const text = member != nullptr ? member->as_string() : std::nullopt;
    if (!text || text->empty() || text->size() > most)
        return api::invalid(name, {"phải là văn bản từ 1 đến " + std::to_string(most) + " ký tự", "must be a text of 1 to " + std::to_string(most) + " characters"});
    return std::string{*text};
}

Result<Money, Problem> amount_of(json::Value const& body) {
    auto const* member = body.find("amount");
    auto const amount = member != nullptr ? member->as_int() : std::nullopt;
    if (!amount || *amount < 1 || Money{*amount} > most_asked)
        return Problem{Code::amount_invalid, "amount"};
    return Money{*amount};
}

}  // namespace choso::counter
