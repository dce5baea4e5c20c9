#include "settlement/batches/pain001.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "base/assert.hpp"
#include "base/vietnamese.hpp"

namespace choso::settlement {
namespace {

struct Row {
    PaymentFileFormat format;
    std::string_view word, type, ending;
};
constexpr auto xml_type = std::string_view{"application/xml"};
constexpr auto csv_type = std::string_view{"text/csv; charset=utf-8"};
constexpr auto formats = std::to_array<Row>({
    {PaymentFileFormat::pain001_03, "pain.001.001.03", xml_type, "xml"},
    {PaymentFileFormat::pain001_09, "pain.001.001.09", xml_type, "xml"},
    {PaymentFileFormat::csv_vietcombank, "csv-vietcombank", csv_type, "csv"},
    {PaymentFileFormat::csv_bidv, "csv-bidv", csv_type, "csv"},
    {PaymentFileFormat::csv_mb, "csv-mb", csv_type, "csv"},
});
Row const& row_of(PaymentFileFormat format) { return formats[static_cast<std::size_t>(format)]; }

/// What every bank's system takes: letters, digits and a few signs of ASCII, blanks single.
std::string plain(std::string_view text, std::size_t most) {
    std::string out;
    for (auto const c : fold(text)) {
        auto const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        auto const takes = letter || std::string_view{"/-?:().,'+ "}.find(c) != std::string_view::npos;
        auto const put = takes ? c : ' ';
        if (put == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += put;
    }
    if (out.size() > most) out.resize(most);
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string day_text(std::chrono::sys_days day) {
    auto const ymd = std::chrono::year_month_day{day};
    auto out = std::array<char, 16>{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return out.data();
}

/// Elements one inside the other; texts are escaped.
class Xml {
 public:
    Xml& open(std::string_view name, std::string_view attributes = {}) {
        out_ += '<';
        out_ += name;
        out_ += attributes;
        out_ += '>';
        names_.emplace_back(name);
        return *this;
    }
    Xml& close() {
        out_ += "</" + names_.back() + ">";
        names_.pop_back();
        return *this;
    }
    Xml& line(std::string_view name, std::string_view text, std::string_view attributes = {}) {
        open(name, attributes);
        for (auto const c : text) out_ += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string{c};
        return close();
    }
    [[nodiscard]] std::string finish() && {
        CHOSO_ASSERT(names_.empty());
        return std::move(out_);
    }

 private:
    std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    std::vector<std::string> names_;
};

/// Vietnam has no IBAN: an account is `Othr`, its bank the member's number in the clearing system.
void write_account(Xml& xml, std::string_view name, std::string_view number) {
    xml.open(name).open("Id").open("Othr").line("Id", number).close().close().line("Ccy", "VND").close();
}
void write_agent(Xml& xml, std::string_view name, std::string_view bin) {
    xml.open(name).open("FinInstnId").open("ClrSysMmbId").line("MmbId", bin).close().close().close();
}

void write_transfer(Xml& xml, Transfer const& transfer) {
    xml.open("CdtTrfTxInf");
    xml.open("PmtId").line("InstrId", transfer.id).line("EndToEndId", transfer.reference).close();
    xml.open("Amt").line("InstdAmt", std::to_string(transfer.amount.dong()), " Ccy=\"VND\"").close();
    write_agent(xml, "CdtrAgt", transfer.bin);
    xml.open("Cdtr").line("Nm", plain(transfer.holder, 140)).close();
    write_account(xml, "CdtrAcct", transfer.account);
    xml.open("RmtInf").line("Ustrd", plain(transfer.purpose, 140)).close();
    xml.close();
}

std::string write_pain001(PaymentOrder const& order, bool newer) {
    auto const count = std::to_string(order.transfers.size());
    auto const sum = std::to_string(order.sum().dong());
    auto xml = Xml{};
    xml.open("Document", newer ? " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"" : " xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.03\"");
    xml.open("CstmrCdtTrfInitn");
    xml.open("GrpHdr").line("MsgId", order.id).line("CreDtTm", to_rfc3339(order.created_at)).line("NbOfTxs", count).line("CtrlSum", sum);
    xml.open("InitgPty").line("Nm", plain(order.debtor, 140)).close().close();
    xml.open("PmtInf").line("PmtInfId", order.id).line("PmtMtd", "TRF").line("BtchBookg", "false").line("NbOfTxs", count).line("CtrlSum", sum);
    if (newer) xml.open("ReqdExctnDt").line("Dt", day_text(order.execute_on)).close();
    else xml.line("ReqdExctnDt", day_text(order.execute_on));
    xml.open("Dbtr").line("Nm", plain(order.debtor, 140)).close();
    write_account(xml, "DbtrAcct", order.debtor_account);
    write_agent(xml, "DbtrAgt", order.debtor_bin);
    xml.line("ChrgBr", "SLEV");
    for (auto const& transfer : order.transfers) write_transfer(xml, transfer);
    xml.close().close().close();
    return std::move(xml).finish();
}

void add_row(std::string& out, std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        auto const quoted = cells[i].find_first_of(",\"\r\n") != std::string::npos;
        if (!quoted) {
            out += cells[i];
            continue;
        }
        out += '"';
        for (auto const c : cells[i]) (out += c) += c == '"' ? "\"" : "";
        out += '"';
    }
    out += "\r\n";
}

/// As each bank's site takes a list of transfers; the last row of each is its control sum.
std::string write_csv(PaymentOrder const& order, PaymentFileFormat format) {
    auto out = std::string{"\xEF\xBB\xBF"};
    auto n = 0;
    auto const vietcombank = format == PaymentFileFormat::csv_vietcombank;
    auto const bidv = format == PaymentFileFormat::csv_bidv;
    if (vietcombank) add_row(out, {"STT", "Số tài khoản hưởng", "Tên người hưởng", "Mã ngân hàng hưởng", "Số tiền", "Nội dung"});
    else if (bidv) add_row(out, {"STT", "Tài khoản trích nợ", "Tài khoản thụ hưởng", "Tên thụ hưởng", "Ngân hàng thụ hưởng", "Số tiền", "Loại tiền", "Diễn giải"});
    else add_row(out, {"STT (Ord. No.)", "Số tài khoản (Account No.)", "Tên người thụ hưởng (Beneficiary)", "Ngân hàng thụ hưởng (Beneficiary Bank)", "Số tiền (Amount)", "Nội dung (Payment Detail)"});
    for (auto const& it : order.transfers) {
        auto const number = std::to_string(++n);
        auto const amount = std::to_string(it.amount.dong());
        auto const holder = plain(it.holder, 70);
        auto const purpose = plain(it.purpose, 140);
        if (bidv) add_row(out, {number, order.debtor_account, it.account, holder, it.bin, amount, "VND", purpose});
        else add_row(out, {number, it.account, holder, it.bin, amount, purpose});
    }
    auto const sum = std::to_string(order.sum().dong());
    if (bidv) add_row(out, {"Tổng", "", "", "", "", sum, "VND", std::to_string(order.transfers.size())});
    else add_row(out, {"Tổng", "", "", "", sum, std::to_string(order.transfers.size())});
    return out;
}

}  // namespace

std::string_view word(PaymentFileFormat format) { return row_of(format).word; }
std::string_view content_type_of(PaymentFileFormat format) { return row_of(format).type; }
std::string_view ending_of(PaymentFileFormat format) { return row_of(format).ending; }

std::optional<PaymentFileFormat> payment_file_format_of(std::string_view text) {
    auto const found = std::ranges::find(formats, text, &Row::word);
    if (found == formats.end()) return std::nullopt;
    return found->format;
}

Money PaymentOrder::sum() const {
    auto out = Money{};
    for (auto const& transfer : transfers) out += transfer.amount;
    return out;
}

std::string write_payment_file(PaymentOrder const& order, PaymentFileFormat format) {
    if (format == PaymentFileFormat::pain001_03) return write_pain001(order, false);
    if (format == PaymentFileFormat::pain001_09) return write_pain001(order, true);
    return write_csv(order, format);
}

}  // namespace choso::settlement
