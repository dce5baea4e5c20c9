#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "marketplace/ids.hpp"

namespace choso::marketplace {

/// A product as lists show it and as search finds it; only published ones of approved sellers are ever one.
struct Document {
    struct Variant {
        VariantId id;
        std::string title;
        Money price;
        std::optional<Money> sale_price;
        std::optional<Instant> sale_from, sale_to;
        std::vector<std::pair<std::string, std::string>> attributes;
    };

    ProductId id;
    MerchantId seller;
    CategoryId category;
    std::string external_id, name, slug, unit, brand, origin;
    std::string seller_name, seller_slug, commune, province;
    std::string category_name, category_slug;
    std::optional<ImageId> image;
    int stars = 0;                                  ///< OCOP, as long as its proof is valid; 0: none
    std::optional<std::chrono::sys_days> stars_until;
    std::string indication{};                       ///< geographical indication, by the same rule
    std::optional<std::chrono::sys_days> indication_until;
    std::int64_t sold = 0;
    Instant created_at{};
    std::vector<Variant> variants;

    /// What a variant costs at that moment.
    [[nodiscard]] static Money price_at(Variant const& variant, Instant at) {
        auto const on_sale = variant.sale_price && (!variant.sale_from || *variant.sale_from <= at) && (!variant.sale_to || at < *variant.sale_to);
        return on_sale ? *variant.sale_price : variant.price;
    }
    /// The least a variant costs at that moment.
    [[nodiscard]] Money price_at(Instant at) const {
        auto least = variants.empty() ? Money{} : price_at(variants.front(), at);
        for (auto const& variant : variants) least = std::min(least, price_at(variant, at));
        return least;
    }
    /// The stars it may show on that day.
    [[nodiscard]] int stars_on(std::chrono::sys_days day) const { return stars_until && *stars_until >= day ? stars : 0; }
};

}  // namespace choso::marketplace
