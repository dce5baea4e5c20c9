#include <sys/random.h>

#include <bit>

#include "base/assert.hpp"
#include "base/reference.hpp"

namespace choso {
namespace {

/// Half of a data number: 29⁴, so that two halves make exactly 29⁸ and no value has to be walked back into range.
constexpr std::uint64_t half = 707'281;
static_assert(half * half == Reference::data_count);
/// Luby and Rackoff need four; ten leaves room on so small a domain.
constexpr std::uint64_t rounds = 10;
constexpr std::uint64_t kinds = 8;
constexpr std::uint64_t kinds_known = 5;

std::uint64_t load(std::uint8_t const* bytes, std::size_t count) {
    std::uint64_t out = 0;
    for (auto i = std::size_t{0}; i < count; ++i) out |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return out;
}

struct SipState {
    std::uint64_t v0;
    std::uint64_t v1;
    std::uint64_t v2;
    std::uint64_t v3;

    SipState(std::uint64_t k0, std::uint64_t k1)
        : v0{k0 ^ 0x736f'6d65'7073'6575ULL},
          v1{k1 ^ 0x646f'7261'6e64'6f6dULL},
          v2{k0 ^ 0x6c79'6765'6e65'7261ULL},
          v3{k1 ^ 0x7465'6462'7974'6573ULL} {}

    void round() {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    }
    void take(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
    [[nodiscard]] std::uint64_t finish() {
        v2 ^= 0xffU;
        for (auto i = 0; i < 4; ++i) round();
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

/// What one Feistel round adds to the other half. 64 bits taken mod 29⁴: a bias below 2⁻⁴⁴.
std::uint64_t round_function(std::uint64_t k0, std::uint64_t k1, std::uint64_t round, std::uint64_t value) {
    SipState state{k0, k1};
    state.take((round << 32U) | value);
    state.take(std::uint64_t{8} << 56U);  // SipHash's last word: the length, no bytes left over
    return state.finish() % half;
}

std::uint64_t permute(std::uint64_t k0, std::uint64_t k1, std::uint64_t value) {
    auto left = value / half;
    auto right = value % half;
    for (auto round = std::uint64_t{0}; round < rounds; ++round) {
        auto const mixed = (left + round_function(k0, k1, round, right)) % half;
        left = right;
        right = mixed;
    }
    return left * half + right;
}

std::uint64_t permute_back(std::uint64_t k0, std::uint64_t k1, std::uint64_t value) {
    auto left = value / half;
    auto right = value % half;
    for (auto round = rounds; round-- > 0;) {
        auto const unmixed = (right + half - round_function(k0, k1, round, left)) % half;
        right = left;
        left = unmixed;
    }
    return left * half + right;
}

}  // namespace

std::uint64_t siphash(std::uint64_t k0, std::uint64_t k1, std::span<std::uint8_t const> bytes) {
    SipState state{k0, k1};
    auto const whole = bytes.size() / 8 * 8;
    for (auto at = std::size_t{0}; at < whole; at += 8) state.take(load(bytes.data() + at, 8));
    state.take((static_cast<std::uint64_t>(bytes.size()) << 56U) | load(bytes.data() + whole, bytes.size() - whole));
    return state.finish();
}

std::optional<ReferenceKey> ReferenceKey::from_bytes(std::span<std::uint8_t const> bytes) {
    if (bytes.size() != size) return std::nullopt;
    std::array<std::uint8_t, size> kept{};
    for (auto i = std::size_t{0}; i < size; ++i) kept[i] = bytes[i];
    return ReferenceKey{kept};
}

ReferenceKey ReferenceKey::random() {
    std::array<std::uint8_t, size> bytes{};
    CHOSO_ASSERT(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(size));
    return ReferenceKey{bytes};
}

ReferenceIssuer::ReferenceIssuer(ReferenceKey const& key)
    : k0_{load(key.bytes().data(), 8)}, k1_{load(key.bytes().data() + 8, 8)} {}

std::optional<Reference> ReferenceIssuer::issue(ReferenceKind kind, bool live, Bucket bucket, std::uint64_t number) const {
    CHOSO_ASSERT(number <= number_max);
    auto const kind_number = static_cast<std::uint64_t>(kind);
    CHOSO_ASSERT(kind_number < kinds_known);
    auto const bucket_number = static_cast<std::uint64_t>(bucket.number());
    auto const plain = ((number * Bucket::count + bucket_number) * 2 + (live ? 1 : 0)) * kinds + kind_number;
    auto const reference = Reference::from_data(permute(k0_, k1_, plain));
    CHOSO_ASSERT(reference.has_value());
    if (!reference->may_be_issued()) return std::nullopt;
    return reference;
}

std::optional<ReferenceParts> ReferenceIssuer::open(Reference reference) const {
    if (!reference.may_be_issued()) return std::nullopt;
    auto rest = permute_back(k0_, k1_, reference.data_number());
    auto const kind = rest % kinds;
    rest /= kinds;
    auto const live = rest % 2 == 1;
    rest /= 2;
    auto const bucket = Bucket::of_bits(rest % Bucket::count);
    auto const number = rest / Bucket::count;
    if (kind >= kinds_known || number > number_max) return std::nullopt;
    return ReferenceParts{static_cast<ReferenceKind>(kind), live, bucket, number};
}

}  // namespace choso
