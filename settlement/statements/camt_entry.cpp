#include "settlement/statements/camt_entry.hpp"

#include <algorithm>

namespace choso::statements {
namespace {

std::string joined(std::vector<std::string> const& pieces, std::string_view between) {
    auto out = std::string{};
    for (auto const& piece : pieces) {
        if (!out.empty()) out += between;
        out += piece;
    }
    return out;
}

bool is_filler(std::string_view reference) { return reference.empty() || reference == "NOTPROVIDED" || reference == "NOT PROVIDED" || reference == "NONREF"; }

std::optional<Decimal> amount_of(CamtPart const& part) { return Decimal::parse(part.amount, '.', true); }

/// What the detail leaves unsaid, the entry says.
Line line_of(CamtPart const& entry, CamtPart const* detail, Decimal amount, bool is_debit) {
    auto const& part = detail == nullptr ? entry : *detail;
    auto const either = [&](std::string CamtPart::*member) { return (part.*member).empty() ? entry.*member : part.*member; };
    auto line = Line{};
    line.amount = is_debit ? amount.negated() : amount;
    line.currency = entry.currency;
    line.reversal = entry.reversal || part.reversal;
    line.pending = !entry.status.empty() && entry.status != "BOOK";
    set_day(entry.booked, line.booked, &line.time);
    set_day(entry.valued, line.value, nullptr);
    auto const end_to_end = either(&CamtPart::end_to_end);
    if (!is_filler(end_to_end)) line.reference = end_to_end;
    line.bank_reference = either(&CamtPart::bank_reference);
    if (line.bank_reference.empty()) line.bank_reference = entry.entry_reference;

    line.content = joined(part.texts, "");
    if (part.texts.size() > 1) line.spaced = joined(part.texts, " ");
    auto others = part.more_texts;
    if (!part.structured.empty()) others.insert(others.begin(), part.structured);
    if (line.content.empty() && !others.empty()) line.content = others.front();
    if (line.content.empty()) line.content = either(&CamtPart::information);
    else if (auto const& information = either(&CamtPart::information); !information.empty()) others.push_back(information);
    if (!line.reference.empty()) others.push_back(line.reference);
    line.other_texts = joined(others, "\n");

    auto const& who = is_debit ? &CamtPart::creditor : &CamtPart::debtor;
    line.counterparty = {either(who), either(is_debit ? &CamtPart::creditor_account : &CamtPart::debtor_account),
                         either(is_debit ? &CamtPart::creditor_bank : &CamtPart::debtor_bank)};
    return line;
}

/// The details' amounts, signed by their own direction or the entry's; none if one has none, or another currency.
std::optional<std::vector<Decimal>> amounts_of(CamtPart const& entry, std::vector<CamtPart> const& details) {
    auto out = std::vector<Decimal>{};
    for (auto const& detail : details) {
        auto const amount = amount_of(detail);
        if (!amount || (!detail.currency.empty() && detail.currency != entry.currency)) return std::nullopt;
        auto const& direction = detail.direction.empty() ? entry.direction : detail.direction;
        out.push_back(direction == "DBIT" ? amount->negated() : *amount);
    }
    return out;
}

}  // namespace

void set_day(std::string_view text, std::optional<Day>& day, std::optional<std::chrono::seconds>* time) {
    // Some banks say year and month only, or put a zone behind a date; the day itself is what counts.
    day = iso_day(text);
    if (!day || time == nullptr || text.size() < 19 || text[10] != 'T') return;
    auto const two = [&](std::size_t at) {
        auto const a = text[at] - '0', b = text[at + 1] - '0';
        return a < 0 || a > 9 || b < 0 || b > 9 ? -1 : a * 10 + b;
    };
    auto const hour = two(11), minute = two(14), second = two(17);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return;
    *time = std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{std::min(second, 59)};
}

std::string lines_of(CamtPart const& entry, std::vector<CamtPart> const& details, std::vector<Line>& out, bool& details_differ) {
    out.clear();
    auto const amount = amount_of(entry);
    if (!amount) return "the amount (Amt) of an entry is no decimal number";
    if (entry.direction != "CRDT" && entry.direction != "DBIT" && !entry.direction.empty()) return "the direction (CdtDbtInd) of an entry is neither CRDT nor DBIT";
    auto const is_debit = entry.direction == "DBIT";
    if (details.size() > 1) {
        auto const amounts = amounts_of(entry, details);
        auto sum = Decimal{};
        if (amounts)
            for (auto const each : *amounts) sum += each;
        if (amounts && sum == (is_debit ? amount->negated() : *amount)) {
            for (auto i = std::size_t{0}; i < details.size(); ++i) {
                auto const each = (*amounts)[i];
                out.push_back(line_of(entry, &details[i], each.absolute(), each.is_negative()));
            }
            return {};
        }
        details_differ = true;
        // One line for all of them; every text of theirs may still name what it is for.
        auto whole = line_of(entry, nullptr, *amount, is_debit);
        for (auto const& detail : details) {
            auto const text = line_of(entry, &detail, *amount, is_debit);
            if (whole.content.empty()) whole.content = text.content;
            whole.other_texts += "\n" + text.content + "\n" + text.other_texts;
        }
        out.push_back(std::move(whole));
        return {};
    }
    out.push_back(line_of(entry, details.empty() ? nullptr : &details.front(), *amount, is_debit));
    return {};
}

}  // namespace choso::statements
