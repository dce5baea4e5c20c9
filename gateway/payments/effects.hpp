#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/audit.hpp"
#include "gateway/payments/commands.hpp"
#include "gateway/payments/ledger.hpp"

/// What a decision does to the book, as values: nothing has happened until Book::apply takes them.
namespace choso::payments {

namespace event_type {
inline constexpr std::string_view request_created = "payment_request.created";
inline constexpr std::string_view request_revised = "payment_request.revised";
inline constexpr std::string_view request_expired = "payment_request.expired";
inline constexpr std::string_view request_cancelled = "payment_request.cancelled";
inline constexpr std::string_view payment_received = "payment.received";
inline constexpr std::string_view payment_duplicate = "payment.duplicate";
inline constexpr std::string_view payment_unreferenced = "payment.unreferenced";
inline constexpr std::string_view payment_wrong_account = "payment.wrong_account";
inline constexpr std::string_view payment_confirmed = "payment.confirmed";
inline constexpr std::string_view payment_reversed = "payment.reversed";
inline constexpr std::string_view payment_moved = "payment.moved";
inline constexpr std::string_view refund_proposed = "refund.proposed";
inline constexpr std::string_view refund_approved = "refund.approved";
inline constexpr std::string_view refund_submitted = "refund.submitted";
inline constexpr std::string_view refund_succeeded = "refund.succeeded";
inline constexpr std::string_view refund_failed = "refund.failed";
inline constexpr std::string_view refund_unknown = "refund.unknown";
inline constexpr std::string_view payout_proposed = "payout.proposed";
inline constexpr std::string_view payout_approved = "payout.approved";
inline constexpr std::string_view payout_submitted = "payout.submitted";
inline constexpr std::string_view payout_succeeded = "payout.succeeded";
inline constexpr std::string_view payout_failed = "payout.failed";
inline constexpr std::string_view payout_unknown = "payout.unknown";          ///< its bank is asked at once
inline constexpr std::string_view payout_unresolved = "payout.unresolved";    ///< asked the last time in vain: for a person
inline constexpr std::string_view payout_contradicted = "payout.contradicted";  ///< the bank told otherwise before: for a person
inline constexpr std::string_view payout_returned = "payout.returned";        ///< the bank gave it back
}  // namespace event_type

namespace due_kind {
inline constexpr std::string_view expire_request = "expire_request";
inline constexpr std::string_view payout_unanswered = "payout_unanswered";
}  // namespace due_kind

struct JournalDraft {
    Template name;
    Uuid subject;  ///< the payment or request it is about
    Instant occurred_at;
    Money amount;
    AccountId account;
    MerchantId merchant;
    Parties parties = {};  ///< for a split request's money
};

struct EventDraft {
    std::string_view type;
    Uuid subject;
    MerchantId merchant;
    std::string body;  ///< a JSON object: ids and amounts, no personal data
    /// The ledger account whose newest `seq` becomes the body's `n`, the merchant's own gapless number.
    std::optional<LedgerAccountKey> numbered_by;
};

struct DueRow {
    Instant at;
    std::string_view kind;
    Uuid subject;
};

struct SightingRow {
    std::int32_t source;
    std::string source_id;
    PaymentId payment;
};

struct ReversalRow {
    PaymentId payment;
    Uuid id;
    Actor actor;
    std::string reason;
};

/// A payment's share of a line after a journal, as the change of it.
struct ShareRow {
    PaymentRequestId request;
    PaymentId payment;
    Share change;
};

/// One journal, what it moved between payment and request, and the events that tell of it: the whole of it to the
/// asking merchant, each other payee's part to that payee.
struct Movement {
    JournalDraft journal;
    std::optional<Allocation> allocation;
    std::optional<EventDraft> event;
    std::vector<EventDraft> payee_events = {};
    std::vector<ShareRow> shares = {};
    std::vector<Release> releases = {};
};

struct Effects {
    std::optional<PaymentId> answer;  ///< the payment a credit's teller is answered with
    std::optional<PaymentRequest> new_request;
    std::vector<PaymentRequest> changed_requests;
    std::optional<Payment> new_payment;
    std::vector<Payment> changed_payments;
    std::optional<SightingRow> sighting;
    std::vector<Movement> movements;
    std::vector<EventDraft> events;
    std::vector<AuditDraft> audits;  ///< their bucket must have been wanted: Book::want_audit
    std::vector<Refund> new_refunds;
    std::vector<Refund> changed_refunds;
    std::vector<Destination> new_destinations;
    std::vector<Payout> new_payouts;
    std::vector<Payout> changed_payouts;
    std::optional<Settlement> new_settlement;
    std::optional<ReversalRow> reversal;
    std::vector<DueRow> new_dues;
    std::optional<DueRow> done_due;
    std::optional<std::pair<PaymentId, PaymentRequestId>> misdirected;
    Money misdirected_amount;
};

}  // namespace choso::payments
