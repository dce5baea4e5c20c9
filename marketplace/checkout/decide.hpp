#pragma once
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/effects.hpp"
#include "marketplace/checkout/order.hpp"

/// The rules of orders, pure as the core's: no clock, no database, no configuration.
namespace choso::marketplace {

/// What a decision does to the shop's rows, and to the book.
struct OrderEffects {
    std::optional<Order> order;  ///< as it is from now on, with its parts
    std::vector<StockChange> stock;
    std::vector<OrderRefund> refunds;
    std::optional<Parcel> parcel;
    std::optional<OrderReturn> returned;
    payments::Effects money;
};

/// Sums what the lines want, a row a variant, in the order of their ids.
[[nodiscard]] std::map<VariantId, std::int64_t> wanted_of(std::vector<SellerOrder> const& parts);

using StockOf = std::map<VariantId, Stock>;

/// A checkout reserves all it wants, or nothing. `open` is what the buyer's phone has unpaid, `open_max` how much it may.
/// `lacking`, if it is refused for stock, becomes the variant of which there is not enough.
[[nodiscard]] Result<OrderEffects, payments::Refusal> place(Order order, StockOf const& stock, std::int64_t open, std::int64_t open_max, Instant now,
                                                            VariantId* lacking);

/// What is known of an order when the money it is about may have changed.
struct OrderView {
    Order order;
    payments::PaymentRequest request;
    std::vector<std::pair<payments::Payment, Money>> payments;  ///< that stand for it, oldest first, and how much of each
    std::vector<OrderRefund> refunds;
    StockOf stock;
    std::function<RefundId()> new_refund;
};
/// What follows for an order from the state of its request; none if nothing does. Once it has followed, asking again
/// answers nothing, so it may be asked after every batch that has touched the order or its money.
[[nodiscard]] std::optional<OrderEffects> follow(OrderView const& view, Instant now);

/// After the sale. `part` is among the order's.
[[nodiscard]] Result<OrderEffects, payments::Refusal> cancel(Order order, SellerOrderId part, std::string reason, Instant now);
[[nodiscard]] Result<OrderEffects, payments::Refusal> ship(Order order, SellerOrderId part, std::vector<Parcel> const& before, Parcel parcel,
                                                           Instant now);
[[nodiscard]] Result<OrderEffects, payments::Refusal> deliver(Order order, std::vector<Parcel> const& parcels, ParcelId parcel, Instant now);
[[nodiscard]] Result<OrderEffects, payments::Refusal> ask_return(Order order, std::vector<OrderReturn> const& before, OrderReturn asked,
                                                                 int return_days, Instant now);
/// The seller has the goods back (or not). What they cost goes back to the buyer from this part alone.
struct ReturnAnswer {
    ReturnId id;
    bool received = false;
    bool restock = false;
    std::string answer;
};
[[nodiscard]] Result<OrderEffects, payments::Refusal> answer_return(OrderView const& view, std::vector<OrderReturn> const& returns,
                                                                    ReturnAnswer const& answer, Instant now);

/// Proposed refunds of `amount`, from the payments that have most left to give, newest first. Gives what there is.
void propose_refunds(OrderEffects& effects, OrderView const& view, std::optional<SellerOrderId> part, bool is_return, Money amount,
                     std::string const& reason, Instant now);

}  // namespace choso::marketplace
