#include "simulator/mangle.hpp"

#include <algorithm>
#include <array>

#include "base/reference.hpp"
#include "base/vietnamese.hpp"
#include "qr/banks.hpp"

namespace choso::bank {
namespace {

constexpr std::string_view vietcombank = "970436", agribank = "970405", vietinbank = "970415", bidv = "970418", mb = "970422", acb = "970416",
                           techcombank = "970407", tpbank = "970423", sacombank = "970403";

/// A moment's parts in Vietnam, two digits each, as banks print them.
struct Stamp {
    std::string year, yy, month, day, hour, minute, second, day_of_year;

    explicit Stamp(Instant at) {
        auto const text = to_rfc3339(at);
        year = text.substr(0, 4), yy = text.substr(2, 2), month = text.substr(5, 2), day = text.substr(8, 2);
        hour = text.substr(11, 2), minute = text.substr(14, 2), second = text.substr(17, 2);
        auto const today = vietnam_day(at);
        auto const first = std::chrono::sys_days{std::chrono::year_month_day{today}.year() / 1 / 1};
        auto const n = std::to_string((today - first).count() + 1);
        day_of_year = std::string(3 - n.size(), '0') + n;
    }
};

std::string cut(std::string text, std::size_t longest) {
    if (text.size() > longest) text.resize(longest);
    return text;
}

/// What survives nearly everywhere: letters, digits, `. , - : ( )` and line breaks; all else becomes a blank.
std::string plain(std::string_view text) {
    auto out = fold(text);
    for (auto& c : out) {
        auto const stays = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view{".,-:()\n"}.find(c) != std::string_view::npos;
        if (!stays) c = ' ';
    }
    return out;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string spaced(std::string text, char lost) {
    std::replace(text.begin(), text.end(), lost, ' ');
    return text;
}

std::string short_name(std::string_view bin) {
    auto const* bank = qr::find_by_bin(bin);
    return bank == nullptr ? "NGAN HANG KHAC" : upper(fold(bank->display_name()));
}

std::string reference_mbvcb(Leg const&, Dice& dice) { return "MBVCB." + dice.digits(10); }
std::string reference_ft(Leg const& leg, Dice& dice) {
    auto const at = Stamp{leg.at};
    return "FT" + at.yy + at.day_of_year + dice.digits(9);
}
std::string reference_trace(Leg const& leg, Dice& dice) {
    auto const at = Stamp{leg.at};
    return dice.digits(6) + at.day + at.month + at.yy + at.hour + at.minute + at.second;
}
std::string reference_wallet(Leg const&, Dice& dice) { return dice.digits(11); }

constexpr std::array all{
    PayerBank{vietcombank, "Vietcombank", from_vietcombank, reference_mbvcb},
    PayerBank{techcombank, "Techcombank", from_techcombank, reference_ft},
    PayerBank{acb, "ACB", from_acb, reference_trace},
    PayerBank{agribank, "Agribank", from_agribank, reference_trace},
    PayerBank{vietinbank, "VietinBank", from_vietinbank, reference_trace},
    PayerBank{tpbank, "TPBank", from_tpbank, reference_trace},
    PayerBank{sacombank, "Sacombank", from_sacombank, reference_trace},
    PayerBank{bidv, "BIDV", from_bidv, reference_trace},
    PayerBank{mb, "MB", from_mb, reference_ft},
    PayerBank{"971025", "MoMo", from_momo, reference_wallet},
    PayerBank{"963399", "ZaloPay", from_zalopay, reference_wallet},
    PayerBank{"970432", "VPBank (qua NAPAS)", from_napas, reference_trace},
};

}  // namespace

std::span<PayerBank const> payer_banks() { return all; }

PayerBank const& payer_bank(std::string_view bin) {
    for (auto const& bank : all)
        if (bank.bin == bin) return bank;
    return all.back();
}

std::string from_vietcombank(Leg const& leg, Dice& dice) {
    auto const body = cut(plain(leg.content), 110);
    auto const both = ".CT tu " + leg.from.number + " " + leg.from.name + " toi " + leg.to.number + " " + leg.to.name;
    if (leg.to.bin == vietcombank) return leg.reference + "." + body + both;
    auto const trace = dice.digits(6);
    auto const sent = leg.reference + "." + trace + "." + body + both + " tai " + short_name(leg.to.bin);
    if (leg.to.bin == mb) return "CUSTOMER " + spaced(sent, '.') + " Trace " + trace;
    if (leg.to.bin == bidv) return "TKThe :" + leg.from.number + ", tai Vietcombank. " + sent + " -CTLNHIDI" + dice.digits(15) + "-1/1-CRE-002";
    return sent;
}

std::string from_techcombank(Leg const& leg, Dice&) { return cut(plain(leg.content), 140) + " " + leg.reference; }

std::string from_acb(Leg const& leg, Dice& dice) {
    auto const at = Stamp{leg.at};
    auto const body = cut(upper(plain(leg.content)), 75);
    // At ACB itself the month stands first.
    if (leg.to.bin == acb) return body + " GD " + dice.digits(6) + "-" + at.month + at.day + at.yy + " " + at.hour + ":" + at.minute + ":" + at.second;
    return body + "-" + at.day + at.month + at.yy + "-" + at.hour + ":" + at.minute + ":" + at.second + " " + dice.digits(6);
}

std::string from_agribank(Leg const& leg, Dice&) {
    auto const* bank = qr::find_by_bin(leg.to.bin);
    // The payee's bank and account eat up what is there for the content.
    auto const before = std::string{bank == nullptr ? "Ngan hang" : bank->display_name()} + ":" + leg.to.number + ":";
    return cut(before + plain(leg.content), 179);
}

std::string from_vietinbank(Leg const& leg, Dice& dice) {
    auto const body = cut(plain(leg.content), 100);
    if (leg.to.bin != vietinbank) return "CT DEN:" + dice.digits(12) + " " + body + "; tai Napas";
    switch (dice.below(3)) {
        case 0: return "CT nhanh 247 den:" + body;
        case 1: return "Chuyen tien den tu NAPAS Noi dung: " + body;
        default: return "Vietinbank;CT1111;" + body + " (CT1111)";
    }
}

std::string from_tpbank(Leg const& leg, Dice&) { return plain(leg.content) + " (by TPBank ChatPay)"; }

std::string from_sacombank(Leg const& leg, Dice& dice) {
    auto const at = Stamp{leg.at};
    if (leg.to.bin == acb)
        return "SACOMBANK-GD " + dice.digits(6) + "-" + at.year + "-" + at.month + "-" + at.day + "T" + at.hour + ":" + at.minute + ":" + at.second +
               "-970403-/CTR/IBFT " + plain(leg.content) + "/MAC/" + dice.symbols(16, "0123456789ABCDEF");
    return "IBFT " + plain(leg.content);
}

std::string from_bidv(Leg const& leg, Dice& dice) {
    if (leg.to.bin == vietcombank)
        return "SHGD:" + dice.digits(8) + ".DD:" + Stamp{leg.at}.yy + dice.digits(4) + ".BO:" + leg.from.name + ".Remark:" + plain(leg.content);
    return "REM 9901CI" + dice.digits(8) + " B/O " + leg.from.name + " F/O-" + leg.to.number + " " + leg.to.name + " DTLS-REF/" + dice.digits(30) +
           " " + plain(leg.content);
}

std::string from_mb(Leg const& leg, Dice& dice) {
    auto body = plain(leg.content);
    // MB passes no sign but the dot.
    for (auto& c : body)
        if (std::string_view{",-:()"}.find(c) != std::string_view::npos) c = ' ';
    body = cut(std::move(body), 199);
    if (leg.to.bin == agribank) return "MB(" + dice.digits(6) + ")(" + body + ")";
    if (leg.to.bin == mb) return body + "   Ma giao dich  Trace" + dice.digits(6) + " Trace " + dice.digits(6);
    return body + " " + leg.reference;
}

std::string from_momo(Leg const& leg, Dice& dice) {
    auto const phone = "09" + dice.digits(8);
    auto const body = plain(leg.content);
    auto const at = Stamp{leg.at};
    if (leg.to.bin == vietcombank)
        return cut("PARTNER.DIRECT_DEBITS_VCB.MSE." + dice.digits(11) + "." + at.year + at.month + at.day + "." + dice.digits(11) + "-" + phone + "_" + body, 146);
    if (leg.to.bin == mb) return dice.digits(12) + "-" + body + "-CHUYEN TIEN-OQCH" + dice.digits(8) + "-MOMO" + dice.digits(11) + "MOMO";
    if (leg.to.bin == acb) return "MoMoT" + phone + "T" + dice.digits(11) + "T970416T" + body;
    return dice.digits(28) + body;
}

std::string from_zalopay(Leg const& leg, Dice& dice) {
    return "ZP" + dice.symbols(10, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") + " " + plain(leg.content);
}

std::string from_napas(Leg const& leg, Dice& dice) {
    auto const at = Stamp{leg.at};
    auto const time = at.hour + at.minute + at.second;
    if (leg.to.bin == vietcombank)
        return "0200" + leg.from.bin + at.month + at.day + time + at.year + dice.symbols(4, "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz") +
               dice.digits(6) + "." + dice.digits(5) + " ." + time + "." + plain(leg.content);
    return dice.digits(6) + "." + at.day + at.month + at.yy + "." + time + "." + plain(leg.content);
}

namespace {

/// Where the first `KX` and its twelve symbols stand; npos if nowhere.
std::size_t code_in(std::string_view content) {
    for (auto at = content.find("KX"); at != std::string_view::npos; at = content.find("KX", at + 1))
        if (at + Reference::text_length <= content.size() && Reference::parse_exact(content.substr(at, Reference::text_length))) return at;
    return std::string_view::npos;
}

}  // namespace

std::string damaged(std::string content, Damage damage) {
    auto const at = code_in(content);
    auto const middle = at == std::string::npos ? content.size() / 2 : at + Reference::text_length / 2;
    switch (damage) {
        case Damage::lower_case:
            std::transform(content.begin(), content.end(), content.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
            return content;
        case Damage::blanks:
            if (at == std::string::npos) return content;
            return content.substr(0, at) + Reference::parse_exact(content.substr(at, Reference::text_length))->grouped() +
                   content.substr(at + Reference::text_length);
        case Damage::line_break: return content.substr(0, middle) + "\n" + content.substr(middle);
        case Damage::telex: return "tieenf rau " + content + " ungr hooj";
        case Damage::doubled: return content + " " + content;
        case Damage::glued: return "thanhtoan" + content + "tienrau";
        case Damage::punctuation: return content.substr(0, middle) + "-" + content.substr(middle);
    }
    return content;
}

std::string with_one_symbol_wrong(std::string content, Dice& dice) {
    constexpr std::string_view alphabet = "0123456789BCFGHJKLMNPQRSTVXZD";
    auto const at = code_in(content);
    if (at == std::string::npos) return content;
    auto& symbol = content[at + 2 + dice.below(Reference::symbol_count)];
    symbol = alphabet[(alphabet.find(symbol) + 1 + dice.below(alphabet.size() - 1)) % alphabet.size()];
    return content;
}

}  // namespace choso::bank
