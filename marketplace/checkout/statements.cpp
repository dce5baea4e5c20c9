#include "marketplace/checkout/statements.hpp"

#include "marketplace/checkout/checkout_sql.hpp"

#define CHOSO_STATEMENT(name) .name = {"shop_" #name, checkout_sql::name}

namespace choso::marketplace {

OrderStatements const& order_statements() {
    static auto const all = OrderStatements{
        CHOSO_STATEMENT(load_orders), CHOSO_STATEMENT(load_seller_orders), CHOSO_STATEMENT(load_order_lines), CHOSO_STATEMENT(load_parcels),
        CHOSO_STATEMENT(load_returns), CHOSO_STATEMENT(load_order_refunds), CHOSO_STATEMENT(load_stock), CHOSO_STATEMENT(load_stock_of_orders),
        CHOSO_STATEMENT(load_open_orders), CHOSO_STATEMENT(insert_orders), CHOSO_STATEMENT(update_orders), CHOSO_STATEMENT(insert_seller_orders),
        CHOSO_STATEMENT(update_seller_orders), CHOSO_STATEMENT(insert_order_lines), CHOSO_STATEMENT(update_order_lines), CHOSO_STATEMENT(insert_parcels),
        CHOSO_STATEMENT(update_parcels), CHOSO_STATEMENT(insert_parcel_lines), CHOSO_STATEMENT(insert_returns), CHOSO_STATEMENT(update_returns),
        CHOSO_STATEMENT(insert_return_lines), CHOSO_STATEMENT(insert_order_refunds), CHOSO_STATEMENT(insert_buyers), CHOSO_STATEMENT(change_stock)};
    return all;
}

}  // namespace choso::marketplace
