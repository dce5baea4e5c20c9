#include <map>
#include <set>

#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "qr/banks.hpp"

namespace choso::api {
namespace {

/// The number is shown whole: only merchants of the caller's own key come this far.
std::string to_json(merchants::BankAccount const& account) {
    auto const* bank = qr::find_by_bin(account.bin);
    std::string out;
    json::Writer{out}.object().member("id", account.id.text()).member("bin", account.bin)
        .member("bank", bank != nullptr ? bank->display_name() : std::string_view{}).member("number", account.number)
        .member("holder", account.holder).member("coverage", account.complete ? "complete" : "credits_only").end();
    return out;
}

/// What the merchants and their stalls are paid into.
std::vector<merchants::BankAccount const*> accounts_of(std::vector<merchants::Merchant const*> const& merchants,
                                                       merchants::Directory const& directory) {
    auto named = std::set<MerchantId>{};
    auto found = std::map<AccountId, merchants::BankAccount const*>{};
    auto const add = [&](merchants::BankAccount const* account) {
        if (account != nullptr) found.emplace(account->id, account);
    };
    for (auto const* merchant : merchants) {
        named.insert(merchant->id);
        add(directory.account_for(*merchant, nullptr));
    }
    for (auto const* stall : directory.stalls())
        if (named.contains(stall->merchant)) add(directory.account(stall->account));
    auto out = std::vector<merchants::BankAccount const*>{};
    for (auto const& [id, account] : found) out.push_back(account);
    return out;
}

}  // namespace

http::Handler list_bank_accounts(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, "");
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const window = window_of(request, accounts_of(*merchants, *caller->directory));
        if (!window) return respond(to_response(window.error(), audience));
        auto list = ListJson{};
        for (auto const* account : window->rows) list.add(to_json(*account));
        respond(json_response(200, list.close(window->next)));
    };
}

}  // namespace choso::api
