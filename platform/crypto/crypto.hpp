#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bucket.hpp"

/// Digests, random bytes, encodings and the secrets made of them (OpenSSL 3). Bytes travel as `string_view`: the
/// texts that are hashed here (bodies, keys, canonical forms) are strings everywhere else. OpenSSL failing to hash or
/// to draw random bytes is unrecoverable: CHOSO_ASSERT.
namespace choso::crypto {

/// 32 bytes, as `bytea` columns hold them.
using Digest = std::array<std::uint8_t, 32>;

/// The same bytes seen as text, for encoders and columns. The digest must outlive the view.
[[nodiscard]] std::string_view as_text(std::span<std::uint8_t const> bytes);

/// SHA-256 (FIPS 180-4).
[[nodiscard]] Digest sha256(std::string_view bytes);

/// SHA-1, where a protocol asks for it and nothing is protected by it (RFC 6455 §4.2.2).
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view bytes);

/// SHA-256 over parts that come one after another, without joining them. Move-only; one thread at a time.
class Sha256 {
 public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    Sha256& update(std::string_view bytes);
    /// The digest of all parts; the object starts over, ready for the next.
    [[nodiscard]] Digest finish();

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// HMAC-SHA256 (RFC 2104). The key may have any length, none too.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view message);

/// Fills with random bytes fit for keys.
void fill_random(std::span<std::uint8_t> out);
[[nodiscard]] std::string random_bytes(std::size_t n);

/// Compares without telling by its time where two secrets part; their lengths are no secret.
[[nodiscard]] bool constant_time_equal(std::string_view a, std::string_view b);

/// Lower-case hex.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(std::span<std::uint8_t const> bytes);
/// Bytes of an even number of hex digits, either case; nullopt for anything else.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view digits);

/// Base64 with padding (RFC 4648 §4).
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::string to_base64(std::span<std::uint8_t const> bytes);
/// Strict: padded, no blanks, and the bits that no byte needs are zero, so every value has one spelling.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view symbols);
/// Base64url without padding (RFC 4648 §5).
[[nodiscard]] std::string to_base64url(std::string_view bytes);
[[nodiscard]] std::string to_base64url(std::span<std::uint8_t const> bytes);
/// Strict as `from_base64`; padding is refused.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view symbols);

/// A text that must not reach a log or an answer by accident: it cannot be printed, compared or converted, only
/// `reveal`ed where it is needed; its bytes are wiped when it dies.
class Secret {
 public:
    Secret() = default;
    explicit Secret(std::string text) : text_{std::move(text)} {}
    Secret(Secret const&) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret const& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] std::string_view reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    /// Constant-time, by content.
    [[nodiscard]] bool is(std::string_view text) const { return constant_time_equal(text_, text); }
    /// What a log may show instead.
    [[nodiscard]] static constexpr std::string_view masked() { return "***"; }

 private:
    void wipe();
    std::string text_;
};

/// What a link (pay page, receipt) is opened with: the bucket its rows live in, so that one look-up finds them, and 128
/// random bits that nobody can guess.
struct SecretToken {
    static constexpr std::size_t symbols = 23;

    Bucket bucket;
    std::array<std::uint8_t, 16> random;

    /// 23 base64url symbols: the bucket (0–63), then the random bits as 22 symbols.
    [[nodiscard]] std::string text() const;
};

[[nodiscard]] SecretToken new_link_token(Bucket bucket);
/// nullopt for anything that `SecretToken::text` would not write.
[[nodiscard]] std::optional<SecretToken> parse_link_token(std::string_view text);

enum class ApiKeyKind { test, live };

/// How many first characters of an API key are kept in clear to tell keys apart: `sk_live_` and eight symbols, which
/// leave 208 bits unknown.
inline constexpr std::size_t api_key_prefix_length = 16;

/// `sk_test_` or `sk_live_` and 43 base64url symbols: 256 random bits. Shown once; only its SHA-256 is stored.
[[nodiscard]] Secret new_api_key(ApiKeyKind kind);
/// The part that may be shown. Of a text that is no key, as much as there is of it.
[[nodiscard]] std::string_view api_key_prefix(std::string_view key);
/// The kind a well-formed key says it is; nullopt for a text that cannot be a key, so that no look-up is spent on it.
[[nodiscard]] std::optional<ApiKeyKind> api_key_kind(std::string_view key);

}  // namespace choso::crypto
