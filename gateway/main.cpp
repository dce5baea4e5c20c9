// choso: one program. `serve` is the gateway; the other subcommands are an operator's and an integrator's tools.
#include <array>
#include <csignal>
#include <functional>
#include <iostream>
#include <string_view>
#include <vector>

#include "gateway/cli/admin.hpp"
#include "gateway/cli/audit.hpp"
#include "gateway/cli/catalogue.hpp"
#include "gateway/cli/clock.hpp"
#include "gateway/cli/close.hpp"
#include "gateway/cli/config.hpp"
#include "gateway/cli/invoice.hpp"
#include "gateway/cli/ledger.hpp"
#include "gateway/cli/migrate.hpp"
#include "gateway/cli/qr.hpp"
#include "gateway/cli/reconcile.hpp"
#include "gateway/cli/reference.hpp"
#include "gateway/cli/say.hpp"
#include "gateway/cli/seed.hpp"
#include "gateway/cli/settle.hpp"
#include "gateway/cli/statement.hpp"
#include "gateway/cli/trace.hpp"
#include "gateway/cli/verify.hpp"
#include "gateway/serve.hpp"

namespace {

using Arguments = std::vector<std::string_view>;

struct Subcommand {
    std::string_view name;
    int (*run)(Arguments, std::istream&, std::ostream&, std::ostream&);
    std::string_view what;
};

constexpr auto subcommands = std::to_array<Subcommand>({
    {"serve", choso::cli::serve, "run the gateway"},
    {"migrate", choso::cli::migrate, "bring the database to this version"},
    {"seed", choso::cli::seed, "demo: an invented province to try things on"},
    {"config", choso::cli::config_command, "check or print the configuration"},
    {"admin", choso::cli::admin, "merchants, stalls, accounts, keys, feeds, notices"},
    {"clock", choso::cli::clock, "show or advance test mode's clock"},
    {"settle", choso::cli::settle, "propose payouts of what collectors owe"},
    {"seller", choso::cli::seller, "open, identify, approve and suspend sellers"},
    {"catalogue", choso::cli::catalogue, "import, export and moderate products"},
    {"trace", choso::cli::trace, "lots, their events, stamps for the printer, EPCIS"},
    {"close", choso::cli::close_day, "end a day of the books"},
    {"verify", choso::cli::verify, "check every invariant over the whole book"},
    {"audit", choso::cli::audit, "export the audit trail"},
    {"ledger", choso::cli::ledger, "export the journal"},
    {"invoice", choso::cli::invoice, "electronic invoices of receipts"},
    {"qr", choso::cli::qr, "parse, make and verify VietQR payloads"},
    {"statement", choso::cli::statement, "read banks' statements, and take them into the book"},
    {"reconcile", choso::cli::reconcile, "a day's lines of the banks against the book"},
    {"reference", choso::cli::reference, "make and find KX-12 references"},
    {"say", choso::cli::say, "an amount in Vietnamese words"},
});

int usage(std::ostream& out) {
    out << "usage: choso SUBCOMMAND [OPTION…]     choso SUBCOMMAND --help says more\n\n";
    for (auto const& subcommand : subcommands)
        out << "  " << subcommand.name << std::string(12 - subcommand.name.size(), ' ') << subcommand.what << '\n';
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::ios::sync_with_stdio(false);
    auto const all = Arguments{argv + 1, argv + argc};
    if (all.empty()) return usage(std::cerr), 2;
    if (all.front() == "--help" || all.front() == "help") return usage(std::cout);
    if (all.front() == "--version") return std::cout << "choso " << CHOSO_VERSION << '\n', 0;
    for (auto const& subcommand : subcommands) {
        if (subcommand.name != all.front()) continue;
        try {
            return subcommand.run({all.begin() + 1, all.end()}, std::cin, std::cout, std::cerr);
        } catch (std::exception const& failed) {
            std::cerr << "choso " << subcommand.name << ": " << failed.what() << '\n';
            return 1;
        }
    }
    std::cerr << "choso: unknown subcommand " << all.front() << "\n\n";
    return usage(std::cerr), 2;
}
