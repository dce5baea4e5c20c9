#include <charconv>

#include "gateway/cli/admin_parts.hpp"
#include "gateway/cli/sql.hpp"
#include "merchants/scopes.hpp"

namespace choso::cli {
namespace {

using postgres::Params;
using postgres::Statement;

/// A noun's `list`: a statement and what its columns are.
Action listing(std::string_view noun, std::string_view text, std::vector<Column> columns) {
    Statement statement{"admin_list_" + std::string{noun}, std::string{text}};
    return {noun, "list", {}, false, [statement, columns](Context const& context, Options const& options) {
                auto connection = context.connect();
                print_rows(context.out, connection.query(statement), columns, options.has("--json"));
                return exit_done;
            }};
}

std::int64_t limit_of(Options const& options) {
    constexpr std::int64_t standard = 50;
    constexpr std::int64_t most = 10'000;
    auto const given = options.value("--limit");
    if (!given) return standard;
    std::int64_t limit = 0;
    auto const* const last = given->data() + given->size();
    auto const [end, error] = std::from_chars(given->data(), last, limit);
    if (error != std::errc{} || end != last || limit < 1 || limit > most)
        throw BadOption{"--limit takes a number from 1 to 10000, not " + std::string{*given}};
    return limit;
}

/// The same for tables that grow: newest first, so many.
Action newest(std::string_view noun, std::string_view text, std::vector<Column> columns) {
    Statement statement{"admin_list_" + std::string{noun}, std::string{text}};
    return {noun, "list", {"--limit="}, false, [statement, columns](Context const& context, Options const& options) {
                auto const limit = limit_of(options);
                auto connection = context.connect();
                print_rows(context.out, connection.query(statement, Params::of(limit)), columns, options.has("--json"));
                return exit_done;
            }};
}

int list_scopes(Context const& context, Options const& options) {
    std::vector<Field> fields;
    for (auto const& it : merchants::scope::all()) fields.push_back({it.name, std::string{it.meaning_en}});
    print_fields(context.out, fields, options.has("--json"));
    return exit_done;
}

}  // namespace

std::vector<Action> list_actions() {
    Column const market{"market", Shown::id, "mkt"};
    Column const collector{"collector", Shown::id, "col"};
    Column const merchant{"merchant", Shown::id, "mer"};
    Column const account{"account", Shown::id, "ba"};
    Column const stall{"stall", Shown::id, "stall"};
    Column const created{"created_at", Shown::time};
    Column const revoked{"revoked_at", Shown::time};
    return {
        listing("market", sql::list_markets, {market, {"name"}, {"ward"}, {"province"}, {"stalls", Shown::number}}),
        listing("collector", sql::list_collectors,
                {collector, {"name"}, {"mode"}, {"bucket", Shown::number}, {"live", Shown::flag}, {"merchants", Shown::number}}),
        listing("merchant", sql::list_merchants,
                {merchant, {"name"}, {"kind"}, {"live", Shown::flag}, collector, {"is_owner", Shown::flag}}),
        listing("account", sql::list_accounts,
                {account, {"bin"}, {"number"}, {"holder"}, {"coverage"}, {"keeps_unreferenced", Shown::flag}, collector,
                 {"valid_from", Shown::time}, {"valid_to", Shown::time}}),
        listing("payout-account", sql::list_payout_accounts,
                {{"payout_account", Shown::id, "pa"}, merchant, {"bin"}, {"number"}, {"holder"}, {"valid_from", Shown::time}, {"valid_to", Shown::time}}),
        listing("due", sql::list_due,
                {merchant, {"name"}, {"seen", Shown::number}, {"confirmed", Shown::number}, {"proposed", Shown::number},
                 {"in_payout", Shown::number}, {"payout_account", Shown::id, "pa"}}),
        listing("virtual-account", sql::list_virtual_accounts, {{"bin"}, {"number"}, account, stall}),
        listing("stall", sql::list_stalls, {stall, {"name"}, {"number"}, {"market"}, merchant, account, {"reference"}}),
        listing("key", sql::list_keys,
                {{"key", Shown::id, "key"}, {"name"}, {"prefix"}, {"live", Shown::flag}, {"scopes", Shown::list},
                 {"merchants", Shown::number}, created, revoked}),
        listing("feed", sql::list_feeds,
                {{"feed", Shown::id, "feed"}, {"source", Shown::number}, {"kind"}, {"name"}, {"auth"},
                 {"accounts", Shown::number}, created, revoked}),
        newest("notices", sql::list_notices,
               {{"id", Shown::number}, {"received_at", Shown::time}, {"reason"}, {"feed", Shown::id, "feed"}, {"remote"}, {"body"},
                {"headers"}}),
        newest("quarantine", sql::list_quarantine,
               {{"id", Shown::id, "qua"}, {"bucket", Shown::number}, {"at", Shown::time}, {"command"}, {"error"}, {"bytes"}}),
        {"scope", "list", {}, false, list_scopes},
    };
}

}  // namespace choso::cli
