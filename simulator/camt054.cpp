#include "simulator/camt054.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "qr/banks.hpp"

namespace choso::bank {
namespace {

using html::Html;

constexpr std::size_t ustrd_longest = 140;
constexpr std::size_t batch_from = 3;

std::string digits_of(Money amount) { return std::to_string(amount.is_negative() ? -amount.dong() : amount.dong()); }

void amount_and_side(Html& xml, Money amount) {
    xml.line("Amt", digits_of(amount), {{"Ccy", "VND"}}).line("CdtDbtInd", amount.is_positive() ? "CRDT" : "DBIT");
}

/// Cut where the format wants it, not where a reader would: never inside a character.
void remittance(Html& xml, std::string_view content) {
    xml.open("RmtInf");
    while (!content.empty()) {
        auto length = std::min(content.size(), ustrd_longest);
        while (length < content.size() && (static_cast<unsigned char>(content[length]) & 0xC0U) == 0x80U) --length;
        xml.line("Ustrd", content.substr(0, length));
        content.remove_prefix(length);
    }
    xml.close();
}

void counterparty(Html& xml, Movement const& movement) {
    if (movement.other.number.empty()) return;
    auto const is_in = movement.amount.is_positive();
    xml.open("RltdPties");
    xml.open(is_in ? "Dbtr" : "Cdtr").open("Pty").line("Nm", movement.other.name).close().close();
    xml.open(is_in ? "DbtrAcct" : "CdtrAcct").open("Id").open("Othr").line("Id", movement.other.number).close().close().close();
    xml.close().open("RltdAgts").open(is_in ? "DbtrAgt" : "CdtrAgt").open("FinInstnId");
    xml.open("ClrSysMmbId").line("MmbId", movement.other.bin).close().close().close().close();
}

void details(Html& xml, Book const& book, Movement const& movement) {
    xml.open("TxDtls").open("Refs").line("AcctSvcrRef", movement.reference);
    xml.line("EndToEndId", movement.payout.empty() ? "NOTPROVIDED" : std::string_view{movement.payout});
    if (auto const* original = book.movement(movement.reverses); movement.reverses != 0 && original != nullptr)
        xml.open("Prtry").line("Tp", "ORIG").line("Ref", original->reference).close();
    xml.close();
    amount_and_side(xml, movement.amount);
    counterparty(xml, movement);
    if (!movement.content.empty()) remittance(xml, movement.content);
    xml.close();
}

bool may_share_entry(Movement const& a, Movement const& b) {
    return a.amount.is_positive() && b.amount.is_positive() && a.reverses == 0 && b.reverses == 0 && vietnam_day(a.at) == vietnam_day(b.at);
}

/// `from` to before `to` stand in one entry.
void entry(Html& xml, Book const& book, std::vector<Movement const*> const& movements, std::size_t from, std::size_t to) {
    auto const& first = *movements[from];
    auto sum = Money{};
    for (auto i = from; i < to; ++i) sum += movements[i]->amount;
    auto const is_batch = to - from > 1;
    xml.open("Ntry").line("NtryRef", std::to_string(first.number));
    amount_and_side(xml, sum);
    if (first.reverses != 0) xml.line("RvslInd", "true");
    xml.open("Sts").line("Cd", "BOOK").close();
    xml.open("BookgDt").line("DtTm", to_rfc3339(first.at)).close();
    xml.open("ValDt").line("Dt", day_text(vietnam_day(first.at))).close();
    if (!is_batch) xml.line("AcctSvcrRef", first.reference);
    xml.open("BkTxCd").open("Domn").line("Cd", "PMNT").open("Fmly").line("Cd", sum.is_positive() ? "RCDT" : "ICDT").line("SubFmlyCd", "DMCT");
    xml.close().close().close().open("NtryDtls");
    if (is_batch) {
        xml.open("Btch").line("NbOfTxs", std::to_string(to - from)).line("TtlAmt", digits_of(sum), {{"Ccy", "VND"}});
        xml.line("CdtDbtInd", "CRDT").close();
    }
    for (auto i = from; i < to; ++i) details(xml, book, *movements[i]);
    xml.close().close();
}

}  // namespace

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(Instant{day}).substr(0, 10); }

void write_account(Html& xml, AccountKey const& account, std::string const& holder) {
    auto const* bank = qr::find_by_bin(account.bin);
    xml.open("Acct").open("Id").open("Othr").line("Id", account.number).close().close().line("Ccy", "VND");
    xml.open("Ownr").line("Nm", holder).close().open("Svcr").open("FinInstnId");
    xml.open("ClrSysMmbId").line("MmbId", account.bin).close();
    if (bank != nullptr) xml.line("Nm", fold(bank->name));
    xml.close().close().close();
}

void write_entries(Html& xml, Book const& book, std::vector<Movement const*> const& movements) {
    for (auto from = std::size_t{0}; from < movements.size();) {
        auto to = from + 1;
        while (to < movements.size() && may_share_entry(*movements[from], *movements[to])) ++to;
        if (to - from < batch_from) to = from + 1;
        entry(xml, book, movements, from, to);
        from = to;
    }
}

std::string camt054(Book const& book, Delivery const& delivery) {
    auto by_account = std::map<AccountKey, std::vector<Movement const*>>{};
    auto newest = Instant{};
    for (auto const number : delivery.movements) {
        auto const* movement = book.movement(number);
        if (movement == nullptr) continue;
        by_account[movement->account].push_back(movement);
        newest = std::max(newest, movement->at);
    }
    auto const id = "CS" + std::to_string(delivery.movements.empty() ? 0 : delivery.movements.back()) + "-" + std::to_string(delivery.number);
    auto xml = Html{};
    xml.trusted("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").open("Document", {{"xmlns", "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"}});
    xml.open("BkToCstmrDbtCdtNtfctn").open("GrpHdr").line("MsgId", id).line("CreDtTm", to_rfc3339(newest)).close();
    auto n = 0;
    for (auto const& [key, movements] : by_account) {
        xml.open("Ntfctn").line("Id", id + "-" + std::to_string(++n)).line("CreDtTm", to_rfc3339(newest));
        write_account(xml, key, book.account(key)->holder);
        write_entries(xml, book, movements);
        xml.close();
    }
    xml.close().close();
    return xml.take();
}

}  // namespace choso::bank
