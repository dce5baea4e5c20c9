#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/session.hpp"
#include "merchants/scopes.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

/// What a key listens to: all its merchants, for as long as it is neither revoked nor changed.
events::Subscription of_key(Edge& edge, merchants::Directory const& directory, merchants::ApiKey const& key, std::string key_hash) {
    auto out = events::Subscription{};
    auto named = std::vector<merchants::Merchant const*>{};
    for (auto const& id : key.merchants)
        if (auto const* merchant = directory.merchant(id); merchant != nullptr && merchant->live == key.live) named.push_back(merchant);
    for (auto const* merchant : named) out.merchants.push_back(merchant->id);
    out.buckets = buckets_of(named, directory);
    out.still_allowed = [&edge, key_hash = std::move(key_hash), allowed = key.merchants] {
        auto const now = edge.directory.current();
        auto const* same = now->key_by_hash(key_hash);
        return same != nullptr && same->merchants == allowed && same->scopes.contains(merchants::scope::events_read);
    };
    return out;
}

/// What a stall's page listens to, until its session ends or its link is changed.
events::Subscription of_stall(Edge& edge, merchants::Directory const& directory, merchants::Stall const& stall, std::string cookie) {
    auto out = events::Subscription{};
    out.merchants = {stall.merchant};
    if (auto const* merchant = directory.merchant(stall.merchant)) out.buckets = buckets_of({merchant}, directory);
    out.stall = stall.id;
    out.still_allowed = [&edge, cookie = std::move(cookie)] {
        auto const now = edge.directory.current();
        return stall_of_session(cookie, SystemClock{}.now(), *now, edge.directory.installation().session_key) != nullptr;
    };
    return out;
}

/// By ticket, else by key, else by the stall's cookie.
Result<events::Subscription, Problem> listener_of(Edge& edge, http::Request const& request) {
    auto const directory = edge.directory.current();
    if (auto const ticket = request.query_value("ticket")) {
        auto const key_hash = edge.tickets.redeem(*ticket, std::chrono::steady_clock::now());
        auto const* key = key_hash ? directory->key_by_hash(*key_hash) : nullptr;
        if (key == nullptr) return Problem{Code::ticket_invalid, "ticket"};
        return of_key(edge, *directory, *key, *key_hash);
    }
    if (request.header("Authorization")) {
        auto const caller = authenticate(edge, request, merchants::scope::events_read);
        if (!caller) return caller.error();
        return of_key(edge, *caller->directory, *caller->key, caller->key_hash);
    }
    auto const cookie = request.cookie(stall_cookie_name(edge.base_url));
    if (!cookie) return Problem{Code::unauthorized};
    auto const* stall = stall_of_session(*cookie, SystemClock{}.now(), *directory, edge.directory.installation().session_key);
    if (stall == nullptr) return Problem{Code::session_missing};
    return of_stall(edge, *directory, *stall, *cookie);
}

/// Where to begin: `Last-Event-ID` (a browser that came back), else `after`, else now.
Result<std::optional<events::Cursor>, Problem> start_of(http::Request const& request) {
    auto text = std::optional<std::string>{};
    if (auto const last = request.header("Last-Event-ID"); last && !last->empty()) text = std::string{*last};
    if (!text) text = request.query_value("after");
    if (!text || text->empty()) return std::optional<events::Cursor>{};
    auto cursor = events::Cursor::parse(*text);
    if (!cursor) return Problem{Code::cursor_invalid, request.header("Last-Event-ID") ? "Last-Event-ID" : "after"};
    return cursor;
}

}  // namespace

http::Handler stream(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        auto const after = start_of(request);
        if (!after) return respond(to_response(after.error(), audience));
        auto listener = listener_of(edge, request);
        if (!listener) return respond(to_response(listener.error(), audience));
        auto what = std::move(listener).value();
        what.after = *after;
        auto start = http::StreamStart{};
        start.headers.push_back({"X-Accel-Buffering", "no"});
        start.attach = [&edge, what = std::move(what)](std::shared_ptr<http::Stream> opened) mutable {
            auto greeting = std::string{"retry: 1000\n\n"};
            if (!what.after) {
                // An id alone is no event, but a stream that breaks before its first one knows where it began.
                what.after = edge.hub.now(what.buckets);
                greeting = "retry: 1000\nid: " + what.after->text() + "\n\n";
            }
            (void)opened->send(greeting);
            edge.hub.subscribe(std::move(what), std::move(opened));
        };
        respond(std::move(start));
    };
}

http::Handler create_stream_ticket(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::events_read);
        if (!caller) return;
        auto const ticket = edge.tickets.issue(caller->key_hash, std::chrono::steady_clock::now());
        if (!ticket) return respond(to_response(Problem{Code::too_many_tickets}, audience_of(request)));
        std::string body;
        json::Writer{body}.object().member("ticket", *ticket).member("expires_in", Tickets::life.count()).end();
        respond(json_response(201, std::move(body)));
    };
}

}  // namespace choso::api
