#pragma once
#include "gateway/payments/statement.hpp"

namespace choso::payments {

/// Every statement of the money path, by the name of its file in sql/.
struct Statements {
    BatchStatement begin, commit, lock_buckets, load_now, load_heads, load_reference_block, load_idempotency, load_requests_by_key,
        load_requests, load_requests_by_reference, load_requests_by_order_code, load_sightings, load_facts, load_payments,
        load_requests_of_payments, load_allocations_of_payments, load_allocations_of_requests, load_payments_of_requests, 
        load_refunds, load_refunds_of_payments, load_refunds_of_requests, load_refunds_of_payouts, load_refunds_by_reference,
        load_refunds_by_key, load_payouts, load_payouts_of_payments, load_payouts_by_reference, load_payouts_by_key,
        load_payments_of_refunds, load_payments_of_refund_references, load_reversals,
        load_misdirected, load_accounts, insert_requests, update_requests, insert_payments, update_payments, insert_sightings,
        insert_accounts, insert_journals, insert_entries, insert_touched, insert_allocations, insert_events, insert_idempotency, insert_dues,
        delete_dues, insert_refunds, update_refunds, insert_payouts, update_payouts, insert_destinations, insert_reversals, insert_misdirected, insert_texts,
        load_split_lines, load_shares, insert_split_lines, insert_shares, load_proposed_payouts, load_settlements_by_key, load_confirmed_since,
        insert_settlements, insert_settlement_lines, insert_payers, insert_releases;
};
[[nodiscard]] Statements const& statements();

}  // namespace choso::payments
