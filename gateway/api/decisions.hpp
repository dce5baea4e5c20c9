#pragma once
#include <memory>

#include "gateway/api/person.hpp"
#include "gateway/api/rows_out.hpp"
#include "gateway/payments/commands_out.hpp"

/// What a person says to a refund or payout that waits: the same orders for the API and the page.
namespace choso::api {

/// Whose work it is.
inline constexpr people::Roles deciders{people::Role::approver};

/// What `id` names, if it is the person's to decide; else it does not exist.
[[nodiscard]] std::optional<RefundRow> refund_to_decide(Person const& person, postgres::Connection& connection, std::string_view id);
[[nodiscard]] std::optional<PayoutRow> payout_to_decide(Person const& person, postgres::Connection& connection, std::string_view id);

/// `shown` is the destination the person saw, if that is known. Null if the directory has lost the payment's account.
[[nodiscard]] std::unique_ptr<payments::Command const> yes_to(RefundRow const& row, Person const& person, std::optional<PersonId> shown, Instant now);
[[nodiscard]] std::unique_ptr<payments::Command const> yes_to(PayoutRow const& row, Person const& person);
[[nodiscard]] std::unique_ptr<payments::Command const> no_to(RefundRow const& row, Person const& person);
[[nodiscard]] std::unique_ptr<payments::Command const> no_to(PayoutRow const& row, Person const& person);

}  // namespace choso::api
