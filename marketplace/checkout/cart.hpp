#pragma once
#include <optional>
#include <string>
#include <vector>

#include "marketplace/checkout/order.hpp"
#include "merchants/directory.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::marketplace {

struct PlaceOrder;

/// What somebody wants to buy. Without a variant: the product's first.
struct WantedLine {
    ProductId product;
    std::optional<VariantId> variant;
    std::int64_t quantity = 1;
};

/// The marketplace's rules for its orders.
struct ShopTerms {
    Money shipping_fee;              ///< of each seller's order
    std::optional<Money> free_from;  ///< goods worth this are sent free
    std::int64_t open_orders_max = 3;
    std::chrono::seconds expires_in{900};
    bool cash = false;
    [[nodiscard]] Money shipping_of(Money goods) const { return free_from && goods >= *free_from ? Money{} : shipping_fee; }
};

/// A wanted line as it stands now: what an order would freeze.
struct PricedLine {
    std::size_t wanted = 0;  ///< its place among the wanted
    OrderLine line;
    MerchantId seller;
    CollectorId collector;
    std::string seller_name, slug;
    Money full_price;        ///< before the sale
    std::int64_t available = 0;
    TaxRates shipping_tax;
    std::int32_t commission_bp = 0;
    ShopTerms terms;
    std::optional<ImageId> image;
};
/// Those of the wanted lines that may be bought, in their order.
[[nodiscard]] std::vector<PricedLine> price_lines(postgres::Connection& connection, std::vector<WantedLine> const& wanted, Instant now);

/// Most of one thing, of lines, and of sellers in one checkout.
inline constexpr std::int64_t quantity_max = 100'000;
inline constexpr std::size_t lines_max = 100;
inline constexpr std::size_t sellers_max = 50;

/// The lines by seller, in the order in which the sellers first come; lines of one variant are one.
[[nodiscard]] std::vector<SellerOrder> parts_of(std::vector<PricedLine> const& lines);
[[nodiscard]] Money total_of(std::vector<SellerOrder> const& parts);

/// 10 digits that begin with 0, of a Vietnamese number in any of its spellings; nullopt for anything else.
[[nodiscard]] std::optional<std::string> normal_phone(std::string_view typed);
/// What a phone's orders are counted and found by; tells nobody the phone.
[[nodiscard]] Uuid phone_key(std::string_view normal_phone, std::string_view installation_key);

}  // namespace choso::marketplace
