#pragma once
#include <map>

#include "marketplace/checkout/order.hpp"
#include "platform/postgres/connection.hpp"

/// Rows of orders as their statements in sql/ select them.
namespace choso::marketplace {

[[nodiscard]] Order read_order(postgres::Result const& rows, int row);
[[nodiscard]] SellerOrder read_part(postgres::Result const& rows, int row);
/// Column 0 is the part it belongs to.
[[nodiscard]] OrderLine read_line(postgres::Result const& rows, int row);
[[nodiscard]] OrderRefund read_order_refund(postgres::Result const& rows, int row);
/// A row a line: the parcel's or the return's, with one line more.
void add_parcel(std::map<ParcelId, Parcel>& parcels, postgres::Result const& rows, int row);
void add_return(std::map<ReturnId, OrderReturn>& returns, postgres::Result const& rows, int row);

}  // namespace choso::marketplace
