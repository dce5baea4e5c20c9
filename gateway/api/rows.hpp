#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"
#include "merchants/directory.hpp"
#include "platform/postgres/connection.hpp"

/// Questions about single requests and payments and lists of them, each one statement over named buckets. Every call may
/// throw postgres::ConnectionLost or StatementFailed.
namespace choso::api {

[[nodiscard]] std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, PaymentRequestId id);
/// By the secret of its pay page.
[[nodiscard]] std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, Bucket bucket, Uuid const& token);
[[nodiscard]] std::optional<payments::Payment> find_payment(postgres::Connection& connection, PaymentId id);

/// Merchants and the bucket each one's rows stand in.
struct Owners {
    std::vector<std::pair<Bucket, MerchantId>> places;
};
[[nodiscard]] Owners owners_of(std::vector<merchants::Merchant const*> const& merchants, merchants::Directory const& directory);

/// Newest first; only those older than `before`, if given.
struct ListOptions {
    std::optional<Uuid> before;
    std::optional<std::string> status;
    std::int64_t limit = 50;
};
[[nodiscard]] std::vector<payments::PaymentRequest> list_requests(postgres::Connection& connection, Owners const& owners, ListOptions const& options);
[[nodiscard]] std::vector<payments::Payment> list_payments(postgres::Connection& connection, Owners const& owners, ListOptions const& options);

/// What a stall's page shows: its newest request since `since`, and its money since then, newest first.
[[nodiscard]] std::optional<payments::PaymentRequest> newest_request_of(postgres::Connection& connection, Bucket bucket,
                                                                        merchants::Stall const& stall, Instant since);
struct Receipts {
    std::vector<payments::Payment> newest;  ///< at most `limit`
    Money sum;                              ///< of all, listed or not; what the bank took back does not count
    std::int64_t count = 0;                 ///< of all
};
[[nodiscard]] Receipts receipts_of(postgres::Connection& connection, Bucket bucket, merchants::Stall const& stall, Instant since,
                                   std::int64_t limit);

}  // namespace choso::api
