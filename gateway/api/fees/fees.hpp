#pragma once
#include "gateway/api/edge.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/payments/queue.hpp"
#include "merchants/fees/commands.hpp"
#include "merchants/fees/read.hpp"
#include "platform/http/router.hpp"
#include "platform/json/json.hpp"

/// Bills and what they are made of, for the software of schools, hospitals, utilities and offices.
namespace choso::api::fees {

namespace bills = choso::fees;

/// Everything under /api/v1 about fees, the hospital shape and the utility verbs.
void add_routes(http::Router& router, Edge& edge);

[[nodiscard]] http::Handler create_bill(Edge& edge);
[[nodiscard]] http::Handler get_bill(Edge& edge);
[[nodiscard]] http::Handler list_bills(Edge& edge);
/// POST /bills/{id}/…: one handler an order.
[[nodiscard]] http::Handler issue_draft(Edge& edge);
[[nodiscard]] http::Handler revise_bill(Edge& edge);
[[nodiscard]] http::Handler cancel_bill(Edge& edge);
[[nodiscard]] http::Handler write_off_bill(Edge& edge);
[[nodiscard]] http::Handler confirm_bill(Edge& edge, bool confirmed);
[[nodiscard]] http::Handler carry_over(Edge& edge);
[[nodiscard]] http::Handler group_bills(Edge& edge);
[[nodiscard]] http::Handler list_units(Edge& edge);
[[nodiscard]] http::Handler put_unit(Edge& edge);
[[nodiscard]] http::Handler list_items(Edge& edge);
[[nodiscard]] http::Handler put_item(Edge& edge);
[[nodiscard]] http::Handler list_rules(Edge& edge);
[[nodiscard]] http::Handler put_rule(Edge& edge);
[[nodiscard]] http::Handler list_schedules(Edge& edge);
[[nodiscard]] http::Handler put_schedule(Edge& edge);
[[nodiscard]] http::Handler issue_schedule(Edge& edge);
[[nodiscard]] http::Handler list_payers(Edge& edge);
[[nodiscard]] http::Handler put_payer(Edge& edge);
/// The hospital shape: POST …/order, GET …/checkorder (1 new, 2 paying, 3 paid).
[[nodiscard]] http::Handler hospital_order(Edge& edge);
[[nodiscard]] http::Handler hospital_check(Edge& edge);
/// The verbs of utilities' collecting agents.
[[nodiscard]] http::Handler utility_inquiry(Edge& edge);
[[nodiscard]] http::Handler utility_pay(Edge& edge);
[[nodiscard]] http::Handler utility_reverse(Edge& edge);
[[nodiscard]] http::Handler utility_day(Edge& edge);

/// CONTRACTS' answer, with more. `mine`: the payer's name and phone stand in it; else they are masked.
[[nodiscard]] std::string to_json(bills::BillView const& view, postgres::Connection& connection, merchants::Directory const& directory,
                                  std::string_view base_url);

/// The same for a page of them, in their order.
[[nodiscard]] std::vector<std::string> to_json(std::vector<bills::BillView> const& views, postgres::Connection& connection, merchants::Directory const& directory,
                                               std::string_view base_url);

/// Where a merchant's bills lie; the account they are payable into; nullptr if it has none yet.
struct Payee {
    merchants::Merchant const* merchant = nullptr;
    merchants::BankAccount const* account = nullptr;
    Bucket bucket = Bucket::of_bits(0);
    payments::CollectorMode mode = payments::CollectorMode::direct;
};
[[nodiscard]] Payee payee_of(merchants::Directory const& directory, merchants::Merchant const& merchant);

/// One transfer for several bills that are payable into that account; its idempotency key is still to come.
[[nodiscard]] std::unique_ptr<bills::GroupBills> group_command(merchants::Directory const& directory, AccountId account,
                                                               std::vector<bills::GroupBills::Member> members, Instant now);

/// The answer to an order about a bill: the bill as it is now, or as it was when it was new (`as_new`) where an earlier run
/// answered.
void answer_with_bill(Edge& edge, Audience const& audience, std::shared_ptr<merchants::Directory const> directory,
                      std::shared_ptr<http::Responder> const& respond, payments::Answer const& answer, int status, bool as_new);

}  // namespace choso::api::fees
