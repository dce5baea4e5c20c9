#include "merchants/fees/statements.hpp"

#include "merchants/fees/sql.hpp"

#define CHOSO_STATEMENT(name) .name = {"fees_" #name, sql::name}

namespace choso::fees {

Statements const& statements() {
    static auto const all = Statements{
        CHOSO_STATEMENT(load_bills), CHOSO_STATEMENT(load_bill_lines), CHOSO_STATEMENT(load_bill_codes), CHOSO_STATEMENT(load_payers),
        CHOSO_STATEMENT(load_covers), CHOSO_STATEMENT(upsert_payers), CHOSO_STATEMENT(upsert_persons), CHOSO_STATEMENT(insert_bills),
        CHOSO_STATEMENT(update_bills), CHOSO_STATEMENT(insert_bill_lines), CHOSO_STATEMENT(insert_bill_changes),
        CHOSO_STATEMENT(insert_bill_covers), CHOSO_STATEMENT(insert_bill_kept), CHOSO_STATEMENT(insert_bill_groups)};
    return all;
}

}  // namespace choso::fees
