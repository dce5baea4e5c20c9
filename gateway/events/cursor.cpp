#include "gateway/events/cursor.hpp"

#include <limits>

#include "platform/crypto/crypto.hpp"

namespace choso::events {
namespace {

constexpr std::string_view nothing_read = "0";

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 128; value >>= 7U) out += static_cast<char>((value & 127U) | 128U);
    out += static_cast<char>(value);
}

/// No bucket will see so many events; beyond it arithmetic on a forged cursor would overflow.
constexpr auto seq_max = std::uint64_t{1} << 53U;

/// LEB128 without needless zero bytes, at most seq_max.
std::optional<std::int64_t> take_varint(std::string_view& in) {
    std::uint64_t value = 0;
    for (auto shift = 0U; shift < 63 && !in.empty(); shift += 7) {
        auto const byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 127U) << shift;
        if (byte >= 128) continue;
        if (byte == 0 && shift > 0) return std::nullopt;
        return value <= seq_max ? std::optional{static_cast<std::int64_t>(value)} : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::int64_t Cursor::at(Bucket bucket) const {
    auto const found = places_.find(bucket);
    return found == places_.end() ? 0 : found->second;
}

std::string Cursor::text() const {
    if (places_.empty()) return std::string{nothing_read};
    std::string bytes;
    for (auto const& [bucket, seq] : places_) {
        bytes += static_cast<char>(bucket.number());
        put_varint(bytes, static_cast<std::uint64_t>(seq));
    }
    return crypto::to_base64url(bytes);
}

std::optional<Cursor> Cursor::parse(std::string_view text) {
    auto out = Cursor{};
    if (text == nothing_read) return out;
    auto const bytes = crypto::from_base64url(text.substr(0, 1024));
    if (!bytes || bytes->empty() || text.size() > 1024) return std::nullopt;
    auto in = std::string_view{*bytes};
    auto last = -1;
    while (!in.empty()) {
        auto const bucket = Bucket::from(static_cast<unsigned char>(in.front()));
        in.remove_prefix(1);
        auto const seq = take_varint(in);
        if (!bucket || !seq || bucket->number() <= last) return std::nullopt;
        last = bucket->number();
        out.set(*bucket, *seq);
    }
    return out;
}

}  // namespace choso::events
