#include "merchants/people/webauthn.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <ostream>

#include "merchants/people/cbor.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/unit/people/webauthn_vectors.hpp"

namespace choso::people {
namespace {

std::string raw(std::string_view text) { return crypto::from_base64url(text).value(); }

/// One ceremony as the browser brought it, to be spoilt by a row.
struct Brought {
    explicit Brought(Ceremony const& from)
        : create_challenge{raw(from.create_challenge)}, create_client_data{raw(from.create_client_data)}, attestation{raw(from.attestation)},
          get_challenge{raw(from.get_challenge)}, get{raw(from.get_client_data), raw(from.authenticator_data), raw(from.signature)} {}

    RelyingParty party = relying_party("https://pay.example.vn");
    std::string create_challenge, create_client_data, attestation, get_challenge;
    Assertion get;

    [[nodiscard]] std::optional<NewPasskey> registered() const { return check_registration(party, create_challenge, create_client_data, attestation); }
};

void replace(std::string& text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
}

class Webauthn : public testing::TestWithParam<Ceremony> {};

TEST_P(Webauthn, what_was_asked_for_is_taken) {
    auto const brought = Brought{GetParam()};
    auto const key = brought.registered();
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(key->id, raw(GetParam().id));
    EXPECT_EQ(key->algorithm, GetParam().algorithm);
    EXPECT_EQ(check_assertion(brought.party, brought.get_challenge, key->public_key, brought.get), 7);
}

TEST_P(Webauthn, whatever_differs_is_refused) {
    struct Row {
        char const* name;
        std::function<void(Brought&)> spoil;
    };
    auto const of_create = std::vector<Row>{
        {"challenge", [](Brought& it) { it.create_challenge[0] = static_cast<char>(it.create_challenge[0] ^ 1); }},
        {"origin", [](Brought& it) { replace(it.create_client_data, "https://pay.example.vn", "https://pay.example.vm"); }},
        {"origins_port", [](Brought& it) { it.party.origin += ":8443"; }},
        {"scheme", [](Brought& it) { replace(it.create_client_data, "https://", "http://"); }},
        {"type", [](Brought& it) { replace(it.create_client_data, "webauthn.create", "webauthn.get"); }},
        {"cross_origin", [](Brought& it) { replace(it.create_client_data, "false", "true"); }},
        {"other_site", [](Brought& it) { it.party.id = "example.vn"; }},
        {"nobody_present", [](Brought& it) { it.attestation[it.attestation.find('\x45')] = '\x44'; }},
        {"no_key", [](Brought& it) { it.attestation[it.attestation.find('\x45')] = '\x05'; }},
        {"cut", [](Brought& it) { it.attestation.resize(it.attestation.size() - 1); }},
        {"something_behind", [](Brought& it) { it.attestation += '\0'; }},
        {"not_json", [](Brought& it) { it.create_client_data += '}'; }},
        {"nothing", [](Brought& it) { it.attestation.clear(); }}};
    for (auto const& row : of_create) {
        auto brought = Brought{GetParam()};
        row.spoil(brought);
        EXPECT_FALSE(brought.registered().has_value()) << row.name;
    }
    auto const key = Brought{GetParam()}.registered().value();
    auto const of_get = std::vector<Row>{
        {"challenge", [](Brought& it) { it.get_challenge[31] = static_cast<char>(it.get_challenge[31] ^ 1); }},
        {"type", [](Brought& it) { replace(it.get.client_data, "webauthn.get", "webauthn.create"); }},
        {"origin", [](Brought& it) { replace(it.get.client_data, "pay.example.vn", "pay.example.vm"); }},
        {"other_site", [](Brought& it) { it.party.id = "example.vn"; }},
        {"nobody_present", [](Brought& it) { it.get.authenticator_data[32] = '\x04'; }},
        {"counter", [](Brought& it) { it.get.authenticator_data[36] = '\x08'; }},
        {"signature", [](Brought& it) { it.get.signature.back() = static_cast<char>(it.get.signature.back() ^ 1); }},
        {"no_signature", [](Brought& it) { it.get.signature.clear(); }},
        {"cut", [](Brought& it) { it.get.authenticator_data.resize(36); }}};
    for (auto const& row : of_get) {
        auto brought = Brought{GetParam()};
        row.spoil(brought);
        EXPECT_FALSE(check_assertion(brought.party, brought.get_challenge, key.public_key, brought.get).has_value()) << row.name;
    }
}

TEST_P(Webauthn, no_bytes_however_spoilt_break_it) {
    auto const whole = Brought{GetParam()};
    for (std::size_t at = 0; at < whole.attestation.size(); ++at) {
        auto brought = whole;
        brought.attestation.resize(at);
        EXPECT_FALSE(brought.registered().has_value()) << "cut at " << at;
        brought = whole;
        brought.attestation[at] = '\xff';
        (void)brought.registered();
    }
}

INSTANTIATE_TEST_SUITE_P(people, Webauthn, testing::ValuesIn(ceremonies), [](auto const& tested) { return std::string{tested.param.name}; });

TEST(webauthn, a_key_of_another_person_does_not_verify) {
    auto const one = Brought{ceremonies[0]};
    auto const other = Brought{ceremonies[1]}.registered().value();
    EXPECT_FALSE(check_assertion(one.party, one.get_challenge, other.public_key, one.get).has_value());
}

TEST(webauthn, a_counter_that_does_not_grow_is_a_copys) {
    EXPECT_TRUE(is_next_counter(0, 0));
    EXPECT_TRUE(is_next_counter(7, 8));
    EXPECT_FALSE(is_next_counter(7, 7));
    EXPECT_FALSE(is_next_counter(7, 6));
    EXPECT_FALSE(is_next_counter(7, 0));
}

TEST(webauthn, the_party_is_the_host_without_its_port) {
    EXPECT_EQ(relying_party("http://localhost:8080").id, "localhost");
    EXPECT_EQ(relying_party("https://choso.vn").id, "choso.vn");
    EXPECT_EQ(relying_party("http://localhost:8080").origin, "http://localhost:8080");
}

TEST(cbor, depth_count_and_length_are_bounded) {
    auto deep = std::string(100, '\x81') + '\0';
    auto text = std::string_view{deep};
    EXPECT_FALSE(Cbor::read(text).has_value());
    auto many = std::string{"\x9a\xff\xff\xff\xff", 5} + std::string(2'000, '\0');
    text = many;
    EXPECT_FALSE(Cbor::read(text).has_value());
    auto longer = std::string{"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 9};
    text = longer;
    EXPECT_FALSE(Cbor::read(text).has_value());
    text = "\x5f\x41x\xff";
    EXPECT_FALSE(Cbor::read(text).has_value()) << "indefinite lengths are not canonical";
}

}  // namespace
}  // namespace choso::people
