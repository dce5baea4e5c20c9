#include "merchants/people/webauthn.hpp"

#include "merchants/people/cbor.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/signature.hpp"
#include "platform/json/json.hpp"

namespace choso::people {
namespace {

constexpr unsigned user_present = 0x01;
constexpr unsigned has_key = 0x40;
constexpr std::size_t head_bytes = 32 + 1 + 4;
constexpr std::size_t aaguid_bytes = 16;
constexpr std::size_t id_bytes_max = 1023;

bool is_ours(RelyingParty const& party, std::string_view challenge, std::string_view client_data, std::string_view type) {
    auto const parsed = json::parse(client_data);
    if (!parsed) return false;
    auto const text = [&](std::string_view name) -> std::string_view {
        auto const* value = parsed->find(name);
        return value == nullptr ? std::string_view{} : value->as_string().value_or("");
    };
    auto const* cross = parsed->find("crossOrigin");
    return text("type") == type && crypto::constant_time_equal(text("challenge"), crypto::to_base64url(challenge)) &&
           text("origin") == party.origin && (cross == nullptr || cross->as_bool() != true);
}

struct AuthenticatorData {
    unsigned flags = 0;
    std::int64_t counter = 0;
    std::string_view rest;
};
std::optional<AuthenticatorData> parts_of(RelyingParty const& party, std::string_view data) {
    if (data.size() < head_bytes) return std::nullopt;
    if (!crypto::constant_time_equal(data.substr(0, 32), crypto::as_text(crypto::sha256(party.id)))) return std::nullopt;
    auto out = AuthenticatorData{static_cast<unsigned char>(data[32]), 0, data.substr(head_bytes)};
    for (std::size_t i = 33; i < head_bytes; ++i) out.counter = (out.counter << 8) | static_cast<unsigned char>(data[i]);
    if ((out.flags & user_present) == 0) return std::nullopt;
    return out;
}

/// The algorithm of a key that is whole and of a kind we check.
std::optional<int> algorithm_of(Cbor const& key) {
    auto const* kind = key.find(1);
    auto const* algorithm = key.find(3);
    if (kind == nullptr || algorithm == nullptr) return std::nullopt;
    auto const part = [&](std::int64_t name) {
        auto const* value = key.find(name);
        return value == nullptr ? std::string_view{} : value->bytes().value_or("");
    };
    auto const* curve = key.find(-1);
    if (kind->number() == 2 && algorithm->number() == es256 && curve != nullptr && curve->number() == 1 && part(-2).size() == 32 && part(-3).size() == 32)
        return es256;
    if (kind->number() == 3 && algorithm->number() == rs256 && part(-1).size() >= 256 && !part(-2).empty()) return rs256;
    return std::nullopt;
}

}  // namespace

RelyingParty relying_party(std::string_view base_url) {
    auto const scheme = base_url.find("://");
    auto host = scheme == std::string_view::npos ? base_url : base_url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of(":/"));
    return {std::string{host}, std::string{base_url}};
}

std::optional<NewPasskey> check_registration(RelyingParty const& party, std::string_view challenge, std::string_view client_data,
                                             std::string_view attestation) {
    if (!is_ours(party, challenge, client_data, "webauthn.create")) return std::nullopt;
    auto rest = attestation;
    auto const object = Cbor::read(rest);
    auto const* told = object ? object->find("authData") : nullptr;
    if (told == nullptr || !told->bytes() || !rest.empty()) return std::nullopt;
    auto const data = parts_of(party, *told->bytes());
    if (!data || (data->flags & has_key) == 0 || data->rest.size() < aaguid_bytes + 2) return std::nullopt;
    auto const size = static_cast<std::size_t>(static_cast<unsigned char>(data->rest[aaguid_bytes])) << 8U |
                      static_cast<unsigned char>(data->rest[aaguid_bytes + 1]);
    auto after = data->rest.substr(aaguid_bytes + 2);
    if (size == 0 || size > id_bytes_max || after.size() < size) return std::nullopt;
    auto out = NewPasskey{std::string{after.substr(0, size)}, {}, es256, data->counter};
    after.remove_prefix(size);
    auto const key_text = after;
    auto const key = Cbor::read(after);
    auto const algorithm = key ? algorithm_of(*key) : std::nullopt;
    if (!algorithm) return std::nullopt;
    out.algorithm = *algorithm;
    out.public_key = key_text.substr(0, key_text.size() - after.size());
    return out;
}

std::optional<std::int64_t> check_assertion(RelyingParty const& party, std::string_view challenge, std::string_view public_key,
                                            Assertion const& assertion) {
    if (!is_ours(party, challenge, assertion.client_data, "webauthn.get")) return std::nullopt;
    auto const data = parts_of(party, assertion.authenticator_data);
    auto text = public_key;
    auto const key = Cbor::read(text);
    auto const algorithm = key ? algorithm_of(*key) : std::nullopt;
    if (!data || !algorithm) return std::nullopt;
    auto message = assertion.authenticator_data;
    message += crypto::as_text(crypto::sha256(assertion.client_data));
    auto const part = [&](std::int64_t name) { return *key->find(name)->bytes(); };
    auto const good = *algorithm == es256 ? crypto::is_es256_signature(part(-2), part(-3), message, assertion.signature)
                                          : crypto::is_rs256_signature(part(-1), part(-2), message, assertion.signature);
    if (!good) return std::nullopt;
    return data->counter;
}

bool is_next_counter(std::int64_t known, std::int64_t told) { return told > known || (known == 0 && told == 0); }

}  // namespace choso::people
