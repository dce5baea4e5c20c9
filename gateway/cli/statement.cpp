#include "gateway/cli/statement.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/json/json.hpp"
#include "settlement/imports/importer.hpp"
#include "settlement/statements/file.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso statement parse [--format auto|camt|camt.052|camt.053|camt.054|mt940|mt942|csv|xlsx] FILE…
       choso statement import [--json] [--config FILE] FILE…

parse  reads banks' statements: camt.052, 053 and 054 of every version, MT940 and MT942, Vietnamese banks' CSV and XLSX. Prints one
line of JSON a statement: account, balances, lines (amounts with sign, + is money in), and `proof`: `ok` if opening balance
and lines make the closing balance, `broken` if not, `absent` without both balances.

A file that is no statement is refused with the reason, and the exit code is 1; the other files are still read.

import takes them into the book: known payments are confirmed, new ones told, every line kept with its payment. Nothing is
booked of a statement that does not prove itself (state `held`). A file may be given again, and by several at once.
)";

int misused(std::ostream& err, std::string_view what) {
    err << "choso statement: " << what << "\nTry 'choso statement --help'.\n";
    return 2;
}

/// The statements of one file on `out`, or why not on `err`.
bool print_file(std::string_view name, statements::ParseOptions const& options, std::ostream& out, std::ostream& err) {
    auto const file = statements::File::open(std::string{name});
    if (!file) {
        err << "choso statement: " << name << ": cannot be read: " << file.error() << '\n';
        return false;
    }
    auto const parsed = statements::parse_whole(file->bytes(), options);
    if (parsed.refused) {
        auto const& why = *parsed.refused;
        err << "choso statement: " << name << ": " << why.code << ": " << why.message;
        if (why.place > 0) err << " (at " << why.place << ')';
        err << '\n';
        return false;
    }
    for (auto const& each : parsed.statements) out << statements::to_json(name, each) << '\n';
    return true;
}

void print_imported(std::string_view name, imports::Imported const& imported, bool as_json, std::ostream& out) {
    for (auto const& each : imported.statements) {
        auto text = std::string{};
        if (as_json) {
            auto json = json::Writer{text};
            json.object().member("file", name).member("statement", each.id).member("account", each.account).member("format", each.format).member("proof", each.proof);
            json.member("state", each.state).member("why", each.why).member("lines", each.lines).member("confirmed", each.confirmed);
            json.member("posted", each.posted).member("repeated", each.repeated).member("kept_out", each.kept_out).end();
        } else {
            text = std::string{name} + "  " + each.account + "  " + each.format + "  proof " + each.proof + "  " + each.state + (each.why.empty() ? "" : " (" + each.why + ")") +
                   "  lines " + std::to_string(each.lines) + "  confirmed " + std::to_string(each.confirmed) + "  posted " + std::to_string(each.posted) + "  repeated " +
                   std::to_string(each.repeated) + "  kept out " + std::to_string(each.kept_out);
        }
        out << text << '\n';
    }
}

int import_files(Context const& context, std::vector<std::string_view> const& args) {
    auto const options = Options::parse(args, {"--json"});
    if (!options) return context.misused(options.error().text);
    if (options->words().empty()) return context.misused("import needs a file");
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const& key = directory.installation().reference_key;
    auto const reference_key = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()});
    if (!reference_key) return context.refused("the installation's reference key is missing: run `choso migrate`");
    auto how = payments::CoreOptions{};
    how.database_url = context.settings.database_url;
    auto core = payments::Core{std::move(how), *reference_key, {}, {}};
    auto importer = imports::Importer{context.settings.database_url, core, [&] { return directory.current(); }, clock};
    auto ok = true;
    for (auto const name : options->words()) {
        auto const file = statements::File::open(std::string{name});
        if (!file) {
            context.refused(std::string{name} + ": cannot be read: " + file.error());
            ok = false;
            continue;
        }
        auto const base = name.substr(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
        auto const imported = importer.take(base, file->bytes(), {"cli", {}});
        if (imported.refused) context.refused(std::string{name} + ": " + imported.refused->code + ": " + imported.refused->message);
        ok = ok && !imported.refused;
        print_imported(name, imported, options->has("--json"), context.out);
    }
    return ok ? exit_done : exit_refused;
}

int parse(std::vector<std::string_view> const& args, std::ostream& out, std::ostream& err) {
    auto const options = Options::parse(args, {"--format="});
    if (!options) return misused(err, options.error().text);
    auto how = statements::ParseOptions{};
    if (auto const name = options->value("--format")) {
        auto const format = statements::format_of(*name);
        if (!format) return misused(err, "--format takes " + std::string{statements::format_names()} + ", not " + std::string{*name});
        how.format = *format;
    }
    if (options->words().empty()) return misused(err, "parse needs a file");
    auto ok = true;
    for (auto const name : options->words()) ok = print_file(name, how, out, err) && ok;
    out.flush();
    return ok && out ? 0 : 1;
}

}  // namespace

int statement(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    if (asks_for_help(args)) {
        out << help;
        return 0;
    }
    if (args.empty()) return misused(err, "parse or import?");
    auto const what = args.front();
    args.erase(args.begin());
    if (what == "parse") return parse(args, out, err);
    if (what == "import") return run_with_context("choso statement", help, std::move(args), out, err, import_files);
    return misused(err, "no such subcommand: " + std::string{what});
}

}  // namespace choso::cli
