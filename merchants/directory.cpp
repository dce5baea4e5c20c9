#include "merchants/directory.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "merchants/directory_tables.hpp"

namespace choso::merchants {
namespace {

std::string full_number(std::string_view bin, std::string_view number) {
    std::string out;
    out.reserve(bin.size() + 1 + number.size());
    out += bin;
    out += '/';
    out += number;
    return out;
}

/// What a map of pointers holds under `key`, or nullptr.
template <class Map, class Key>
typename Map::mapped_type found_in(Map const& map, Key const& key) {
    auto const at = map.find(key);
    return at == map.end() ? nullptr : at->second;
}

template <class Row>
std::vector<Row const*> pointers_to(std::vector<Row> const& rows) {
    std::vector<Row const*> out;
    out.reserve(rows.size());
    for (auto const& row : rows) out.push_back(&row);
    return out;
}

}  // namespace

Directory::Tables::Tables(DirectoryRows read) : rows{std::move(read)} {
    index_people();
    index_accounts();
    index_keys();
    index_feeds();
}

void Directory::Tables::index_people() {
    collectors.reserve(rows.collectors.size());
    markets.reserve(rows.markets.size());
    merchants.reserve(rows.merchants.size());
    payees.reserve(rows.collectors.size());
    for (auto const& collector : rows.collectors) collectors.emplace(collector.id, &collector);
    for (auto const& market : rows.markets) markets.emplace(market.id, &market);
    for (auto const& merchant : rows.merchants) {
        merchants.emplace(merchant.id, &merchant);
        auto& of_collector = payees[merchant.collector];
        of_collector.insert(merchant.is_owner ? of_collector.begin() : of_collector.end(), merchant.id);
    }
    stalls.reserve(rows.stalls.size());
    stalls_by_link.reserve(rows.stalls.size());
    stalls_by_reference.reserve(rows.stalls.size());
    for (auto const& stall : rows.stalls) {
        stalls.emplace(stall.id, &stall);
        stalls_by_link.emplace(stall.link_hash, &stall);
        stalls_by_reference.emplace(stall.reference, &stall);
    }
}

void Directory::Tables::index_accounts() {
    accounts.reserve(rows.accounts.size());
    accounts_by_number.reserve(rows.accounts.size());
    accounts_of_collectors.reserve(rows.collectors.size());
    auto by_age = std::vector<DirectoryRows::Account const*>{};
    for (auto const& row : rows.accounts) {
        accounts.emplace(row.account.id, &row.account);
        if (!row.valid) continue;
        accounts_by_number.emplace(full_number(row.account.bin, row.account.number), &row.account);
        by_age.push_back(&row);
    }
    std::sort(by_age.begin(), by_age.end(), [](auto const* a, auto const* b) {
        return std::pair{a->valid_from, a->account.id} < std::pair{b->valid_from, b->account.id};
    });
    for (auto const* row : by_age) accounts_of_collectors[row->account.collector].push_back(&row->account);
    for (auto const& account : rows.payout_accounts) payout_accounts.emplace(account.merchant, &account);
    for (auto const& [bin, number, target] : rows.virtual_accounts)
        if (accounts.contains(target.account)) virtual_accounts.emplace(full_number(bin, number), &target);
}

void Directory::Tables::index_keys() {
    ById<ApiKeyId, ApiKey*> by_id;
    for (auto& [key, hash] : rows.keys) {
        by_id.emplace(key.id, &key);
        keys.emplace(hash, &key);
    }
    for (auto const& [key, merchant] : rows.key_merchants)
        if (auto* const its = found_in(by_id, key)) its->merchants.insert(merchant);
}

void Directory::Tables::index_feeds() {
    ById<FeedId, Feed*> by_id;
    for (auto& feed : rows.feeds) {
        by_id.emplace(feed.id, &feed);
        feeds.emplace(feed.id, &feed);
        if (feed.auth == FeedAuth::hmac) hmac_feeds.push_back(&feed);
        if (feed.auth == FeedAuth::apikey) feeds_by_apikey.emplace(feed.secret_hash, &feed);
        if (feed.auth != FeedAuth::oauth2) continue;
        feeds_by_oauth2.emplace(feed.secret_hash, &feed);
        feeds_by_client.emplace(feed.client_id, &feed);
    }
    for (auto const& [feed, account] : rows.feed_accounts)
        if (auto* const its = found_in(by_id, feed); its != nullptr && accounts.contains(account)) its->accounts.insert(account);
    // Money may still be told of an account that has ended, but a valid account goes before it.
    for (auto const valid : {true, false}) {
        for (auto const& [id, feed] : feeds) {
            ByNumber more;
            for (auto const account_id : feed->accounts) {
                auto const* const account = accounts.at(account_id);
                if ((found_in(accounts_by_number, full_number(account->bin, account->number)) == account) != valid) continue;
                auto const [at, fresh] = more.emplace(account->number, account);
                if (!fresh) at->second = nullptr;
            }
            accounts_of_feeds[id].merge(more);
        }
    }
}

Directory::Directory() {
    static auto const none = std::make_shared<Tables const>(DirectoryRows{});
    tables_ = none;
}

Collector const* Directory::collector(CollectorId id) const { return found_in(tables_->collectors, id); }
Market const* Directory::market(MarketId id) const { return found_in(tables_->markets, id); }
Merchant const* Directory::merchant(MerchantId id) const { return found_in(tables_->merchants, id); }
BankAccount const* Directory::account(AccountId id) const { return found_in(tables_->accounts, id); }
Stall const* Directory::stall(StallId id) const { return found_in(tables_->stalls, id); }

Stall const* Directory::stall_by_link(std::string_view link_hash) const { return found_in(tables_->stalls_by_link, link_hash); }

Stall const* Directory::stall_by_reference(Reference reference) const {
    return found_in(tables_->stalls_by_reference, reference);
}

ApiKey const* Directory::key_by_hash(std::string_view sha256) const { return found_in(tables_->keys, sha256); }

Feed const* Directory::feed(FeedId id) const { return found_in(tables_->feeds, id); }

Feed const* Directory::feed_by_secret_hash(FeedAuth auth, std::string_view sha256) const {
    switch (auth) {
        case FeedAuth::apikey: return found_in(tables_->feeds_by_apikey, sha256);
        case FeedAuth::oauth2: return found_in(tables_->feeds_by_oauth2, sha256);
        case FeedAuth::hmac: return nullptr;  // its secret is no password, so none is looked up by it
    }
    return nullptr;
}

Feed const* Directory::feed_by_client_id(std::string_view client_id) const {
    return found_in(tables_->feeds_by_client, client_id);
}

std::vector<Feed const*> Directory::hmac_feeds() const { return tables_->hmac_feeds; }

BankAccount const* Directory::account_of_feed(Feed const& feed, std::string_view number) const {
    auto const numbers = tables_->accounts_of_feeds.find(feed.id);
    return numbers == tables_->accounts_of_feeds.end() ? nullptr : found_in(numbers->second, number);
}

BankAccount const* Directory::account_by_number(std::string_view bin, std::string_view number) const {
    return found_in(tables_->accounts_by_number, full_number(bin, number));
}

VirtualAccount const* Directory::virtual_account(std::string_view bin, std::string_view number) const {
    return found_in(tables_->virtual_accounts, full_number(bin, number));
}

BankAccount const* Directory::account_for(Merchant const& merchant, Stall const* stall) const {
    if (stall != nullptr) {
        auto const* const its = account(stall->account);
        if (its != nullptr && account_by_number(its->bin, its->number) == its) return its;
    }
    auto const all = accounts_of(merchant.collector);
    return all.empty() ? nullptr : all.front();
}

std::vector<BankAccount const*> Directory::accounts_of(CollectorId id) const {
    auto const found = tables_->accounts_of_collectors.find(id);
    return found == tables_->accounts_of_collectors.end() ? std::vector<BankAccount const*>{} : found->second;
}

std::vector<MerchantId> Directory::payees_of(CollectorId id) const {
    auto const found = tables_->payees.find(id);
    return found == tables_->payees.end() ? std::vector<MerchantId>{} : found->second;
}

PayoutAccount const* Directory::payout_account(MerchantId merchant) const { return found_in(tables_->payout_accounts, merchant); }

std::vector<MerchantId> Directory::payees_of(BankAccount const& account, std::size_t limit) const {
    auto const found = tables_->payees.find(account.collector);
    if (found == tables_->payees.end()) return {};
    auto const& all = found->second;
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()))};
}

payments::AccountFacts Directory::facts_of(BankAccount const& account) const {
    auto const* const holder = collector(account.collector);
    auto const owner = payees_of(account, 1);
    CHOSO_ASSERT(holder != nullptr && !owner.empty());
    payments::AccountFacts facts{.id = account.id,
                                 .owner = owner.front(),
                                 .mode = holder->mode,
                                 .keeps_unreferenced = account.keeps_unreferenced,
                                 .keeps_debits = account.complete,
                                 .static_stall = {},
                                 .static_merchant = {}};
    if (auto const* const its = account.static_stall ? stall(*account.static_stall) : nullptr) {
        facts.static_stall = its->id;
        facts.static_merchant = its->merchant;
    }
    return facts;
}

std::vector<Stall const*> Directory::stalls() const { return pointers_to(tables_->rows.stalls); }
std::vector<Merchant const*> Directory::merchants() const { return pointers_to(tables_->rows.merchants); }

}  // namespace choso::merchants
