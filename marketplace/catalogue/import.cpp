#include "marketplace/catalogue/import.hpp"

#include <algorithm>

#include "marketplace/catalogue/sql.hpp"
#include "marketplace/catalogue/table.hpp"

namespace choso::marketplace {
namespace {

using postgres::Params;
using postgres::Statement;

constexpr std::size_t products_at_once = 1'000;

void note(postgres::Connection& connection, ImportId id, MerchantId seller, std::string_view name, ImportResult const& result, std::string_view state,
          std::size_t done, Instant at) {
    static Statement const put{"catalogue_put_import", std::string{catalogue_sql::put_import}};
    auto params = Params{};
    params.add(id.bucket()).add(id).add(seller).add(word(result.format)).add(name).add(state);
    params.add(static_cast<std::int32_t>(result.rows)).add(static_cast<std::int32_t>(done)).add(static_cast<std::int32_t>(result.bad.size()));
    params.add(result.bad_rows).add(at);
    connection.query(put, params);
}

}  // namespace

Result<ImportResult, Refused> import_products(postgres::Connection& connection, std::string_view file, std::string_view name, PutOptions const& options,
                                              std::function<void(Progress)> const& on_progress) {
    auto read = read_products(file);
    if (!read) return read.error();
    auto out = ImportResult{};
    out.id = ImportId::make(options.bucket, options.at);
    out.format = read->format;
    out.rows = read->rows;
    note(connection, out.id, options.seller, name, out, "running", 0, options.at);
    auto& products = read.value().products;
    for (auto begin = std::size_t{0}; begin < products.size(); begin += products_at_once) {
        auto const end = std::min(begin + products_at_once, products.size());
        std::vector<NewProduct> batch;
        for (auto i = begin; i < end; ++i) batch.push_back(products[i].product);
        auto const outcomes = put_products(connection, batch, options);
        for (auto i = begin; i < end; ++i) {
            auto const& outcome = outcomes[i - begin];
            if (outcome.refused) {
                for (auto const row : products[i].rows) read.value().bad.push_back({row, outcome.refused->field, outcome.refused->rule, read.value().cells[row]});
                continue;
            }
            ++out.products;
            out.created += outcome.is_new ? 1 : 0;
            out.taken += products[i].rows.size();
        }
        note(connection, out.id, options.seller, name, out, "running", out.taken, options.at);
        if (on_progress) on_progress({out.rows, out.taken});
    }
    std::ranges::sort(read.value().bad, {}, &BadRow::row);
    out.bad = read->bad;
    if (!out.bad.empty()) out.bad_rows = write_bad_rows(*read);
    note(connection, out.id, options.seller, name, out, "done", out.taken, options.at);
    return out;
}

std::vector<NewProduct> products_of(postgres::Connection& connection, MerchantId seller) {
    static Statement const load{"catalogue_products_of", std::string{catalogue_sql::load_products_of}};
    static Statement const load_variants{"catalogue_variants_of", std::string{catalogue_sql::load_variants_of}};
    auto const rows = connection.query(load, Params::of(seller));
    std::vector<NewProduct> out;
    std::map<Uuid, std::size_t> place;
    for (auto i = 0; i < rows.rows(); ++i) {
        auto const text = [&](int column) { return std::string{rows.text(i, column)}; };
        auto product = NewProduct{};
        product.external_id = text(1);
        product.name = text(2);
        product.category = text(3);
        product.description = text(4);
        product.unit = text(5);
        product.brand = text(6);
        product.origin = text(7);
        product.gtin = text(8);
        product.published = rows.boolean(i, 9);
        product.image_urls = rows.text_array(i, 10);
        place.emplace(rows.uuid(i, 0), out.size());
        out.push_back(std::move(product));
    }
    auto const variants = connection.query(load_variants, Params::of(seller));
    for (auto i = 0; i < variants.rows(); ++i) {
        auto variant = NewVariant{};
        variant.sku = variants.text(i, 1);
        variant.title = variants.text(i, 2);
        variant.barcode = variants.text(i, 3);
        auto const parts = variants.text_array(i, 4);
        for (auto k = std::size_t{0}; k + 1 < parts.size(); k += 2) variant.attributes.emplace_back(parts[k], parts[k + 1]);
        variant.price = variants.money(i, 5);
        variant.sale_price = variants.maybe_money(i, 6);
        variant.sale_from = variants.maybe_time(i, 7);
        variant.sale_to = variants.maybe_time(i, 8);
        if (!variants.is_null(i, 9)) variant.weight_g = variants.integer(i, 9);
        variant.stock = variants.integer(i, 10);
        out[place.at(variants.uuid(i, 0))].variants.push_back(std::move(variant));
    }
    return out;
}

}  // namespace choso::marketplace
