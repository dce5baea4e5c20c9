#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "gateway/cli/admin_market.hpp"
#include "gateway/pages/market_pack.hpp"
#include "merchants/directory_reader.hpp"
#include "merchants/stalls/market_import.hpp"

namespace choso::cli {
namespace {

qr::StandeeSize size_of(Options const& options) {
    auto const size = qr::standee_size_of(options.value("--size").value_or("a6"));
    if (!size) throw BadOption{"--size takes a6 or a5"};
    return *size;
}

bool write_file(std::string const& path, std::string_view bytes) {
    errno = 0;
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return file.good();
}

/// How far it is, for who waits.
void tell(Context const& context, std::string_view what, std::size_t done, std::size_t total) {
    if (done % 50 == 0 || done == total) context.err << what << ": " << done << " of " << total << '\n';
}

/// Draws the market's standees to a file; how far it is stands on stderr.
int print_pack(Context const& context, postgres::Connection& connection, MarketId market, qr::StandeeSize size, std::string const& path, std::size_t& pages) {
    auto const directory = merchants::DirectoryReader::read(connection);
    auto const told = [&](std::size_t done, std::size_t total) {
        pages = done;
        tell(context, "standees", done, total);
        return true;
    };
    auto const pack = pages::market_pack(*directory, market, size, told);
    if (!pack) return context.refused("the market has no stall whose code can be printed");
    if (!write_file(path, *pack)) return context.refused("cannot write " + path + ": " + std::strerror(errno));
    return exit_done;
}

int pack_market(Context const& context, Options const& options) {
    auto const market = id_of<MarketId>(options.words().front(), "market pack", "mkt");
    auto const size = size_of(options);
    auto const path = needed(options, "--out");
    auto connection = context.connect();
    auto pages = std::size_t{0};
    auto const status = print_pack(context, connection, market, size, path, pages);
    if (status == exit_done) print_fields(context.out, {{"pages", std::to_string(pages)}, {"file", path}}, options.has("--json"));
    return status;
}

int refuse_rows(Context const& context, Options const& options, std::vector<merchants::RowError> const& errors) {
    for (auto const& each : errors) context.err << "row " << each.row << ": " << each.field << " '" << each.value << "' " << each.rule << '\n';
    auto const path = options.value("--errors");
    if (path && !write_file(std::string{*path}, merchants::errors_csv(errors))) context.err << "cannot write " << *path << ": " << std::strerror(errno) << '\n';
    return context.refused(std::to_string(errors.size()) + " cells cannot be taken; no stall was made");
}

int import_market(Context const& context, Options const& options) {
    auto const path = std::string{options.words().front()};
    auto const market = id_of<MarketId>(needed(options, "--market"), "--market", "mkt");
    auto const pack = options.value("--pack");
    auto const size = size_of(options);
    if (!pack && options.value("--size")) throw BadOption{"--size goes with --pack"};
    auto const file = read_whole_file(path);
    if (!file) return context.refused("cannot read " + path + ": " + std::strerror(errno));
    auto connection = context.connect();
    auto const told = [&context](std::size_t done, std::size_t total) { tell(context, "stalls", done, total); };
    auto const made = merchants::import_market(connection, {}, market, options.has("--live"), merchants::read_market(*file), told);
    if (!made.errors.empty()) return refuse_rows(context, options, made.errors);
    for (auto const& each : made.stalls)
        print_fields(context.out,
                     {{"row", std::to_string(each.row.row)}, {"stall", each.id.text()}, {"merchant", each.merchant.text()}, {"number", each.row.number},
                      {"name", each.row.name}, {"reference", each.reference},
                      {"link", context.settings.http_base_url + "/stall/" + std::string{each.link_token.reveal()}}},
                     options.has("--json"));
    // The stalls stand, whatever becomes of the file: `market pack` draws it again.
    auto pages = std::size_t{0};
    return pack ? print_pack(context, connection, market, size, std::string{*pack}, pages) : exit_done;
}

}  // namespace

std::optional<std::string> read_whole_file(std::string const& path) {
    errno = 0;
    auto file = std::ifstream{path, std::ios::binary};
    if (!file) return std::nullopt;
    auto text = std::string{std::istreambuf_iterator<char>{file}, {}};
    if (file.bad()) return std::nullopt;
    return text;
}

std::vector<Action> market_pack_actions() {
    return {
        {"market", "import", {"--market=", "--errors=", "--pack=", "--size=", "--live"}, true, import_market},
        {"market", "pack", {"--size=", "--out="}, true, pack_market},
    };
}

}  // namespace choso::cli
