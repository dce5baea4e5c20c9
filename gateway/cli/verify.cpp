#include "gateway/cli/verify.hpp"

#include <iomanip>
#include <ostream>

#include "gateway/cli/settings.hpp"
#include "gateway/payments/verify.hpp"
#include "platform/json/json.hpp"

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

}  // namespace

int verify(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    auto const settings = Settings::load(args);
    auto as_json = false;
    for (auto const arg : args) {
        if (arg == "--help") return out << usage, 0;
        if (arg != "--json") return err << "choso verify: unknown option " << arg << '\n' << usage, 2;
        as_json = true;
    }
    if (!settings) {
        for (auto const& complaint : settings.error()) err << "choso verify: " << complaint << '\n';
        return 2;
    }
    try {
        auto how = postgres::ConnectionOptions{};
        how.application_name = "choso verify";
        how.answer_timeout = std::chrono::minutes{30};
        auto connection = postgres::Connection{settings->database_url, how};
        auto const results = payments::verify(connection);
        auto ok = true;
        for (auto const& result : results) ok = ok && result.broken == 0;
        if (as_json) print_json(out, results, ok);
        else print_table(out, results);
        return ok ? 0 : 1;
    } catch (std::exception const& failed) {
        err << "choso verify: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace choso::cli
