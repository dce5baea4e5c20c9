#include <cerrno>
#include <cstring>
#include <fstream>

#include "gateway/cli/admin_parts.hpp"
#include "gateway/pages/market_pack.hpp"
#include "merchants/directory_reader.hpp"

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

/// Draws the market's standees to a file; how far it is stands on stderr.
int print_pack(Context const& context, postgres::Connection& connection, MarketId market, qr::StandeeSize size, std::string const& path, std::size_t& pages) {
    auto const directory = merchants::DirectoryReader::read(connection);
    auto const told = [&](std::size_t done, std::size_t total) {
        pages = done;
        if (done % 50 == 0 || done == total) context.err << "standees: " << done << " of " << total << '\n';
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

}  // namespace

std::vector<Action> market_pack_actions() {
    return {
        {"market", "pack", {"--size=", "--out="}, true, pack_market},
    };
}

}  // namespace choso::cli
