#pragma once
#include "platform/postgres/connection.hpp"

namespace choso::merchants {

/// The registry's statements, by the name of their file in sql/.
struct RegistryStatements {
    using Statement = postgres::Statement;
    Statement lock_version, load_version, load_bucket_use, find_live_merchant, find_collector, find_merchant, find_account, find_stall,
        find_number, find_key_merchants, find_feed_accounts, count_keys, find_market, load_reference_number, insert_market,
        insert_collector, insert_merchant, insert_account, insert_virtual_account, insert_stall, insert_key, insert_key_merchants,
        insert_feed, insert_feed_accounts, insert_erasure, update_account_end, update_account_stall, update_stall_link,
        update_key_revoked, update_feed_revoked, update_clock, erase_person, erase_person_texts, erase_payment_texts, insert_payout_account, update_payout_account_end;
};
[[nodiscard]] RegistryStatements const& registry_statements();

}  // namespace choso::merchants
