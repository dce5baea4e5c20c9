#include <array>

#include "platform/crypto/crypto.hpp"

namespace choso::crypto {
namespace {

using Alphabet = std::string_view;
constexpr Alphabet hex_digits = "0123456789abcdef";
constexpr Alphabet standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr Alphabet url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What each byte stands for; −1 for what is no symbol.
using Values = std::array<std::int8_t, 256>;
constexpr Values values_of(Alphabet alphabet) {
    auto out = Values{};
    for (auto& value : out) value = -1;
    for (std::size_t n = 0; n < alphabet.size(); ++n)
        out[static_cast<unsigned char>(alphabet[n])] = static_cast<std::int8_t>(n);
    return out;
}
constexpr auto standard_values = values_of(standard);
constexpr auto url_safe_values = values_of(url_safe);
constexpr auto hex_values = [] {
    auto out = values_of(hex_digits);
    for (std::size_t n = 10; n < 16; ++n) out['A' + n - 10] = static_cast<std::int8_t>(n);
    return out;
}();

/// Six bits a symbol, most significant first, the last filled up with zeros; no padding.
std::string encode(std::string_view bytes, Alphabet alphabet) {
    auto out = std::string{};
    out.reserve((bytes.size() * 8 + 5) / 6 + 2);
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (auto const c : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) out += alphabet[(held >> (bits - 6)) & 63U];
    }
    if (bits != 0) out += alphabet[(held << (6 - bits)) & 63U];
    return out;
}

std::optional<std::string> decode(std::string_view symbols, Values const& values) {
    if (symbols.size() % 4 == 1) return std::nullopt;
    auto out = std::string{};
    out.reserve(symbols.size() * 6 / 8);
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (auto const symbol : symbols) {
        auto const value = values[static_cast<unsigned char>(symbol)];
        if (value < 0) return std::nullopt;
        held = (held << 6U) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((held >> bits) & 255U);
    }
    auto const unused = held & ((1U << bits) - 1U);
    if (unused != 0) return std::nullopt;
    return out;
}

constexpr std::string_view test_key = "sk_test_";
constexpr std::string_view live_key = "sk_live_";
constexpr std::size_t key_bytes = 32;

}  // namespace

std::string_view as_text(std::span<std::uint8_t const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

std::string to_hex(std::string_view bytes) {
    auto out = std::string{};
    out.reserve(bytes.size() * 2);
    for (auto const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        out += hex_digits[byte >> 4U];
        out += hex_digits[byte & 15U];
    }
    return out;
}

std::string to_hex(std::span<std::uint8_t const> bytes) { return to_hex(as_text(bytes)); }

std::optional<std::string> from_hex(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    auto out = std::string{};
    out.reserve(digits.size() / 2);
    for (std::size_t n = 0; n < digits.size(); n += 2) {
        auto const high = hex_values[static_cast<unsigned char>(digits[n])];
        auto const low = hex_values[static_cast<unsigned char>(digits[n + 1])];
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string to_base64(std::string_view bytes) {
    auto out = encode(bytes, standard);
    while (out.size() % 4 != 0) out += '=';
    return out;
}

std::string to_base64(std::span<std::uint8_t const> bytes) { return to_base64(as_text(bytes)); }

std::optional<std::string> from_base64(std::string_view symbols) {
    if (symbols.size() % 4 != 0) return std::nullopt;
    for (auto padding = 0; padding < 2 && symbols.ends_with('='); ++padding) symbols.remove_suffix(1);
    return decode(symbols, standard_values);
}

std::string to_base64url(std::string_view bytes) { return encode(bytes, url_safe); }

std::string to_base64url(std::span<std::uint8_t const> bytes) { return to_base64url(as_text(bytes)); }

std::optional<std::string> from_base64url(std::string_view symbols) { return decode(symbols, url_safe_values); }

std::string SecretToken::text() const {
    return url_safe[static_cast<std::size_t>(bucket.number())] + to_base64url(random);
}

SecretToken new_link_token(Bucket bucket) {
    auto token = SecretToken{bucket, {}};
    fill_random(token.random);
    return token;
}

std::optional<SecretToken> parse_link_token(std::string_view text) {
    if (text.size() != SecretToken::symbols) return std::nullopt;
    auto const bucket = Bucket::from(url_safe_values[static_cast<unsigned char>(text.front())]);
    auto const random = from_base64url(text.substr(1));
    if (!bucket || !random) return std::nullopt;
    auto token = SecretToken{*bucket, {}};
    for (std::size_t n = 0; n < token.random.size(); ++n) token.random[n] = static_cast<std::uint8_t>((*random)[n]);
    return token;
}

Secret new_api_key(ApiKeyKind kind) {
    auto key = std::string{kind == ApiKeyKind::live ? live_key : test_key};
    key += to_base64url(random_bytes(key_bytes));
    return Secret{std::move(key)};
}

std::string_view api_key_prefix(std::string_view key) { return key.substr(0, api_key_prefix_length); }

std::optional<ApiKeyKind> api_key_kind(std::string_view key) {
    auto const live = key.starts_with(live_key);
    if (!live && !key.starts_with(test_key)) return std::nullopt;
    auto const random = from_base64url(key.substr(live_key.size()));
    if (!random || random->size() != key_bytes) return std::nullopt;
    return live ? ApiKeyKind::live : ApiKeyKind::test;
}

}  // namespace choso::crypto
