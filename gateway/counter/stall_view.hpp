#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/counter/stall_session.hpp"
#include "gateway/pages/html.hpp"

namespace choso::counter {

/// One of the stall's receipts of the day.
struct Receipt {
    std::int64_t n = 0;  ///< its number of the day, from 1 without a gap
    PaymentId payment;
    Money amount;
    Instant at;
    bool reversed = false;
    std::optional<PaymentRequestId> request;
};
/// Money of its own account that names nobody.
struct Unreferenced {
    PaymentId payment;
    Money amount;
    Instant at;
};

/// What stands on the stall's page besides the stall itself.
struct StallView {
    std::string cursor;        ///< where its live stream goes on
    Instant drawn_at;
    std::optional<payments::PaymentRequest> request;
    std::vector<Receipt> receipts;
    Money sum;                 ///< of all the day's receipts; what the bank took back does not count
    std::int64_t count = 0;
    Money usual;               ///< the median of its latest receipts; zero while there are few
    std::vector<Unreferenced> unreferenced;
    std::vector<merchants::StallMember> members;
    std::optional<merchants::Shift> shift;
    std::optional<merchants::AccountChange> change;
    std::string typed;         ///< what stood in the form, when it was refused
    std::string complaint;     ///< why

    /// May who sells now see sums? Without members the link is its owner's; with some, it takes a shift of one who may.
    [[nodiscard]] bool may_see_totals() const { return members.empty() || (shift && shift->totals); }
    [[nodiscard]] bool may_manage() const { return members.empty() || (shift && shift->owner); }
};

/// Reads the view: the request of that id if it is the stall's, else its newest of the day that can still be paid.
[[nodiscard]] StallView read_stall(postgres::Connection& connection, api::Edge const& edge, StallSession const& session,
                                   std::optional<PaymentRequestId> wanted);
/// The page: whole without a script, with all the app needs to begin.
[[nodiscard]] http::Response draw_stall(int status, api::Edge const& edge, StallSession const& session, StallView const& view);
/// The page with an app's style, and its script and manifest where there is a script: they stand in the head.
[[nodiscard]] http::Response with_app(http::Response page, std::string_view style, std::string_view script);
/// What the app begins with and asks for again.
[[nodiscard]] std::string state_json(StallSession const& session, StallView const& view);

}  // namespace choso::counter
