#include "simulator/setup.hpp"

#include <algorithm>
#include <charconv>

#include "qr/banks.hpp"
#include "simulator/book_line.hpp"

namespace choso::bank {
namespace {

using Failure = std::string;

Result<AccountKey, Failure> key_in(json::Value const& value) {
    auto out = AccountKey{text_in(value, "bin"), text_in(value, "account")};
    auto const is_plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (qr::find_by_bin(out.bin) == nullptr) return Failure{"bin: no bank has the number '" + out.bin + "'"};
    if (out.number.empty() || out.number.size() > 19 || !std::all_of(out.number.begin(), out.number.end(), is_plain))
        return Failure{"account: needs 1 to 19 letters and digits"};
    return out;
}

Result<Subscription, Failure> subscription_in(json::Value const& value) {
    auto out = Subscription{};
    out.name = text_in(value, "name");
    if (out.name.empty()) return Failure{"subscriptions: each needs a name"};
    auto const kind = text_in(value, "kind");
    if (kind != "sepay" && kind != "camt") return Failure{"subscriptions: kind is sepay or camt, not '" + kind + "'"};
    out.kind = kind == "sepay" ? Subscription::Kind::sepay : Subscription::Kind::camt;
    auto const place = Place::parse(text_in(value, "url"));
    if (!place) return Failure{"subscriptions: url needs the form http://host:port/path"};
    out.to = *place;
    auto const auth = text_in(value, "auth");
    if (!auth.empty() && auth != "apikey" && auth != "hmac") return Failure{"subscriptions: auth is apikey or hmac, not '" + auth + "'"};
    out.auth = auth == "hmac" ? Subscription::Auth::hmac : Subscription::Auth::apikey;
    out.key = text_in(value, "key");
    if (auto const* accounts = value.find("accounts"))
        for (auto const& account : accounts->items()) {
            auto key = key_in(account);
            if (!key) return key.error();
            out.accounts.push_back(std::move(key).value());
        }
    return out;
}

}  // namespace

std::optional<Place> Place::parse(std::string_view url) {
    if (!url.starts_with("http://")) return std::nullopt;
    url.remove_prefix(7);
    auto const slash = std::min(url.find('/'), url.size());
    auto const authority = url.substr(0, slash);
    auto const colon = authority.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    auto out = Place{std::string{authority.substr(0, colon)}, 0, slash == url.size() ? "/" : std::string{url.substr(slash)}};
    auto const digits = authority.substr(colon + 1);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || out.port == 0) return std::nullopt;
    if (out.host.starts_with('[') && out.host.ends_with(']')) out.host = out.host.substr(1, out.host.size() - 2);
    return out;
}

bool Subscription::covers(AccountKey const& account) const {
    return accounts.empty() || std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

Result<Setup, std::string> parse_setup(std::string_view text) {
    auto const read = json::parse(text);
    if (!read || !read->is_object()) return Failure{read ? "not a JSON object" : read.error().message};
    auto out = Setup{};
    if (auto const* accounts = read->find("accounts"))
        for (auto const& account : accounts->items()) {
            auto key = key_in(account);
            if (!key) return "accounts: " + key.error();
            out.accounts.push_back({std::move(key).value(), text_in(account, "holder"), Money{number_in(account, "opening")}});
        }
    if (auto const* subscriptions = read->find("subscriptions"))
        for (auto const& value : subscriptions->items()) {
            auto subscription = subscription_in(value);
            if (!subscription) return subscription.error();
            out.subscriptions.push_back(std::move(subscription).value());
        }
    if (auto const* payouts = read->find("payouts")) out.payout_token = text_in(*payouts, "token");
    if (auto const* requests = read->find("requests")) {
        out.requests = Place::parse(text_in(*requests, "url"));
        if (!out.requests) return Failure{"requests: url needs the form http://host:port/path"};
        out.requests_key = text_in(*requests, "key");
    }
    if (auto const* every = read->find("camt_every")) {
        auto const seconds = every->as_int();
        if (!seconds || *seconds < 0 || *seconds > 86'400) return Failure{"camt_every: seconds from 0 to 86400"};
        out.camt_every = Seconds{*seconds};
    }
    return out;
}

}  // namespace choso::bank
