#include "gateway/api/rows_of_request.hpp"

#include "gateway/api/sql.hpp"

namespace choso::api {

RequestMoney money_of(postgres::Connection& connection, PaymentRequestId request) {
    static auto const receipts = postgres::Statement{"api_receipts_of_request", std::string{sql::receipts_of_request}};
    static auto const refunds = postgres::Statement{"api_refunds_of_request", std::string{sql::refunds_of_request}};
    auto const params = postgres::Params::of(request.bucket(), request);
    auto out = RequestMoney{};
    auto const came = connection.query(receipts, params);
    for (auto row = 0; row < came.rows(); ++row) out.receipts.push_back({came.money(row, 0), came.boolean(row, 1)});
    auto const goes = connection.query(refunds, params);
    for (auto row = 0; row < goes.rows(); ++row)
        out.refunds.push_back({.id = goes.id<RefundId>(row, 0),
                               .payment = goes.id<PaymentId>(row, 1),
                               .request = request,
                               .amount = goes.money(row, 2),
                               .status = payments::refund_status_of(goes.text(row, 3)).value(),
                               .reason = std::string{goes.text(row, 4)}});
    return out;
}

std::string payer_of(postgres::Connection& connection, PaymentRequestId request) {
    static auto const statement = postgres::Statement{"api_payer_of_request", std::string{sql::payer_of_request}};
    auto const rows = connection.query(statement, postgres::Params::of(request.bucket(), request));
    return rows.rows() == 0 ? std::string{} : std::string{rows.text(0, 0)};
}

}  // namespace choso::api
