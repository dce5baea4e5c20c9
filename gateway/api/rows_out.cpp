#include "gateway/api/rows_out.hpp"

#include "gateway/api/sql.hpp"
#include "gateway/payments/columns.hpp"

namespace choso::api {
namespace {

using postgres::Params;
using postgres::Result;

/// Four columns of `person`, from `column` on.
std::optional<payments::Destination> destination_in(Result const& rows, int row, std::optional<PersonId> const& id, int column) {
    if (!id || rows.is_null(row, column + 1)) return std::nullopt;
    return payments::Destination{*id, std::string{rows.text(row, column)}, std::string{rows.text(row, column + 1)},
                                 rows.maybe_text(row, column + 2).value_or(""), rows.maybe_text(row, column + 3).value_or("")};
}

/// A refund's columns, its destination's, the payout it became, the account its payment came into.
RefundRow refund_row_in(Result const& rows, int row) {
    constexpr auto person_column = 17;
    auto out = RefundRow{payments::read_refund(rows, row), {}, rows.maybe_id<PayoutId>(row, person_column + 4), rows.id<AccountId>(row, person_column + 5)};
    out.to = destination_in(rows, row, out.refund.destination, person_column);
    return out;
}

/// A payout's columns and its destination's.
PayoutRow payout_row_in(Result const& rows, int row) {
    constexpr auto person_column = 25;
    auto out = PayoutRow{payments::read_payout(rows, row), {}};
    out.to = destination_in(rows, row, out.payout.destination, person_column);
    return out;
}

template <class Row, class Read>
std::vector<Row> all_of(Result const& rows, Read read) {
    auto out = std::vector<Row>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read(rows, row));
    return out;
}

}  // namespace

std::optional<RefundRow> find_refund(postgres::Connection& connection, RefundId id) {
    static auto const statement = named("get_refund", sql::get_refund);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    return refund_row_in(rows, 0);
}

std::vector<RefundRow> waiting_refunds(postgres::Connection& connection, Owners const& owners, std::int64_t most) {
    static auto const statement = named("waiting_refunds", sql::waiting_refunds);
    auto const [buckets, merchants] = columns_of(owners);
    return all_of<RefundRow>(connection.query(statement, Params::of(buckets, merchants, most)), refund_row_in);
}

std::vector<payments::Refund> refunds_of(postgres::Connection& connection, PaymentId payment) {
    static auto const statement = named("refunds_of_payment", sql::refunds_of_payment);
    return all_of<payments::Refund>(connection.query(statement, Params::of(payment.bucket(), payment)), payments::read_refund);
}

std::vector<payments::Refund> refunds_of(postgres::Connection& connection, PaymentRequestId request) {
    static auto const statement = named("request_refunds", sql::request_refunds);
    return all_of<payments::Refund>(connection.query(statement, Params::of(request.bucket(), request)), payments::read_refund);
}

std::vector<payments::Refund> list_refunds(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_refunds", sql::list_refunds);
    return all_of<payments::Refund>(connection.query(statement, list_params(owners, options)), payments::read_refund);
}

std::optional<PayoutRow> find_payout(postgres::Connection& connection, PayoutId id) {
    static auto const statement = named("get_payout", sql::get_payout);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    return payout_row_in(rows, 0);
}

std::vector<PayoutRow> waiting_payouts(postgres::Connection& connection, Owners const& owners, std::int64_t most) {
    static auto const statement = named("waiting_payouts", sql::waiting_payouts);
    auto const [buckets, merchants] = columns_of(owners);
    return all_of<PayoutRow>(connection.query(statement, Params::of(buckets, merchants, most)), payout_row_in);
}

std::vector<payments::Payout> list_payouts(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_payouts", sql::list_payouts);
    return all_of<payments::Payout>(connection.query(statement, list_params(owners, options)), payments::read_payout);
}

}  // namespace choso::api
