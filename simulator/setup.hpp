#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "simulator/book.hpp"

namespace choso::bank {

/// Where a server is: `http://host:port`.
struct Place {
    std::string host;
    std::uint16_t port = 0;
    std::string path;  ///< begins with `/`

    [[nodiscard]] static std::optional<Place> parse(std::string_view url);
};

/// Somebody who wants to be told what moves on some accounts.
struct Subscription {
    enum class Kind { sepay, camt };
    enum class Auth { apikey, hmac };
    std::string name;
    Kind kind = Kind::sepay;
    Place to;
    Auth auth = Auth::apikey;
    std::string key;
    std::vector<AccountKey> accounts;  ///< none: all

    [[nodiscard]] bool covers(AccountKey const& account) const;
};

/// What the simulator begins with.
struct Setup {
    struct NewAccount {
        AccountKey key;
        std::string holder;
        Money opening;
    };
    std::vector<NewAccount> accounts;
    std::vector<Subscription> subscriptions;
    std::string payout_token;  ///< empty: no payouts are taken
    std::optional<Place> requests;  ///< a gateway whose newest requests the page offers to pay
    std::string requests_key;
    Seconds camt_every{60};  ///< how often a file is cut while the clock runs by itself; 0: only when told
};

/// Reads a setup file (README.md describes it); the error names what is wrong in it.
[[nodiscard]] Result<Setup, std::string> parse_setup(std::string_view text);

}  // namespace choso::bank
