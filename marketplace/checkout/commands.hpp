#pragma once
#include "gateway/payments/commands.hpp"
#include "gateway/payments/lane.hpp"
#include "marketplace/checkout/decide.hpp"

/// The orders that the book takes about orders of the shop.
namespace choso::marketplace {

using payments::Book;
using payments::Command;
using payments::Outcome;

/// What a command about an order answers, beside its request.
struct OrderOutcome final : payments::OwnOutcome {
    OrderId id;
    explicit OrderOutcome(OrderId of) : id{of} {}
};

/// The family, for the core (serve.cpp hands it over).
[[nodiscard]] payments::Family order_family();

/// A checkout: reserves the stock and asks for the money in one commit, or refuses.
struct PlaceOrder final : Command {
    Order order;  ///< prices, rates and sellers frozen; times and states are the decision's
    std::shared_ptr<payments::CreateRequest const> request;  ///< for its money; of a cash order, its key and mode alone
    Buyer buyer;
    std::int64_t open_orders_max = 3;
    /// Told the variant of which there is not enough. On the lane's thread, before the answer.
    std::shared_ptr<std::optional<VariantId>> lacking = std::make_shared<std::optional<VariantId>>();

    [[nodiscard]] std::string_view name() const override { return "place_order"; }
    [[nodiscard]] Bucket bucket() const override { return order.id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return order.merchant; }
    [[nodiscard]] std::size_t size_hint() const override { return 2'048; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A command about an order that is there.
struct OrderCommand : Command {
    OrderId order;
    payments::Actor actor;

    [[nodiscard]] Bucket bucket() const override { return order.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book& book) const override;
    [[nodiscard]] std::string text() const override;
};

/// Of an order that waits for its money, all of it; of a paid one, the part named. Its stock is free again, its money a
/// refund task.
struct CancelOrder final : OrderCommand {
    std::optional<SellerOrderId> part;
    std::string reason;
    payments::CancelRequest cancellation;  ///< of its request, should it still wait
    [[nodiscard]] std::string_view name() const override { return "cancel_order"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// A parcel leaves; without lines, with all that has not left yet.
struct ShipParcel final : OrderCommand {
    SellerOrderId part;
    ParcelId id;
    std::string carrier, tracking;
    std::vector<ParcelLine> lines;
    [[nodiscard]] std::string_view name() const override { return "ship_parcel"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// A parcel has arrived. With the last one the seller is credited.
struct DeliverParcel final : OrderCommand {
    ParcelId id;
    [[nodiscard]] std::string_view name() const override { return "deliver_parcel"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// The buyer wants to send goods back.
struct AskReturn final : OrderCommand {
    SellerOrderId part;
    ReturnId id;
    std::string reason;
    std::vector<ParcelLine> lines;
    int return_days = 7;
    [[nodiscard]] std::string_view name() const override { return "ask_return"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// The seller has them, or refuses.
struct AnswerReturn final : OrderCommand {
    ReturnAnswer answer;
    [[nodiscard]] std::string_view name() const override { return "answer_return"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

}  // namespace choso::marketplace
