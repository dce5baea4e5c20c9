#include "gateway/api/rows_out.hpp"

#include "gateway/api/sql.hpp"
#include "gateway/payments/out_rows.hpp"

namespace choso::api {
namespace {

using postgres::Params;
using postgres::Result;

postgres::Statement named(char const* name, std::string_view sql) { return {std::string{"api_"} + name, std::string{sql}}; }

/// Four columns of `person`, from `column` on.
std::optional<payments::Destination> destination_in(Result const& rows, int row, std::optional<PersonId> const& id, int column) {
    if (!id || rows.is_null(row, column + 1)) return std::nullopt;
    return payments::Destination{*id, std::string{rows.text(row, column)}, std::string{rows.text(row, column + 1)},
                                 rows.maybe_text(row, column + 2).value_or(""), rows.maybe_text(row, column + 3).value_or("")};
}

template <class Row, class Read>
std::vector<Row> all_of(Result const& rows, Read read) {
    auto out = std::vector<Row>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read(rows, row));
    return out;
}

}  // namespace

std::optional<RefundRow> find_refund(postgres::Connection& connection, RefundId id) {
    constexpr auto person_column = 17;
    static auto const statement = named("get_refund", sql::get_refund);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    auto out = RefundRow{payments::read_refund(rows, 0), {}, rows.maybe_id<PayoutId>(0, person_column + 4), rows.id<AccountId>(0, person_column + 5)};
    out.to = destination_in(rows, 0, out.refund.destination, person_column);
    return out;
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
    constexpr auto person_column = 25;
    static auto const statement = named("get_payout", sql::get_payout);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    auto out = PayoutRow{payments::read_payout(rows, 0), {}};
    out.to = destination_in(rows, 0, out.payout.destination, person_column);
    return out;
}

std::vector<payments::Payout> list_payouts(postgres::Connection& connection, Owners const& owners, ListOptions const& options) {
    static auto const statement = named("list_payouts", sql::list_payouts);
    return all_of<payments::Payout>(connection.query(statement, list_params(owners, options)), payments::read_payout);
}

}  // namespace choso::api
