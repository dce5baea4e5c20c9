#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace choso::load {

/// A stall that is alone with its payee and its account.
struct Stall {
    std::string id;
    std::string merchant;
    std::string account;
    std::string link_token;
};

/// A directory of so many stalls, and the keys to ask and to tell for all of them.
struct MarketDay {
    std::vector<Stall> stalls;
    std::string api_key;
    std::string sepay_key;
};

/// Fills a migrated, empty database. Throws std::runtime_error.
[[nodiscard]] MarketDay open_market(std::string const& database_url, std::string const& owner_url, int stalls);

}  // namespace choso::load
