#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/settlements.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_settlement_batches(Edge& edge) {
    auto const has_none = [](std::string_view) { return false; };
    return newest_first(edge, merchants::scope::payments_read, has_none, [](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : list_settlements(connection, asked.owners, asked.options)) out.emplace_back(row.id.uuid(), to_json(row));
        return out;
    });
}

}  // namespace choso::api
