#include <algorithm>
#include <memory>
#include <set>

#include "base/vietnamese.hpp"
#include "marketplace/catalogue/table.hpp"

// The files of Shopify (old and new headers) and WooCommerce.
namespace choso::marketplace {
namespace {

bool is_no(std::string_view text) { return text == "0" || text == "-1" || fold_for_match(text) == "FALSE" || fold_for_match(text) == "NO"; }

/// The last of `Thực phẩm > Mật ong, Quà`: the innermost of the first path.
std::string category_in(std::string text) {
    if (auto const comma = text.find(','); comma != std::string::npos && text.find('>') != std::string::npos) text.resize(comma);
    if (auto const arrow = text.rfind('>'); arrow != std::string::npos) text.erase(0, arrow + 1);
    auto const first = text.find_first_not_of(' ');
    return first == std::string::npos ? std::string{} : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A weight in kilograms with a decimal point, as grams.
std::optional<std::int64_t> grams_of_kg(Row const& row, std::initializer_list<std::string_view> names) {
    auto text = row.line(names);
    if (text.empty()) return std::nullopt;
    auto const point = std::min(text.find_first_of(".,"), text.size());
    auto fraction = point < text.size() ? text.substr(point + 1) : std::string{};
    if (fraction.size() > 3 && fraction.find_first_not_of('0', 3) != std::string::npos) throw RowRefused{"weight", "must be kilograms with at most three decimals"};
    fraction.resize(3, '0');
    auto const whole = text.substr(0, point) + fraction;
    if (whole.size() > 12 || whole.find_first_not_of("0123456789") != std::string::npos) throw RowRefused{"weight", "must be a number of kilograms"};
    return std::stoll(whole);
}

class ShopifyTaker final : public Taker {
 public:
    [[nodiscard]] std::string key_of(Row const& row) override {
        auto handle = row.line({"URL handle", "Handle"});
        // New products need only a title; a row without either goes on with the one before.
        if (handle.empty())
            if (auto const title = row.line({"Title"}); !title.empty()) handle = slug_of(title, 100);
        if (!handle.empty()) last_ = handle;
        return last_;
    }

    void take(Row const& row, NewProduct& product, bool is_first) override {
        if (is_first) {
            options_.clear();
            product.name = row.line({"Title"});
            product.description = text_of_html(row.text({"Body (HTML)", "Description"}));
            product.brand = row.line({"Vendor"});
            product.category = category_in(row.line({"Type"}));
            if (product.category.empty()) product.category = category_in(row.line({"Product Category", "Product category"}));
            product.unit = row.line({"Unit (product.metafields.custom.unit)"});
            product.origin = row.line({"Origin (product.metafields.custom.origin)"});
            product.gtin = row.line({"GTIN (product.metafields.custom.gtin)"});
            auto const published = row.line({"Published on online store", "Published"});
            auto const status = fold_for_match(row.line({"Status"}));
            product.published = !is_no(published) && status != "DRAFT" && status != "ARCHIVED";
            names_of_options(row);
        }
        if (auto image = row.line({"Product image URL", "Image Src"}); !image.empty()) product.image_urls.push_back(std::move(image));
        auto const price = amount_in(row, "price", {"Price", "Variant Price"});
        if (!price) {
            if (is_first) throw RowRefused{"price", "must be given"};
            return;   // one more picture
        }
        product.variants.push_back(variant_in(row, *price));
    }

 private:
    void names_of_options(Row const& row) {
        for (auto const* name : {"Option1 name", "Option2 name", "Option3 name"}) options_.push_back(row.line({name}));
    }

    [[nodiscard]] NewVariant variant_in(Row const& row, Money price) const {
        auto out = NewVariant{};
        out.sku = row.line({"SKU", "Variant SKU"});
        out.barcode = row.line({"Barcode", "Variant Barcode"});
        out.price = price;
        // The crossed-out price is the usual one.
        if (auto const usual = amount_in(row, "compare_at_price", {"Compare-at price", "Variant Compare At Price"}); usual && *usual > price) {
            out.price = *usual;
            out.sale_price = price;
        }
        out.sale_from = time_in(row, "sale_from", {"Sale from (variant.metafields.custom.sale_from)"});
        out.sale_to = time_in(row, "sale_to", {"Sale to (variant.metafields.custom.sale_to)"});
        out.weight_g = whole_in(row, "weight", {"Weight value (grams)", "Variant Grams"});
        out.stock = whole_in(row, "stock", {"Inventory quantity", "Variant Inventory Qty"});
        auto const* const columns = "Option";
        for (auto i = std::size_t{0}; i < options_.size(); ++i) {
            auto const column = columns + std::to_string(i + 1) + " value";
            auto const value = row.line({column});
            if (options_[i].empty() || value.empty() || (options_[i] == "Title" && value == "Default Title")) continue;
            out.attributes.emplace_back(options_[i], value);
        }
        out.title = title_of(out.attributes);
        return out;
    }

    std::string last_;
    std::vector<std::string> options_;
};

class WooTaker final : public Taker {
 public:
    [[nodiscard]] std::string key_of(Row const& row) override {
        if (is_variation(row)) {
            auto const parent = row.line({"Parent"});
            auto const at = by_name_.find(parent);
            return at == by_name_.end() ? std::string{} : at->second;
        }
        auto key = row.line({"Meta: choso_id"});
        auto const sku = row.line({"SKU"});
        auto const id = row.line({"ID"});
        if (key.empty()) key = !sku.empty() ? sku : id.empty() ? std::string{} : "id:" + id;
        if (!sku.empty()) by_name_.emplace(sku, key);
        if (!id.empty()) by_name_.emplace("id:" + id, key);
        return key;
    }

    void take(Row const& row, NewProduct& product, bool is_first) override {
        if (is_variation(row)) {
            product.variants.push_back(variant_in(row, false));
            return;
        }
        if (!is_first) throw RowRefused{"SKU", "stands in the file twice"};
        auto const type = row.line({"Type"});
        auto const variable = type.find("variable") != std::string::npos;
        if (!variable && type.find("simple") == std::string::npos) throw RowRefused{"Type", "must be simple, variable or variation"};
        product.name = row.line({"Name"});
        product.description = text_of_html(row.text({"Description"}));
        if (product.description.empty()) product.description = text_of_html(row.text({"Short description"}));
        product.category = category_in(row.line({"Categories"}));
        product.brand = row.line({"Brands", "Meta: choso_brand"});
        product.unit = row.line({"Meta: choso_unit"});
        product.origin = row.line({"Meta: choso_origin"});
        product.gtin = row.line({"Meta: choso_gtin"});
        product.published = !is_no(row.line({"Published"}));
        auto images = row.text({"Images"});
        for (auto rest = std::string_view{images}; !rest.empty();) {
            auto const end = std::min(rest.find(", "), rest.size());
            if (end > 0) product.image_urls.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 2, rest.size()));
        }
        if (!variable) product.variants.push_back(variant_in(row, true));
    }

 private:
    static bool is_variation(Row const& row) { return row.line({"Type"}).starts_with("variation"); }

    [[nodiscard]] static NewVariant variant_in(Row const& row, bool simple) {
        auto out = NewVariant{};
        out.sku = row.line({"SKU"});
        // Our own export of a product without SKU writes its id there.
        if (simple && out.sku == row.line({"Meta: choso_id"}) && row.line({"Meta: choso_has_sku"}) != "1") out.sku.clear();
        out.barcode = row.line({"GTIN, UPC, EAN, or ISBN"});
        auto const price = amount_in(row, "Regular price", {"Regular price"});
        if (!price) throw RowRefused{"Regular price", "must be given"};
        out.price = *price;
        out.sale_price = amount_in(row, "Sale price", {"Sale price"});
        out.sale_from = time_in(row, "Date sale price starts", {"Date sale price starts"});
        out.sale_to = time_in(row, "Date sale price ends", {"Date sale price ends"});
        out.weight_g = grams_of_kg(row, {"Weight (kg)"});
        out.stock = whole_in(row, "Stock", {"Stock"});
        if (!out.stock && row.line({"In stock?"}) == "0") out.stock = 0;
        for (auto i = 1; i <= 8; ++i) {
            auto const name_column = "Attribute " + std::to_string(i) + " name";
            auto const value_column = "Attribute " + std::to_string(i) + " value(s)";
            auto name = row.line({name_column});
            auto value = row.line({value_column});
            if (!name.empty() && !value.empty()) out.attributes.emplace_back(std::move(name), std::move(value));
        }
        out.title = title_of(out.attributes);
        return out;
    }

    std::map<std::string, std::string, std::less<>> by_name_;
};

}  // namespace

std::unique_ptr<Taker> make_shopify_taker() { return std::make_unique<ShopifyTaker>(); }
std::unique_ptr<Taker> make_woocommerce_taker() { return std::make_unique<WooTaker>(); }

}  // namespace choso::marketplace
