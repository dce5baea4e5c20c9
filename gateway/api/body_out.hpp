#pragma once
#include "gateway/api/body.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/payments/commands_out.hpp"

/// Reading what callers send about money that goes back and out.
namespace choso::api {

struct NewRefund {
    PaymentId payment;
    Money amount;
    std::string reason;
    std::optional<payments::Destination> destination;  ///< its id is still to be made
};
[[nodiscard]] Result<NewRefund, Problem> parse_refund(std::string_view body);

/// The body of POST /refunds/{id}/destination: a destination by itself.
[[nodiscard]] Result<payments::Destination, Problem> parse_destination(std::string_view body);

/// The body of POST /refunds/{id}/approve: the destination the approver was shown, if it says so; the body may be empty.
[[nodiscard]] Result<std::optional<PersonId>, Problem> parse_approval(std::string_view text);

/// The body of POST /payouts, checked against what the maker may name.
[[nodiscard]] Result<std::unique_ptr<payments::ProposePayout>, Problem> parse_payout(http::Request const& request, Maker const& maker, Instant now);

/// The command of a refund of that payment, for whoever asks.
[[nodiscard]] std::unique_ptr<payments::ProposeRefund> to_command(NewRefund asked, MerchantId merchant, payments::Actor const& actor,
                                                                  payments::IdempotencyKey const& key, Instant now);

}  // namespace choso::api
