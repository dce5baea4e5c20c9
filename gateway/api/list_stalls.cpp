#include <map>
#include <set>

#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"

namespace choso::api {
namespace {

std::string to_json(merchants::Stall const& stall, merchants::Directory const& directory) {
    auto const* market = directory.market(stall.market);
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", stall.id.text()).member("merchant", stall.merchant.text()).member("name", stall.name);
    json.member("number", stall.number).member("reference", stall.reference.text()).member("bank_account", stall.account.text());
    json.key("market").object().member("id", stall.market.text()).member("name", market != nullptr ? market->name : "").end().end();
    return out;
}

}  // namespace

http::Handler list_stalls(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, "");
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto named = std::set<MerchantId>{};
        for (auto const* merchant : *merchants) named.insert(merchant->id);
        auto stalls = std::vector<merchants::Stall const*>{};
        for (auto const* stall : caller->directory->stalls())
            if (named.contains(stall->merchant)) stalls.push_back(stall);
        auto const window = window_of(request, std::move(stalls));
        if (!window) return respond(to_response(window.error(), audience));
        auto list = ListJson{};
        for (auto const* stall : window->rows) list.add(to_json(*stall, *caller->directory));
        respond(json_response(200, list.close(window->next)));
    };
}

}  // namespace choso::api
