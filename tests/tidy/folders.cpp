#include "tests/tidy/folders.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace choso::tidy {
namespace {

struct Row {
    std::string_view folder;
    std::vector<std::string_view> may_include;
};

std::vector<std::string_view> const everything{"base",      "platform",    "qr",      "qr/render", "gateway/payments", "merchants",
                                               "settlement", "marketplace", "gateway", "simulator", "tests", "load-tests"};
std::vector<std::string_view> const below_the_edge{"base",      "platform",   "qr",         "qr/render",
                                                   "gateway/payments", "merchants", "settlement", "marketplace"};

std::vector<std::string_view> edge() {
    auto allowed = below_the_edge;
    for (auto const* folder : {"gateway/api", "gateway/feeds", "gateway/dialects", "gateway/events", "gateway/payouts", "gateway/pages", "gateway/counter", "gateway/sound", "gateway/web"})
        allowed.emplace_back(folder);
    return allowed;
}

/// The floors, lowest first (docs/architecture.md draws them). A folder's row is the longest that its path begins with.
std::vector<Row> const& floors() {
    static std::vector<Row> const rows{
        {"base", {}},
        {"platform", {"base"}},
        {"qr", {"base"}},
        {"qr/render", {"base", "qr", "platform"}},
        {"gateway/payments", {"base", "platform", "qr"}},
        {"merchants", {"base", "platform", "qr", "gateway/payments"}},
        {"settlement", {"base", "platform", "qr", "gateway/payments", "merchants"}},
        {"marketplace", {"base", "platform", "qr", "gateway/payments", "merchants"}},
        {"gateway/api", edge()},
        {"gateway/feeds", edge()},
        {"gateway/dialects", edge()},
        {"gateway/events", edge()},
        {"gateway/payouts", edge()},
        {"gateway/pages", edge()},
        {"gateway/counter", edge()},
        {"gateway/sound", edge()},
        {"gateway/web", edge()},
        {"gateway", everything},  // main.cpp and the subcommands in gateway/cli: the composition root
        {"simulator", {"base", "platform", "qr"}},  // the banks: another program, which knows nothing of the gateway
        {"tests", everything},
        {"load-tests", everything},
        {"deploy", everything},
    };
    return rows;
}

/// Headers of outside libraries, and where alone they may stand. A header counts by what its name begins with.
struct Library {
    std::string_view header;
    std::vector<std::string_view> homes;
};

std::vector<Library> const& libraries() {
    static std::vector<Library> const known{
        {"boost/", {"platform/http"}},
        {"asio", {"platform/http"}},
        {"pqxx/", {"platform/postgres"}},
        {"libpq", {"platform/postgres"}},
        {"postgresql/", {"platform/postgres"}},
        {"nlohmann/", {"platform/json"}},
        {"openssl/", {"platform/crypto", "platform/tls"}},
        {"argon2", {"platform/crypto"}},
        {"prometheus/", {"platform/metrics"}},
        {"toml++/", {"platform/config"}},
        {"toml.hpp", {"platform/config"}},
        {"expat", {"platform/xml", "platform/sheet"}},
        {"libxml/", {"platform/xml"}},
        {"zip.h", {"platform/sheet"}},
        {"xlsxwriter", {"platform/sheet"}},
        {"cairo", {"platform/pdf", "platform/image"}},
        {"pango/", {"platform/pdf", "platform/image"}},
        {"png.h", {"platform/image"}},
        {"jpeglib.h", {"platform/image"}},
        {"vips/", {"platform/image"}},
        {"mustache", {"platform/template"}},
        {"qrencode.h", {"qr/symbol.cpp"}},
        {"zlib.h", {"platform"}},
        {"gtest/", {"tests"}},
        {"gmock/", {"tests"}},
    };
    return known;
}

struct Include {
    std::string header;
    int line;
    bool quoted;
};

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    int line = 0;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto row = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
        auto const skip = [&row] { row.remove_prefix(std::min(row.find_first_not_of(" \t"), row.size())); };
        skip();
        if (!row.starts_with('#')) continue;
        row.remove_prefix(1);
        skip();
        if (!row.starts_with("include")) continue;
        row.remove_prefix(7);
        skip();
        if (row.empty() || (row[0] != '"' && row[0] != '<')) continue;
        auto const close = row.find(row[0] == '"' ? '"' : '>', 1);
        if (close == std::string_view::npos) continue;
        found.push_back({std::string{row.substr(1, close - 1)}, line, row[0] == '"'});
    }
    return found;
}

bool lies_in(std::string_view path, std::string_view folder) {
    return path == folder || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

Row const* row_of(std::string_view path) {
    Row const* best = nullptr;
    for (auto const& row : floors())
        if (lies_in(path, row.folder) && (best == nullptr || row.folder.size() > best->folder.size())) best = &row;
    return best;
}

bool may_include(Row const& from, Row const& to) {
    if (&from == &to) return true;
    return std::find(from.may_include.begin(), from.may_include.end(), to.folder) != from.may_include.end() ||
           // Who may include everything may include rows that are not named one by one.
           from.may_include == everything;
}

}  // namespace

std::vector<Violation> includes_against_floors(Source const& source) {
    std::vector<Violation> found;
    if (!source.is_cpp()) return found;
    auto const* const from = row_of(source.path);
    if (from == nullptr) return {{source.path, 0, "stands in no folder of the table"}};
    for (auto const& include : includes_of(source.text)) {
        auto const* const to = row_of(include.header);
        if (to == nullptr) {
            // A test's own helper stands beside it and is nobody else's.
            if (include.quoted && from->folder != "tests") found.push_back({source.path, include.line, "\"" + include.header + "\" is not named from the root"});
        } else if (!may_include(*from, *to)) {
            found.push_back({source.path, include.line,
                             std::string{from->folder} + " may not include " + std::string{to->folder} + ": " + include.header});
        }
    }
    return found;
}

std::vector<Violation> include_circles(std::vector<Source> const& sources) {
    std::map<std::string_view, std::map<std::string_view, Violation>> edges;
    for (auto const& source : sources) {
        auto const* const from = row_of(source.path);
        if (!source.is_cpp() || from == nullptr || from->folder == "tests" || from->folder == "load-tests") continue;
        for (auto const& include : includes_of(source.text)) {
            auto const* const to = row_of(include.header);
            if (to != nullptr && to != from) edges[from->folder].emplace(to->folder, Violation{source.path, include.line, include.header});
        }
    }
    std::vector<Violation> found;
    std::set<std::string_view> done;
    std::vector<std::string_view> path;
    std::function<void(std::string_view)> const visit = [&](std::string_view folder) {
        path.push_back(folder);
        for (auto const& [next, where] : edges[folder]) {
            if (std::find(path.begin(), path.end(), next) != path.end())
                found.push_back({where.path, where.line, "closes a circle of folders: " + std::string{folder} + " → " + std::string{next}});
            else if (!done.contains(next))
                visit(next);
        }
        path.pop_back();
        done.insert(folder);
    };
    for (auto const& row : floors())
        if (!done.contains(row.folder)) visit(row.folder);
    return found;
}

std::vector<Violation> libraries_outside_their_folder(Source const& source) {
    std::vector<Violation> found;
    if (!source.is_cpp()) return found;
    // A test may hold a library against ours: it is the product's folders that each own one.
    if (lies_in(source.path, "tests") || lies_in(source.path, "load-tests")) return found;
    for (auto const& include : includes_of(source.text)) {
        for (auto const& library : libraries()) {
            if (!include.header.starts_with(library.header)) continue;
            auto const at_home = std::any_of(library.homes.begin(), library.homes.end(),
                                             [&](std::string_view home) { return lies_in(source.path, home); });
            if (!at_home)
                found.push_back({source.path, include.line, "<" + include.header + "> belongs to " + std::string{library.homes[0]}});
        }
    }
    return found;
}

}  // namespace choso::tidy
