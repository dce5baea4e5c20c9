#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace choso::api {

/// Single-use passes to the live stream, for browsers, whose EventSource cannot send a header and whose addresses must
/// never carry a key. Kept in this process: a ticket opens a stream of the process that gave it.
class Tickets {
 public:
    static constexpr auto life = std::chrono::seconds{60};
    static constexpr std::size_t per_key_max = 1'000;

    /// A new ticket of a key (named by its SHA-256), good for one stream within a minute; nullopt if that key holds too many unused ones.
    [[nodiscard]] std::optional<std::string> issue(std::string const& key_hash, std::chrono::steady_clock::time_point now);
    /// The SHA-256 of the key it was given to, once.
    [[nodiscard]] std::optional<std::string> redeem(std::string_view ticket, std::chrono::steady_clock::time_point now);

 private:
    struct Issued {
        std::string key_hash;
        std::chrono::steady_clock::time_point until;
    };
    void drop_old(std::chrono::steady_clock::time_point now);

    std::mutex mutex_;
    std::map<std::string, Issued, std::less<>> issued_;
    std::map<std::string, std::size_t> held_;
};

}  // namespace choso::api
