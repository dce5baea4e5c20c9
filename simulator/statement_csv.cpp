// The downloads of the banks' own pages. Each layout keeps its bank's habits: separators, order, totals, blank dates.
#include "qr/banks.hpp"
#include "simulator/camt054.hpp"
#include "simulator/statement.hpp"

namespace choso::bank {
namespace {

std::string cell(std::string_view text) {
    auto out = std::string{"\""};
    for (auto const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string row(std::initializer_list<std::string> cells) {
    auto out = std::string{};
    for (auto const& text : cells) (out += out.empty() ? "" : ",") += cell(text);
    return out + "\r\n";
}

std::string positive(Money amount) { return std::to_string(amount.is_negative() ? -amount.dong() : amount.dong()); }

/// `1,000,000`.
std::string with_commas(Money amount) {
    auto out = with_dots(amount);
    for (auto& c : out)
        if (c == '.') c = ',';
    return out;
}

/// `21/11/2026`.
std::string slashed(std::chrono::sys_days day) {
    auto const text = day_text(day);
    return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}
std::string slashed_time(Instant at) { return slashed(vietnam_day(at)) + " " + to_rfc3339(at).substr(11, 8); }

struct Sides {
    std::string debit, credit;
};
template <class Write>
Sides sides(Money amount, Write write) {
    return amount.is_negative() ? Sides{write(-amount), ""} : Sides{"", write(amount)};
}

struct Totals {
    Money debit, credit;
    std::size_t debits = 0, credits = 0;
};
Totals totals_of(Statement const& statement) {
    auto out = Totals{};
    for (auto const* line : statement.lines) {
        if (line->amount.is_negative()) out.debit -= line->amount, ++out.debits;
        else out.credit += line->amount, ++out.credits;
    }
    return out;
}

/// Dots part the thousands; one row of totals.
std::string vietcombank(Statement const& statement) {
    auto const& account = *statement.account;
    auto const* bank = qr::find_by_bin(account.key.bin);
    auto const all = totals_of(statement);
    auto out = row({"STATEMENT OF ACCOUNT", bank == nullptr ? "" : std::string{bank->display_name()}}) + row({"Số tài khoản/ Account number", account.key.number}) +
               row({"Tên tài khoản/ Account name", account.holder}) + row({"Ngày/ Date", slashed(statement.day)}) +
               row({"Số dư đầu kỳ/ Opening balance", with_dots(statement.opening)}) +
               row({"Ngày giao dịch", "Số tham chiếu", "Số tiền ghi nợ", "Số tiền ghi có", "Mô tả"});
    for (auto const* line : statement.lines) {
        auto const [debit, credit] = sides(line->amount, with_dots);
        out += row({slashed(vietnam_day(line->at)), line->reference, debit, credit, line->content});
    }
    return out + row({"Tổng số/ Total", "", with_dots(all.debit), with_dots(all.credit), ""}) + row({"Số dư cuối kỳ/ Closing balance", with_dots(statement.closing)});
}

/// Begins with a byte order mark; a date is written once and then left blank.
std::string vietinbank(Statement const& statement) {
    auto const& account = *statement.account;
    auto out = "\xEF\xBB\xBF" + row({"LỊCH SỬ GIAO DỊCH - TRANSACTION HISTORY"}) + row({"Số tài khoản/Account number", account.key.number, account.holder}) +
               row({"Số dư đầu kỳ/Opening balance", with_commas(statement.opening)}) +
               row({"Ngày hạch toán/Accounting date", "Ngày phát sinh/Transaction date", "Mô tả giao dịch/Transaction description", "Nợ/ Debit", "Có / Credit",
                    "Số dư TK/Account balance", "Số giao dịch/Transaction number"});
    for (auto i = std::size_t{0}; i < statement.lines.size(); ++i) {
        auto const& line = *statement.lines[i];
        auto const [debit, credit] = sides(line.amount, with_commas);
        auto const day = i == 0 ? slashed(statement.day) : std::string{};
        out += row({day, slashed_time(line.at), line.content, debit, credit, with_commas(statement.balances[i]), line.reference});
    }
    return out + row({"Số dư cuối kỳ/Closing balance", with_commas(statement.closing)});
}

/// No reference column; a row of totals without a date.
std::string mb(Statement const& statement) {
    auto const& account = *statement.account;
    auto const all = totals_of(statement);
    auto out = row({"NGÂN HÀNG TMCP QUÂN ĐỘI"}) + row({"SAO KÊ CHI TIẾT TÀI KHOẢN"}) + row({"Tài khoản/Account No :", account.key.number}) +
               row({"Chủ tài khoản/Account name :", account.holder}) + row({"Số dư đầu/Opening balance :", with_commas(statement.opening)}) +
               row({"Ngày hạch toán/Posting date", "Ngày giao dịch", "Phát sinh nợ/Debit", "Phát sinh có/Credit", "Số dư/Balance", "Nội dung/Description"});
    for (auto i = std::size_t{0}; i < statement.lines.size(); ++i) {
        auto const& line = *statement.lines[i];
        auto const [debit, credit] = sides(line.amount, with_commas);
        out += row({slashed(statement.day), slashed_time(line.at), debit, credit, with_commas(statement.balances[i]), line.content});
    }
    return out + row({"", "", with_commas(all.debit), with_commas(all.credit), with_commas(statement.closing), "Tổng cộng/Total"});
}

/// Newest first; counts and sums in the head, to be held against the rows.
std::string techcombank(Statement const& statement) {
    auto const& account = *statement.account;
    auto const all = totals_of(statement);
    auto out = row({"NGÂN HÀNG TMCP KỸ THƯƠNG VIỆT NAM"}) + row({"TRUY VẤN GIAO DỊCH TÀI KHOẢN / TRANSACTION ENQUIRY"}) +
               row({"Số tài khoản/Account number", account.key.number, account.holder}) +
               row({"Số dư đầu kỳ/Opening balance", with_commas(statement.opening), "Số dư cuối kỳ/Closing balance", with_commas(statement.closing)}) +
               row({"Tổng ghi nợ/Total debits", with_commas(all.debit), std::to_string(all.debits), "Tổng ghi có/Total credits", with_commas(all.credit),
                    std::to_string(all.credits)}) +
               row({"Ngày KH thực hiện/Requesting date", "Ngày giao dịch/Transaction date", "Số bút toán/Reference number", "Ngân hàng đối tác / Remitter's bank",
                    "Tài khoản đích/Remitter's account number", "Tên tài khoản đối ứng/Remitter's account name", "Diễn giải/Description", "Nợ/Debit", "Có/Credit",
                    "Phí/Lãi Fee/Interest", "Thuế/Transaction VAT", "Số dư/Running balance"});
    for (auto i = statement.lines.size(); i-- > 0;) {
        auto const& line = *statement.lines[i];
        auto const [debit, credit] = sides(line.amount, positive);
        auto at = to_rfc3339(line.at).substr(0, 19);
        at[10] = ' ';
        auto const* other = qr::find_by_bin(line.other.bin);
        out += row({at, at, line.reference, other == nullptr ? "" : std::string{other->display_name()}, line.other.number, line.other.name, line.content,
                    debit.empty() ? "" : "-" + debit, credit, "", "", std::to_string(statement.balances[i].dong())});
    }
    return out;
}

}  // namespace

std::string as_csv(Statement const& statement) {
    auto const& bin = statement.account->key.bin;
    if (bin == "970415") return vietinbank(statement);
    if (bin == "970422") return mb(statement);
    if (bin == "970407") return techcombank(statement);
    return vietcombank(statement);
}

}  // namespace choso::bank
