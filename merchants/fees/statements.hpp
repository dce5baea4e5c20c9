#pragma once
#include "gateway/payments/statement.hpp"

namespace choso::fees {

/// The statements of the lanes' batches, by the names of their files in sql/.
struct Statements {
    payments::BatchStatement load_bills, load_bill_lines, load_bill_codes, load_payers, load_covers, upsert_payers, upsert_persons,
        insert_bills, update_bills, insert_bill_lines, insert_bill_changes, insert_bill_covers, insert_bill_kept, insert_bill_groups;
};
[[nodiscard]] Statements const& statements();

}  // namespace choso::fees
