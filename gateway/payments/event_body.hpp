#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/payments/types.hpp"

/// The JSON bodies of events, in one place: ids and amounts, never a name, a number of a payer or bank text.
namespace choso::payments {

[[nodiscard]] std::string body_of_created(PaymentRequest const& request);
/// `{"amount_paid"}`; for expired, cancelled and the events named after a status. Short on purpose: every payment keeps
/// three events for ever, and the request itself can be asked.
[[nodiscard]] std::string body_of_status(PaymentRequest const& request);
/// `{"amount","amount_paid","status"}`
[[nodiscard]] std::string body_of_revised(PaymentRequest const& request);
/// Money for a request (or, without one, for a stall): what came, what was asked, what is missing or too much.
[[nodiscard]] std::string body_of_received(Payment const& payment, PaymentRequest const* request);
[[nodiscard]] std::string body_of_unreferenced(Payment const& payment, std::string_view reason, std::optional<PaymentRequestId> request);
[[nodiscard]] std::string body_of_wrong_account(PaymentId payment, Money amount, std::optional<PaymentRequestId> request,
                                                std::optional<Reference> reference);
[[nodiscard]] std::string body_of_reversed(Payment const& payment, PaymentRequest const* request);
[[nodiscard]] std::string body_of_confirmed(Payment const& payment);
/// One payee's part of a split payment: nothing of the other payees', nothing of the whole. Negative: taken away.
[[nodiscard]] std::string body_of_share(PaymentRequestId request, Money part);
[[nodiscard]] std::string body_of_refund(Refund const& refund);
[[nodiscard]] std::string body_of_payout(Payout const& payout);

}  // namespace choso::payments
