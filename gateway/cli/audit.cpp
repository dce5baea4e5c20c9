#include "gateway/cli/audit.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/payments/audit.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso audit export [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--format json|csv] [--config FILE]\n"
    "Writes the audit trail, oldest first in each bucket; days are Vietnam's, both included. `choso verify` checks its chain.\n";

}  // namespace

int audit(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso audit", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--format=", "--from=", "--to="});
        if (!options) return context.misused(options.error().text);
        if (options->words() != std::vector<std::string_view>{"export"}) return context.misused("knows: export");
        auto const word = options->value("--format").value_or("json");
        if (word != "json" && word != "csv") return context.misused("--format takes json or csv");
        auto const format = word == "json" ? payments::AuditFormat::json : payments::AuditFormat::csv;
        auto range = payments::AuditRange{};
        for (auto const& [name, end] : {std::pair{"--from", &range.from}, std::pair{"--to", &range.to}}) {
            auto const value = options->value(name);
            if (!value) continue;
            *end = parse_vietnam_time(std::string{*value} + " 00:00:00");
            if (value->size() != 10 || !*end) return context.misused(std::string{name} + " takes a day YYYY-MM-DD, not " + std::string{*value});
        }
        if (range.to) *range.to += std::chrono::days{1};
        auto connection = context.connect(std::chrono::minutes{30});
        if (format == payments::AuditFormat::csv) context.out << payments::audit_csv_head;
        payments::read_audit(connection, range, [&](payments::AuditRow const& row) { context.out << payments::audit_line(row, format); });
        context.out.flush();
        return context.out ? exit_done : context.refused("the output could not be written");
    });
}

}  // namespace choso::cli
