#include "gateway/api/rows_of_request.hpp"

#include "gateway/api/rows.hpp"
#include "gateway/api/sql.hpp"
#include "gateway/payments/columns.hpp"

namespace choso::api {

RequestMoney money_of(postgres::Connection& connection, PaymentRequestId request) {
    static auto const receipts = named("receipts_of_request", sql::receipts_of_request);
    static auto const refunds = named("refunds_of_request", sql::refunds_of_request);
    auto const params = postgres::Params::of(request.bucket(), request);
    auto out = RequestMoney{};
    auto const came = connection.query(receipts, params);
    for (auto row = 0; row < came.rows(); ++row) out.receipts.push_back({came.money(row, 0), came.boolean(row, 1)});
    auto const goes = connection.query(refunds, params);
    for (auto row = 0; row < goes.rows(); ++row) out.refunds.push_back(payments::read_refund(goes, row));
    return out;
}

std::string payer_of(postgres::Connection& connection, PaymentRequestId request) {
    static auto const statement = named("payer_of_request", sql::payer_of_request);
    auto const rows = connection.query(statement, postgres::Params::of(request.bucket(), request));
    return rows.rows() == 0 ? std::string{} : std::string{rows.text(0, 0)};
}

}  // namespace choso::api
