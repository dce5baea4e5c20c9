#include "gateway/api/maker.hpp"

#include "gateway/api/respond.hpp"

namespace choso::api {

merchants::Merchant const* Maker::merchant(std::optional<MerchantId> id) const {
    auto const* found = id ? directory->merchant(*id) : nullptr;
    return found != nullptr && reaches(*found) ? found : nullptr;
}

void enter_maker(Edge& edge, http::Request const& request, http::Responder respond, std::string_view scope, MakerHandler go) {
    auto const by_session = !request.header("Authorization") && request.cookie(session_cookie_name(edge.base_url));
    if (by_session) {
        enter_person(edge, std::move(respond), {.roles = makers, .fresh = false, .unfinished = false},
                     [go = std::move(go)](Person const& person, std::shared_ptr<http::Responder> const& later, postgres::Connection&) {
                         auto const reaches = [grants = person.grants](merchants::Merchant const& merchant) { return grants.reach(makers, merchant); };
                         go({person.directory, person.actor(), reaches}, later);
                     });
        return;
    }
    auto const caller = enter(edge, request, respond, scope);
    if (!caller) return;
    auto const reaches = [caller = *caller](merchants::Merchant const& merchant) { return caller.may_see(merchant.id); };
    go({caller->directory, caller->actor(), reaches}, shared(std::move(respond)));
}

}  // namespace choso::api
