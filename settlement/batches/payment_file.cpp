#include "settlement/batches/payment_file.hpp"

#include <array>
#include <cstdio>

#include "settlement/batches/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Params;
using postgres::Statement;

Statement named(std::string_view name, std::string_view sql) { return {"batches_" + std::string{name}, std::string{sql}}; }

}  // namespace

std::vector<PayoutId> waiting_payouts(postgres::Connection& connection, SettlementId batch) {
    static auto const statement = named("approved", batches_sql::approved);
    auto const rows = connection.query(statement, Params::of(batch.bucket(), batch));
    auto out = std::vector<PayoutId>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(rows.id<PayoutId>(row, 0));
    return out;
}

void keep_file(postgres::Connection& connection, PaymentFileId id, SettlementId batch, payments::Actor const& by, Instant now, std::chrono::sys_days execute_on) {
    static auto const statement = named("insert_file", batches_sql::insert_file);
    auto const ymd = std::chrono::year_month_day{execute_on};
    auto day = std::array<char, 16>{};
    std::snprintf(day.data(), day.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    connection.query(statement, Params::of(batch.bucket(), batch, id, payments::word(by.kind), by.id, now, std::string{day.data()}));
}

std::optional<PaymentFile> find_file(postgres::Connection& connection, PaymentFileId id) {
    static auto const one = named("find_file", batches_sql::find_file);
    static auto const list = named("transfers", batches_sql::transfers);
    auto const rows = connection.query(one, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    auto out = PaymentFile{.id = id, .batch = rows.id<SettlementId>(0, 0), .account = rows.id<AccountId>(0, 1), .merchant = rows.id<MerchantId>(0, 2), .order = {}, .transfers = {}};
    out.order.id = id.text();
    out.order.created_at = rows.time(0, 3);
    out.order.execute_on = parse_day(rows.text(0, 4)).value();
    out.order.debtor_bin = rows.text(0, 5);
    out.order.debtor_account = rows.text(0, 6);
    out.order.debtor = rows.text(0, 7);
    auto const transfers = connection.query(list, Params::of(id.bucket(), id));
    for (auto row = 0; row < transfers.rows(); ++row) {
        auto const payout = transfers.id<PayoutId>(row, 0);
        auto const reference = transfers.maybe_text(row, 1).value_or("");
        auto transfer = Transfer{payout.text(), reference, transfers.money(row, 2), transfers.maybe_text(row, 3).value_or(""),
                                 transfers.maybe_text(row, 4).value_or(""), transfers.maybe_text(row, 5).value_or(""),
                                 reference + " QUYET TOAN " + std::string{transfers.text(row, 7)}};
        out.order.transfers.push_back(transfer);
        out.transfers.push_back({payout, std::string{transfers.text(row, 6)}, std::move(transfer)});
    }
    return out;
}

std::vector<std::pair<PayoutId, Verdict>> verdicts_of(PaymentFile const& file, StatusReport const& report) {
    auto out = std::vector<std::pair<PayoutId, Verdict>>{};
    for (auto const& each : file.transfers)
        if (auto verdict = verdict_of(report, file.order.id, each.transfer.id, each.transfer.reference)) out.emplace_back(each.payout, std::move(*verdict));
    return out;
}

}  // namespace choso::settlement
