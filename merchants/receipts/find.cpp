#include "merchants/receipts/find.hpp"

#include "gateway/payments/columns.hpp"
#include "merchants/receipts/rows.hpp"
#include "merchants/receipts/sql.hpp"

namespace choso::receipts {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Result;
using postgres::Statement;

/// In a question's text `shown_columns` and `shown_joins` stand for what every receipt is shown with; the receipt is `r`.
Statement asked(std::string_view name, std::string_view sql) {
    auto text = std::string{sql};
    payments::replace_all(text, "shown_columns", sql::shown_columns);
    payments::replace_all(text, "shown_joins", sql::shown_joins);
    return {"receipts_" + std::string{name}, std::move(text)};
}

constexpr auto beside = 19;

std::vector<Shown> read(Result const& rows) {
    auto out = std::vector<Shown>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({read_receipt(rows, row), rows.maybe_id<ReceiptId>(row, beside), std::string{rows.text(row, beside + 1)},
                       std::string{rows.text(row, beside + 2)}, std::string{rows.text(row, beside + 3)}});
    return out;
}

std::optional<Shown> first(Result const& rows) {
    auto all = read(rows);
    return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

Array every_bucket() {
    auto out = Array{Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) out.add(static_cast<std::int16_t>(n));
    return out;
}

}  // namespace

std::optional<Shown> find(Connection& connection, ReceiptId id) {
    static auto const statement = asked("by_id", sql::find_by_id);
    return first(connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<Shown> find(Connection& connection, Bucket bucket, Uuid const& token) {
    static auto const statement = asked("by_token", sql::find_by_token);
    return first(connection.query(statement, Params::of(bucket, token)));
}

std::vector<Shown> of_requests(Connection& connection, std::vector<PaymentRequestId> const& requests) {
    static auto const statement = asked("of_requests", sql::find_of_requests);
    auto buckets = Array{Array::Type::int2};
    auto ids = Array{Array::Type::uuid};
    for (auto const& request : requests) {
        buckets.add(request.bucket());
        ids.add(request);
    }
    return read(connection.query(statement, Params::of(buckets, ids)));
}

std::vector<Shown> of_request(Connection& connection, PaymentRequestId request) { return of_requests(connection, {request}); }

std::vector<std::pair<Uuid, Shown>> of_bills(Connection& connection, std::vector<std::pair<Bucket, Uuid>> const& bills) {
    static auto const statement = asked("of_bills", sql::find_of_bills);
    auto buckets = Array{Array::Type::int2};
    auto ids = Array{Array::Type::uuid};
    for (auto const& [bucket, bill] : bills) {
        buckets.add(bucket);
        ids.add(bill);
    }
    auto const rows = connection.query(statement, Params::of(buckets, ids));
    auto shown = read(rows);
    auto out = std::vector<std::pair<Uuid, Shown>>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.uuid(row, beside + 4), std::move(shown[static_cast<std::size_t>(row)]));
    return out;
}

std::vector<Shown> list(Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& payees, std::optional<Uuid> before, std::int64_t limit) {
    static auto const statement = asked("list", sql::find_newest);
    auto buckets = Array{Array::Type::int2};
    auto merchants = Array{Array::Type::uuid};
    for (auto const& [bucket, merchant] : payees) {
        buckets.add(bucket);
        merchants.add(merchant);
    }
    return read(connection.query(statement, Params::of(buckets, merchants, before, limit)));
}

std::vector<Shown> by_code_and_phone(Connection& connection, std::string const& code, std::string const& phone) {
    static auto const statement = asked("by_code_and_phone", sql::find_by_code_and_phone);
    return read(connection.query(statement, Params::of(every_bucket(), code, phone)));
}

void put_issuer(Connection& connection, MerchantId merchant, std::string_view symbol, std::string_view tax_code, std::string_view address) {
    static auto const statement = asked("put_issuer", sql::put_issuer);
    connection.query(statement, Params::of(merchant, symbol, tax_code, address));
}

}  // namespace choso::receipts
