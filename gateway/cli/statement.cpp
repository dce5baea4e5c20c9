#include "gateway/cli/statement.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <ostream>
#include <stdexcept>
#include <thread>

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
    R"(usage: choso statement parse [--format auto|camt|camt.052|camt.053|camt.054|mt940|mt942|csv|xlsx] [--schemas DIR] FILE…
       choso statement import [--json] [--config FILE] FILE…
       choso statement watch [--json] [--config FILE] FOLDER

parse  reads banks' statements: camt.052, 053 and 054 of every version, MT940 and MT942, Vietnamese banks' CSV and XLSX. Prints one
line of JSON a statement: account, balances, lines (amounts with sign, + is money in), and `proof`: `ok` if opening balance
and lines make the closing balance, `broken` if not, `absent` without both balances.

--schemas DIR: what the XML schema of a camt file (DIR/camt.053.001.02.xsd) finds stands among its warnings; it is advice, the balances
decide. `statements.schemas` does the same for import, watch and the gateway.

A file that is no statement is refused with the reason, and the exit code is 1; the other files are still read.

import takes them into the book: known payments are confirmed, new ones told, every line kept with its payment. Nothing is
booked of a statement that does not prove itself (state `held`). A file may be given again, and by several at once.

watch  imports every file that comes into the folder, once it has not changed for two looks (2 s apart), and moves it to
taken/ or refused/ below it. Runs until it is stopped, at any moment.
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

/// A core of this process' own, and importers on it.
class Desk {
 public:
    explicit Desk(Context const& context) : context_{context}, directory_{context.settings.database_url, clock_}, core_{options_of(context), key_of(directory_), {}, {}} {}

    [[nodiscard]] std::unique_ptr<imports::Importer> importer() {
        auto out = std::make_unique<imports::Importer>(context_.settings.database_url, core_, [this] { return directory_.current(); }, clock_);
        out->advise_by(context_.settings.statements_schemas);
        return out;
    }

    /// False if it is no statement; its statements are printed.
    bool take(imports::Importer& importer, std::string const& path, std::string_view told_by, bool as_json) {
        auto const file = statements::File::open(path);
        auto imported = imports::Imported{};
        if (file) imported = importer.take(std::filesystem::path{path}.filename().string(), file->bytes(), {std::string{told_by}, {}});
        auto const lock = std::lock_guard{mutex_};
        if (!file) context_.refused(path + ": cannot be read: " + file.error());
        if (imported.refused) context_.refused(path + ": " + imported.refused->code + ": " + imported.refused->message);
        print_imported(path, imported, as_json, context_.out);
        context_.out.flush();
        return file.ok() && !imported.refused;
    }

 private:
    static payments::CoreOptions options_of(Context const& context) {
        auto how = payments::CoreOptions{};
        how.database_url = context.settings.database_url;
        return how;
    }
    static ReferenceKey key_of(merchants::DirectoryWatch const& directory) {
        auto const& key = directory.installation().reference_key;
        auto const bytes = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()});
        if (!bytes) throw std::runtime_error{"the installation's reference key is missing: run `choso migrate`"};
        return *bytes;
    }

    Context const& context_;
    std::mutex mutex_;
    merchants::AdvancedClock clock_;
    merchants::DirectoryWatch directory_;
    payments::Core core_;
};

int import_files(Context const& context, std::vector<std::string_view> const& args) {
    auto const options = Options::parse(args, {"--json"});
    if (!options) return context.misused(options.error().text);
    auto const& files = options->words();
    if (files.empty()) return context.misused("import needs a file");
    auto desk = Desk{context};
    // Two at a time, as the core has two lanes; their order does not matter.
    auto next = std::atomic<std::size_t>{0};
    auto const work = [&] {
        auto const importer = desk.importer();
        auto ok = true;
        for (auto i = next++; i < files.size(); i = next++) ok = desk.take(*importer, std::string{files[i]}, "cli", options->has("--json")) && ok;
        return ok;
    };
    auto other = std::future<bool>{};
    if (files.size() > 1) other = std::async(std::launch::async, work);
    auto ok = work();
    if (other.valid()) ok = other.get() && ok;
    return ok ? exit_done : exit_refused;
}

using Seen = std::map<std::string, std::pair<std::uintmax_t, std::filesystem::file_time_type>>;

/// Files that are as they were at the look before; `seen` becomes this look's.
std::vector<std::filesystem::path> settled(std::filesystem::path const& folder, Seen& seen) {
    auto now = Seen{};
    auto out = std::vector<std::filesystem::path>{};
    for (auto const& each : std::filesystem::directory_iterator{folder}) {
        auto error = std::error_code{};
        if (!each.is_regular_file(error) || each.path().filename().string().starts_with('.')) continue;
        auto const facts = std::pair{each.file_size(error), each.last_write_time(error)};
        auto const before = seen.find(each.path().string());
        if (before != seen.end() && before->second == facts) out.push_back(each.path());
        now.emplace(each.path().string(), facts);
    }
    seen = std::move(now);
    std::sort(out.begin(), out.end());
    return out;
}

void move_below(std::filesystem::path const& folder, std::string_view name, std::filesystem::path const& file) {
    std::filesystem::create_directories(folder / name);
    auto target = folder / name / file.filename();
    for (auto n = 2; std::filesystem::exists(target); ++n) target = folder / name / (file.filename().string() + "." + std::to_string(n));
    std::filesystem::rename(file, target);
}

int watch(Context const& context, std::vector<std::string_view> const& args) {
    auto const options = Options::parse(args, {"--json"});
    if (!options) return context.misused(options.error().text);
    if (options->words().size() != 1) return context.misused("watch needs one folder");
    auto const folder = std::filesystem::path{options->words().front()};
    if (!std::filesystem::is_directory(folder)) return context.refused(folder.string() + " is no folder");
    auto desk = Desk{context};
    auto const importer = desk.importer();
    importer->resume();
    for (auto seen = Seen{};; std::this_thread::sleep_for(std::chrono::seconds{2}))
        for (auto const& file : settled(folder, seen)) {
            auto const taken = desk.take(*importer, file.string(), "folder", options->has("--json"));
            move_below(folder, taken ? "taken" : "refused", file);
        }
}

int parse(std::vector<std::string_view> const& args, std::ostream& out, std::ostream& err) {
    auto const options = Options::parse(args, {"--format=", "--schemas="});
    if (!options) return misused(err, options.error().text);
    auto how = statements::ParseOptions{};
    if (auto const name = options->value("--format")) {
        auto const format = statements::format_of(*name);
        if (!format) return misused(err, "--format takes " + std::string{statements::format_names()} + ", not " + std::string{*name});
        how.format = *format;
    }
    how.schemas = options->value("--schemas").value_or("");
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
    if (args.empty()) return misused(err, "parse, import or watch?");
    auto const what = args.front();
    args.erase(args.begin());
    if (what == "parse") return parse(args, out, err);
    if (what == "watch") return run_with_context("choso statement", help, std::move(args), out, err, watch);
    if (what == "import") return run_with_context("choso statement", help, std::move(args), out, err, import_files);
    return misused(err, "no such subcommand: " + std::string{what});
}

}  // namespace choso::cli
