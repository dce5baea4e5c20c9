#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "gateway/payments/types.hpp"
#include "marketplace/ids.hpp"

/// Orders as values. Names and states: docs/adr/0048.
namespace choso::marketplace {

struct OrderTag { static constexpr std::string_view prefix = "ord"; };
struct SellerOrderTag { static constexpr std::string_view prefix = "so"; };
struct ParcelTag { static constexpr std::string_view prefix = "pcl"; };
struct ReturnTag { static constexpr std::string_view prefix = "ret"; };
/// One checkout; its payment request has the same UUID.
using OrderId = Id<OrderTag>;
/// One seller's part of it.
using SellerOrderId = Id<SellerOrderTag>;
using ParcelId = Id<ParcelTag>;
using ReturnId = Id<ReturnTag>;

[[nodiscard]] inline PaymentRequestId request_of(OrderId id) { return PaymentRequestId{id.uuid()}; }
[[nodiscard]] inline OrderId order_of(PaymentRequestId id) { return OrderId{id.uuid()}; }

/// open: its stock is reserved, its money awaited. paid, accepted (cash on delivery): to be sent. no_stock: paid when its
/// stock was gone.
enum class OrderStatus { open, paid, accepted, shipped, delivered, expired, cancelled, no_stock };
[[nodiscard]] std::string_view word(OrderStatus status);
[[nodiscard]] std::optional<OrderStatus> order_status_of(std::string_view word);
/// The seller is to have its money, once it has delivered.
[[nodiscard]] bool is_live(OrderStatus status);

/// Hundredths of a percent.
struct TaxRates {
    std::int32_t vat_bp = 0;
    std::int32_t pit_bp = 0;
};
/// `bp` of an amount in whole đồng; half a đồng counts as one (docs/adr/0049).
[[nodiscard]] Money part_of(Money amount, std::int32_t bp);

struct OrderLine {
    VariantId variant;
    ProductId product;
    std::string name, unit;
    std::string tax_class = "goods";
    std::int64_t quantity = 0;
    std::int64_t returned = 0;
    Money price;
    TaxRates tax;

    [[nodiscard]] Money amount() const { return Money{price.dong() * quantity}; }
    [[nodiscard]] Money kept() const { return Money{price.dong() * (quantity - returned)}; }
};

/// What a seller's order divides into when it is whole: frozen rates over what was not returned.
struct Shares {
    Money gross;       ///< what the buyer has paid for it
    Money commission;  ///< the operator's
    Money tax;         ///< withheld: value added and personal income
    [[nodiscard]] Money net() const { return gross - commission - tax; }
    friend bool operator==(Shares const&, Shares const&) = default;
};

struct SellerOrder {
    SellerOrderId id;
    OrderId order;
    MerchantId seller;
    std::int16_t position = 1;
    OrderStatus status = OrderStatus::open;
    std::string reason;  ///< why it was cancelled
    Money goods, shipping;
    std::int32_t commission_bp = 0;
    TaxRates shipping_tax;
    Shares credited;  ///< what of it has left `held` so far
    Instant updated_at;
    std::vector<OrderLine> lines;

    [[nodiscard]] Money total() const { return goods + shipping; }
    [[nodiscard]] Shares shares() const;
    [[nodiscard]] Money returned() const;
};

struct Order {
    OrderId id;
    MerchantId merchant;  ///< the operator
    AccountId account;
    PersonId buyer;
    Uuid phone_key{};
    std::string code;
    Uuid token{};
    Money amount;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::string note;
    bool cash = false;
    bool waiting = true;
    bool is_short = false;
    std::vector<SellerOrder> parts;
};

struct ParcelLine {
    std::int16_t position = 1;  ///< of the order's line
    std::int64_t quantity = 0;
};
struct Parcel {
    ParcelId id;
    SellerOrderId order;
    std::string carrier, tracking;
    Instant shipped_at;
    std::optional<Instant> delivered_at;
    std::vector<ParcelLine> lines;
};

enum class ReturnStatus { requested, received, refused };
[[nodiscard]] std::string_view word(ReturnStatus status);
[[nodiscard]] std::optional<ReturnStatus> return_status_of(std::string_view word);
struct OrderReturn {
    ReturnId id;
    SellerOrderId order;
    ReturnStatus status = ReturnStatus::requested;
    std::string reason, answer;
    Instant created_at;
    std::optional<Instant> decided_at;
    std::vector<ParcelLine> lines;
};

/// A refund and which part of the order it is for; none: money that no part is for.
struct OrderRefund {
    RefundId refund;
    OrderId order;
    std::optional<SellerOrderId> part;
    bool is_return = false;  ///< of goods that came back: the part keeps the rest of its money
    PaymentId payment;
    Money amount;
    bool failed = false;
};

/// Of one variant: what is there, and what orders hold of it.
struct Stock {
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;
    [[nodiscard]] std::int64_t free() const { return on_hand - reserved; }
};
/// A change of it.
struct StockChange {
    VariantId variant;
    std::int64_t on_hand = 0;
    std::int64_t reserved = 0;
};

struct Buyer {
    std::string name, phone, address;
};

}  // namespace choso::marketplace
