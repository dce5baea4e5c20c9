#include "gateway/api/rows.hpp"

#include <chrono>
#include <map>

#include "gateway/api/sql.hpp"
#include "gateway/payments/columns.hpp"

namespace choso::api {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Result;

/// The lines of those that are split.
void add_lines(postgres::Connection& connection, std::vector<payments::PaymentRequest>& requests) {
    static auto const statement = named("split_lines", sql::split_lines);
    auto buckets = Array{Array::Type::int2};
    auto ids = Array{Array::Type::uuid};
    auto by_id = std::map<PaymentRequestId, payments::PaymentRequest*>{};
    for (auto& request : requests) {
        if (!request.split) continue;
        buckets.add(request.id.bucket());
        ids.add(request.id);
        by_id.emplace(request.id, &request);
    }
    if (by_id.empty()) return;
    auto const rows = connection.query(statement, Params::of(buckets, ids));
    for (auto row = 0; row < rows.rows(); ++row)
        by_id.at(rows.id<PaymentRequestId>(row, 0))->split->lines.push_back({rows.id<MerchantId>(row, 1), rows.money(row, 2), rows.money(row, 3)});
}

std::vector<payments::PaymentRequest> requests_in(postgres::Connection& connection, Result const& rows) {
    auto out = std::vector<payments::PaymentRequest>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(payments::read_request(rows, row));
    add_lines(connection, out);
    return out;
}

std::optional<payments::PaymentRequest> one_request(postgres::Connection& connection, Result const& rows) {
    if (rows.rows() == 0) return std::nullopt;
    return requests_in(connection, rows).front();
}

}  // namespace

Uuid least_id(Instant at) {
    auto const ms = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count());
    auto out = Uuid{};
    for (auto i = 0U; i < 6; ++i) out[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    return out;
}

postgres::Statement named(std::string_view name, std::string_view sql) { return {"api_" + std::string{name}, payments::with_columns(std::string{sql})}; }

std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, PaymentRequestId id) {
    static auto const statement = named("get_request", sql::get_request);
    return one_request(connection, connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, Bucket bucket, Uuid const& token) {
    static auto const statement = named("get_request_by_token", sql::get_request_by_token);
    return one_request(connection, connection.query(statement, Params::of(bucket, token)));
}

std::optional<payments::Payment> find_payment(postgres::Connection& connection, PaymentId id) {
    static auto const statement = named("get_payment", sql::get_payment);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    return payments::read_payment(rows, 0);
}

std::pair<Array, Array> columns_of(Owners const& owners) {
    auto buckets = Array{Array::Type::int2};
    auto merchants = Array{Array::Type::uuid};
    for (auto const& [bucket, merchant] : owners.places) {
        buckets.add(bucket);
        merchants.add(merchant);
    }
    return {std::move(buckets), std::move(merchants)};
}

postgres::Params list_params(Owners const& owners, ListOptions const& options) {
    auto const [buckets, merchants] = columns_of(owners);
    return Params::of(buckets, merchants, options.before, options.status, options.limit);
}

Owners owners_of(std::vector<merchants::Merchant const*> const& merchants, merchants::Directory const& directory) {
    auto out = Owners{};
    for (auto const* merchant : merchants)
        if (auto const* collector = directory.collector(merchant->collector)) out.places.emplace_back(collector->bucket, merchant->id);
    return out;
}

std::vector<payments::PaymentRequest> list_requests(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_requests", sql::list_requests);
    return requests_in(connection, connection.query(statement, list_params(owners, options)));
}

std::vector<payments::Payment> list_payments(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_payments", sql::list_payments);
    auto const rows = connection.query(statement, list_params(owners, options));
    auto out = std::vector<payments::Payment>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(payments::read_payment(rows, row));
    return out;
}

std::map<PaymentId, std::vector<payments::Part>> shares_of(postgres::Connection& connection, std::vector<payments::Payment> const& payments,
                                                           std::vector<MerchantId> const& merchants) {
    static auto const statement = named("payment_shares", sql::payment_shares);
    Array buckets{Array::Type::int2}, requests{Array::Type::uuid}, ids{Array::Type::uuid}, payees{Array::Type::uuid};
    for (auto const& payment : payments) {
        if (!payment.request) continue;
        buckets.add(payment.id.bucket());
        requests.add(*payment.request);
        ids.add(payment.id);
    }
    auto out = std::map<PaymentId, std::vector<payments::Part>>{};
    if (ids.empty()) return out;
    for (auto const& merchant : merchants) payees.add(merchant);
    auto const rows = connection.query(statement, Params::of(buckets, requests, ids, payees));
    for (auto row = 0; row < rows.rows(); ++row)
        out[rows.id<PaymentId>(row, 0)].push_back({rows.id<MerchantId>(row, 1), rows.money(row, 2)});
    return out;
}

std::map<MerchantId, Due> list_due(postgres::Connection& connection, Owners const& owners) {
    static auto const statement = named("list_due", sql::list_due);
    auto const [buckets, merchants] = columns_of(owners);
    auto const rows = connection.query(statement, Params::of(buckets, merchants));
    auto out = std::map<MerchantId, Due>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out[rows.id<MerchantId>(row, 0)] = {rows.money(row, 1), rows.money(row, 2), rows.money(row, 3), rows.money(row, 4)};
    return out;
}

std::optional<payments::PaymentRequest> newest_request_of(postgres::Connection& connection, Bucket bucket, merchants::Stall const& stall,
                                                          Instant since) {
    static auto const statement = named("newest_request", sql::newest_request);
    return one_request(connection, connection.query(statement, Params::of(bucket, stall.merchant, stall.id, least_id(since))));
}

Money usual_receipt(postgres::Connection& connection, Bucket bucket, merchants::Stall const& stall, Instant now) {
    constexpr auto looked_back = std::chrono::days{30};
    static auto const statement = named("usual_receipt", sql::usual_receipt);
    return connection.query(statement, Params::of(bucket, stall.merchant, stall.id, least_id(now - looked_back))).money(0, 0);
}

Receipts receipts_of(postgres::Connection& connection, Bucket bucket, merchants::Stall const& stall, Instant since, std::int64_t limit) {
    constexpr auto sum_column = 15;
    static auto const statement = named("receipts", sql::receipts);
    auto const rows = connection.query(statement, Params::of(bucket, stall.merchant, stall.id, least_id(since), limit));
    auto out = Receipts{};
    for (auto row = 0; row < rows.rows(); ++row) out.newest.push_back(payments::read_payment(rows, row));
    if (rows.rows() > 0) {
        out.sum = rows.money(0, sum_column);
        out.count = rows.integer(0, sum_column + 1);
    }
    return out;
}

}  // namespace choso::api
