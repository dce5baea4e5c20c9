#include "marketplace/catalogue/product.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/vietnamese.hpp"

namespace choso::marketplace {
namespace {

constexpr std::array<std::string_view, 5> states{"draft", "pending", "published", "refused", "withdrawn"};

std::optional<Refused> check_optional(std::string_view field, std::string_view text, std::size_t most) {
    return text.empty() ? std::nullopt : merchants::check_text(field, text, most);
}

/// A description has lines.
std::optional<Refused> check_lines(std::string_view field, std::string_view text, std::size_t most) {
    if (text.size() > most) return Refused{std::string{field}, "must have at most " + std::to_string(most) + " bytes"};
    if (!is_valid_utf8(text)) return Refused{std::string{field}, "must be UTF-8"};
    for (auto const c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') return Refused{std::string{field}, "must not have control characters"};
    return std::nullopt;
}

bool is_gtin(std::string_view text) {
    if (text.size() != 8 && text.size() != 12 && text.size() != 13 && text.size() != 14) return false;
    auto sum = 0;
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        auto const c = text[text.size() - 1 - i];
        if (c < '0' || c > '9') return false;
        sum += (c - '0') * (i % 2 == 1 ? 3 : 1);
    }
    return sum % 10 == 0;
}

std::optional<Refused> check(NewVariant const& variant) {
    if (auto wrong = check_optional("sku", variant.sku, 100)) return wrong;
    if (auto wrong = check_optional("variant", variant.title, 200)) return wrong;
    if (auto wrong = check_optional("barcode", variant.barcode, 40)) return wrong;
    if (variant.attributes.size() > 8) return Refused{"attributes", "must be at most 8"};
    for (auto const& [name, value] : variant.attributes) {
        if (auto wrong = merchants::check_text("attribute name", name, 80)) return wrong;
        if (auto wrong = merchants::check_text("attribute value", value, 200)) return wrong;
    }
    if (!variant.price.is_positive() || variant.price > most_asked) return Refused{"price", "must be a whole number of đồng from 1 to 99 999 999 999"};
    if (variant.sale_price && (!variant.sale_price->is_positive() || *variant.sale_price >= variant.price))
        return Refused{"sale_price", "must be less than the price and at least 1"};
    if (variant.sale_from && variant.sale_to && *variant.sale_from >= *variant.sale_to) return Refused{"sale_to", "must be after sale_from"};
    if (variant.stock && (*variant.stock < 0 || *variant.stock > stock_most)) return Refused{"stock", "must be a whole number from 0 to 1 000 000 000"};
    if (variant.weight_g && (*variant.weight_g < 0 || *variant.weight_g > 2'000'000'000)) return Refused{"weight", "must be 0 to 2 000 000 000 g"};
    return std::nullopt;
}

}  // namespace

std::string_view word(ProductState state) { return states[static_cast<std::size_t>(state)]; }
std::optional<ProductState> product_state_of(std::string_view text) {
    auto const at = std::ranges::find(states, text);
    if (at == states.end()) return std::nullopt;
    return static_cast<ProductState>(at - states.begin());
}

std::optional<Refused> check(NewProduct const& product) {
    if (auto wrong = merchants::check_text("id", product.external_id, 100)) return wrong;
    if (auto wrong = merchants::check_text("name", product.name, name_most)) return wrong;
    if (auto wrong = merchants::check_text("category", product.category, 120)) return wrong;
    if (auto wrong = check_optional("unit", product.unit, 40)) return wrong;
    if (auto wrong = check_optional("brand", product.brand, 120)) return wrong;
    if (auto wrong = check_optional("origin", product.origin, 120)) return wrong;
    if (auto wrong = check_lines("description", product.description, description_most)) return wrong;
    if (!product.gtin.empty() && !is_gtin(product.gtin)) return Refused{"gtin", "must be 8, 12, 13 or 14 digits with a right check digit"};
    if (product.variants.empty() || product.variants.size() > variants_most) return Refused{"variants", "must be 1 to 100"};
    std::set<std::pair<std::string_view, std::string_view>> names;
    for (auto const& variant : product.variants) {
        if (auto wrong = check(variant)) return wrong;
        if (!names.emplace(variant.sku, variant.title).second) return Refused{"sku", "must differ from the other variants'"};
    }
    return std::nullopt;
}

}  // namespace choso::marketplace
