#pragma once
#include <string>
#include <string_view>

#include "gateway/payments/queue.hpp"
#include "platform/http/message.hpp"

namespace choso::api {

/// Everything the edge refuses with or fails by. One row each in problem_table.cpp: the stable code, the status, both texts.
enum class Code {
    bad_request,
    body_invalid,
    unknown_field,
    idempotency_key_missing,
    idempotency_key_invalid,
    cursor_invalid,
    parameter_invalid,
    unauthorized,
    sign_in_needed,
    credentials_wrong,
    code_wrong,
    signature_stale,
    session_missing,
    ticket_invalid,
    scope_missing,
    account_not_allowed,
    approver_must_be_person,
    second_factor_needed,
    approver_is_maker,
    form_expired,
    second_factor_due,
    second_factor_absent,
    password_temporary,
    step_up_needed,
    role_missing,
    not_found,
    method_not_allowed,
    request_timeout,
    order_code_taken,
    already_paid,
    already_expired,
    already_cancelled,
    sighting_conflict,
    payment_already_reversed,
    already_decided,
    payment_not_refundable,
    refund_exceeds_payment,
    not_confirmed,
    destination_missing,
    not_enough_due,
    nothing_to_settle,
    receipt_not_cancellable,
    list_not_open,
    list_is_empty,
    deposit_closed,
    deposit_exceeded,
    complaint_closed,
    bill_not_changeable,
    bill_has_money,
    bill_amount_refused,
    bill_not_payable,
    nothing_over,
    bill_code_taken,
    payout_not_sendable,
    payment_moved,
    destination_differs,
    transfer_too_large,
    out_of_stock,
    too_many_open_orders,
    order_not_open,
    order_not_paid,
    already_sent,
    quantity_exceeds_order,
    return_not_open,
    payment_not_assignable,
    payment_not_releasable,
    proposal_missing,
    proposal_changed,
    payload_too_large,
    target_too_long,
    expectation_failed,
    amount_invalid,
    field_invalid,
    field_missing,
    stall_invalid,
    bank_account_invalid,
    split_not_available,
    split_sum_differs,
    payees_differ,
    destination_invalid,
    collector_is_direct,
    idempotency_key_reused,
    too_many_requests,
    too_many_tickets,
    too_many_attempts,
    head_too_large,
    internal,
    failed,
    not_implemented,
    overloaded,
    stopping,
    unavailable,
    handler_timeout,
    not_ready,
    version_not_supported,
};

/// A text in the two languages every refusal speaks.
struct Text {
    std::string vi;
    std::string en;
};

struct Problem;

/// Who will read the answer.
struct Audience {
    std::string request_id;
    bool english = false;
    /// For people: draws the problem as a page of their place. Null: a problem document, for programs.
    http::Response (*page)(Problem const&, Audience const&) = nullptr;
};
/// Vietnamese unless `Accept-Language` prefers English.
[[nodiscard]] Audience audience_of(http::Request const& request);

/// One refusal: `param` names the field at fault (empty: none), `detail` says the rule it broke (empty: the table's text).
struct Problem {
    Code code;
    std::string param{};
    Text detail{};
    int retry_after = 1;  ///< seconds, told with 429 and 503
};

struct ProblemKind {
    Code code;
    std::string_view word;  ///< stable; what a client's program compares
    int status;
    bool retryable;
    std::string_view money_moved;  ///< no, yes or unknown
    std::string_view vi;
    std::string_view en;
};
[[nodiscard]] ProblemKind const& kind_of(Code code);

[[nodiscard]] Code code_of(payments::Refusal refusal);
[[nodiscard]] Code code_of(payments::Failure failure);
[[nodiscard]] Code code_of(http::ErrorKind error);

/// RFC 9457 `application/problem+json`: type, title, status, detail, code, param, request_id, retryable, money_moved; with
/// Retry-After on 503 and 429, WWW-Authenticate on 401.
[[nodiscard]] http::Response to_response(Problem const& problem, Audience const& audience);
/// What the server itself answers (framing, limits, unknown routes).
[[nodiscard]] http::Response to_response(http::ErrorKind error, http::Request const* request);

}  // namespace choso::api
