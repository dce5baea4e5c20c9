#include "load-tests/live/market_day.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "merchants/registry.hpp"
#include "merchants/scopes.hpp"

namespace choso::load {
namespace {

using namespace merchants;

constexpr auto at_once = 500;

template <class T>
T taken(Result<T, Refused> result) {
    if (!result) throw std::runtime_error{"the directory refused: " + result.error().text()};
    return std::move(result).value();
}

}  // namespace

MarketDay open_market(std::string const& database_url, std::string const& owner_url, int stalls) {
    auto connection = postgres::Connection{database_url};
    auto owner = postgres::Connection{owner_url};
    auto registry = Registry{connection};
    auto out = MarketDay{};
    auto payees = std::set<MerchantId>{};
    auto accounts = std::set<AccountId>{};
    auto const market = taken(registry.create_market({.name = "Chợ Thái", .ward = "Phan Đình Phùng", .province = "Thái Nguyên"}));
    auto const place = [&](int from, int to) -> Result<Done, Refused> {
        for (auto n = from; n < to; ++n) {
            auto const number = std::to_string(n);
            auto const collector = taken(registry.create_collector({.name = "Hộ " + number, .kind = "household"}));
            auto const account = taken(registry.create_account({.collector = collector.id, .bin = "970436", .number = std::to_string(1'000'000'000 + n), .holder = "HO " + number}));
            auto const stall = taken(registry.create_stall({.merchant = collector.owner, .market = market, .account = account, .name = "Sạp " + number, .number = number}));
            payees.insert(collector.owner);
            accounts.insert(account);
            out.stalls.push_back({stall.id.text(), collector.owner.text(), std::to_string(1'000'000'000 + n), std::string{stall.link_token.reveal()}});
        }
        return Done{};
    };
    for (auto from = 0; from < stalls; from += at_once) {
        taken(registry.together([&] { return place(from, std::min(stalls, from + at_once)); }));
        // Without it the planner believes the tables as empty as they were, and each look-up reads them whole.
        owner.execute("analyze");
    }
    taken(registry.together([&]() -> Result<Done, Refused> {
        auto scopes = std::set<std::string, std::less<>>{};
        for (auto const& each : scope::all()) scopes.emplace(each.name);
        out.api_key = std::string{taken(registry.create_key({.name = "market", .scopes = scopes, .merchants = payees})).secret.reveal()};
        out.sepay_key = std::string{taken(registry.create_feed({.kind = "sepay", .name = "market", .accounts = accounts})).secret.reveal()};
        return Done{};
    }));
    return out;
}

}  // namespace choso::load
