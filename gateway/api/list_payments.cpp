#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {

http::Handler list_payments(Edge& edge) {
    auto const is_status = [](std::string_view word) { return payments::payment_status_of(word).has_value(); };
    return newest_first(edge, merchants::scope::payments_read, is_status, [](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        auto const rows = list_payments(connection, asked.owners, asked.options);
        auto shares = shares_of(connection, rows, asked.merchants);
        for (auto const& row : rows) {
            auto const own = std::binary_search(asked.merchants.begin(), asked.merchants.end(), row.merchant);
            out.emplace_back(row.id.uuid(), to_json({row, own, std::move(shares[row.id])}, *asked.caller.directory));
        }
        return out;
    });
}

}  // namespace choso::api
