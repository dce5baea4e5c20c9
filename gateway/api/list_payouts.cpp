#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/show_out.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_payouts(Edge& edge) {
    auto const is_status = [](std::string_view word) { return payments::payout_status_of(word).has_value(); };
    return newest_first(edge, merchants::scope::payments_read, is_status, [](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : list_payouts(connection, asked.owners, asked.options)) out.emplace_back(row.id.uuid(), to_json(row, *asked.caller.directory));
        return out;
    });
}

}  // namespace choso::api
