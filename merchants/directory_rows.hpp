#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "merchants/directory.hpp"

namespace choso::merchants {

/// A directory as its tables hold it, before it is indexed; what DirectoryReader reads and what tests write by hand.
/// Keys and feeds that are revoked stay out.
struct DirectoryRows {
    struct Account {
        BankAccount account;
        bool valid = true;    ///< false: it has ended; old requests still name it, nothing new may
        Instant valid_from;   ///< a collector's oldest valid account is its usual one
    };
    struct Key {
        ApiKey key;  ///< its merchants come from `key_merchants`
        std::string hash;
    };
    struct KeyMerchant {
        ApiKeyId key;
        MerchantId merchant;
    };
    struct FeedAccount {
        FeedId feed;
        AccountId account;
    };
    struct Virtual {
        std::string bin, number;
        VirtualAccount target;
    };

    std::int64_t version = 0;
    std::vector<Collector> collectors;
    std::vector<Market> markets;
    std::vector<Merchant> merchants;
    std::vector<Account> accounts;
    std::vector<Stall> stalls;
    std::vector<Key> keys;
    std::vector<KeyMerchant> key_merchants;
    std::vector<Feed> feeds;  ///< their accounts come from `feed_accounts`
    std::vector<FeedAccount> feed_accounts;
    std::vector<Virtual> virtual_accounts;
    std::vector<PayoutAccount> payout_accounts;  ///< valid ones
};

}  // namespace choso::merchants
