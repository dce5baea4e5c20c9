#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/ledger.hpp"
#include "merchants/directory.hpp"
#include "platform/postgres/connection.hpp"

/// Questions about single requests and payments and lists of them, each one statement over named buckets. Every call may
/// throw postgres::ConnectionLost or StatementFailed.
namespace choso::api {

/// A question of these files; in its text the column lists of gateway/payments/columns.hpp are written out.
[[nodiscard]] postgres::Statement named(std::string_view name, std::string_view sql);

[[nodiscard]] std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, PaymentRequestId id);
/// By the secret of its pay page.
[[nodiscard]] std::optional<payments::PaymentRequest> find_request(postgres::Connection& connection, Bucket bucket, Uuid const& token);
[[nodiscard]] std::optional<payments::Payment> find_payment(postgres::Connection& connection, PaymentId id);

/// Merchants and the bucket each one's rows stand in.
struct Owners {
    std::vector<std::pair<Bucket, MerchantId>> places;
};
[[nodiscard]] Owners owners_of(std::vector<merchants::Merchant const*> const& merchants, merchants::Directory const& directory);

/// Arrays of equal length: each merchant's bucket, each merchant.
[[nodiscard]] std::pair<postgres::Array, postgres::Array> columns_of(Owners const& owners);

/// Newest first; only those older than `before`, if given.
struct ListOptions {
    std::optional<Uuid> before;
    std::optional<std::string> status;
    std::int64_t limit = 50;
};
/// `$1` buckets, `$2` merchants, `$3` before, `$4` status, `$5` limit.
[[nodiscard]] postgres::Params list_params(Owners const& owners, ListOptions const& options);
[[nodiscard]] std::vector<payments::PaymentRequest> list_requests(postgres::Connection& connection, Owners const& owners, ListOptions const& options);
[[nodiscard]] std::vector<payments::Payment> list_payments(postgres::Connection& connection, Owners const& owners, ListOptions const& options);

/// Some merchants' shares of those payments that stand for split requests; what was taken away again is 0.
[[nodiscard]] std::map<PaymentId, std::vector<payments::Part>> shares_of(postgres::Connection& connection,
                                                                         std::vector<payments::Payment> const& payments,
                                                                         std::vector<MerchantId> const& merchants);

/// What its collector owes a merchant; negative after money that was paid out already was taken back.
struct Due {
    Money seen;       ///< told by one source: not paid out yet
    Money confirmed;  ///< told by a second one as well
    Money proposed;   ///< the part of it that a payout is proposed for
    Money in_payout;  ///< approved and on its way: not owed any more, not known to have arrived
};
[[nodiscard]] std::map<MerchantId, Due> list_due(postgres::Connection& connection, Owners const& owners);

/// The least id that can have been made at a moment.
[[nodiscard]] Uuid least_id(Instant at);

/// The median of a stall's latest receipts of thirty days; zero while there are fewer than five.
[[nodiscard]] Money usual_receipt(postgres::Connection& connection, Bucket bucket, merchants::Stall const& stall, Instant now);

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
