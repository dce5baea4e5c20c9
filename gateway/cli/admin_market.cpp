#include "gateway/cli/admin_market.hpp"

#include <fstream>
#include <sstream>

#include "merchants/directory_watch.hpp"
#include "merchants/stalls/market_import.hpp"
#include "merchants/stalls/markets.hpp"
#include "merchants/stalls/places.hpp"
#include "merchants/stalls/stalls.hpp"

namespace choso::cli {
namespace {

std::optional<std::string> read_file(std::string const& path) {
    auto file = std::ifstream{path, std::ios::binary};
    if (!file) return std::nullopt;
    auto text = std::stringstream{};
    text << file.rdbuf();
    return text.str();
}

int import_market(Context const& context, Options const& options) {
    auto const path = std::string{options.words().front()};
    auto const market = id_of<MarketId>(needed(options, "--market"), "--market", "mkt");
    auto const file = read_file(path);
    if (!file) return context.refused("cannot read " + path);
    auto connection = context.connect();
    auto const done = merchants::import_market(connection, {}, market, options.has("--live"), merchants::read_market(*file));
    if (!done.errors.empty()) {
        if (auto const errors = options.value("--errors")) std::ofstream{std::string{*errors}, std::ios::binary} << merchants::errors_csv(done.errors);
        for (auto const& each : done.errors)
            context.err << "row " << each.row << ": " << each.field << " '" << each.value << "' " << each.rule << '\n';
        return context.refused(std::to_string(done.errors.size()) + " cells cannot be taken; no stall was made");
    }
    for (auto const& each : done.stalls)
        print_fields(context.out,
                     {{"row", std::to_string(each.row.row)}, {"stall", each.id.text()}, {"merchant", each.merchant.text()}, {"number", each.row.number},
                      {"name", each.row.name}, {"reference", each.reference},
                      {"link", context.settings.http_base_url + "/stall/" + std::string{each.link_token.reveal()}}},
                     options.has("--json"));
    return exit_done;
}

int give_market(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const market = id_of<MarketId>(needed(options, "--market"), "--market", "mkt");
    auto const login = needed(options, "--login");
    auto const done = merchants::give_market(connection, {}, login, market, options.has("--totals"));
    return answer(context, options, done, [&](merchants::Done) { return std::vector<Field>{{"market", market.text()}, {"login", login}}; });
}

int import_places(Context const& context, Options const& options) {
    auto const path = std::string{options.words().front()};
    auto const file = read_file(path);
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
    return {{"market", "import", {"--market=", "--errors=", "--live"}, true, import_market},
            {"market", "manage", {"--market=", "--login=", "--totals"}, false, give_market},
            {"places", "import", {}, true, import_places},
            {"account-change", "ask", {"--stall=", "--account="}, false, ask_change}};
}

}  // namespace choso::cli
