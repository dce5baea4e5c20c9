#include "gateway/payments/statements.hpp"

#include "gateway/payments/sql.hpp"

#define CHOSO_STATEMENT(name) .name = {#name, sql::name}

namespace choso::payments {

Statements const& statements() {
    static auto const all = Statements{
        CHOSO_STATEMENT(begin), CHOSO_STATEMENT(commit), CHOSO_STATEMENT(lock_buckets), CHOSO_STATEMENT(load_now),
        CHOSO_STATEMENT(load_heads), CHOSO_STATEMENT(load_reference_block), CHOSO_STATEMENT(load_idempotency),
        CHOSO_STATEMENT(load_requests_by_key), CHOSO_STATEMENT(load_requests), CHOSO_STATEMENT(load_requests_by_reference),
        CHOSO_STATEMENT(load_requests_by_order_code), CHOSO_STATEMENT(load_sightings), CHOSO_STATEMENT(load_facts),
        CHOSO_STATEMENT(load_payments), CHOSO_STATEMENT(load_requests_of_payments), CHOSO_STATEMENT(load_allocations_of_payments),
        CHOSO_STATEMENT(load_allocations_of_requests), CHOSO_STATEMENT(load_payments_of_requests),
        CHOSO_STATEMENT(load_refunds), CHOSO_STATEMENT(load_refunds_of_payments), CHOSO_STATEMENT(load_refunds_of_requests),
        CHOSO_STATEMENT(load_refunds_of_payouts), CHOSO_STATEMENT(load_refunds_by_reference), CHOSO_STATEMENT(load_refunds_by_key),
        CHOSO_STATEMENT(load_payouts), CHOSO_STATEMENT(load_payouts_of_payments), CHOSO_STATEMENT(load_payouts_by_reference),
        CHOSO_STATEMENT(load_payouts_by_key), CHOSO_STATEMENT(load_payments_of_refunds),
        CHOSO_STATEMENT(load_payments_of_refund_references), CHOSO_STATEMENT(load_reversals),
        CHOSO_STATEMENT(load_misdirected), CHOSO_STATEMENT(load_accounts), CHOSO_STATEMENT(insert_requests),
        CHOSO_STATEMENT(update_requests), CHOSO_STATEMENT(insert_payments), CHOSO_STATEMENT(update_payments),
        CHOSO_STATEMENT(insert_sightings), CHOSO_STATEMENT(insert_accounts), CHOSO_STATEMENT(insert_journals),
        CHOSO_STATEMENT(insert_entries), CHOSO_STATEMENT(insert_touched), CHOSO_STATEMENT(insert_allocations), CHOSO_STATEMENT(insert_events),
        CHOSO_STATEMENT(insert_idempotency), CHOSO_STATEMENT(insert_dues), CHOSO_STATEMENT(delete_dues), CHOSO_STATEMENT(insert_refunds),
        CHOSO_STATEMENT(update_refunds), CHOSO_STATEMENT(insert_payouts), CHOSO_STATEMENT(update_payouts),
        CHOSO_STATEMENT(insert_destinations), CHOSO_STATEMENT(insert_reversals), CHOSO_STATEMENT(insert_misdirected), CHOSO_STATEMENT(insert_texts),
        CHOSO_STATEMENT(load_split_lines), CHOSO_STATEMENT(load_shares), CHOSO_STATEMENT(insert_split_lines), CHOSO_STATEMENT(insert_shares),
        CHOSO_STATEMENT(load_proposed_payouts), CHOSO_STATEMENT(load_settlements_by_key), CHOSO_STATEMENT(load_confirmed_since),
        CHOSO_STATEMENT(insert_settlements), CHOSO_STATEMENT(insert_settlement_lines), CHOSO_STATEMENT(insert_payers),
        CHOSO_STATEMENT(insert_releases)};
    return all;
}

}  // namespace choso::payments
