#include <algorithm>

#include "marketplace/catalogue/table.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::marketplace {
namespace {

using Cells = std::vector<std::string>;

std::string number(std::optional<Money> amount) { return amount ? std::to_string(amount->dong()) : std::string{}; }
std::string number(std::optional<std::int64_t> value) { return value ? std::to_string(*value) : std::string{}; }
std::string time_text(std::optional<Instant> at) { return at ? to_rfc3339(*at) : std::string{}; }

std::string kilograms(std::optional<std::int64_t> grams) {
    if (!grams) return {};
    auto fraction = std::to_string(1'000 + *grams % 1'000).substr(1);
    return std::to_string(*grams / 1'000) + '.' + fraction;
}

void write_ours(std::string& out, std::vector<NewProduct> const& products, std::size_t& left_out) {
    sheet::append_csv_row(out, Cells{"id", "name", "category", "price", "stock", "unit", "description", "origin", "brand", "gtin", "sku", "sale_price", "sale_from", "sale_to"});
    for (auto const& product : products) {
        if (product.variants.size() != 1) { ++left_out; continue; }
        auto const& variant = product.variants.front();
        sheet::append_csv_row(out, Cells{product.external_id, product.name, product.category, number(variant.price), number(variant.stock), product.unit,
                                         product.description, product.origin, product.brand, product.gtin, variant.sku, number(variant.sale_price),
                                         time_text(variant.sale_from), time_text(variant.sale_to)});
    }
}

Cells const& household_header() {
    static Cells const header{"Mã sản phẩm", "Tên sản phẩm", "Giá gốc", "Giá khuyến mãi", "Khuyến mãi từ", "Khuyến mãi đến", "Tồn kho", "Đơn vị",
                              "Xuất xứ", "Danh mục", "Thương hiệu", "Mã vạch", "Mô tả"};
    return header;
}

Cells household_row(NewProduct const& product) {
    auto const& variant = product.variants.front();
    return {product.external_id, product.name, number(variant.price), number(variant.sale_price), time_text(variant.sale_from), time_text(variant.sale_to),
            number(variant.stock), product.unit, product.origin, product.category, product.brand, product.gtin, product.description};
}

void write_shopify(std::string& out, std::vector<NewProduct> const& products) {
    sheet::append_csv_row(out, Cells{"Title", "URL handle", "Description", "Vendor", "Type", "Published on online store", "Status", "SKU", "Barcode",
                                     "Option1 name", "Option1 value", "Option2 name", "Option2 value", "Option3 name", "Option3 value", "Price",
                                     "Compare-at price", "Inventory quantity", "Weight value (grams)", "Product image URL", "Image position",
                                     "Unit (product.metafields.custom.unit)", "Origin (product.metafields.custom.origin)",
                                     "GTIN (product.metafields.custom.gtin)", "Sale from (variant.metafields.custom.sale_from)",
                                     "Sale to (variant.metafields.custom.sale_to)"});
    for (auto const& product : products) {
        auto const rows = std::max(product.variants.size(), product.image_urls.size());
        for (auto i = std::size_t{0}; i < rows; ++i) {
            auto cells = Cells(26);
            cells[1] = product.external_id;
            if (i == 0) {
                cells[0] = product.name;
                cells[2] = html_of_text(product.description);
                cells[3] = product.brand;
                cells[4] = product.category;
                cells[5] = product.published ? "TRUE" : "FALSE";
                cells[6] = product.published ? "Active" : "Draft";
                cells[21] = product.unit;
                cells[22] = product.origin;
                cells[23] = product.gtin;
            }
            if (i < product.variants.size()) {
                auto const& variant = product.variants[i];
                cells[7] = variant.sku;
                cells[8] = variant.barcode;
                for (auto k = std::size_t{0}; k < 3; ++k) {
                    auto const has = k < variant.attributes.size();
                    cells[9 + 2 * k] = i > 0 ? "" : has ? variant.attributes[k].first : k == 0 ? "Title" : "";
                    cells[10 + 2 * k] = has ? variant.attributes[k].second : k == 0 ? "Default Title" : "";
                }
                cells[15] = number(variant.sale_price ? *variant.sale_price : variant.price);
                cells[16] = variant.sale_price ? number(variant.price) : "";
                cells[17] = number(variant.stock);
                cells[18] = number(variant.weight_g);
                cells[24] = time_text(variant.sale_from);
                cells[25] = time_text(variant.sale_to);
            }
            if (i < product.image_urls.size()) {
                cells[19] = product.image_urls[i];
                cells[20] = std::to_string(i + 1);
            }
            sheet::append_csv_row(out, cells);
        }
    }
}

constexpr std::size_t woo_fixed = 24;

Cells woo_header() {
    auto out = Cells{"ID", "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Is featured?", "Visibility in catalog", "Short description",
                     "Description", "Date sale price starts", "Date sale price ends", "Tax status", "In stock?", "Stock", "Weight (kg)", "Sale price",
                     "Regular price", "Categories", "Images", "Parent", "Meta: choso_id", "Meta: choso_has_sku", "Brands"};
    for (auto i = 1; i <= 8; ++i) {
        out.push_back("Attribute " + std::to_string(i) + " name");
        out.push_back("Attribute " + std::to_string(i) + " value(s)");
    }
    for (auto const* meta : {"Meta: choso_unit", "Meta: choso_origin", "Meta: choso_gtin"}) out.emplace_back(meta);
    return out;
}

void put_woo_variant(Cells& cells, NewVariant const& variant) {
    cells[3] = variant.barcode;
    cells[10] = time_text(variant.sale_from);
    cells[11] = time_text(variant.sale_to);
    cells[13] = variant.stock.value_or(1) > 0 ? "1" : "0";
    cells[14] = number(variant.stock);
    cells[15] = kilograms(variant.weight_g);
    cells[16] = number(variant.sale_price);
    cells[17] = number(variant.price);
    for (auto k = std::size_t{0}; k < std::min<std::size_t>(8, variant.attributes.size()); ++k) {
        cells[woo_fixed + 2 * k] = variant.attributes[k].first;
        cells[woo_fixed + 2 * k + 1] = variant.attributes[k].second;
    }
}

/// A simple product, or a variable one with its variations; the parent is named by its SKU, which is our id.
void write_woo(std::string& out, std::vector<NewProduct> const& products) {
    auto const header = woo_header();
    sheet::append_csv_row(out, header);
    for (auto const& product : products) {
        auto const simple = product.variants.size() == 1;
        auto cells = Cells(header.size());
        auto const has_sku = simple && !product.variants.front().sku.empty();
        cells[1] = simple ? "simple" : "variable";
        cells[2] = has_sku ? product.variants.front().sku : product.external_id;
        cells[4] = product.name;
        cells[5] = product.published ? "1" : "0";
        cells[6] = "0";
        cells[7] = "visible";
        cells[9] = html_of_text(product.description);
        cells[12] = "taxable";
        cells[18] = product.category;
        for (auto const& image : product.image_urls) cells[19] += (cells[19].empty() ? "" : ", ") + image;
        cells[21] = product.external_id;
        cells[22] = has_sku ? "1" : "";
        cells[23] = product.brand;
        if (simple) put_woo_variant(cells, product.variants.front());
        cells[woo_fixed + 16] = product.unit;
        cells[woo_fixed + 17] = product.origin;
        cells[woo_fixed + 18] = product.gtin;
        sheet::append_csv_row(out, cells);
        if (simple) continue;
        for (auto const& variant : product.variants) {
            auto line = Cells(header.size());
            line[1] = "variation";
            line[2] = variant.sku;
            line[4] = product.name;
            line[5] = "1";
            line[20] = product.external_id;
            put_woo_variant(line, variant);
            sheet::append_csv_row(out, line);
        }
    }
}

}  // namespace

std::string write_csv(Format format, std::vector<NewProduct> const& products, std::size_t& left_out) {
    std::string out;
    left_out = 0;
    switch (format) {
        case Format::ours: write_ours(out, products, left_out); break;
        case Format::shopify: write_shopify(out, products); break;
        case Format::woocommerce: write_woo(out, products); break;
        case Format::household:
            sheet::append_csv_row(out, household_header());
            for (auto const& product : products) {
                if (product.variants.size() != 1) ++left_out;
                else sheet::append_csv_row(out, household_row(product));
            }
            break;
    }
    return out;
}

std::string write_xlsx(std::vector<NewProduct> const& products, std::size_t& left_out) {
    left_out = 0;
    auto book = sheet::Workbook{};
    auto const page = book.add_sheet("Sản phẩm", {14, 40, 12, 14, 20, 20, 10, 10, 16, 20, 16, 16, 60});
    auto const& header = household_header();
    for (auto i = std::size_t{0}; i < header.size(); ++i) book.header(page, 0, static_cast<int>(i), header[i]);
    auto row = 0;
    for (auto const& product : products) {
        if (product.variants.size() != 1) { ++left_out; continue; }
        auto const cells = household_row(product);
        ++row;
        for (auto i = std::size_t{0}; i < cells.size(); ++i) {
            auto const is_number = (i == 2 || i == 3 || i == 6) && !cells[i].empty();
            if (is_number) book.number(page, row, static_cast<int>(i), std::stoll(cells[i]));
            else if (!cells[i].empty()) book.text(page, row, static_cast<int>(i), cells[i]);
        }
    }
    return book.finish();
}

}  // namespace choso::marketplace
