#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "marketplace/checkout/order.hpp"
#include "platform/postgres/connection.hpp"

/// Orders as they are shown: to the API, to buyers, to sellers.
namespace choso::marketplace {

/// A refund of an order, with the days on which something became of it.
struct ShownRefund {
    RefundId id;
    std::optional<SellerOrderId> part;
    bool is_return = false;
    Money amount;
    payments::RefundStatus status = payments::RefundStatus::proposed;
    std::string reason;
    bool has_destination = false;
    Instant created_at;
    std::optional<Instant> decided_at, settled_at;
};

struct ShownOrder {
    Order order;
    payments::RequestStatus status = payments::RequestStatus::open;  ///< of its request; of a cash order, `open`
    Money amount_paid;
    std::optional<Uuid> pay_token;
    Buyer buyer;
    std::map<MerchantId, std::string> sellers;  ///< by name
    std::vector<Parcel> parcels;
    std::vector<OrderReturn> returns;
    std::vector<ShownRefund> refunds;
    int return_days = 7;
};

[[nodiscard]] std::optional<ShownOrder> find_order(postgres::Connection& connection, OrderId id);
/// By the secret of its page.
[[nodiscard]] std::optional<ShownOrder> find_order(postgres::Connection& connection, Bucket bucket, Uuid const& token);
/// By its code and the phone that ordered it, whichever bucket it lies in.
[[nodiscard]] std::optional<ShownOrder> find_order(postgres::Connection& connection, std::string_view code, Uuid const& phone_key);
/// The checkout a seller's part, a parcel or a return belongs to.
[[nodiscard]] std::optional<OrderId> checkout_of(postgres::Connection& connection, SellerOrderId id);
[[nodiscard]] std::optional<OrderId> checkout_of(postgres::Connection& connection, ParcelId id);
[[nodiscard]] std::optional<OrderId> checkout_of(postgres::Connection& connection, ReturnId id);

/// A seller's parts, newest first, only those older than `before`, if given; each with its checkout.
struct ListedPart {
    SellerOrder part;
    std::string code, buyer, phone, address, note;
    Instant created_at;
    bool is_short = false;
    std::int64_t returns_open = 0;
};
[[nodiscard]] std::vector<ListedPart> list_parts(postgres::Connection& connection, Bucket bucket, std::vector<MerchantId> const& sellers,
                                                 std::optional<SellerOrderId> before, std::int64_t limit);

}  // namespace choso::marketplace
