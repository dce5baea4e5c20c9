#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "merchants/fees/commands.hpp"
#include "merchants/fees/rows.hpp"

/// What the orders about bills share while they decide.
namespace choso::fees {

namespace bill_event {
inline constexpr std::string_view issued = "bill.issued";
inline constexpr std::string_view revised = "bill.revised";
inline constexpr std::string_view cancelled = "bill.cancelled";
inline constexpr std::string_view written_off = "bill.written_off";
inline constexpr std::string_view paid = "bill.paid";
inline constexpr std::string_view partially_paid = "bill.partially_paid";
inline constexpr std::string_view reopened = "bill.reopened";
inline constexpr std::string_view cash_received = "bill.cash_received";
inline constexpr std::string_view cash_returned = "bill.cash_returned";
inline constexpr std::string_view carried_over = "bill.carried_over";
inline constexpr std::string_view confirmed = "bill.confirmed";
inline constexpr std::string_view unconfirmed = "bill.unconfirmed";
}  // namespace bill_event

[[nodiscard]] inline FeeRows& rows_of(Book& book) { return book.rows<FeeRows>(); }

/// The answer of an earlier run under the same key, if there was one; its subject is what was made or changed.
[[nodiscard]] std::optional<Outcome> replay(Book const& book, Bucket bucket, IdempotencyKey const& key);
/// A refusal that the key's next use answers again.
[[nodiscard]] Outcome refuse(Book& book, Bucket bucket, IdempotencyKey const& key, Uuid const& subject, payments::Refusal why, Instant now);
[[nodiscard]] Outcome done(Book& book, Bucket bucket, IdempotencyKey const& key, Uuid const& subject, Instant now);

/// The bill's request as the batch has it, with all the money that stands for the bill.
[[nodiscard]] std::optional<payments::PaymentRequest> shown(Book const& book, Bill const& bill);
/// The bill if it is that merchant's and `request` is still its own; none otherwise.
[[nodiscard]] std::optional<Bill> find(Book& book, BillCommand const& asked);

/// An event about a bill: ids and amounts, no personal data. `more` is the event's own amount, where it has one, and the row
/// of cash it is about.
void tell(Book& book, std::string_view type, Bill const& bill, Instant now, std::optional<Money> more = {}, std::optional<Uuid> cover = {});
/// Stores what the bill shows now as told and tells the change of it, if there is one.
void tell_status(Book& book, BillId id, Instant now);

/// Makes the bill's request and issues it: number, event, the payer's kept credit.
[[nodiscard]] Bill issue(Book& book, Bill bill, payments::CreateRequest const& asked, payments::CollectorMode mode, bool credit_known,
                         payments::Actor const& actor, Instant now);
/// Asks for what the bill comes to now, under the reference it has.
void revise_request(Book& book, Bill const& bill, Instant now);

/// Movement of cash or credit for a bill, with its ledger accounts wanted before: want_money.
void want_money(Book& book, Bucket bucket, MerchantId merchant, std::optional<Uuid> desk, std::optional<PayerId> payer);
void move(Book& book, Bill const& bill, payments::Template name, Money amount, AccountId account, Uuid const& subject, Instant now);

}  // namespace choso::fees
