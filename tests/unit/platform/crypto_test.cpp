#include "platform/crypto/crypto.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <set>
#include <type_traits>

namespace choso::crypto {
namespace {

using namespace std::string_literals;

// A secret cannot slip into a stream, a text or a comparison.
template <class T>
concept Printable = requires(std::ostream& out, T const& it) { out << it; };
static_assert(!Printable<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::equality_comparable<Secret>);

TEST(Sha256, answers_the_examples_of_fips_180) {
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, parts_and_whole_agree_and_the_object_starts_over) {
    auto hash = Sha256{};
    for (auto round = 0; round < 2; ++round)
        EXPECT_EQ(hash.update("cho").update("").update(" dong quang").finish(), sha256("cho dong quang"));
    auto moved = std::move(hash);
    EXPECT_EQ(moved.finish(), sha256(""));
}

struct Mac {
    char const* name;
    std::string key;
    std::string message;
    char const* expected;
};
void PrintTo(Mac const& row, std::ostream* out) { *out << row.name; }

class HmacSha256 : public testing::TestWithParam<Mac> {};

TEST_P(HmacSha256, answers_the_examples_of_rfc_4231) {
    EXPECT_EQ(to_hex(hmac_sha256(GetParam().key, GetParam().message)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    rfc4231, HmacSha256,
    testing::Values(
        Mac{"case_1", std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        Mac{"case_2", "Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        Mac{"long_key", std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        Mac{"nothing", "", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"}),
    [](auto const& row) { return row.param.name; });

TEST(Random, differs_each_time_and_has_the_length_asked) {
    EXPECT_EQ(random_bytes(0).size(), 0U);
    EXPECT_EQ(random_bytes(33).size(), 33U);
    EXPECT_NE(random_bytes(16), random_bytes(16));
}

TEST(ConstantTimeEqual, says_what_equality_says) {
    EXPECT_TRUE(constant_time_equal("", ""));
    EXPECT_TRUE(constant_time_equal("abc", "abc"));
    EXPECT_FALSE(constant_time_equal("abc", "abd"));
    EXPECT_FALSE(constant_time_equal("abc", "ab"));
    EXPECT_FALSE(constant_time_equal("", "a"));
}

TEST(Base64, answers_the_examples_of_rfc_4648) {
    auto const plain = std::array{"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    auto const coded = std::array{"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (std::size_t n = 0; n < plain.size(); ++n) {
        EXPECT_EQ(to_base64(plain[n]), coded[n]);
        EXPECT_EQ(from_base64(coded[n]), plain[n]);
    }
    EXPECT_EQ(to_base64("\xfb\xff"), "+/8=");
    EXPECT_EQ(to_base64url("\xfb\xff"), "-_8");
}

struct Bad {
    char const* name;
    std::string text;
};
void PrintTo(Bad const& row, std::ostream* out) { *out << row.name; }

class Base64Refuses : public testing::TestWithParam<Bad> {};

TEST_P(Base64Refuses, what_has_another_spelling) { EXPECT_EQ(from_base64(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(texts, Base64Refuses,
                         testing::Values(Bad{"no_padding", "Zg"}, Bad{"half_padding", "Zg="}, Bad{"too_much", "Z==="},
                                         Bad{"only_padding", "===="}, Bad{"unused_bits", "Zh=="},
                                         Bad{"unused_bits_of_two", "Zm9="}, Bad{"newline", "Zm9v\n"},
                                         Bad{"blank", "Zm 9vYg="}, Bad{"padding_inside", "Zg==Zg=="},
                                         Bad{"url_symbols", "-_8="}, Bad{"high_byte", "Zm9\xE9"}),
                         [](auto const& row) { return row.param.name; });

TEST(Base64Url, refuses_padding_and_the_other_alphabet) {
    EXPECT_EQ(from_base64url("Zg=="), std::nullopt);
    EXPECT_EQ(from_base64url("+/8"), std::nullopt);
    EXPECT_EQ(from_base64url("A"), std::nullopt);
    EXPECT_EQ(from_base64url("Zh"), std::nullopt);
}

TEST(Hex, reads_both_cases_and_refuses_the_rest) {
    EXPECT_EQ(to_hex("\x01\xab"), "01ab");
    EXPECT_EQ(from_hex("01aB"), "\x01\xab");
    EXPECT_EQ(from_hex(""), "");
    EXPECT_EQ(from_hex("0"), std::nullopt);
    EXPECT_EQ(from_hex("0g"), std::nullopt);
    EXPECT_EQ(from_hex("0x"), std::nullopt);
}

TEST(Encodings, what_is_written_is_read) {
    for (auto seed = 1U; seed <= 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        auto dice = std::mt19937{seed};
        auto bytes = std::string(dice() % 70, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(dice());
        ASSERT_EQ(from_hex(to_hex(bytes)), bytes);
        ASSERT_EQ(from_base64(to_base64(bytes)), bytes);
        ASSERT_EQ(from_base64url(to_base64url(bytes)), bytes);
    }
}

TEST(Secret, is_revealed_only_by_name) {
    auto secret = Secret{"a secret longer than a short string"};
    EXPECT_EQ(secret.reveal(), "a secret longer than a short string");
    EXPECT_TRUE(secret.is("a secret longer than a short string"));
    EXPECT_FALSE(secret.is("a secret"));
    auto const moved = std::move(secret);
    EXPECT_EQ(moved.reveal(), "a secret longer than a short string");
    EXPECT_TRUE(secret.empty());  // NOLINT: emptied on purpose
    auto copy = Secret{"short"};
    copy = moved;
    EXPECT_TRUE(copy.is(moved.reveal()));
}

TEST(LinkToken, tells_its_bucket_and_reads_back) {
    auto seen = std::set<std::string>{};
    for (auto n = 0; n < Bucket::count; ++n) {
        auto const token = new_link_token(*Bucket::from(n));
        auto const text = token.text();
        ASSERT_EQ(text.size(), SecretToken::symbols);
        auto const read = parse_link_token(text);
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(read->bucket.number(), n);
        EXPECT_EQ(read->random, token.random);
        EXPECT_TRUE(seen.insert(text).second);
    }
}

TEST(LinkToken, has_the_spelling_that_is_printed_on_paper) {
    auto token = SecretToken{*Bucket::from(63), {}};
    EXPECT_EQ(token.text(), "_" + std::string(22, 'A'));
    token.random.fill(0xFF);
    EXPECT_EQ(token.text(), "_" + std::string(21, '_') + "w");
}

class LinkTokenRefuses : public testing::TestWithParam<Bad> {};

TEST_P(LinkTokenRefuses, what_it_would_not_write) { EXPECT_FALSE(parse_link_token(GetParam().text).has_value()); }

INSTANTIATE_TEST_SUITE_P(texts, LinkTokenRefuses,
                         testing::Values(Bad{"nothing", ""}, Bad{"short_by_one", std::string(22, 'A')},
                                         Bad{"long_by_one", std::string(24, 'A')},
                                         Bad{"bad_bucket", "." + std::string(22, 'A')},
                                         Bad{"bad_symbol", std::string(22, 'A') + "="},
                                         Bad{"unused_bits", std::string(22, 'A') + "B"},
                                         Bad{"nul", "A"s + std::string(22, '\0')}),
                         [](auto const& row) { return row.param.name; });

TEST(ApiKey, says_its_kind_and_shows_sixteen_characters) {
    auto const test = new_api_key(ApiKeyKind::test);
    auto const live = new_api_key(ApiKeyKind::live);
    EXPECT_EQ(test.reveal().size(), 51U);
    EXPECT_TRUE(test.reveal().starts_with("sk_test_"));
    EXPECT_TRUE(live.reveal().starts_with("sk_live_"));
    EXPECT_EQ(api_key_kind(test.reveal()), ApiKeyKind::test);
    EXPECT_EQ(api_key_kind(live.reveal()), ApiKeyKind::live);
    EXPECT_EQ(api_key_prefix(live.reveal()), live.reveal().substr(0, 16));
    EXPECT_EQ(api_key_prefix("short"), "short");
    EXPECT_FALSE(live.is(new_api_key(ApiKeyKind::live).reveal()));
}

class ApiKeyRefuses : public testing::TestWithParam<Bad> {};

TEST_P(ApiKeyRefuses, what_cannot_be_a_key) { EXPECT_EQ(api_key_kind(GetParam().text), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(texts, ApiKeyRefuses,
                         testing::Values(Bad{"nothing", ""}, Bad{"prefix_alone", "sk_live_"},
                                         Bad{"other_prefix", "pk_live_" + std::string(43, 'A')},
                                         Bad{"short_by_one", "sk_live_" + std::string(42, 'A')},
                                         Bad{"long_by_one", "sk_live_" + std::string(44, 'A')},
                                         Bad{"padded", "sk_live_" + std::string(43, 'A') + "="}),
                         [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace choso::crypto
