#include "gateway/cli/statement.hpp"

#include <ostream>

#include "gateway/cli/options.hpp"
#include "settlement/statements/file.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso statement parse [--format auto|camt|camt.052|camt.053|camt.054|mt940|mt942|csv|xlsx] FILE…

Reads banks' statements: camt.052, 053 and 054 of every version, MT940 and MT942, Vietnamese banks' CSV and XLSX. Prints one
line of JSON a statement: account, balances, lines (amounts with sign, + is money in), and `proof`: `ok` if opening balance
and lines make the closing balance, `broken` if not, `absent` without both balances.

A file that is no statement is refused with the reason, and the exit code is 1; the other files are still read.
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
    if (args.empty()) return misused(err, "parse?");
    auto const what = args.front();
    args.erase(args.begin());
    if (what == "parse") return parse(args, out, err);
    return misused(err, "no such subcommand: " + std::string{what});
}

}  // namespace choso::cli
