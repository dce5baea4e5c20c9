#include "gateway/cli/admin_parts.hpp"

namespace choso::cli {
namespace {

using merchants::Registry;

int create_key(Context const& context, Options const& options) {
    merchants::NewKey wanted{.name = needed(options, "--name"), .live = options.has("--live"), .scopes = {}, .merchants = {}};
    for (auto const scope : options.all("--scope")) wanted.scopes.emplace(scope);
    for (auto const id : options.all("--merchant")) wanted.merchants.insert(id_of<MerchantId>(id, "--merchant", "mer"));
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.create_key(wanted), [](merchants::CreatedKey const& it) {
        return std::vector<Field>{{"key", it.id.text()}, {"prefix", it.prefix}, {"secret", std::string{it.secret.reveal()}}};
    });
}

int revoke_key(Context const& context, Options const& options) {
    auto const id = id_of<ApiKeyId>(options.words().front(), "key revoke", "key");
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.revoke_key(id),
                  [&](merchants::Done) { return std::vector<Field>{{"revoked", id.text()}}; });
}

int create_feed(Context const& context, Options const& options) {
    auto const auth = merchants::feed_auth_of(needed(options, "--auth"));
    if (!auth) throw BadOption{"--auth takes apikey, hmac or oauth2"};
    merchants::NewFeed wanted{.kind = needed(options, "--kind"), .name = needed(options, "--name"), .auth = *auth, .accounts = {}};
    for (auto const id : options.all("--account")) wanted.accounts.insert(id_of<AccountId>(id, "--account", "ba"));
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.create_feed(wanted), [](merchants::CreatedFeed const& it) {
        std::vector<Field> fields{{"feed", it.id.text()}, {"source", std::to_string(it.source)}};
        if (!it.client_id.empty()) fields.push_back({"client_id", it.client_id});
        fields.push_back({"secret", std::string{it.secret.reveal()}});
        return fields;
    });
}

int revoke_feed(Context const& context, Options const& options) {
    auto const id = id_of<FeedId>(options.words().front(), "feed revoke", "feed");
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.revoke_feed(id),
                  [&](merchants::Done) { return std::vector<Field>{{"revoked", id.text()}}; });
}

int erase(Context const& context, Options const& options, std::variant<PersonId, PaymentId> subject) {
    merchants::Erasure const wanted{.subject = subject, .by = needed(options, "--by"), .reason = needed(options, "--reason")};
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.erase(wanted), [](merchants::Erased const& it) {
        return std::vector<Field>{{"persons", std::to_string(it.persons)}, {"texts", std::to_string(it.texts)}};
    });
}

int erase_payment(Context const& context, Options const& options) {
    return erase(context, options, id_of<PaymentId>(options.words().front(), "erase payment", "pay"));
}

int erase_person(Context const& context, Options const& options) {
    return erase(context, options, id_of<PersonId>(options.words().front(), "erase person", "per"));
}

}  // namespace

std::vector<Action> access_actions() {
    return {
        {"key", "create", {"--name=", "--scope=*", "--merchant=*", "--live"}, false, create_key},
        {"key", "revoke", {}, true, revoke_key},
        {"feed", "create", {"--kind=", "--name=", "--auth=", "--account=*"}, false, create_feed},
        {"feed", "revoke", {}, true, revoke_feed},
        {"erase", "payment", {"--reason=", "--by="}, true, erase_payment},
        {"erase", "person", {"--reason=", "--by="}, true, erase_person},
    };
}

}  // namespace choso::cli
