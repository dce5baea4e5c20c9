#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/settlements.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_settlement_batches(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const named = merchants_of(request, *caller);
        if (!named) return respond(to_response(named.error(), audience));
        auto const options = list_options(request, [](std::string_view) { return false; });
        if (!options) return respond(to_response(options.error(), audience));
        auto owners = owners_of(*named, *caller->directory);
        edge.reads.run(std::move(respond), audience, [options = *options, owners](postgres::Connection& connection) {
            auto const rows = list_settlements(connection, owners, options);
            auto list = ListJson{};
            for (auto const& row : rows) list.add(to_json(row));
            auto const full = static_cast<std::int64_t>(rows.size()) == options.limit;
            return json_response(200, list.close(full ? std::optional{place_text(rows.back().id.uuid())} : std::nullopt));
        });
    };
}

}  // namespace choso::api
