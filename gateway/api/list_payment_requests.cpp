#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_payment_requests(Edge& edge) {
    auto const is_status = [](std::string_view word) { return payments::request_status_of(word).has_value(); };
    return newest_first(edge, merchants::scope::requests_read, is_status, [&edge](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : list_requests(connection, asked.owners, asked.options))
            out.emplace_back(row.id.uuid(), to_json(asked.caller.shown(row), *asked.caller.directory, edge.base_url));
        return out;
    });
}

}  // namespace choso::api
