#include "gateway/cli/catalogue.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "marketplace/catalogue/feed.hpp"
#include "marketplace/catalogue/import.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

using namespace marketplace;

constexpr std::string_view usage =
    "usage: choso catalogue import --seller ID [--publish] [--bad-rows FILE] [--json] FILE\n"
    "       choso catalogue export --seller ID [--format ours|shopify|woocommerce|household|household-xlsx|google] [--out FILE]\n"
    "       choso catalogue waiting [--json]\n"
    "       choso catalogue moderate PRODUCT published|refused|withdrawn [--reason TEXT]\n"
    "\n"
    "import reads CSV or XLSX: id,name,category,price,stock,unit,description, or Shopify's, WooCommerce's, or the household sheet\n"
    "(Tên sản phẩm, Giá gốc, …), told apart by their headers. Categories that are not known are made. With --publish what is\n"
    "read passes moderation; else it waits for it. What is read is found by search when the command returns. FILE `-` is stdin.\n"
    "--bad-rows writes the rows that were refused, each with its reason, to be mended and read again.\n";

std::optional<std::string> contents_of(std::string_view path, std::istream& in) {
    if (path == "-") return std::string{std::istreambuf_iterator<char>{in}, {}};
    auto file = std::ifstream{std::string{path}, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

bool write_file(std::string_view path, std::string_view text) {
    auto file = std::ofstream{std::string{path}, std::ios::binary};
    file << text;
    return static_cast<bool>(file.flush());
}

void print_import(Context const& context, ImportResult const& result, Seller const& seller, bool as_json) {
    constexpr std::size_t shown_most = 100;
    if (!as_json) {
        context.out << result.rows << " rows: " << result.taken << " taken, " << result.bad.size() << " refused; " << result.products << " products, "
                    << result.created << " of them new\n";
        for (auto i = std::size_t{0}; i < std::min(shown_most, result.bad.size()); ++i)
            context.err << "row " << result.bad[i].row << ": " << result.bad[i].field << ' ' << result.bad[i].rule << '\n';
        return;
    }
    std::string text;
    auto json = json::Writer{text};
    json.object().member("import", result.id.text()).member("seller", seller.merchant.text()).member("format", word(result.format));
    json.member("rows", result.rows).member("taken", result.taken).member("refused", result.bad.size()).member("products", result.products);
    json.member("created", result.created).key("bad").array();
    for (auto i = std::size_t{0}; i < std::min(shown_most, result.bad.size()); ++i)
        json.object().member("row", result.bad[i].row).member("field", result.bad[i].field).member("rule", result.bad[i].rule).end();
    json.end().end();
    context.out << text << '\n';
}

std::optional<Seller> seller_named(Context const& context, postgres::Connection& connection, Options const& options) {
    auto const id = MerchantId::parse(options.value("--seller").value_or(""));
    if (!id) {
        context.misused("--seller takes an id mer_…");
        return std::nullopt;
    }
    auto found = Sellers{connection}.find(*id);
    if (!found) context.refused("there is no such seller: " + id->text());
    return found;
}

int import_file(Context const& context, std::istream& in, Options const& options) {
    if (options.words().size() != 2) return context.misused("import which file? One, after the options");
    auto const path = options.words()[1];
    if (!MerchantId::parse(options.value("--seller").value_or(""))) return context.misused("--seller takes an id mer_…");
    auto const file = contents_of(path, in);
    if (!file) return context.refused("cannot read " + std::string{path});
    auto connection = context.connect(std::chrono::minutes{5});
    auto const seller = seller_named(context, connection, options);
    if (!seller) return exit_refused;
    if (options.has("--publish") && seller->state != SellerState::approved)
        return context.refused("--publish needs an approved seller; this one is " + std::string{word(seller->state)});
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const put = PutOptions{seller->merchant, seller->bucket, options.has("--publish"), std::nullopt, clock.now()};
    auto const as_json = options.has("--json");
    auto const result = import_products(connection, *file, path, put, [&](Progress progress) {
        if (!as_json) context.err << progress.done << " of " << progress.rows << " rows\n";
    });
    if (!result) return context.refused(result.error().text());
    print_import(context, *result, *seller, as_json);
    if (auto const bad = options.value("--bad-rows"); bad && !result->bad_rows.empty() && !write_file(*bad, result->bad_rows))
        return context.refused("cannot write " + std::string{*bad});
    return result->taken == 0 && !result->bad.empty() ? exit_refused : exit_done;
}

int export_file(Context const& context, Options const& options) {
    auto const name = options.value("--format").value_or("ours");
    auto const format = format_of(name);
    if (!format && name != "household-xlsx" && name != "google") return context.misused("--format is not known: " + std::string{name});
    auto connection = context.connect(std::chrono::minutes{5});
    auto const seller = seller_named(context, connection, options);
    if (!seller) return exit_refused;
    auto left_out = std::size_t{0};
    auto text = std::string{};
    if (name == "google") {
        auto clock = merchants::AdvancedClock{};
        auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
        text = google_feed(connection, seller->merchant, context.settings.http_base_url, clock.now());
    } else {
        auto const products = products_of(connection, seller->merchant);
        text = format ? write_csv(*format, products, left_out) : write_xlsx(products, left_out);
    }
    if (left_out > 0) context.err << left_out << " products with several variants are left out: this format has none\n";
    if (auto const out = options.value("--out")) {
        if (!write_file(*out, text)) return context.refused("cannot write " + std::string{*out});
    } else {
        context.out << text;
    }
    return exit_done;
}

int show_waiting(Context const& context, Options const& options) {
    auto connection = context.connect();
    for (auto const& it : waiting_products(connection, std::nullopt, 1'000)) {
        if (!options.has("--json")) {
            context.out << it.id.text() << "  " << it.name << "  (" << it.seller_name << ", " << it.category << ")\n";
            continue;
        }
        std::string text;
        json::Writer{text}.object().member("product", it.id.text()).member("name", it.name).member("seller", it.seller.text())
            .member("seller_name", it.seller_name).member("category", it.category).member("version", it.version).end();
        context.out << text << '\n';
    }
    return exit_done;
}

int moderate_product(Context const& context, Options const& options) {
    if (options.words().size() != 3) return context.misused("moderate which product, and how?");
    auto const id = ProductId::parse(options.words()[1]);
    auto const state = product_state_of(options.words()[2]);
    if (!id || !state) return context.misused("moderate takes prod_… and published, refused or withdrawn");
    auto connection = context.connect();
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const done = moderate(connection, *id, *state, std::nullopt, options.text("--reason"), clock.now());
    return done ? exit_done : context.refused(done.error().text());
}

}  // namespace

int catalogue(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err) {
    return run_with_context("choso catalogue", usage, std::move(args), out, err, [&in](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--seller=", "--publish", "--bad-rows=", "--json", "--format=", "--out=", "--reason="});
        if (!options) return context.misused(options.error().text);
        auto const what = options->words().empty() ? std::string_view{} : options->words().front();
        if (what == "import") return import_file(context, in, *options);
        if (what == "export") return export_file(context, *options);
        if (what == "waiting") return show_waiting(context, *options);
        if (what == "moderate") return moderate_product(context, *options);
        return context.misused("do what? import, export, waiting or moderate");
    });
}

}  // namespace choso::cli
