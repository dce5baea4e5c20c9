#include "gateway/cli/ledger.hpp"

#include <ostream>

#include "gateway/cli/settings.hpp"
#include "gateway/payments/ledger_export.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso ledger export [--format hledger|csv|json] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--config FILE]\n"
    "Writes the journal; days are Vietnam's, by the bank's time, both included.\n";

std::optional<payments::ExportFormat> format_of(std::string_view word) {
    if (word == "hledger") return payments::ExportFormat::hledger;
    if (word == "csv") return payments::ExportFormat::csv;
    if (word == "json") return payments::ExportFormat::json;
    return std::nullopt;
}

std::optional<std::chrono::sys_days> day_of(std::string_view word) {
    if (word.size() != 10) return std::nullopt;
    auto const at = parse_rfc3339(std::string{word} + "T00:00:00Z");
    if (!at) return std::nullopt;
    return std::chrono::floor<std::chrono::days>(*at);
}

}  // namespace

int ledger(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    auto const settings = Settings::load(args);
    auto const refuse = [&](std::string_view what, std::string_view arg) {
        err << "choso ledger: " << what << ' ' << arg << '\n' << usage;
        return 2;
    };
    if (!args.empty() && args.front() == "--help") return out << usage, 0;
    if (args.empty() || args.front() != "export") return refuse("expected: export, not", args.empty() ? "nothing" : args.front());
    auto format = payments::ExportFormat::hledger;
    auto range = payments::ExportRange{};
    for (std::size_t i = 1; i < args.size(); ++i) {
        if (args[i] == "--help") return out << usage, 0;
        if (args[i] != "--format" && args[i] != "--from" && args[i] != "--to") return refuse("unknown option", args[i]);
        if (i + 1 == args.size()) return refuse("a value is missing after", args[i]);
        auto const value = args[i + 1];
        if (args[i] == "--format") {
            auto const known = format_of(value);
            if (!known) return refuse("unknown format", value);
            format = *known;
        } else {
            auto const day = day_of(value);
            if (!day) return refuse("not a day YYYY-MM-DD:", value);
            (args[i] == "--from" ? range.from : range.to) = *day;
        }
        ++i;
    }
    if (!settings) {
        for (auto const& complaint : settings.error()) err << "choso ledger: " << complaint << '\n';
        return 2;
    }
    try {
        auto connection = postgres::Connection{settings->database_url};
        payments::export_ledger(connection, format, range, [&out](std::string const& piece) { out << piece; });
        out.flush();
        if (!out) return err << "choso ledger: the output could not be written\n", 1;
        return 0;
    } catch (std::exception const& failed) {
        err << "choso ledger: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace choso::cli
