#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "merchants/directory_rows.hpp"

/// The indexes behind Directory; only directory.cpp and directory_reader.cpp look in here.
namespace choso::merchants {

struct TextHash {
    using is_transparent = void;
    // Not noexcept: a hash that might throw is one that libstdc++ keeps beside each text instead of making it again.
    [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
/// By text, looked up without making a string.
template <class T>
using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;
template <class IdType, class T>
using ById = std::unordered_map<IdType, T>;

/// Rows stand in `rows` and never move; everything else points at them. Made once, then only read.
struct Directory::Tables {
    /// A feed's accounts by number: nullptr where two banks' accounts share it, so that money never goes to a guess.
    using ByNumber = ByText<BankAccount const*>;

    explicit Tables(DirectoryRows read);
    Tables(Tables const&) = delete;
    Tables& operator=(Tables const&) = delete;

    DirectoryRows rows;
    ById<CollectorId, Collector const*> collectors;
    ById<MarketId, Market const*> markets;
    ById<MerchantId, Merchant const*> merchants;
    ById<AccountId, BankAccount const*> accounts;
    ById<StallId, Stall const*> stalls;
    ByText<Stall const*> stalls_by_link;
    std::unordered_map<Reference, Stall const*> stalls_by_reference;
    ByText<ApiKey const*> keys;
    ById<FeedId, Feed const*> feeds;
    ByText<Feed const*> feeds_by_apikey;
    ByText<Feed const*> feeds_by_oauth2;
    ByText<Feed const*> feeds_by_client;
    std::vector<Feed const*> hmac_feeds;
    ById<FeedId, ByNumber> accounts_of_feeds;
    ByText<BankAccount const*> accounts_by_number;       ///< valid ones, by `bin/number`
    ByText<VirtualAccount const*> virtual_accounts;      ///< by `bin/number`
    ById<CollectorId, std::vector<BankAccount const*>> accounts_of_collectors;  ///< valid ones, the oldest first
    ById<MerchantId, PayoutAccount const*> payout_accounts;
    ById<CollectorId, std::vector<MerchantId>> payees;   ///< the collector's own merchant first

 private:
    void index_people();
    void index_accounts();
    void index_keys();
    void index_feeds();
};

}  // namespace choso::merchants
