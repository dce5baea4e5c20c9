#include <map>

#include "merchants/registry.hpp"
#include "merchants/registry_statements.hpp"
#include "platform/json/json.hpp"

/// The registry's other half: who may ask (keys), who may tell (feeds), and what is forgotten (erasure).
namespace choso::merchants {
namespace {

using postgres::Array;
using postgres::Bytes;
using postgres::Params;

constexpr auto no_bucket = Bucket::of_bits(0);
constexpr std::int64_t keys_of_one_name = 2;
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t client_id_bytes = 12;

template <class Ids>
Array array_of(Ids const& ids) {
    Array out{Array::Type::uuid};
    for (auto const& id : ids) out.add(id);
    return out;
}

Array texts_of(std::set<std::string, std::less<>> const& texts) {
    Array out{Array::Type::text};
    for (auto const& text : texts) out.add(text);
    return out;
}

/// As many copies of one id as `count`: the other column of an `unnest`.
template <class IdType>
Array repeated(IdType id, std::size_t count) {
    Array out{Array::Type::uuid};
    for (auto i = std::size_t{0}; i < count; ++i) out.add(id);
    return out;
}

std::string body_of(NewKey const& key) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("mode", key.live ? "live" : "test").key("scopes").array();
    for (auto const& scope : key.scopes) json.value(scope);
    json.end().key("merchants").array();
    for (auto const& merchant : key.merchants) json.value(merchant.text());
    json.end().end();
    return out;
}

std::string body_of(NewFeed const& feed) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("kind", feed.kind).key("accounts").array();
    for (auto const& account : feed.accounts) json.value(account.text());
    json.end().end();
    return out;
}

std::optional<std::string> if_any(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace

Result<CreatedKey, Refused> Registry::create_key(NewKey const& key) {
    if (auto complaint = check(key)) return *complaint;
    return together([&]() -> Result<CreatedKey, Refused> {
        auto const& all = registry_statements();
        auto const merchants = connection_.query(all.find_key_merchants, Params::of(array_of(key.merchants)));
        if (static_cast<std::size_t>(merchants.rows()) != key.merchants.size())
            return Refused{"merchants", "must all be ones that exist"};
        for (auto i = 0; i < merchants.rows(); ++i)
            if (merchants.boolean(i, 1) != key.live)
                return Refused{"merchants", key.live ? "must all be live: a live key moves real money" : "must all be test ones"};
        if (connection_.query(all.count_keys, Params::of(key.name)).integer(0, 0) >= keys_of_one_name)
            return Refused{"name", "must not have two keys in use already: revoke one first"};
        auto secret = crypto::new_api_key(key.live ? crypto::ApiKeyKind::live : crypto::ApiKeyKind::test);
        auto const hash = crypto::sha256(secret.reveal());
        auto const id = ApiKeyId::make(no_bucket, SystemClock{}.now());
        std::string prefix{crypto::api_key_prefix(secret.reveal())};
        connection_.query(all.insert_key, Params::of(id, key.name, prefix, Bytes{crypto::as_text(hash)}, key.live, texts_of(key.scopes)));
        connection_.query(all.insert_key_merchants, Params::of(repeated(id, key.merchants.size()), array_of(key.merchants)));
        note(no_bucket, "api_key.created", id.uuid(), body_of(key));
        return CreatedKey{.id = id, .prefix = std::move(prefix), .secret = std::move(secret)};
    });
}

Result<Done, Refused> Registry::revoke_key(ApiKeyId id) {
    return together([&]() -> Result<Done, Refused> {
        if (connection_.query(registry_statements().update_key_revoked, Params::of(id)).affected() == 0)
            return Refused{"key", "must be one that exists and is not revoked"};
        note(no_bucket, "api_key.revoked", id.uuid());
        return Done{};
    });
}

Result<CreatedFeed, Refused> Registry::create_feed(NewFeed const& feed) {
    if (auto complaint = check(feed)) return *complaint;
    return together([&]() -> Result<CreatedFeed, Refused> {
        auto const& all = registry_statements();
        auto const accounts = connection_.query(all.find_feed_accounts, Params::of(array_of(feed.accounts)));
        if (static_cast<std::size_t>(accounts.rows()) != feed.accounts.size())
            return Refused{"accounts", "must all be ones that exist and have not ended"};
        std::set<std::string, std::less<>> numbers;
        for (auto i = 0; i < accounts.rows(); ++i) {
            if (accounts.boolean(i, 1) != accounts.boolean(0, 1))
                return Refused{"accounts", "must all be live or all be test ones"};
            if (!numbers.emplace(accounts.text(i, 0)).second)
                return Refused{"accounts", "must not hold two of one number: a notice names no bank, so it could not say which"};
        }
        auto const id = FeedId::make(no_bucket, SystemClock{}.now());
        crypto::Secret secret{crypto::to_base64url(crypto::random_bytes(secret_bytes))};
        auto const hash = crypto::sha256(secret.reveal());
        auto const client_id =
            feed.auth == FeedAuth::oauth2 ? "choso-" + crypto::to_hex(crypto::random_bytes(client_id_bytes)) : std::string{};
        std::optional<Bytes> kept_hash{Bytes{crypto::as_text(hash)}};
        std::optional<Bytes> kept_secret;
        if (feed.auth == FeedAuth::hmac) {
            kept_secret = Bytes{secret.reveal()};  // a signature can only be checked with the secret itself
            kept_hash.reset();
        }
        auto const rows = connection_.query(all.insert_feed, Params::of(id, feed.kind, feed.name, word(feed.auth), if_any(client_id),
                                                                        kept_hash, kept_secret));
        connection_.query(all.insert_feed_accounts, Params::of(repeated(id, feed.accounts.size()), array_of(feed.accounts)));
        note(no_bucket, "feed.created", id.uuid(), body_of(feed));
        return CreatedFeed{.id = id,
                           .source = static_cast<std::int32_t>(rows.integer(0, 0)),
                           .client_id = client_id,
                           .secret = std::move(secret)};
    });
}

Result<Done, Refused> Registry::revoke_feed(FeedId id) {
    return together([&]() -> Result<Done, Refused> {
        if (connection_.query(registry_statements().update_feed_revoked, Params::of(id)).affected() == 0)
            return Refused{"feed", "must be one that exists and is not revoked"};
        note(no_bucket, "feed.revoked", id.uuid());
        return Done{};
    });
}

Result<Erased, Refused> Registry::erase(Erasure const& erasure) {
    if (auto complaint = check(erasure)) return *complaint;
    return together([&]() -> Result<Erased, Refused> {
        auto const& all = registry_statements();
        auto const at = SystemClock{}.now();
        Erased erased;
        Uuid subject{};
        if (auto const* const person = std::get_if<PersonId>(&erasure.subject)) {
            subject = person->uuid();
            auto const of_person = Params::of(person->bucket(), *person, at);
            erased.persons = connection_.query(all.erase_person, of_person).affected();
            erased.texts = connection_.query(all.erase_person_texts, of_person).affected();
        } else {
            auto const payment = std::get<PaymentId>(erasure.subject);
            subject = payment.uuid();
            erased.texts = connection_.query(all.erase_payment_texts, Params::of(payment.bucket(), payment, at)).affected();
        }
        if (erased.persons + erased.texts == 0) return Refused{"subject", "must be one that exists and is not erased already"};
        auto const bucket = bucket_of(subject);
        connection_.query(all.insert_erasure, Params::of(new_uuid(bucket, at), subject, bucket, erasure.by, erasure.reason, at));
        note(bucket, "personal_data.erased", subject);
        return erased;
    });
}

}  // namespace choso::merchants
