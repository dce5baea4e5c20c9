#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/server.hpp"

/// How often somebody may ask: token buckets per address, per key and per route.
namespace choso::api {

/// So many in a period; all of them may come at once, after that they come back evenly.
struct Rate {
    std::int64_t count = 0;
    std::chrono::seconds period{1};

    /// `600/minute`: a count from 1 on; second, minute, hour or day.
    [[nodiscard]] static std::optional<Rate> parse(std::string_view text);
    friend bool operator==(Rate const&, Rate const&) = default;
};

/// Token buckets of any number of names in a fixed amount of memory. A name that is not in the table has a full bucket;
/// when a row of the table is full, the bucket that is nearest to full is forgotten, so that a flood of new names frees
/// those that ask seldom, never those that are being held back. Any thread.
class TokenBuckets {
 public:
    using Time = std::chrono::steady_clock::time_point;

    /// `rows` of eight buckets each, a power of two; 16 bytes a bucket.
    explicit TokenBuckets(std::size_t rows = 8'192);

    /// Takes one token of `name`; or says, having taken none, how long it is until there is one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> take(std::string_view name, Rate const& rate, Time now);

 private:
    struct Bucket {
        std::uint64_t name = 0;       ///< its keyed hash; 0: free
        std::int64_t full_at_us = 0;  ///< when it will be full again, in microseconds of the steady clock
    };
    static constexpr std::size_t ways = 8;

    [[nodiscard]] std::uint64_t hash(std::string_view name) const;

    std::array<std::uint64_t, 2> key_;
    std::mutex mutex_;
    std::vector<std::array<Bucket, ways>> rows_;
};

struct LimitOptions {
    std::optional<Rate> address;                       ///< of whoever shows no valid key
    std::optional<Rate> key;                           ///< of each valid key
    std::map<std::string, Rate, std::less<>> routes;   ///< by route name, per address, in place of `address` and `key`
    std::map<std::string, Rate, std::less<>> guarded;  ///< the same, for this machine's own processes too: sign-in, lookups
    bool loopback = false;                             ///< whether the others hold for this machine's own processes
};

/// The limits as the server asks for them, with the gateway's own: no work is begun that would wait in vain.
class Limits {
 public:
    /// What has to be known to judge a request; each is called on connections' threads.
    struct World {
        /// The name to count the key of a request under; none if it shows no valid one.
        std::function<std::optional<std::string>(http::Request const&)> key_of;
        /// No lane can take another command.
        std::function<bool()> lanes_are_full;
    };
    Limits(LimitOptions options, World world) : options_{std::move(options)}, world_{std::move(world)} {}

    [[nodiscard]] std::optional<http::NotAdmitted> admit(http::Request const& request, http::Route const& route);
    [[nodiscard]] LimitOptions const& options() const { return options_; }

 private:
    [[nodiscard]] std::optional<http::NotAdmitted> take(std::string_view kind, std::string_view name, Rate const& rate);

    LimitOptions options_;
    World world_;
    TokenBuckets buckets_;
};

}  // namespace choso::api
