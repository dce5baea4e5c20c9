#include "merchants/registry_statements.hpp"

#include "merchants/sql.hpp"

#define CHOSO_STATEMENT(name) .name = {"registry_" #name, std::string{sql::name}}

namespace choso::merchants {

RegistryStatements const& registry_statements() {
    static RegistryStatements const all{
        CHOSO_STATEMENT(lock_version), CHOSO_STATEMENT(load_version), CHOSO_STATEMENT(load_bucket_use),
        CHOSO_STATEMENT(find_live_merchant), CHOSO_STATEMENT(find_collector), CHOSO_STATEMENT(find_merchant),
        CHOSO_STATEMENT(find_account), CHOSO_STATEMENT(find_stall), CHOSO_STATEMENT(find_number),
        CHOSO_STATEMENT(find_key_merchants), CHOSO_STATEMENT(find_feed_accounts), CHOSO_STATEMENT(count_keys),
        CHOSO_STATEMENT(find_market), CHOSO_STATEMENT(load_reference_number), CHOSO_STATEMENT(insert_market),
        CHOSO_STATEMENT(insert_collector), CHOSO_STATEMENT(insert_merchant), CHOSO_STATEMENT(insert_account),
        CHOSO_STATEMENT(insert_virtual_account), CHOSO_STATEMENT(insert_stall), CHOSO_STATEMENT(insert_key),
        CHOSO_STATEMENT(insert_key_merchants), CHOSO_STATEMENT(insert_feed), CHOSO_STATEMENT(insert_feed_accounts),
        CHOSO_STATEMENT(insert_erasure), CHOSO_STATEMENT(update_account_end), CHOSO_STATEMENT(update_account_stall),
        CHOSO_STATEMENT(update_stall_link), CHOSO_STATEMENT(update_key_revoked), CHOSO_STATEMENT(update_feed_revoked),
        CHOSO_STATEMENT(update_clock), CHOSO_STATEMENT(erase_person), CHOSO_STATEMENT(erase_person_texts),
        CHOSO_STATEMENT(erase_payment_texts), CHOSO_STATEMENT(insert_payout_account), CHOSO_STATEMENT(update_payout_account_end)};
    return all;
}

}  // namespace choso::merchants
