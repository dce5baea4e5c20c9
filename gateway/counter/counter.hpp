#pragma once
#include <optional>
#include <string_view>

#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// The stall's page and what it asks for.
namespace choso::counter {

/// GET /stall/{token}: the stall's own link; opens a session and leads to its page.
[[nodiscard]] http::Handler open_stall(api::Edge& edge);
/// GET /quay: the stall's page.
[[nodiscard]] http::Handler stall_page(api::Edge& edge);
/// POST /quay/requests: its form without a script, "ask for this much".
[[nodiscard]] http::Handler ask_at_stall(api::Edge& edge);
/// GET /quay/state: what the page shows, as JSON.
[[nodiscard]] http::Handler stall_state(api::Edge& edge);
/// POST /quay/leases: codes without an amount, drawn ahead for a time without a network.
[[nodiscard]] http::Handler lease_requests(api::Edge& edge);
/// POST /quay/asks: what a leased code asked for, or a new code.
[[nodiscard]] http::Handler ask_for_amount(api::Edge& edge);
/// POST /quay/claims: "Là khách này".
[[nodiscard]] http::Handler claim_payment(api::Edge& edge);
/// GET /quay/check: is the money on a customer's photo here?
[[nodiscard]] http::Handler check_photo(api::Edge& edge);
/// POST /quay/sticker-reports: a code at the counter that pays into another account.
[[nodiscard]] http::Handler report_sticker(api::Edge& edge);
/// POST /quay/members, /quay/shift, /quay/handover.
[[nodiscard]] http::Handler add_member(api::Edge& edge);
[[nodiscard]] http::Handler start_shift(api::Edge& edge);
[[nodiscard]] http::Handler hand_over(api::Edge& edge);
/// POST /quay/account-change/reject: the owner's no, from the counter.
[[nodiscard]] http::Handler reject_account_change(api::Edge& edge);
/// GET /quay/so-ngay: the day's close; its files.
[[nodiscard]] http::Handler day_page(api::Edge& edge);
[[nodiscard]] http::Handler day_pdf(api::Edge& edge);
[[nodiscard]] http::Handler revenue_csv(api::Edge& edge);
[[nodiscard]] http::Handler revenue_xlsx(api::Edge& edge);

/// All of the above, the service worker and the manifest.
void add_routes(http::Router& router, api::Edge& edge);

}  // namespace choso::counter
