#include "simulator/statement.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "simulator/camt054.hpp"

namespace choso::bank {
namespace {

using html::Html;

std::string unsigned_text(Money amount) { return std::to_string(amount.is_negative() ? -amount.dong() : amount.dong()); }

void balance(Html& xml, std::string_view code, Money amount, std::chrono::sys_days day) {
    xml.open("Bal").open("Tp").open("CdOrPrtry").line("Cd", code).close().close();
    xml.line("Amt", unsigned_text(amount), {{"Ccy", "VND"}}).line("CdtDbtInd", amount.is_negative() ? "DBIT" : "CRDT");
    xml.open("Dt").line("Dt", day_text(day)).close().close();
}

/// What SWIFT's character set x leaves of a text.
std::string swift(std::string_view text) {
    auto out = fold(text);
    for (auto& c : out) {
        auto const stays = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view{"/-?:().,'+ "}.find(c) != std::string_view::npos;
        if (!stays) c = ' ';
    }
    return out;
}

std::string yymmdd(std::chrono::sys_days day) {
    auto const text = day_text(day);
    return text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2);
}

std::string balance_line(std::string_view tag, Money amount, std::chrono::sys_days day) {
    return ":" + std::string{tag} + ":" + (amount.is_negative() ? "D" : "C") + yymmdd(day) + "VND" + unsigned_text(amount) + ",\r\n";
}

}  // namespace

Statement statement_of(Book const& book, Account const& account, std::chrono::sys_days day) {
    auto out = Statement{&account, day, account.opening, {}, {}, {}};
    for (auto const index : account.movements) {
        auto const& movement = book.movements()[index];
        auto const its = vietnam_day(movement.at);
        if (its < day) out.opening += movement.amount;
        else if (its == day) out.lines.push_back(&movement);
    }
    out.closing = out.opening;
    for (auto const* line : out.lines) out.balances.push_back(out.closing += line->amount);
    return out;
}

std::optional<StatementFormat> statement_format_of(std::string_view word) {
    if (word == "camt053") return StatementFormat::camt053;
    if (word == "mt940") return StatementFormat::mt940;
    if (word == "csv") return StatementFormat::csv;
    return std::nullopt;
}

std::string as_camt053(Book const& book, Statement const& statement) {
    auto const& account = *statement.account;
    auto const id = account.key.number + "-" + day_text(statement.day);
    auto const made = day_text(statement.day + std::chrono::days{1}) + "T00:30:00+07:00";
    auto xml = Html{};
    xml.trusted("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").open("Document", {{"xmlns", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"}});
    xml.open("BkToCstmrStmt").open("GrpHdr").line("MsgId", id).line("CreDtTm", made).close();
    xml.open("Stmt").line("Id", id).line("CreDtTm", made);
    write_account(xml, account.key, account.holder);
    balance(xml, "OPBD", statement.opening, statement.day);
    balance(xml, "CLBD", statement.closing, statement.day);
    write_entries(xml, book, statement.lines);
    xml.close().close().close();
    return xml.take();
}

std::string as_mt940(Book const&, Statement const& statement) {
    auto const& account = *statement.account;
    auto const first = std::chrono::sys_days{std::chrono::year_month_day{statement.day}.year() / 1 / 1};
    auto const number = std::to_string((statement.day - first).count() + 1);
    auto out = ":20:CS" + yymmdd(statement.day) + account.key.number.substr(0, 8) + "\r\n:25:" + account.key.bin + "/" + account.key.number + "\r\n:28C:" +
               number + "/1\r\n" + balance_line("60F", statement.opening, statement.day);
    for (auto const* line : statement.lines) {
        auto const is_in = line->amount.is_positive();
        // RC takes a credit back, so the money leaves; RD the other way round.
        auto const mark = line->reverses == 0 ? (is_in ? "C" : "D") : (is_in ? "RD" : "RC");
        out += ":61:" + yymmdd(statement.day) + yymmdd(statement.day).substr(2) + mark + unsigned_text(line->amount) + ",NTRFNONREF//" + swift(line->reference) + "\r\n";
        auto const text = swift(line->content);
        out += ":86:";
        for (auto at = std::size_t{0}; at < text.size() || at == 0; at += 65) (out += text.substr(at, 65)) += "\r\n";
    }
    return out + balance_line("62F", statement.closing, statement.day) + "-\r\n";
}

std::string written(Book const& book, Statement const& statement, StatementFormat format) {
    switch (format) {
        case StatementFormat::camt053: return as_camt053(book, statement);
        case StatementFormat::mt940: return as_mt940(book, statement);
        case StatementFormat::csv: return as_csv(statement);
    }
    return {};
}

}  // namespace choso::bank
