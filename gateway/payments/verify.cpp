#include "gateway/payments/verify.hpp"

#include <array>
#include <utility>

#include "gateway/payments/audit.hpp"
#include "gateway/payments/status.hpp"
#include "gateway/payments/verify_sql.hpp"

namespace choso::payments {
namespace {

constexpr auto invariants = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"journals_sum_to_zero", verify_sql::journals_sum_to_zero},
    {"journals_and_entries_belong_together", verify_sql::journals_and_entries_belong_together},
    {"entries_run_without_gap", verify_sql::entries_run_without_gap},
    {"events_run_without_gap", verify_sql::events_run_without_gap},
    {"requests_hold_what_is_allocated", verify_sql::requests_hold_what_is_allocated},
    {"payments_are_somewhere_once", verify_sql::payments_are_somewhere_once},
    {"bank_accounts_hold_their_payments", verify_sql::bank_accounts_hold_their_payments},
    {"unreferenced_money_is_explained", verify_sql::unreferenced_money_is_explained},
    {"payees_hold_their_payments", verify_sql::payees_hold_their_payments},
    {"split_lines_hold_what_came", verify_sql::split_lines_hold_what_came},
    {"shares_are_what_payments_stand_for", verify_sql::shares_are_what_payments_stand_for},
    {"shares_and_journals_agree", verify_sql::shares_and_journals_agree},
    {"held_money_is_explained", verify_sql::held_money_is_explained},
    {"sightings_and_payments_agree", verify_sql::sightings_and_payments_agree},
    {"every_payment_was_told", verify_sql::every_payment_was_told},
    {"ids_lie_in_their_bucket", verify_sql::ids_lie_in_their_bucket},
    {"answers_have_their_subject", verify_sql::answers_have_their_subject},
    {"open_requests_will_expire", verify_sql::open_requests_will_expire},
    {"refunds_never_exceed_what_came", verify_sql::refunds_never_exceed_what_came},
    {"refunds_follow_their_payouts", verify_sql::refunds_follow_their_payouts},
    {"payouts_are_submitted_once", verify_sql::payouts_are_submitted_once},
    {"settlements_are_their_payouts", verify_sql::settlements_are_their_payouts},
    {"transfers_in_flight_are_open", verify_sql::transfers_in_flight_are_open},
    {"withheld_tax_is_what_was_released", verify_sql::withheld_tax_is_what_was_released},
    {"stock_is_what_orders_left", verify_sql::stock_is_what_orders_left},
    {"orders_follow_their_money", verify_sql::orders_follow_their_money},
    {"bills_are_their_requests", verify_sql::bills_are_their_requests},
    {"bills_hold_their_cash", verify_sql::bills_hold_their_cash},
    {"payers_hold_their_credit", verify_sql::payers_hold_their_credit},
});

postgres::Statement const next_requests{"verify_next_requests",
                                        "select r.bucket, r.id, r.amount, r.amount_paid, r.late_paid, r.status, r.closed from payment_request r "
                                        "where (r.bucket, r.id) > ($1::int2, $2::uuid) order by r.bucket, r.id limit 20000"};

/// Page by page along the primary key, so that memory stays small whatever the book's size.
InvariantResult states_follow_from_facts(postgres::Connection& connection) {
    auto out = InvariantResult{.name = "states_follow_from_facts", .checked = 0, .broken = 0, .examples = {}};
    auto bucket = std::int16_t{-1};
    auto last = Uuid{};
    for (;;) {
        auto const rows = connection.query(next_requests, postgres::Params::of(bucket, last));
        if (rows.rows() == 0) return out;
        for (auto row = 0; row < rows.rows(); ++row) {
            auto request = PaymentRequest{};
            request.id = rows.id<PaymentRequestId>(row, 1);
            request.amount = rows.maybe_money(row, 2);
            request.amount_paid = rows.money(row, 3);
            request.late_paid = rows.money(row, 4);
            request.status = request_status_of(rows.text(row, 5)).value();
            request.closed = rows.boolean(row, 6);
            ++out.checked;
            if (status_of(request) != request.status && out.broken++ < 5)
                out.examples.push_back("request " + request.id.text() + " is " + std::string{word(request.status)} + ", its money says " +
                                       std::string{word(status_of(request))});
        }
        bucket = static_cast<std::int16_t>(rows.integer(rows.rows() - 1, 0));
        last = rows.uuid(rows.rows() - 1, 1);
    }
}

}  // namespace

std::vector<InvariantResult> verify(postgres::Connection& connection, std::vector<Invariant> const& more) {
    std::vector<InvariantResult> out;
    connection.execute("begin isolation level repeatable read read only");
    auto const check = [&](std::string_view name, std::string_view sql) {
        auto const rows = connection.query({"verify_" + std::string{name}, std::string{sql}});
        out.push_back({std::string{name}, rows.integer(0, 0), rows.integer(0, 1), rows.text_array(0, 2)});
    };
    for (auto const& [name, sql] : invariants) check(name, sql);
    for (auto const& [name, sql] : more) check(name, sql);
    out.push_back(states_follow_from_facts(connection));
    out.push_back(audit_chains_hold(connection));
    connection.execute("commit");
    return out;
}

}  // namespace choso::payments
