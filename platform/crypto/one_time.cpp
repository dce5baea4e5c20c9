#include "platform/crypto/one_time.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/assert.hpp"

namespace choso::crypto {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint32_t million = 1'000'000;

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step) {
    auto counter = std::array<unsigned char, 8>{};
    for (auto i = 0; i < 8; ++i) counter[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step >> (56 - 8 * i));
    auto digest = std::array<unsigned char, 20>{};
    unsigned length = 0;
    CHOSO_ASSERT(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), digest.data(), &length) !=
                     nullptr &&
                 length == digest.size());
    auto const at = static_cast<std::size_t>(digest.back() & 15U);
    auto const bits = (static_cast<std::uint32_t>(digest[at] & 127U) << 24U) | (static_cast<std::uint32_t>(digest[at + 1]) << 16U) |
                      (static_cast<std::uint32_t>(digest[at + 2]) << 8U) | digest[at + 3];
    auto const digits = std::to_string(bits % million);
    return std::string(6 - digits.size(), '0') + digits;
}

std::string to_base32(std::string_view bytes) {
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (auto const c : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(held >> (bits - 5)) & 31U];
    }
    if (bits != 0) out += alphabet[(held << (5 - bits)) & 31U];
    return out;
}

std::optional<std::string> from_base32(std::string_view symbols) {
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    std::size_t count = 0;
    for (auto c : symbols) {
        if (c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        auto const value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        ++count;
        held = (held << 5U) | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>((held >> bits) & 255U);
    }
    auto const left = count % 8;
    if (left == 1 || left == 3 || left == 6 || (held & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return out;
}

}  // namespace choso::crypto
