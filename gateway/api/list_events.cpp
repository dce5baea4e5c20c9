#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/events/event_json.hpp"
#include "gateway/events/log.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_events(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::events_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const limit = limit_of(request);
        if (!limit) return respond(to_response(limit.error(), audience));
        auto after = std::optional{events::Cursor{}};
        if (auto const text = request.query_value("after"); text && !text->empty()) after = events::Cursor::parse(*text);
        if (!after) return respond(to_response(Problem{Code::cursor_invalid, "after"}, audience));
        auto ids = std::vector<MerchantId>{};
        for (auto const* merchant : *merchants) ids.push_back(merchant->id);
        auto const buckets = buckets_of(*merchants, *caller->directory);
        edge.reads.run(std::move(respond), audience, [after = *after, ids, buckets, limit = *limit](postgres::Connection& connection) {
            auto const page = events::read_page(connection, after, buckets, ids, limit);
            auto list = ListJson{};
            for (auto const& event : page.events) list.add(events::event_json(event));
            return json_response(200, list.close(page.next.text(), page.more));
        });
    };
}

}  // namespace choso::api
