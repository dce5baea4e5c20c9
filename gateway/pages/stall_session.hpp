#pragma once
#include <memory>
#include <optional>
#include <string>

#include "gateway/api/edge.hpp"
#include "gateway/api/rows.hpp"
#include "platform/http/message.hpp"

namespace choso::pages {

/// Whose page a browser has open.
struct StallSession {
    std::shared_ptr<merchants::Directory const> directory;
    merchants::Stall const* stall = nullptr;
    merchants::Merchant const* merchant = nullptr;
    merchants::BankAccount const* account = nullptr;
    Bucket bucket;
    std::string csrf;
};
/// By the cookie; nullopt without a valid one.
[[nodiscard]] std::optional<StallSession> session_of(api::Edge const& edge, http::Request const& request);

/// What stands on the stall's page besides the stall itself.
struct StallView {
    std::optional<payments::PaymentRequest> request;
    api::Receipts receipts;
    std::string cursor;        ///< where its live stream goes on
    std::string typed;         ///< what stood in the form, when it was refused
    std::string complaint;     ///< why
};
[[nodiscard]] http::Response draw_stall(int status, StallSession const& session, StallView const& view);
/// Reads the view: the request of that id if it is the stall's, else its newest of the day that can still be paid.
[[nodiscard]] StallView read_stall(postgres::Connection& connection, api::Edge const& edge, StallSession const& session,
                                   std::optional<PaymentRequestId> wanted);
/// Problems come as pages.
[[nodiscard]] api::Audience stall_audience(http::Request const& request);
/// For a browser without a session.
[[nodiscard]] http::Response no_session_page();

}  // namespace choso::pages
