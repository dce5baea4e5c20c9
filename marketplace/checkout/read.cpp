#include "marketplace/checkout/read.hpp"

#include "marketplace/checkout/checkout_sql.hpp"
#include "marketplace/checkout/columns.hpp"
#include "marketplace/checkout/statements.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Statement;

Statement named(std::string_view name, std::string_view sql) { return {"shop_" + std::string{name}, std::string{sql}}; }

void read_parts(Connection& connection, ShownOrder& out) {
    auto const in = payments::BatchBuckets{{out.order.id.bucket().number()}};
    auto const params = payments::of_ids(std::vector{out.order.id}, in);
    auto const& sql = order_statements();
    auto const parts = connection.query(sql.load_seller_orders.in(in), params);
    auto places = std::map<SellerOrderId, std::size_t>{};
    for (auto row = 0; row < parts.rows(); ++row) {
        places[parts.id<SellerOrderId>(row, 0)] = out.order.parts.size();
        out.order.parts.push_back(read_part(parts, row));
    }
    auto const lines = connection.query(sql.load_order_lines.in(in), params);
    for (auto row = 0; row < lines.rows(); ++row) out.order.parts[places.at(lines.id<SellerOrderId>(row, 0))].lines.push_back(read_line(lines, row));
    auto parcels = std::map<ParcelId, Parcel>{};
    auto const sent = connection.query(sql.load_parcels.in(in), params);
    for (auto row = 0; row < sent.rows(); ++row) add_parcel(parcels, sent, row);
    for (auto& [id, parcel] : parcels) out.parcels.push_back(std::move(parcel));
    auto returns = std::map<ReturnId, OrderReturn>{};
    auto const back = connection.query(sql.load_returns.in(in), params);
    for (auto row = 0; row < back.rows(); ++row) add_return(returns, back, row);
    for (auto& [id, it] : returns) out.returns.push_back(std::move(it));
}

void read_frame(Connection& connection, ShownOrder& out) {
    static auto const frame = named("read_order_frame", checkout_sql::read_order_frame);
    static auto const refunds = named("read_order_refunds", checkout_sql::read_order_refunds);
    static auto const names = named("read_seller_names", checkout_sql::read_seller_names);
    auto const params = Params::of(out.order.id.bucket(), out.order.id);
    auto const rows = connection.query(frame, params);
    if (rows.rows() == 1) {
        if (!rows.is_null(0, 0)) {
            out.status = payments::request_status_of(rows.text(0, 0)).value();
            out.amount_paid = rows.money(0, 1);
            out.pay_token = rows.uuid(0, 2);
        }
        out.buyer = {rows.maybe_text(0, 3).value_or(""), rows.maybe_text(0, 4).value_or(""), rows.maybe_text(0, 5).value_or("")};
        out.return_days = static_cast<int>(rows.integer(0, 6));
    }
    auto const given = connection.query(refunds, params);
    for (auto row = 0; row < given.rows(); ++row)
        out.refunds.push_back({given.id<RefundId>(row, 0), given.maybe_id<SellerOrderId>(row, 1), given.boolean(row, 2), given.money(row, 3),
                               payments::refund_status_of(given.text(row, 4)).value(), std::string{given.text(row, 5)}, given.boolean(row, 6),
                               given.time(row, 7), given.maybe_time(row, 8), given.maybe_time(row, 9)});
    auto sellers = Array{Array::Type::uuid};
    for (auto const& part : out.order.parts) sellers.add(part.seller);
    auto const called = connection.query(names, Params::of(sellers));
    for (auto row = 0; row < called.rows(); ++row) out.sellers[called.id<MerchantId>(row, 0)] = called.text(row, 1);
}

std::optional<OrderId> one_id(postgres::Result const& rows) {
    if (rows.rows() == 0) return std::nullopt;
    return rows.id<OrderId>(0, 0);
}

}  // namespace

std::optional<ShownOrder> find_order(Connection& connection, OrderId id) {
    auto const in = payments::BatchBuckets{{id.bucket().number()}};
    auto const rows = connection.query(order_statements().load_orders.in(in), payments::of_ids(std::vector{id}, in));
    if (rows.rows() == 0) return std::nullopt;
    auto out = ShownOrder{};
    out.order = read_order(rows, 0);
    read_parts(connection, out);
    read_frame(connection, out);
    return out;
}

std::optional<ShownOrder> find_order(Connection& connection, Bucket bucket, Uuid const& token) {
    static auto const statement = named("find_order_by_token", checkout_sql::find_order_by_token);
    auto const id = one_id(connection.query(statement, Params::of(bucket, token)));
    return id ? find_order(connection, *id) : std::nullopt;
}

std::optional<ShownOrder> find_order(Connection& connection, std::string_view code, Uuid const& phone_key) {
    static auto const statement = named("find_order_by_code", checkout_sql::find_order_by_code);
    auto buckets = Array{Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) buckets.add(static_cast<std::int16_t>(n));
    auto const id = one_id(connection.query(statement, Params::of(buckets, code, phone_key)));
    return id ? find_order(connection, *id) : std::nullopt;
}

std::optional<OrderId> checkout_of(Connection& connection, SellerOrderId id) {
    static auto const statement = named("checkout_of_part", checkout_sql::checkout_of_part);
    return one_id(connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<OrderId> checkout_of(Connection& connection, ParcelId id) {
    static auto const statement = named("checkout_of_parcel", checkout_sql::checkout_of_parcel);
    return one_id(connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<OrderId> checkout_of(Connection& connection, ReturnId id) {
    static auto const statement = named("checkout_of_return", checkout_sql::checkout_of_return);
    return one_id(connection.query(statement, Params::of(id.bucket(), id)));
}

std::vector<ListedPart> list_parts(Connection& connection, Bucket bucket, std::vector<MerchantId> const& sellers, std::optional<SellerOrderId> before,
                                   std::int64_t limit) {
    static auto const statement = named("list_parts", checkout_sql::list_parts);
    static auto const lines = named("list_part_lines", checkout_sql::list_part_lines);
    auto whose = Array{Array::Type::uuid};
    for (auto const& seller : sellers) whose.add(seller);
    auto out = std::vector<ListedPart>{};
    auto places = std::map<SellerOrderId, std::size_t>{};
    auto ids = Array{Array::Type::uuid};
    auto const rows = connection.query(statement, Params::of(bucket, whose, before, limit));
    for (auto row = 0; row < rows.rows(); ++row) {
        auto listed = ListedPart{};
        listed.part = read_part(rows, row);
        listed.code = rows.text(row, 15);
        listed.buyer = rows.text(row, 16);
        listed.phone = rows.text(row, 17);
        listed.address = rows.text(row, 18);
        listed.note = rows.text(row, 19);
        listed.created_at = rows.time(row, 20);
        listed.is_short = rows.boolean(row, 21);
        listed.returns_open = rows.integer(row, 22);
        places[listed.part.id] = out.size();
        ids.add(listed.part.id);
        out.push_back(std::move(listed));
    }
    if (out.empty()) return out;
    auto const found = connection.query(lines, Params::of(bucket, ids));
    for (auto row = 0; row < found.rows(); ++row) out[places.at(found.id<SellerOrderId>(row, 0))].part.lines.push_back(read_line(found, row));
    return out;
}

}  // namespace choso::marketplace
