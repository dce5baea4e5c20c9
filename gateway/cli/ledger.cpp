#include "gateway/cli/ledger.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
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

}  // namespace

int ledger(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso ledger", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--format=", "--from=", "--to="});
        if (!options) return context.misused(options.error().text);
        if (options->words() != std::vector<std::string_view>{"export"}) return context.misused("knows: export");
        auto const format = format_of(options->value("--format").value_or("hledger"));
        if (!format) return context.misused("--format takes hledger, csv or json");
        auto range = payments::ExportRange{};
        for (auto const& [name, day] : {std::pair{"--from", &range.from}, std::pair{"--to", &range.to}}) {
            auto const value = options->value(name);
            if (!value) continue;
            *day = parse_day(*value);
            if (!*day) return context.misused(std::string{name} + " takes a day YYYY-MM-DD, not " + std::string{*value});
        }
        auto connection = context.connect();
        payments::export_ledger(connection, *format, range, [&context](std::string const& piece) { context.out << piece; });
        context.out.flush();
        return context.out ? exit_done : context.refused("the output could not be written");
    });
}

}  // namespace choso::cli
