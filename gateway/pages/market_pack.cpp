#include "gateway/pages/market_pack.hpp"

#include <algorithm>

#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::pages {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// As people count: digits by their value, so that A2 stands before A10.
bool comes_before(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (is_digit(a[0]) && is_digit(b[0])) {
            auto const digits_of = [](std::string_view text) {
                auto const end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
                return text.substr(0, end);
            };
            auto const x = digits_of(a);
            auto const y = digits_of(b);
            auto const value = [](std::string_view digits) { return digits.substr(std::min(digits.find_first_not_of('0'), digits.size())); };
            if (value(x).size() != value(y).size()) return value(x).size() < value(y).size();
            if (value(x) != value(y)) return value(x) < value(y);
            a.remove_prefix(x.size());
            b.remove_prefix(y.size());
            continue;
        }
        if (a[0] != b[0]) return a[0] < b[0];
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.size() < b.size();
}

}  // namespace

std::optional<qr::Standee> standee_of(merchants::Directory const& directory, merchants::Stall const& stall) {
    auto const* account = directory.account(stall.account);
    auto const* market = directory.market(stall.market);
    if (account == nullptr) return std::nullopt;
    auto const payload = qr::make({.bin = account->bin, .account = account->number, .purpose = stall.reference.text()});
    auto const* bank = qr::find_by_bin(account->bin);
    if (!payload || bank == nullptr) return std::nullopt;
    auto const place = market == nullptr ? std::string{} : market->name + " · ";
    return qr::Standee{*payload,        stall.name, place + "Sạp " + stall.number, account->holder, std::string{bank->display_name()},
                       account->number, stall.reference.text()};
}

std::optional<std::string> market_pack(merchants::Directory const& directory, MarketId market, qr::StandeeSize size,
                                       std::function<bool(std::size_t done, std::size_t total)> const& progress) {
    auto stalls = directory.stalls();
    std::erase_if(stalls, [market](auto const* stall) { return stall->market != market; });
    std::ranges::sort(stalls, [](auto const* a, auto const* b) { return comes_before(a->number, b->number); });
    auto standees = std::vector<qr::Standee>{};
    for (auto const* stall : stalls)
        if (auto standee = standee_of(directory, *stall)) standees.push_back(std::move(*standee));
    auto const* its = directory.market(market);
    auto const each = [&](std::size_t done) { return !progress || progress(done, standees.size()); };
    return qr::standee_pack(standees, size, its == nullptr ? "Chợ Số" : its->name, each);
}

}  // namespace choso::pages
