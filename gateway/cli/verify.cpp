#include "gateway/cli/verify.hpp"

#include <algorithm>
#include <iomanip>
#include <iterator>
#include <ostream>
#include <span>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/payments/verify.hpp"
#include "merchants/benefits/verify.hpp"
#include "merchants/complaints/verify.hpp"
#include "merchants/deposits/verify.hpp"
#include "merchants/receipts/verify.hpp"
#include "platform/json/json.hpp"
#include "settlement/close/close.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso verify [--json] [--config FILE]\n"
    "Checks every invariant over the whole book, from one snapshot. Exit 1 if any is broken.\n";

void print_json(std::ostream& out, std::vector<payments::InvariantResult> const& results, bool ok) {
    std::string text;
    auto json = json::Writer{text};
    json.object().member("ok", ok).key("invariants").array();
    for (auto const& result : results) {
        json.object().member("name", result.name).member("ok", result.broken == 0).member("checked", result.checked);
        json.member("broken", result.broken).key("examples").array();
        for (auto const& example : result.examples) json.value(example);
        json.end().end();
    }
    json.end().end();
    out << text << '\n';
}

void print_table(std::ostream& out, std::vector<payments::InvariantResult> const& results) {
    for (auto const& result : results) {
        out << (result.broken == 0 ? "ok      " : "BROKEN  ") << std::left << std::setw(40) << result.name << std::right << std::setw(12)
            << result.checked << " checked" << std::setw(8) << result.broken << " broken\n";
        for (auto const& example : result.examples) out << "          " << example << '\n';
    }
}

/// What the families say of their own rows.
std::vector<payments::Invariant> of_families() {
    auto out = std::vector<payments::Invariant>{};
    auto const add = [&out](std::span<payments::Invariant const> some) { out.insert(out.end(), some.begin(), some.end()); };
    add(receipts::invariants());
    add(benefits::invariants());
    add(deposits::invariants());
    add(complaints::invariants());
    return out;
}

}  // namespace

int verify(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso verify", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--json"});
        if (!options) return context.misused(options.error().text);
        if (!options->words().empty()) return context.misused("takes no such argument: " + std::string{options->words().front()});
        auto connection = context.connect(std::chrono::minutes{30});  // a whole book is read
        auto results = payments::verify(connection, of_families());
        std::ranges::move(settlement::verify_closes(connection), std::back_inserter(results));
        auto const ok = std::ranges::all_of(results, [](auto const& result) { return result.broken == 0; });
        if (options->has("--json")) print_json(context.out, results, ok);
        else print_table(context.out, results);
        return ok ? exit_done : exit_refused;
    });
}

}  // namespace choso::cli
