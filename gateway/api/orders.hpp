#pragma once
#include <memory>
#include <string>
#include <vector>

#include "gateway/api/body.hpp"
#include "gateway/api/edge.hpp"
#include "gateway/api/show.hpp"
#include "marketplace/checkout/cart.hpp"
#include "marketplace/checkout/commands.hpp"
#include "marketplace/checkout/read.hpp"

/// Orders of the shop at the edge: how what somebody wants becomes a command, and how orders are shown to programs.
namespace choso::api {

struct WantedOrder {
    std::vector<marketplace::WantedLine> lines;
    marketplace::Buyer buyer;
    std::string note;
    bool cash = false;
};

/// Name, phone and texts within their limits, the phone in its normal form; or which field breaks what rule.
[[nodiscard]] std::optional<Problem> check_buyer(marketplace::Buyer& buyer, std::string_view prefix);

/// The command that places it, at today's prices. Refused where a line is not sold or two collectors' sellers
/// meet; about stock the lane decides.
[[nodiscard]] Result<std::unique_ptr<marketplace::PlaceOrder>, Problem> make_order(Edge const& edge, postgres::Connection& connection,
                                                                                  WantedOrder const& wanted, SentKey const& key);
/// What a refused checkout is told: which line there is not enough of.
[[nodiscard]] Problem order_problem(Code code, marketplace::PlaceOrder const& order, WantedOrder const& wanted);

/// Cancels an order that waits for its money, or one part of a paid one.
[[nodiscard]] std::unique_ptr<marketplace::CancelOrder> cancel_order(Edge const& edge, marketplace::Order const& order,
                                                                     std::optional<marketplace::SellerOrderId> part, std::string reason);

/// `BASE/cho/don/<token>`: where a buyer sees the order.
[[nodiscard]] std::string order_url(marketplace::Order const& order, std::string_view base_url);
/// As it was placed.
[[nodiscard]] std::string placed_json(marketplace::PlaceOrder const& order, payments::PaymentRequest const* request, Edge const& edge);
/// As it is now, for whoever knows its id: no personal data.
[[nodiscard]] std::string to_json(marketplace::ShownOrder const& shown, payments::PaymentRequest const* request, Edge const& edge);
/// The answer that shows it; a problem if there is none.
[[nodiscard]] http::Response shown_order(Edge const& edge, postgres::Connection& connection, marketplace::OrderId id, Audience const& audience, int status,
                                         bool replayed);
/// For its seller.
[[nodiscard]] std::string to_json(marketplace::ListedPart const& listed);
[[nodiscard]] std::string to_json(marketplace::ShownOrder const& shown, marketplace::SellerOrder const& part);

}  // namespace choso::api
