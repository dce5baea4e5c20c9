#pragma once
#include "gateway/payments/statement.hpp"

namespace choso::marketplace {

/// The family's statements, by the name of its file in sql/.
struct OrderStatements {
    payments::BatchStatement load_orders, load_seller_orders, load_order_lines, load_parcels, load_returns, load_order_refunds, load_stock,
        load_stock_of_orders, load_open_orders, insert_orders, update_orders, insert_seller_orders, update_seller_orders, insert_order_lines,
        update_order_lines, insert_parcels, update_parcels, insert_parcel_lines, insert_returns, update_returns, insert_return_lines,
        insert_order_refunds, insert_buyers, change_stock;
};
[[nodiscard]] OrderStatements const& order_statements();

}  // namespace choso::marketplace
