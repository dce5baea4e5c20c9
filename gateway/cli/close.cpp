#include "gateway/cli/close.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/json/json.hpp"
#include "settlement/close/close.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso close --day YYYY-MM-DD [--reopen --reason WORDS] [--json] [--config FILE]\n"
    "Ends a day (in Vietnam) of every book: opening + movements = closing for each ledger account, clearing accounts at zero or\n"
    "explained by what is open. Days before it that were not closed are closed first. Closed twice it does nothing; --reopen\n"
    "looks again at what explains the rests, as a further revision. Exit 1 if a rest is not explained.\n";

struct Total {
    std::int64_t buckets = 0, accounts = 0, clearing = 0, unexplained = 0, before = 0;
    int revision = 0;
};

void print(Context const& context, std::string_view day, Total const& total, bool as_json) {
    if (as_json) {
        std::string text;
        json::Writer{text}.object().member("day", day).member("books", total.buckets).member("accounts", total.accounts).member("clearing", total.clearing)
            .member("unexplained", total.unexplained).member("closed_before", total.before).member("revision", total.revision).end();
        context.out << text << '\n';
        return;
    }
    context.out << day << ": " << total.buckets << " books, " << total.accounts << " accounts touched, " << total.clearing
                << " clearing accounts not at zero, " << total.unexplained << " of them not explained";
    if (total.before > 0) context.out << "; " << total.before << " books were closed before";
    context.out << '\n';
}

}  // namespace

int close_day(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso close", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--day=", "--reason=", "--reopen", "--json"});
        if (!options) return context.misused(options.error().text);
        if (!options->words().empty()) return context.misused("takes no such argument: " + std::string{options->words().front()});
        auto const named = options->value("--day");
        if (!named) return context.misused("--day is missing");
        auto const day = parse_day(*named);
        if (!day) return context.misused("--day takes a day YYYY-MM-DD, not " + std::string{*named});
        if (options->has("--reopen") && options->text("--reason").empty()) return context.misused("--reopen needs a --reason");
        auto clock = merchants::AdvancedClock{};
        auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
        if (Instant{*day + std::chrono::days{1}} - vietnam_offset > clock.now()) return context.refused("the day is not over yet: " + std::string{*named});
        auto connection = context.connect(std::chrono::minutes{5});
        auto total = Total{};
        for (auto n = 0; n < Bucket::count; ++n) {
            auto const bucket = Bucket::of_bits(static_cast<std::uint64_t>(n));
            auto const done = options->has("--reopen") ? settlement::reopen_day(connection, bucket, *day, {}, options->text("--reason"), clock.now())
                                                       : settlement::close_day(connection, bucket, *day, {}, clock.now());
            if (!done) continue;
            ++total.buckets;
            total.accounts += done->accounts;
            total.clearing += done->clearing;
            total.unexplained += done->unexplained;
            total.before += done->before ? 1 : 0;
            total.revision = std::max(total.revision, done->revision);
        }
        if (options->has("--reopen") && total.buckets == 0) return context.refused("the day was never closed: " + std::string{*named});
        print(context, *named, total, options->has("--json"));
        return total.unexplained == 0 ? exit_done : exit_refused;
    });
}

}  // namespace choso::cli
