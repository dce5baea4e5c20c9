#include "gateway/payments/ledger_export.hpp"

#include "base/fee_ids.hpp"
#include "gateway/payments/ledger.hpp"
#include "gateway/payments/sql.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

using postgres::Result;

/// Journals are about payments, but for those of our own transfers.
std::string subject_text(std::string_view name, Uuid const& subject) {
    if (name.starts_with("cash_") || name.starts_with("credit_kept") || name.starts_with("credit_used")) return BillId{subject}.text();
    auto const of_payout = name.starts_with("payout_") || (name.starts_with("refund_") && !name.starts_with("refund_paid_"));
    return of_payout ? PayoutId{subject}.text() : PaymentId{subject}.text();
}

/// One line of a journal, as all three formats need it.
struct Line {
    std::string journal, name, subject, day, occurred, recorded, account;
    Money amount, balance;
    std::int64_t seq = 0;
};

Line read_line(Result const& rows, int row) {
    auto const kind = account_kind_of(rows.text(row, 6)).value();
    auto const subject = belongs_to_merchant(kind)     ? rows.id<MerchantId>(row, 7).text()
                         : kind == AccountKind::deposit ? rows.id<DepositId>(row, 7).text()
                         : kind == AccountKind::benefit ? rows.id<ProgrammeId>(row, 7).text()
                         : kind == AccountKind::held ? rows.id<PaymentRequestId>(row, 7).text()
                         : kind == AccountKind::cash ? rows.id<FeeUnitId>(row, 7).text()
                         : kind == AccountKind::payer_credit ? rows.id<PayerId>(row, 7).text()
                                                     : rows.id<AccountId>(row, 7).text();
    auto const collector = rows.maybe_id<CollectorId>(row, 11);
    auto const occurred = to_rfc3339(rows.time(row, 4));
    return {.journal = std::to_string(rows.integer(row, 0)) + "-" + std::to_string(rows.integer(row, 1)),
            .name = std::string{rows.text(row, 2)},
            .subject = subject_text(rows.text(row, 2), rows.uuid(row, 3)),
            .day = occurred.substr(0, 10),
            .occurred = occurred,
            .recorded = to_rfc3339(rows.time(row, 5)),
            .account = (collector ? collector->text() : "unknown") + ":" + std::string{word(kind)} + ":" + subject,
            .amount = rows.money(row, 8),
            .balance = rows.money(row, 9),
            .seq = rows.integer(row, 10)};
}

void append(std::string& out, ExportFormat format, Line const& line, bool first_of_journal) {
    switch (format) {
        case ExportFormat::hledger:
            if (first_of_journal) out += "\n" + line.day + " * (" + line.journal + ") " + line.name + " | " + line.subject + "\n";
            out += "    " + line.account + "  " + std::to_string(line.amount.dong()) + " VND\n";
            return;
        case ExportFormat::csv:
            out += line.journal + "," + line.occurred + "," + line.recorded + "," + line.name + "," + line.subject + "," + line.account + "," +
                   std::to_string(line.amount.dong()) + "," + std::to_string(line.balance.dong()) + "," + std::to_string(line.seq) + "\n";
            return;
        case ExportFormat::json:
            json::Writer{out}.object().member("journal", line.journal).member("occurred_at", line.occurred).member("recorded_at", line.recorded)
                .member("template", line.name).member("subject", line.subject).member("account", line.account).member("amount", line.amount)
                .member("balance", line.balance).member("seq", line.seq).end();
            out += "\n";
            return;
    }
}

}  // namespace

void export_ledger(postgres::Connection& connection, ExportFormat format, ExportRange const& range,
                   std::function<void(std::string const&)> const& write) {
    static auto const statement = postgres::Statement{"export_journals", std::string{sql::export_journals}};
    auto const since = range.from ? Instant{*range.from} - vietnam_offset : Instant{};
    auto const until = range.to ? Instant{*range.to + std::chrono::days{1}} - vietnam_offset
                                : Instant{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}};
    if (format == ExportFormat::hledger) write("commodity 1000. VND\n");
    if (format == ExportFormat::csv) write("journal,occurred_at,recorded_at,template,subject,account,amount,balance,seq\n");
    connection.execute("begin isolation level repeatable read read only");
    auto bucket = std::int16_t{-1};
    auto journal = std::int64_t{0};
    for (;;) {
        auto const rows = connection.query(statement, postgres::Params::of(bucket, journal, since, until));
        if (rows.rows() == 0) break;
        std::string out;
        for (auto row = 0; row < rows.rows(); ++row) {
            auto const first = row == 0 || rows.integer(row, 0) != rows.integer(row - 1, 0) || rows.integer(row, 1) != rows.integer(row - 1, 1);
            append(out, format, read_line(rows, row), first);
        }
        bucket = static_cast<std::int16_t>(rows.integer(rows.rows() - 1, 0));
        journal = rows.integer(rows.rows() - 1, 1);
        write(out);
    }
    connection.execute("commit");
}

}  // namespace choso::payments
