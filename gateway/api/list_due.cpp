#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

/// Those that somebody collects for; what comes into a merchant's own account is owed by nobody.
std::vector<merchants::Merchant const*> pooled(std::vector<merchants::Merchant const*> merchants, merchants::Directory const& directory) {
    std::erase_if(merchants, [&](auto const* merchant) {
        auto const* collector = directory.collector(merchant->collector);
        return collector == nullptr || collector->mode != payments::CollectorMode::pooled;
    });
    return merchants;
}

}  // namespace

http::Handler list_due(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const named = merchants_of(request, *caller);
        if (!named) return respond(to_response(named.error(), audience));
        auto const window = window_of(request, pooled(*named, *caller->directory));
        if (!window) return respond(to_response(window.error(), audience));
        auto owners = owners_of(window->rows, *caller->directory);
        edge.reads.run(std::move(respond), audience, [owners, next = window->next](postgres::Connection& connection) {
            auto const due = api::list_due(connection, owners);
            auto list = ListJson{};
            for (auto const& [bucket, merchant] : owners.places) {
                auto const& [seen, confirmed, proposed, in_payout] = due.at(merchant);
                std::string text;
                json::Writer{text}.object().member("merchant", merchant.text()).member("seen", seen).member("confirmed", confirmed)
                    .member("proposed", proposed).member("in_payout", in_payout).end();
                list.add(text);
            }
            return json_response(200, list.close(next));
        });
    };
}

}  // namespace choso::api
