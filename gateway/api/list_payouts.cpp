#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_payouts(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const options = list_options(request, [](std::string_view status) { return payments::payout_status_of(status).has_value(); });
        if (!options) return respond(to_response(options.error(), audience));
        auto owners = owners_of(*merchants, *caller->directory);
        edge.reads.run(std::move(respond), audience, [caller, options = *options, owners](postgres::Connection& connection) {
            auto const rows = api::list_payouts(connection, owners, options);
            auto list = ListJson{};
            for (auto const& row : rows) list.add(to_json(row, *caller->directory));
            auto const full = static_cast<std::int64_t>(rows.size()) == options.limit;
            return json_response(200, list.close(full ? std::optional{place_text(rows.back().id.uuid())} : std::nullopt));
        });
    };
}

}  // namespace choso::api
