#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "merchants/directory.hpp"
#include "platform/crypto/crypto.hpp"

/// What the registry is asked to do, as plain values, and the rules that need no database to be checked.
namespace choso::merchants {

/// Why a change was not made: the field at fault and the rule it breaks, as the end of a sentence that the field begins:
/// `number` + `must be 1 to 19 letters or digits`.
struct Refused {
    std::string field;
    std::string rule;

    [[nodiscard]] std::string text() const { return field + ' ' + rule; }
    friend bool operator==(Refused const&, Refused const&) = default;
};

/// A change that has nothing to give back.
struct Done {};

struct NewMarket {
    std::string name, ward, province;
};

/// A holder of collecting accounts, made together with its own merchant: there is never one without the other.
struct NewCollector {
    std::string name;
    payments::CollectorMode mode = payments::CollectorMode::direct;
    std::string kind;  ///< of its own merchant; one of merchant_kinds()
    bool live = false;
};
struct CreatedCollector {
    CollectorId id;
    MerchantId owner;
    Bucket bucket;
};

/// One more payee of a pooled collector; its mode (test or live) is the collector's.
struct NewMerchant {
    CollectorId collector;
    std::string name;
    std::string kind;
};

struct NewAccount {
    CollectorId collector;
    std::string bin;     ///< six digits, in the bank directory
    std::string number;  ///< 1–19 letters or digits, kept as the bank writes it
    std::string holder;  ///< stored folded, in upper case, as banks print it
    bool complete = false;
    bool keeps_unreferenced = true;
};

/// A number that the bank credits to `account`, so that it names a stall (or only the account) by itself.
struct NewVirtualAccount {
    std::string bin;
    std::string number;
    AccountId account;
    std::optional<StallId> stall;
};

/// Where a payee's due is to be paid to from now on.
struct NewPayoutAccount {
    MerchantId merchant;  ///< of a pooled collector
    std::string bin;
    std::string number;
    std::string holder;   ///< stored as banks print it
};

struct NewStall {
    MerchantId merchant;
    MarketId market;
    AccountId account;  ///< of the merchant's collector
    std::string name;
    std::string number;              ///< its place in the market: `A12`
    bool takes_unreferenced = false;  ///< money of its account that names nothing is this stall's
};
struct CreatedStall {
    StallId id;
    Reference reference;
    crypto::Secret link_token;  ///< opens the stall's page; shown once, kept as its SHA-256
};

struct NewKey {
    std::string name;
    bool live = false;
    std::set<std::string, std::less<>> scopes;
    std::set<MerchantId> merchants;  ///< all of the key's mode
};
struct CreatedKey {
    ApiKeyId id;
    std::string prefix;
    crypto::Secret secret;  ///< shown once
};

struct NewFeed {
    std::string kind;  ///< `sepay`
    std::string name;
    FeedAuth auth = FeedAuth::apikey;
    std::set<AccountId> accounts;  ///< all of one mode, no two of one number
};
struct CreatedFeed {
    FeedId id;
    std::int32_t source = 0;
    std::string client_id;  ///< oauth2 only
    crypto::Secret secret;  ///< shown once
};

/// Personal data to be forgotten, by whom and why: a person with all texts that name it, or one payment's bank texts.
struct Erasure {
    std::variant<PersonId, PaymentId> subject;
    std::string by;
    std::string reason;
};
struct Erased {
    std::int64_t persons = 0;
    std::int64_t texts = 0;
};

/// `household`, `school`, …: what a merchant may be.
[[nodiscard]] bool is_merchant_kind(std::string_view word);
[[nodiscard]] std::string merchant_kinds();
[[nodiscard]] std::string_view word(payments::CollectorMode mode);
[[nodiscard]] std::string_view word(FeedAuth auth);
[[nodiscard]] std::optional<FeedAuth> feed_auth_of(std::string_view word);

/// A text for people: 1 to `most` characters of valid UTF-8, no control character, no blank at its ends.
[[nodiscard]] std::optional<Refused> check_text(std::string_view field, std::string_view text, std::size_t most);
/// The first rule a change breaks by itself; nothing if only the database can still object.
[[nodiscard]] std::optional<Refused> check(NewMarket const& market);
[[nodiscard]] std::optional<Refused> check(NewCollector const& collector);
[[nodiscard]] std::optional<Refused> check(NewMerchant const& merchant);
[[nodiscard]] std::optional<Refused> check(NewAccount const& account);
[[nodiscard]] std::optional<Refused> check(NewVirtualAccount const& account);
[[nodiscard]] std::optional<Refused> check(NewPayoutAccount const& account);
[[nodiscard]] std::optional<Refused> check(NewStall const& stall);
[[nodiscard]] std::optional<Refused> check(NewKey const& key);
[[nodiscard]] std::optional<Refused> check(NewFeed const& feed);
[[nodiscard]] std::optional<Refused> check(Erasure const& erasure);
[[nodiscard]] std::optional<Refused> check_advance(std::chrono::microseconds by);

/// A holder's name as banks print it: `Nguyễn Thị  Hoa` → `NGUYEN THI HOA`.
[[nodiscard]] std::string holder_as_printed(std::string_view holder);

/// The bucket of the next collector: the one with the fewest, so that they spread evenly; the lowest of several.
/// `collectors` counts them by bucket.
[[nodiscard]] Bucket least_used(std::array<std::int64_t, Bucket::count> const& collectors);

}  // namespace choso::merchants
