#include "gateway/api/limits.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <span>

#include "base/assert.hpp"
#include "base/reference.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::api {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

std::uint64_t as_number(std::string_view bytes) {
    auto out = std::uint64_t{0};
    for (auto const c : bytes.substr(0, 8)) out = (out << 8U) | static_cast<unsigned char>(c);
    return out;
}

bool is_probe(std::string_view route) { return route == "livez" || route == "readyz"; }
bool stores(http::Method method) { return method != http::Method::get && method != http::Method::head && method != http::Method::options; }

}  // namespace

std::optional<Rate> Rate::parse(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto out = Rate{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + slash, out.count);
    if (error != std::errc{} || end != text.data() + slash || out.count < 1 || out.count > 1'000'000'000) return std::nullopt;
    auto const unit = text.substr(slash + 1);
    if (unit == "second") out.period = std::chrono::seconds{1};
    else if (unit == "minute") out.period = std::chrono::minutes{1};
    else if (unit == "hour") out.period = std::chrono::hours{1};
    else if (unit == "day") out.period = std::chrono::hours{24};
    else return std::nullopt;
    return out;
}

TokenBuckets::TokenBuckets(std::size_t rows) : rows_(rows) {
    CHOSO_ASSERT(std::has_single_bit(rows));
    auto const secret = crypto::random_bytes(16);
    auto const bytes = std::string_view{reinterpret_cast<char const*>(secret.data()), secret.size()};
    key_ = {as_number(bytes), as_number(bytes.substr(8))};
}

/// Nobody who does not know the key can choose names that meet in one row.
std::uint64_t TokenBuckets::hash(std::string_view name) const {
    auto const bytes = std::span{reinterpret_cast<std::uint8_t const*>(name.data()), name.size()};
    return std::max<std::uint64_t>(1, siphash(key_[0], key_[1], bytes));
}

std::optional<milliseconds> TokenBuckets::take(std::string_view name, Rate const& rate, Time now) {
    auto const id = hash(name);
    auto const at = std::chrono::duration_cast<microseconds>(now.time_since_epoch()).count();
    auto const period = std::max<std::int64_t>(1, std::chrono::duration_cast<microseconds>(rate.period).count() / rate.count);
    auto const whole = period * rate.count;
    auto const lock = std::lock_guard{mutex_};
    auto& row = rows_[id & (rows_.size() - 1)];
    auto* bucket = &row[0];
    for (auto& each : row) {
        if (each.name == id) {
            bucket = &each;
            break;
        }
        if (each.full_at_us < bucket->full_at_us) bucket = &each;
    }
    if (bucket->name != id) *bucket = {id, at};
    // A token taken now makes it full one period later; when that would be more than the whole bucket away, it is empty.
    auto const full_at = std::max(bucket->full_at_us, at) + period;
    auto const over = full_at - at - whole;
    if (over > 0) return std::max(milliseconds{1}, std::chrono::ceil<milliseconds>(microseconds{over}));
    bucket->full_at_us = full_at;
    return std::nullopt;
}

std::optional<http::NotAdmitted> Limits::take(std::string_view kind, std::string_view name, Rate const& rate) {
    auto full_name = std::string{kind};
    full_name.append("\n").append(name);
    auto const wait = buckets_.take(full_name, rate, std::chrono::steady_clock::now());
    if (!wait) return std::nullopt;
    return http::NotAdmitted{http::ErrorKind::too_many_requests, std::chrono::ceil<std::chrono::seconds>(*wait)};
}

std::optional<http::NotAdmitted> Limits::admit(http::Request const& request, http::Route const& route) {
    if (is_probe(route.name)) return std::nullopt;
    if (stores(request.method) && world_.lanes_are_full()) return http::NotAdmitted{http::ErrorKind::overloaded, std::chrono::seconds{1}};
    auto const address = http::Address::parse(request.remote);
    auto const who = address ? address->neighbourhood() : request.remote;
    if (auto const guarded = options_.guarded.find(route.name); guarded != options_.guarded.end()) return take(route.name, who, guarded->second);
    if (address && address->is_loopback() && !options_.loopback) return std::nullopt;
    if (auto const own = options_.routes.find(route.name); own != options_.routes.end()) return take(route.name, who, own->second);
    if (options_.key)
        if (auto const key = world_.key_of(request)) return take("key", *key, *options_.key);
    if (options_.address) return take("address", who, *options_.address);
    return std::nullopt;
}

}  // namespace choso::api
