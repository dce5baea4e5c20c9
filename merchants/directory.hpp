#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/payments/commands.hpp"

/// Who collects, where, into which account, and who may ask: small tables, read whole into memory.
namespace choso::merchants {

struct Collector {
    CollectorId id;
    std::string name;
    Bucket bucket;
    payments::CollectorMode mode;
};

struct Market {
    MarketId id;
    std::string name, ward, province;
};

struct Merchant {
    MerchantId id;
    std::string name, kind;
    bool live;
    CollectorId collector;
    bool is_owner;
};

struct BankAccount {
    AccountId id;
    CollectorId collector;
    std::string bin, number, holder;
    bool complete;
    bool keeps_unreferenced;
    std::optional<StallId> static_stall;
};

/// Where a payee's due is paid to.
struct PayoutAccount {
    PayoutAccountId id;
    MerchantId merchant;
    std::string bin, number, holder;
};

struct Stall {
    StallId id;
    MerchantId merchant;
    MarketId market;
    AccountId account;
    std::string name, number;
    Reference reference;      ///< on its printed, amount-less QR
    std::string link_hash;    ///< 32 bytes, SHA-256 of the stall link's secret
};

struct ApiKey {
    ApiKeyId id;
    std::string name, prefix;
    bool live;
    std::set<std::string, std::less<>> scopes;
    std::set<MerchantId> merchants;   ///< the only ones its caller may name
};

enum class FeedAuth { apikey, hmac, oauth2 };
struct Feed {
    FeedId id;
    std::int32_t source;
    std::string kind, name;
    FeedAuth auth;
    std::string client_id;    ///< oauth2
    std::string secret_hash;  ///< apikey, oauth2: 32 bytes
    std::string secret;       ///< hmac
    std::set<AccountId> accounts;   ///< the only ones it may speak for
};

struct VirtualAccount {
    AccountId account;
    std::optional<StallId> stall;
};

/// The installation's own secrets, made at first migrate.
struct Installation {
    std::string reference_key;  ///< 16 bytes
    std::string session_key;    ///< 32 bytes
};

/// One version of the directory, immutable, shared by all threads. Revoked keys and feeds are not in it.
class Directory {
 public:
    /// An empty one.
    Directory();
    [[nodiscard]] Collector const* collector(CollectorId id) const;
    [[nodiscard]] Market const* market(MarketId id) const;
    [[nodiscard]] Merchant const* merchant(MerchantId id) const;
    [[nodiscard]] BankAccount const* account(AccountId id) const;
    [[nodiscard]] Stall const* stall(StallId id) const;
    [[nodiscard]] Stall const* stall_by_link(std::string_view link_hash) const;
    [[nodiscard]] Stall const* stall_by_reference(Reference reference) const;
    [[nodiscard]] ApiKey const* key_by_hash(std::string_view sha256) const;
    [[nodiscard]] Feed const* feed(FeedId id) const;
    [[nodiscard]] Feed const* feed_by_secret_hash(FeedAuth auth, std::string_view sha256) const;
    [[nodiscard]] Feed const* feed_by_client_id(std::string_view client_id) const;
    /// Signed feeds carry no name: each one's secret is tried.
    [[nodiscard]] std::vector<Feed const*> hmac_feeds() const;
    /// A feed names an account by number only (SePay): among those it may speak for. `bin` narrows if known.
    [[nodiscard]] BankAccount const* account_of_feed(Feed const& feed, std::string_view number) const;
    [[nodiscard]] BankAccount const* account_by_number(std::string_view bin, std::string_view number) const;
    [[nodiscard]] VirtualAccount const* virtual_account(std::string_view bin, std::string_view number) const;
    /// The account a merchant's requests are payable into unless one is named: its stall's, else its collector's oldest.
    [[nodiscard]] BankAccount const* account_for(Merchant const& merchant, Stall const* stall) const;
    /// The collector's valid accounts, the oldest (its usual one) first.
    [[nodiscard]] std::vector<BankAccount const*> accounts_of(CollectorId collector) const;
    /// Every merchant it collects for, its own first.
    [[nodiscard]] std::vector<MerchantId> payees_of(CollectorId collector) const;
    [[nodiscard]] PayoutAccount const* payout_account(MerchantId merchant) const;
    /// Merchants whose money may come into the account; at most `limit`, for a loader's guess.
    [[nodiscard]] std::vector<MerchantId> payees_of(BankAccount const& account, std::size_t limit) const;
    /// What the core must know of a credited account.
    [[nodiscard]] payments::AccountFacts facts_of(BankAccount const& account) const;
    [[nodiscard]] std::vector<Stall const*> stalls() const;
    [[nodiscard]] std::vector<Merchant const*> merchants() const;

    [[nodiscard]] std::int64_t version() const { return version_; }

 private:
    friend class DirectoryReader;
    struct Tables;
    std::shared_ptr<Tables const> tables_;
    std::int64_t version_ = 0;
};

}  // namespace choso::merchants
