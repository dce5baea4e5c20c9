#pragma once
#include <array>
#include <span>
#include <string_view>

#include "gateway/cli/demo_province.hpp"
#include "marketplace/sellers/seller.hpp"

/// The demo's marketplace: who sells, and what. All invented, prices and stars too.
namespace choso::cli::demo {

/// What a seller sells: a line of the table in demo_market.cpp.
struct Goods {
    std::string_view name, category, unit;
    int price;                   ///< đồng
    int stock;
    std::string_view picture;    ///< which drawing: tea, fruit, honey, noodles, rice, jar, meat, mushroom, vegetable, cake, drink, craft
    std::string_view variant{};  ///< of a second variant, `250 g=95000`; empty: there is one
    int stars = 0;
    std::string_view indication{};
};

struct Shop {
    std::string_view name, kind, commune, province, phone;
    Account payout;
    std::array<Goods, 4> goods;
};

[[nodiscard]] std::span<Shop const> shops();
/// The marketplace's own collecting account.
[[nodiscard]] Pool const& marketplace();

/// Puts the shops' goods with pictures, stars, lots and stamps into the catalogue, where they are not yet. `sellers` in the
/// order of shops().
[[nodiscard]] Result<merchants::Done, merchants::Refused> stock_the_shops(postgres::Connection& connection, std::span<MerchantId const> sellers, Instant now);

}  // namespace choso::cli::demo
