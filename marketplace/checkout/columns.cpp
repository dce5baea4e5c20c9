#include "marketplace/checkout/columns.hpp"

namespace choso::marketplace {
namespace {

using postgres::Result;

std::int32_t int4(Result const& rows, int row, int column) { return static_cast<std::int32_t>(rows.integer(row, column)); }
std::int16_t int2(Result const& rows, int row, int column) { return static_cast<std::int16_t>(rows.integer(row, column)); }

}  // namespace

Order read_order(Result const& rows, int row) {
    auto order = Order{};
    order.id = rows.id<OrderId>(row, 0);
    order.merchant = rows.id<MerchantId>(row, 1);
    order.account = rows.id<AccountId>(row, 2);
    order.buyer = rows.id<PersonId>(row, 3);
    order.phone_key = rows.uuid(row, 4);
    order.code = rows.text(row, 5);
    order.token = rows.uuid(row, 6);
    order.amount = rows.money(row, 7);
    order.created_at = rows.time(row, 8);
    order.expires_at = rows.maybe_time(row, 9);
    order.note = rows.text(row, 10);
    order.cash = rows.boolean(row, 11);
    order.waiting = rows.boolean(row, 12);
    order.is_short = rows.boolean(row, 13);
    return order;
}

SellerOrder read_part(Result const& rows, int row) {
    auto part = SellerOrder{};
    part.id = rows.id<SellerOrderId>(row, 0);
    part.order = rows.id<OrderId>(row, 1);
    part.seller = rows.id<MerchantId>(row, 2);
    part.position = int2(rows, row, 3);
    part.status = order_status_of(rows.text(row, 4)).value();
    part.reason = rows.text(row, 5);
    part.goods = rows.money(row, 6);
    part.shipping = rows.money(row, 7);
    part.commission_bp = int4(rows, row, 8);
    part.shipping_tax = {int4(rows, row, 9), int4(rows, row, 10)};
    part.credited = {rows.money(row, 11), rows.money(row, 12), rows.money(row, 13)};
    part.updated_at = rows.time(row, 14);
    return part;
}

OrderLine read_line(Result const& rows, int row) {
    auto line = OrderLine{};
    line.variant = rows.id<VariantId>(row, 1);
    line.product = rows.id<ProductId>(row, 2);
    line.name = rows.text(row, 3);
    line.unit = rows.text(row, 4);
    line.quantity = rows.integer(row, 5);
    line.returned = rows.integer(row, 6);
    line.price = rows.money(row, 7);
    line.tax = {int4(rows, row, 8), int4(rows, row, 9)};
    line.tax_class = rows.text(row, 10);
    return line;
}

OrderRefund read_order_refund(Result const& rows, int row) {
    return {rows.id<RefundId>(row, 0), rows.id<OrderId>(row, 1), rows.maybe_id<SellerOrderId>(row, 2), rows.boolean(row, 3),
            rows.id<PaymentId>(row, 4), rows.money(row, 5), rows.boolean(row, 6)};
}

void add_parcel(std::map<ParcelId, Parcel>& parcels, Result const& rows, int row) {
    auto const id = rows.id<ParcelId>(row, 0);
    auto& parcel = parcels[id];
    parcel.id = id;
    parcel.order = rows.id<SellerOrderId>(row, 1);
    parcel.carrier = rows.text(row, 2);
    parcel.tracking = rows.text(row, 3);
    parcel.shipped_at = rows.time(row, 4);
    parcel.delivered_at = rows.maybe_time(row, 5);
    parcel.lines.push_back({int2(rows, row, 6), rows.integer(row, 7)});
}

void add_return(std::map<ReturnId, OrderReturn>& returns, Result const& rows, int row) {
    auto const id = rows.id<ReturnId>(row, 0);
    auto& it = returns[id];
    it.id = id;
    it.order = rows.id<SellerOrderId>(row, 1);
    it.status = return_status_of(rows.text(row, 2)).value();
    it.reason = rows.text(row, 3);
    it.answer = rows.text(row, 4);
    it.created_at = rows.time(row, 5);
    it.decided_at = rows.maybe_time(row, 6);
    it.lines.push_back({int2(rows, row, 7), rows.integer(row, 8)});
}

}  // namespace choso::marketplace
