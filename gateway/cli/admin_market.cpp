#include "gateway/cli/admin_market.hpp"

#include "merchants/directory_watch.hpp"
#include "merchants/stalls/markets.hpp"
#include "merchants/stalls/places.hpp"
#include "merchants/stalls/stalls.hpp"

namespace choso::cli {
namespace {

int give_market(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const market = id_of<MarketId>(needed(options, "--market"), "--market", "mkt");
    auto const login = needed(options, "--login");
    auto const done = merchants::give_market(connection, {}, login, market, options.has("--totals"));
    return answer(context, options, done, [&](merchants::Done) { return std::vector<Field>{{"market", market.text()}, {"login", login}}; });
}

int import_places(Context const& context, Options const& options) {
    auto const path = std::string{options.words().front()};
    auto const file = read_whole_file(path);
    if (!file) return context.refused("cannot read " + path);
    auto connection = context.connect();
    auto const done = merchants::import_aliases(connection, *file);
    return answer(context, options, done, [](std::size_t count) { return std::vector<Field>{{"names", std::to_string(count)}}; });
}

int ask_change(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const stall = id_of<StallId>(needed(options, "--stall"), "--stall", "stall");
    auto const account = id_of<AccountId>(needed(options, "--account"), "--account", "ba");
    auto const made = merchants::ask_account_change(connection, {}, stall, account, clock.now());
    return answer(context, options, made, [](merchants::AccountChange const& it) {
        return std::vector<Field>{{"change", it.id.text()}, {"stall", it.stall.text()}, {"earliest", to_rfc3339(it.earliest)}};
    });
}

}  // namespace

std::vector<Action> market_actions() {
    return {{"market", "manage", {"--market=", "--login=", "--totals"}, false, give_market},
            {"places", "import", {}, true, import_places},
            {"account-change", "ask", {"--stall=", "--account="}, false, ask_change}};
}

}  // namespace choso::cli
