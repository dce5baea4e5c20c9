#include "gateway/cli/trace.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/cli/table.hpp"
#include "marketplace/trace/epcis.hpp"
#include "marketplace/trace/lots.hpp"
#include "marketplace/trace/stamp_sheet.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::cli {
namespace {

using namespace marketplace;

constexpr std::string_view usage =
    "usage: choso trace lot --product prod_… --number TEXT --made YYYY-MM-DD [--expires YYYY-MM-DD] [--quantity T] [--place T] [--json]\n"
    "       choso trace event LOT --step STEP --place T --party T [--note T] [--at RFC3339]\n"
    "       choso trace stamps LOT --count N --out FILE [--secret] [--activate] [--format csv|pdf] [--json]\n"
    "       choso trace activate BATCH\n"
    "       choso trace recall LOT --reason T\n"
    "       choso trace epcis LOT\n"
    "\n"
    "stamps makes random serials and writes them for the printer: CSV (at most 2 000 000), or PDF sheets of A4 (at most 10 000).\n"
    "With --secret each has a code for under a scratch layer; it stands in the file alone, so keep the file until it is printed.\n"
    "Without --activate they are good only after `activate`. A step is growing, harvesting, processing, packing, inspecting, shipping,\n"
    "receiving or retail_selling.\n";

constexpr std::int64_t sheets_most = 10'000;

std::optional<LotId> lot_in(Options const& options) {
    if (options.words().size() != 2) return std::nullopt;
    return LotId::parse(options.words()[1]);
}

/// What every order here works with.
struct Place {
    Context const& context;
    Options const& options;
    merchants::AdvancedClock clock{};
    merchants::DirectoryWatch directory;
    postgres::Connection connection;

    Place(Context const& its_context, Options const& its_options)
        : context{its_context}, options{its_options}, directory{its_context.settings.database_url, clock}, connection{its_context.connect(std::chrono::minutes{10})} {}
};

int make_lot(Place& place) {
    auto const& options = place.options;
    auto const product = ProductId::parse(options.value("--product").value_or(""));
    auto const made = parse_day(options.value("--made").value_or(""));
    if (!product || !made) return place.context.misused("lot needs --product prod_… and --made YYYY-MM-DD");
    auto lot = NewLot{*product, options.text("--number"), *made, std::nullopt, options.text("--quantity"), options.text("--place")};
    if (auto const expires = options.value("--expires")) {
        lot.expires_on = parse_day(*expires);
        if (!lot.expires_on) return place.context.misused("--expires takes a day YYYY-MM-DD");
    }
    auto const id = create_lot(place.connection, lot, place.clock.now());
    if (!id) return place.context.refused(id.error().text());
    auto const found = find_lot(place.connection, *id);
    print_fields(place.context.out, {{"lot", id->text()}, {"code", found->code}, {"address", trace_address(*found, place.context.settings.http_base_url)}}, options.has("--json"));
    return exit_done;
}

int note_event(Place& place, LotId lot) {
    auto const& options = place.options;
    auto event = TraceEvent{options.text("--step"), place.clock.now(), options.text("--place"), options.text("--party"), options.text("--note")};
    if (auto const at = options.value("--at")) {
        auto const time = parse_rfc3339(*at);
        if (!time) return place.context.misused("--at takes a time of RFC 3339");
        event.at = *time;
    }
    auto const done = add_event(place.connection, lot, event, place.clock.now());
    return done ? exit_done : place.context.refused(done.error().text());
}

int print_stamps(Place& place, LotId id) {
    auto const& options = place.options;
    auto const count = parse_dong(options.value("--count").value_or(""));
    auto const path = options.text("--out");
    auto const format = options.value("--format").value_or("csv");
    if (!count || path.empty()) return place.context.misused("stamps needs --count N and --out FILE");
    if (format != "csv" && format != "pdf") return place.context.misused("--format is csv or pdf");
    if (format == "pdf" && count->dong() > sheets_most) return place.context.refused("sheets hold at most 10 000 stamps; print more from CSV");
    auto const lot = find_lot(place.connection, id);
    if (!lot) return place.context.refused("there is no such lot");
    auto const base_url = std::string{place.context.settings.http_base_url};
    auto out = std::ofstream{path, std::ios::binary};
    auto sheets = StampSheet{*lot, base_url};
    std::string lines;
    if (format == "csv") sheet::append_csv_row(lines, std::vector<std::string>{"serial", "secret", "address"});
    auto const print = [&](std::vector<PrintedStamp> const& stamps) {
        for (auto const& stamp : stamps) {
            if (format == "pdf") sheets.add(stamp);
            else sheet::append_csv_row(lines, std::vector<std::string>{stamp.serial, stamp.secret, trace_address(*lot, base_url, stamp.serial)});
        }
        out << lines;
        lines.clear();
        return static_cast<bool>(out.flush());
    };
    auto const batch = make_stamps(place.connection, {id, count->dong(), options.has("--secret"), options.has("--activate")},
                                   place.directory.installation().session_key, print, place.clock.now());
    if (!batch) return place.context.refused(batch.error().text());
    if (format == "pdf") out << sheets.finish();
    if (!out.flush()) return place.context.refused("cannot write " + path);
    print_fields(place.context.out, {{"batch", batch->text()}, {"stamps", std::to_string(count->dong())}, {"file", path}}, options.has("--json"));
    return exit_done;
}

int with_lot(Place& place, std::string_view what) {
    if (what == "lot") return make_lot(place);
    if (what == "activate") {
        auto const batch = place.options.words().size() == 2 ? StampBatchId::parse(place.options.words()[1]) : std::nullopt;
        if (!batch) return place.context.misused("activate which batch? stb_…");
        auto const done = activate_stamps(place.connection, *batch, place.clock.now());
        return done ? exit_done : place.context.refused(done.error().text());
    }
    auto const lot = lot_in(place.options);
    if (!lot) return place.context.misused(std::string{what} + " of which lot? lot_…");
    if (what == "event") return note_event(place, *lot);
    if (what == "stamps") return print_stamps(place, *lot);
    if (what == "recall") {
        auto const done = recall_lot(place.connection, *lot, place.options.text("--reason"), place.clock.now());
        return done ? exit_done : place.context.refused(done.error().text());
    }
    auto const found = find_lot(place.connection, *lot);
    if (!found) return place.context.refused("there is no such lot");
    place.context.out << epcis_document(*found, events_of(place.connection, *lot), place.context.settings.http_base_url, place.clock.now()) << '\n';
    return exit_done;
}

}  // namespace

int trace(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso trace", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--product=", "--number=", "--made=", "--expires=", "--quantity=", "--place=", "--json", "--step=", "--party=",
                                                    "--note=", "--at=", "--count=", "--out=", "--secret", "--activate", "--format=", "--reason="});
        if (!options) return context.misused(options.error().text);
        auto const what = options->words().empty() ? std::string_view{} : options->words().front();
        constexpr std::array known{"lot", "event", "stamps", "activate", "recall", "epcis"};
        if (std::find(known.begin(), known.end(), what) == known.end()) return context.misused("do what? lot, event, stamps, activate, recall or epcis");
        auto place = Place{context, *options};
        return with_lot(place, what);
    });
}

}  // namespace choso::cli
