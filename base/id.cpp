#include "base/id.hpp"

#include <sys/random.h>

#include <cstring>

#include "base/assert.hpp"

namespace choso {
namespace {

constexpr std::string_view crockford = "0123456789abcdefghjkmnpqrstvwxyz";

int crockford_value(char c) {
    auto const at = crockford.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Uuid new_uuid(Bucket bucket, Instant at) {
    Uuid uuid{};
    // The kernel never gives fewer than 256 bytes once seeded, and never fails without a signal handler in the way.
    CHOSO_ASSERT(getrandom(uuid.data() + 6, 10, 0) == 10);
    auto const ms = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count());
    for (auto i = 0U; i < 6; ++i) uuid[i] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    auto const b = static_cast<unsigned>(bucket.number());
    // rand_a is 12 bits: the bucket's six, then six random ones.
    uuid[6] = static_cast<std::uint8_t>(0x70U | (b >> 2U));
    uuid[7] = static_cast<std::uint8_t>(((b & 3U) << 6U) | (uuid[7] & 0x3fU));
    uuid[8] = static_cast<std::uint8_t>(0x80U | (uuid[8] & 0x3fU));
    return uuid;
}

Bucket bucket_of(Uuid const& uuid) { return Bucket::of_bits(((uuid[6] & 0x0fU) << 2U) | (uuid[7] >> 6U)); }

std::string to_crockford(Uuid const& uuid) {
    std::string out(26, '0');
    // 128 bits in 26 symbols of five: the first symbol carries the top three bits only.
    auto acc = 0U;
    auto bits = 0;
    auto at = std::size_t{26};
    for (auto i = 16; i-- > 0;) {
        acc |= static_cast<unsigned>(uuid[static_cast<std::size_t>(i)]) << bits;
        bits += 8;
        while (bits >= 5) {
            out[--at] = crockford[acc & 31U];
            acc >>= 5U;
            bits -= 5;
        }
    }
    out[--at] = crockford[acc & 31U];
    return out;
}

std::optional<Uuid> from_crockford(std::string_view symbols) {
    if (symbols.size() != 26 || crockford_value(symbols[0]) > 7) return std::nullopt;
    Uuid uuid{};
    auto acc = 0U;
    auto bits = 0;
    auto at = std::size_t{16};
    for (auto i = std::size_t{26}; i-- > 0;) {
        auto const value = crockford_value(symbols[i]);
        if (value < 0) return std::nullopt;
        acc |= static_cast<unsigned>(value) << bits;
        bits += 5;
        while (bits >= 8 && at > 0) {
            uuid[--at] = static_cast<std::uint8_t>(acc);
            acc >>= 8U;
            bits -= 8;
        }
    }
    return uuid;
}

std::string to_hyphenated(Uuid const& uuid) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (auto i = 0U; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += hex[uuid[i] >> 4U];
        out += hex[uuid[i] & 15U];
    }
    return out;
}

std::optional<Uuid> from_hyphenated(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid{};
    auto at = std::size_t{0};
    for (auto i = std::size_t{0}; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i++] != '-') return std::nullopt;
            continue;
        }
        auto const high = hex_value(text[i]);
        auto const low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid[at++] = static_cast<std::uint8_t>(high * 16 + low);
        i += 2;
    }
    return uuid;
}

std::size_t UuidHash::operator()(Uuid const& uuid) const noexcept {
    // The low eight bytes are random in a version 7 id.
    std::uint64_t low = 0;
    std::memcpy(&low, uuid.data() + 8, 8);
    return static_cast<std::size_t>(low);
}

}  // namespace choso
