#include "merchants/invoices/invoice.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/vietnamese.hpp"

namespace choso::invoices {
namespace {

constexpr std::array<std::string_view, 6> rate_words{"KCT", "KKKNT", "0%", "5%", "8%", "10%"};
constexpr std::array<int, 6> per_cent{0, 0, 0, 5, 8, 10};

/// Canonical XML as it is written: no blanks between elements, no empty-element tags, entities as C14N has them. Nothing
/// here needs to be normalised afterwards, so what is digested is what stands in the file.
class Xml {
 public:
    Xml& open(std::string_view name) {
        out_.append("<").append(name).append(">");
        open_.emplace_back(name);
        return *this;
    }
    Xml& close() {
        out_.append("</").append(open_.back()).append(">");
        open_.pop_back();
        return *this;
    }
    Xml& leaf(std::string_view name, std::string_view text) {
        open(name);
        for (auto const c : text) {
            if (c == '&') out_ += "&amp;";
            else if (c == '<') out_ += "&lt;";
            else if (c == '>') out_ += "&gt;";
            else if (c == '\r') out_ += "&#xD;";
            else out_ += c;
        }
        return close();
    }
    /// Left out where there is nothing to say.
    Xml& maybe(std::string_view name, std::string_view text) { return text.empty() ? *this : leaf(name, text); }
    Xml& number(std::string_view name, std::int64_t n) { return leaf(name, std::to_string(n)); }
    Xml& money(std::string_view name, Money amount) { return number(name, amount.dong()); }
    [[nodiscard]] std::string take() { return std::move(out_); }
    void raw(std::string_view text) { out_ += text; }

 private:
    std::string out_;
    std::vector<std::string> open_;
};

std::string day_of(Instant at) { return to_rfc3339(at).substr(0, 10); }

/// `1.5` of 1 500 thousandths, without trailing noughts.
std::string decimal(std::int64_t thousandths) {
    auto out = std::to_string(thousandths / 1'000);
    auto rest = std::to_string(1'000 + thousandths % 1'000).substr(1);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return rest.empty() ? out : out + "." + rest;
}

void extra(Xml& xml, std::string_view field, std::string_view value) {
    if (value.empty()) return;
    xml.open("TTKhac").open("TTin").leaf("TTruong", field).leaf("KDLieu", "string").leaf("DLieu", value).close().close();
}

void general(Xml& xml, Invoice const& invoice) {
    xml.open("TTChung").leaf("PBan", "2.0.1").leaf("THDon", invoice.form == "2" ? "Hóa đơn bán hàng" : "Hóa đơn giá trị gia tăng");
    xml.leaf("KHMSHDon", invoice.form).leaf("KHHDon", invoice.symbol).number("SHDon", invoice.number).leaf("NLap", day_of(invoice.at));
    xml.leaf("DVTTe", "VND").leaf("TGia", "1").leaf("HTTToan", invoice.payment_means);
    if (invoice.replaces_symbol) {
        xml.open("TTHDLQuan").leaf("TCHDon", "1").leaf("LHDCLQuan", "1").leaf("KHMSHDCLQuan", invoice.form).leaf("KHHDCLQuan", *invoice.replaces_symbol);
        xml.number("SHDCLQuan", invoice.replaces_number).close();
    }
    extra(xml, "Mã tra cứu", invoice.looked_up_by);
    xml.close();
}

void parties(Xml& xml, Invoice const& invoice) {
    auto const& seller = invoice.seller;
    xml.open("NBan").leaf("Ten", seller.name).leaf("MST", seller.tax_code).leaf("DChi", seller.address).maybe("STKNHang", seller.account).maybe("TNHang", seller.bank).close();
    auto const& buyer = invoice.buyer;
    xml.open("NMua").maybe("Ten", buyer.name).maybe("MST", buyer.tax_code).maybe("DChi", buyer.address).maybe("HVTNMHang", buyer.buyer_name).close();
}

void goods(Xml& xml, Invoice const& invoice) {
    xml.open("DSHHDVu");
    auto place = 0;
    for (auto const& line : invoice.lines) {
        xml.open("HHDVu").number("TChat", static_cast<int>(line.kind)).number("STT", ++place).maybe("MHHDVu", line.code).leaf("THHDVu", line.name);
        xml.maybe("DVTinh", line.unit).leaf("SLuong", decimal(line.quantity_thousandths)).money("DGia", line.unit_price).money("ThTien", line.amount);
        xml.leaf("TSuat", word(line.rate)).close();
    }
    xml.close();
}

std::string words_of(Money amount) {
    auto words = in_words(amount.is_negative() ? -amount : amount);
    return (amount.is_negative() ? "Âm " : "") + words + " đồng";
}

void sums(Xml& xml, Invoice const& invoice) {
    auto const totals = totals_of(invoice);
    xml.open("TToan").open("THTTLTSuat");
    for (auto const& each : totals.rates) xml.open("LTSuat").leaf("TSuat", word(each.rate)).money("ThTien", each.amount).money("TThue", each.tax).close();
    xml.close().money("TgTCThue", totals.amount).money("TgTThue", totals.tax).money("TgTTTBSo", totals.payable).leaf("TgTTTBChu", words_of(totals.payable)).close();
}

bool is_tax_code(std::string_view text) {
    auto const digits = [](std::string_view part) { return part.find_first_not_of("0123456789") == std::string_view::npos; };
    if (text.size() == 10 || text.size() == 12) return digits(text);
    return text.size() == 14 && text[10] == '-' && digits(text.substr(0, 10)) && digits(text.substr(11));
}

/// `C26TAA`: C or K (with or without the authority's code), the year's two digits, a kind, two letters of the seller's.
bool is_symbol(std::string_view text) {
    auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 6 && (text[0] == 'C' || text[0] == 'K') && digit(text[1]) && digit(text[2]) && std::string_view{"TDLMNBGHX"}.find(text[3]) != std::string_view::npos &&
           capital(text[4]) && capital(text[5]);
}

bool is_text(std::string_view text, std::size_t bytes) {
    if (text.size() > bytes || !is_valid_utf8(text)) return false;
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
}

}  // namespace

std::string_view word(Rate rate) { return rate_words[static_cast<std::size_t>(rate)]; }

Totals totals_of(Invoice const& invoice) {
    auto sums = std::map<Rate, Money>{};
    for (auto const& line : invoice.lines)
        if (line.kind != Line::Kind::note) sums[line.rate] += line.kind == Line::Kind::discount ? -line.amount : line.amount;
    auto out = Totals{};
    for (auto const& [rate, amount] : sums) {
        auto const parts = amount.dong() * per_cent.at(static_cast<std::size_t>(rate));
        // Half up, away from nought, as Circular 78 rounds.
        auto const tax = Money{(parts >= 0 ? parts + 50 : parts - 50) / 100};
        out.rates.push_back({rate, amount, tax});
        out.amount += amount;
        out.tax += tax;
    }
    out.payable = out.amount + out.tax;
    return out;
}

std::optional<Broken> check(Invoice const& invoice) {
    if (invoice.form.size() != 1 || invoice.form[0] < '1' || invoice.form[0] > '6') return Broken{"form", "must be a digit from 1 to 6"};
    if (!is_symbol(invoice.symbol)) return Broken{"symbol", "must be like C26TAA"};
    if (invoice.number < 1 || invoice.number > 99'999'999) return Broken{"number", "must be from 1 to 99 999 999"};
    if (invoice.seller.name.empty() || !is_text(invoice.seller.name, 400)) return Broken{"seller.name", "must have 1 to 400 bytes"};
    if (!is_tax_code(invoice.seller.tax_code)) return Broken{"seller.tax_code", "must have 10 or 12 digits, or 10 and 3"};
    if (invoice.seller.address.empty() || !is_text(invoice.seller.address, 400)) return Broken{"seller.address", "must have 1 to 400 bytes"};
    if (!invoice.buyer.tax_code.empty() && !is_tax_code(invoice.buyer.tax_code)) return Broken{"buyer.tax_code", "must have 10 or 12 digits, or 10 and 3"};
    for (auto const* text : {&invoice.buyer.name, &invoice.buyer.address, &invoice.buyer.buyer_name, &invoice.payment_means, &invoice.looked_up_by})
        if (!is_text(*text, 400)) return Broken{"buyer", "texts have at most 400 bytes and no control characters"};
    if (invoice.buyer.name.empty() && invoice.buyer.buyer_name.empty()) return Broken{"buyer.name", "must be named"};
    if (invoice.lines.empty() || invoice.lines.size() > 10'000) return Broken{"lines", "must be 1 to 10 000"};
    for (auto const& line : invoice.lines) {
        if (line.name.empty() || !is_text(line.name, 500) || !is_text(line.code, 50) || !is_text(line.unit, 50)) return Broken{"lines.name", "must have 1 to 500 bytes"};
        if (line.quantity_thousandths < 0 || line.amount.is_negative()) return Broken{"lines.amount", "must not be negative: a discount is a line of its own kind"};
    }
    return std::nullopt;
}

std::string data_element(Invoice const& invoice) {
    auto xml = Xml{};
    general(xml, invoice);
    xml.open("NDHDon");
    parties(xml, invoice);
    goods(xml, invoice);
    sums(xml, invoice);
    xml.close();
    return "<DLHDon Id=\"data\">" + xml.take() + "</DLHDon>";
}

}  // namespace choso::invoices
