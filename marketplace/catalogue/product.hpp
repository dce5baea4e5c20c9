#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "marketplace/sellers/seller.hpp"
#include "marketplace/ids.hpp"

namespace choso::marketplace {

enum class ProductState { draft, pending, published, refused, withdrawn };
[[nodiscard]] std::string_view word(ProductState state);
[[nodiscard]] std::optional<ProductState> product_state_of(std::string_view word);

/// What a seller says of one thing that can be bought. `stock`: on hand; nothing leaves it as it is (0 if new).
struct NewVariant {
    std::string sku, title, barcode;
    std::vector<std::pair<std::string, std::string>> attributes;
    Money price;
    std::optional<Money> sale_price;
    std::optional<Instant> sale_from, sale_to;
    std::optional<std::int64_t> weight_g;
    std::optional<std::int64_t> stock;
};

/// What a seller says of a product; found again by (seller, external_id).
struct NewProduct {
    std::string external_id, name, category, description, unit, brand, origin, gtin;
    std::vector<NewVariant> variants;
    std::vector<std::string> image_urls;   ///< told by files that are imported; pictures themselves are uploaded
    bool published = true;                 ///< the seller wants it shown
};

inline constexpr std::size_t name_most = 250;
inline constexpr std::size_t description_most = 20'000;
inline constexpr std::size_t variants_most = 100;
inline constexpr std::int64_t stock_most = 1'000'000'000;

/// The first rule a product breaks by itself. Pure.
[[nodiscard]] std::optional<Refused> check(NewProduct const& product);

}  // namespace choso::marketplace
