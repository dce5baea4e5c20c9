#include "gateway/cli/reconcile.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/json/json.hpp"
#include "settlement/imports/importer.hpp"
#include "settlement/imports/report.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    "usage: choso reconcile [--day YYYY-MM-DD] [--json] [--config FILE]\n"
    "Finishes what a stopped import left, judges again what was held, then shows a day's lines of the banks (yesterday's, if\n"
    "none is named), account by account: in the book, for whom, in suspense, kept out, held; and money that a notice told two\n"
    "days before and no statement's line confirms. Exit 1 while a line is held or its money in no place of the book.\n";

constexpr auto missing_shown = std::int64_t{1'000};

std::string to_json(std::chrono::sys_days day, std::vector<imports::DayOfAccount> const& accounts, std::vector<imports::MissingLine> const& missing) {
    auto text = std::string{};
    auto out = json::Writer{text};
    out.object().member("day", statements::text(day)).key("accounts").array();
    for (auto const& each : accounts) {
        out.object().member("account", each.account.text()).member("lines", each.lines).member("in_book", each.in_book).member("allocated", each.allocated);
        out.member("unreferenced", each.unreferenced).member("outside", each.outside).member("reversed", each.reversed).member("kept_out", each.kept_out);
        out.member("held", each.held).member("sum", each.sum).member("not_in_book", each.not_in_book).end();
    }
    out.end().key("missing_lines").array();
    for (auto const& each : missing)
        out.object().member("payment", each.payment.text()).member("account", each.account.text()).member("amount", each.amount).member("occurred_at", to_rfc3339(each.occurred_at)).end();
    out.end().end();
    return text;
}

void print(Context const& context, std::vector<imports::DayOfAccount> const& accounts, std::vector<imports::MissingLine> const& missing) {
    for (auto const& each : accounts)
        context.out << each.account.text() << "  lines " << each.lines << "  in book " << each.in_book << "  allocated " << each.allocated << "  suspense " << each.unreferenced
                    << "  outside " << each.outside << "  reversed " << each.reversed << "  kept out " << each.kept_out << "  held " << each.held << "  difference "
                    << with_dots(each.not_in_book) << '\n';
    for (auto const& each : missing)
        context.out << "no line: " << each.payment.text() << "  " << each.account.text() << "  " << with_dots(each.amount) << "  " << to_page_time(each.occurred_at) << '\n';
}

}  // namespace

int reconcile(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso reconcile", help, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--day=", "--json"});
        if (!options) return context.misused(options.error().text);
        if (!options->words().empty()) return context.misused("takes no such argument: " + std::string{options->words().front()});
        auto clock = merchants::AdvancedClock{};
        auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
        auto day = vietnam_day(clock.now()) - std::chrono::days{1};
        if (auto const value = options->value("--day")) {
            auto const parsed = parse_day(*value);
            if (!parsed) return context.misused("--day takes a day YYYY-MM-DD, not " + std::string{*value});
            day = *parsed;
        }
        auto const& key = directory.installation().reference_key;
        auto const reference_key = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()});
        if (!reference_key) return context.refused("the installation's reference key is missing: run `choso migrate`");
        auto how = payments::CoreOptions{};
        how.database_url = context.settings.database_url;
        {
            auto core = payments::Core{std::move(how), *reference_key, {}, {}};
            imports::Importer{context.settings.database_url, core, [&] { return directory.current(); }, clock}.resume();
        }
        auto connection = context.connect();
        auto const accounts = imports::reconcile_day(connection, day);
        auto const missing = imports::missing_lines(connection, Instant{day - std::chrono::days{1}} - vietnam_offset, missing_shown);
        if (options->has("--json")) context.out << to_json(day, accounts, missing) << '\n';
        else print(context, accounts, missing);
        for (auto const& each : accounts)
            if (each.held > 0 || each.in_book + each.kept_out != each.lines) return exit_refused;
        return exit_done;
    });
}

}  // namespace choso::cli
