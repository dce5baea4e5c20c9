#include "settlement/statements/camt_parser.hpp"

#include <algorithm>
#include <charconv>

#include "platform/xml/xml.hpp"
#include "settlement/statements/camt_entry.hpp"
#include "settlement/statements/camt_tags.hpp"
#include "settlement/statements/prover.hpp"

namespace choso::statements {
namespace {

/// Ends the reading with the file's own fault.
struct Stopped {
    Refused why;
};

std::string trimmed(std::string_view text) {
    auto const blanks = std::string_view{" \t\r\n"};
    auto const from = std::min(text.find_first_not_of(blanks), text.size());
    auto const to = text.find_last_not_of(blanks);
    return to == std::string_view::npos ? std::string{} : std::string{text.substr(from, to + 1 - from)};
}

struct CamtBalance {
    std::string code, amount, currency, direction, date;
};

/// What a statement's own summary says it holds.
struct Totals {
    std::optional<std::size_t> count;
    std::optional<Decimal> sum;
    std::size_t seen = 0;
    Decimal seen_sum;
    [[nodiscard]] bool differ() const { return (count && *count != seen) || (sum && !(*sum == seen_sum)); }
};

class Reader final : public xml::Handler {
 public:
    explicit Reader(Sink& sink) : sink_{sink} {}

    [[nodiscard]] bool saw_statement() const { return statements_ > 0; }

    void begin(std::string_view name, std::size_t) override {
        auto const tag = tag_of(name);
        if ((tag == Tag::Stmt || tag == Tag::Rpt || tag == Tag::Ntfctn) && !in_statement_ && around(0) == Tag::Message) begin_statement(tag);
        else if (tag == Tag::Bal && parent_is_statement()) balance_ = {};
        else if (tag == Tag::Ntry && parent_is_statement()) entry_ = {}, details_.clear(), in_entry_ = true;
        else if (tag == Tag::TxDtls && in_entry_) details_.emplace_back(), in_detail_ = true;
        path_.push_back(tag);
    }

    void attribute(std::string_view name, std::string_view value) override {
        if (name == "Ccy" && path_.back() == Tag::Amt) amount_currency_ = value;
    }

    void end(std::string_view, std::string_view raw, std::size_t) override {
        auto const tag = path_.back();
        path_.pop_back();
        if (!in_statement_) return;
        if (in_detail_) end_in_detail(tag, raw);
        else if (in_entry_) end_in_entry(tag, raw);
        else end_in_statement(tag, raw);
        if (tag == Tag::Amt) amount_currency_.clear();
    }

 private:
    [[nodiscard]] std::size_t depth() const { return path_.size(); }
    /// The element around the one just ended (0), the one around that (1) …
    [[nodiscard]] Tag around(std::size_t up) const { return path_.size() > up ? path_[path_.size() - 1 - up] : Tag::other; }
    [[nodiscard]] bool has_around(Tag tag) const { return std::find(path_.begin(), path_.end(), tag) != path_.end(); }
    [[nodiscard]] bool parent_is_statement() const { return in_statement_ && depth() == base_ + 1; }

    void begin_statement(Tag tag) {
        ++statements_;
        in_statement_ = true;
        base_ = depth();
        summary_ = {};
        summary_.format = tag == Tag::Stmt ? "camt.053" : tag == Tag::Rpt ? "camt.052" : "camt.054";
        prover_ = {};
        credits_ = debits_ = {};
        balances_.clear();
        place_ = 0;
        details_differ_ = 0;
        sink_.begin();
    }

    void end_in_statement(Tag tag, std::string_view raw) {
        auto const parent = around(0);
        switch (tag) {
            case Tag::Id:
                if (parent_is_statement()) summary_.id = trimmed(raw);
                else if ((parent == Tag::Othr || parent == Tag::PrtryAcct) && around(1) == Tag::Id && around(2) == Tag::Acct && depth() == base_ + 4 && summary_.account.empty())
                    summary_.account = trimmed(raw);
                break;
            case Tag::IBAN: if (parent == Tag::Id && around(1) == Tag::Acct && depth() == base_ + 3) summary_.account = trimmed(raw); break;
            case Tag::Ccy: if (parent == Tag::Acct && depth() == base_ + 2) summary_.currency = trimmed(raw); break;
            case Tag::BIC:
            case Tag::BICFI:
            case Tag::MmbId: if (has_around(Tag::Svcr) && has_around(Tag::Acct) && summary_.bank.empty()) summary_.bank = trimmed(raw); break;
            case Tag::ElctrncSeqNb: if (parent_is_statement()) summary_.sequence = trimmed(raw); break;
            case Tag::LglSeqNb: if (parent_is_statement() && summary_.sequence.empty()) summary_.sequence = trimmed(raw); break;
            case Tag::Bal: if (parent_is_statement()) balances_.push_back(balance_); break;
            case Tag::NbOfNtries:
            case Tag::Sum: take_total(tag, parent, trimmed(raw)); break;
            case Tag::Stmt:
            case Tag::Rpt:
            case Tag::Ntfctn: if (depth() == base_) end_statement(); break;
            default: if (has_around(Tag::Bal)) end_in_balance(tag, parent, raw); break;
        }
    }

    void end_in_balance(Tag tag, Tag parent, std::string_view raw) {
        if ((tag == Tag::Cd || tag == Tag::Prtry) && (parent == Tag::CdOrPrtry || parent == Tag::Tp) && balance_.code.empty()) balance_.code = trimmed(raw);
        if (parent == Tag::Bal && tag == Tag::Amt) balance_.amount = trimmed(raw), balance_.currency = amount_currency_;
        if (parent == Tag::Bal && tag == Tag::CdtDbtInd) balance_.direction = trimmed(raw);
        if ((tag == Tag::Dt || tag == Tag::DtTm) && parent == Tag::Dt && around(1) == Tag::Bal) balance_.date = trimmed(raw);
        // Some write the date, or date and time, without the choice around it.
        if (tag == Tag::Dt && parent == Tag::Bal && balance_.date.empty()) balance_.date = trimmed(raw);
    }

    void take_total(Tag tag, Tag parent, std::string const& text) {
        if (parent != Tag::TtlCdtNtries && parent != Tag::TtlDbtNtries) return;
        auto& totals = parent == Tag::TtlCdtNtries ? credits_ : debits_;
        if (tag == Tag::Sum) {
            totals.sum = Decimal::parse(text, '.');
            return;
        }
        auto count = std::size_t{0};
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error == std::errc{} && end == text.data() + text.size()) totals.count = count;
    }

    void end_in_entry(Tag tag, std::string_view raw) {
        auto const parent = around(0);
        if (tag == Tag::Ntry && parent_is_statement()) return end_entry();
        if (parent == Tag::Sts && (tag == Tag::Cd || tag == Tag::Prtry)) entry_.status = trimmed(raw);
        if ((tag == Tag::Dt || tag == Tag::DtTm) && parent == Tag::BookgDt) entry_.booked = trimmed(raw);
        if ((tag == Tag::Dt || tag == Tag::DtTm) && parent == Tag::ValDt) entry_.valued = trimmed(raw);
        if (parent != Tag::Ntry) return;
        switch (tag) {
            case Tag::Amt: entry_.amount = trimmed(raw), entry_.currency = amount_currency_; break;
            case Tag::CdtDbtInd: entry_.direction = trimmed(raw); break;
            case Tag::RvslInd: entry_.reversal = is_true(raw); break;
            case Tag::Sts: if (entry_.status.empty()) entry_.status = trimmed(raw); break;
            case Tag::BookgDt: if (entry_.booked.empty()) entry_.booked = trimmed(raw); break;
            case Tag::ValDt: if (entry_.valued.empty()) entry_.valued = trimmed(raw); break;
            case Tag::AcctSvcrRef: entry_.bank_reference = trimmed(raw); break;
            case Tag::NtryRef: entry_.entry_reference = trimmed(raw); break;
            case Tag::AddtlNtryInf: entry_.information = trimmed(raw); break;
            default: break;
        }
    }

    void end_in_detail(Tag tag, std::string_view raw) {
        auto& detail = details_.back();
        auto const parent = around(0);
        if (tag == Tag::TxDtls) {
            in_detail_ = false;
            return;
        }
        if (parent == Tag::TxDtls) {
            if (tag == Tag::Amt) detail.amount = trimmed(raw), detail.currency = amount_currency_, detail.has_own_amount = true;
            if (tag == Tag::CdtDbtInd) detail.direction = trimmed(raw);
            if (tag == Tag::AddtlTxInf) detail.information = trimmed(raw);
            return;
        }
        if (tag == Tag::Amt && parent == Tag::TxAmt && around(1) == Tag::AmtDtls && !detail.has_own_amount)
            detail.amount = trimmed(raw), detail.currency = amount_currency_;
        if (parent == Tag::Refs) take_reference(detail, tag, trimmed(raw));
        if (tag == Tag::Ustrd && parent == Tag::RmtInf) detail.texts.push_back(untrimmed_piece(raw));
        if (tag == Tag::Ref && parent == Tag::CdtrRefInf && detail.structured.empty()) detail.structured = trimmed(raw);
        if (tag == Tag::AddtlRmtInf) detail.more_texts.push_back(trimmed(raw));
        take_party(detail, tag, parent, raw);
    }

    static void take_reference(CamtPart& detail, Tag tag, std::string text) {
        if (tag == Tag::EndToEndId) detail.end_to_end = std::move(text);
        else if (tag == Tag::AcctSvcrRef) detail.bank_reference = std::move(text);
        else if (tag == Tag::TxId || tag == Tag::ClrSysRef || tag == Tag::InstrId || tag == Tag::UETR) {
            // A bank that gives no reference of its own often gives the interbank one.
            if (detail.entry_reference.empty() && tag == Tag::TxId) detail.entry_reference = text;
            detail.more_texts.push_back(std::move(text));
        }
    }

    void take_party(CamtPart& detail, Tag tag, Tag parent, std::string_view raw) {
        auto const side = [&](Tag debtor, Tag creditor) { return parent == debtor || around(1) == debtor || around(2) == debtor   ? -1
                                                                 : parent == creditor || around(1) == creditor || around(2) == creditor ? 1 : 0; };
        if (tag == Tag::Nm && (parent == Tag::Dbtr || parent == Tag::Cdtr || parent == Tag::Pty)) {
            if (auto const at = side(Tag::Dbtr, Tag::Cdtr); at != 0) (at < 0 ? detail.debtor : detail.creditor) = trimmed(raw);
        } else if (tag == Tag::IBAN || (tag == Tag::Id && parent == Tag::Othr)) {
            if (auto const at = side(Tag::DbtrAcct, Tag::CdtrAcct); at != 0) (at < 0 ? detail.debtor_account : detail.creditor_account) = trimmed(raw);
        } else if (tag == Tag::BIC || tag == Tag::BICFI || tag == Tag::MmbId || (tag == Tag::Nm && parent == Tag::FinInstnId)) {
            auto const at = side(Tag::DbtrAgt, Tag::CdtrAgt);
            auto& bank = at < 0 ? detail.debtor_bank : detail.creditor_bank;
            if (at != 0 && bank.empty()) bank = trimmed(raw);
        }
    }

    /// A wrapped text keeps the blanks inside its pieces; only what the file's own layout put around them goes.
    static std::string untrimmed_piece(std::string_view raw) {
        if (raw.find('\n') != std::string_view::npos) return trimmed(raw);
        return std::string{raw};
    }

    static bool is_true(std::string_view raw) {
        auto const text = trimmed(raw);
        return text == "true" || text == "1";
    }

    void end_entry() {
        in_entry_ = false;
        // The detail's interbank reference counts where the bank has given the entry none.
        for (auto& detail : details_)
            if (detail.bank_reference.empty() && (details_.size() > 1 || entry_.bank_reference.empty())) detail.bank_reference = detail.entry_reference;
        auto differ = false;
        auto const problem = lines_of(entry_, details_, lines_, differ);
        if (!problem.empty()) throw Stopped{{"amount_invalid", problem, place_ + 1}};
        if (differ) ++details_differ_;
        auto& totals = entry_.direction == "DBIT" ? debits_ : credits_;
        ++totals.seen;
        totals.seen_sum += Decimal::parse(entry_.amount, '.', true).value_or(Decimal{});
        for (auto& line : lines_) {
            line.place = ++place_;
            prover_.add(line);
            sink_.line(line);
        }
    }

    [[nodiscard]] std::optional<Balance> first_of(std::initializer_list<std::string_view> codes, bool last) const {
        for (auto const code : codes) {
            auto found = std::optional<Balance>{};
            for (auto const& each : balances_) {
                if (each.code != code || (found && !last)) continue;
                auto const amount = Decimal::parse(each.amount, '.', true);
                if (!amount) throw Stopped{{"amount_invalid", "the amount (Amt) of a balance is no decimal number", 0}};
                found = Balance{each.direction == "DBIT" ? amount->negated() : *amount, iso_day(each.date), each.currency};
            }
            if (found) return found;
        }
        return std::nullopt;
    }

    void end_statement() {
        in_statement_ = false;
        summary_.opening = first_of({"OPBD", "PRCD"}, false);
        summary_.closing = first_of({"CLBD"}, true);
        // A page ends, and the next begins, with an intermediate balance.
        auto const interim = std::count_if(balances_.begin(), balances_.end(), [](CamtBalance const& each) { return each.code == "ITBD"; });
        if (!summary_.opening && (interim > 1 || (interim == 1 && summary_.closing))) summary_.opening = first_of({"ITBD"}, false);
        if (!summary_.closing && interim > 0) summary_.closing = first_of({"ITBD"}, true);
        if (summary_.currency.empty() && summary_.opening) summary_.currency = summary_.opening->currency;
        if (summary_.currency.empty() && summary_.closing) summary_.currency = summary_.closing->currency;
        if (credits_.differ() || debits_.differ()) {
            summary_.totals_differ = true;
            summary_.warnings.emplace_back("the summary's counts or sums disagree with the entries");
        }
        if (details_differ_ > 0) summary_.warnings.push_back(std::to_string(details_differ_) + " batch entries are one line each: their details do not sum to them");
        prover_.prove(summary_);
        sink_.end(summary_);
    }

    Sink& sink_;
    std::vector<Tag> path_;
    std::size_t statements_ = 0, place_ = 0, details_differ_ = 0, base_ = 0;
    bool in_statement_ = false, in_entry_ = false, in_detail_ = false;
    std::string amount_currency_;
    Summary summary_;
    Prover prover_;
    Totals credits_, debits_;
    CamtBalance balance_;
    std::vector<CamtBalance> balances_;
    CamtPart entry_;
    std::vector<CamtPart> details_;
    std::vector<Line> lines_;
};

std::string code_of(xml::ErrorCode code) {
    if (code == xml::ErrorCode::document_type) return "xml_forbidden";
    if (code == xml::ErrorCode::text_too_long) return "too_large";
    return "bad_xml";
}

}  // namespace

std::optional<Refused> parse_camt(std::string_view document, Sink& sink) {
    // Banks' programs put blank lines before the declaration, which XML forbids.
    if (document.starts_with("\xEF\xBB\xBF")) document.remove_prefix(3);
    document.remove_prefix(std::min(document.find_first_not_of(" \t\r\n"), document.size()));
    auto reader = Reader{sink};
    try {
        if (auto const error = xml::read(document, reader)) return Refused{code_of(error->code), error->message, error->offset};
    } catch (Stopped const& stopped) {
        return stopped.why;
    }
    if (!reader.saw_statement()) return Refused{"not_a_statement", "the XML holds no statement, report or notification (Stmt, Rpt, Ntfctn)", 0};
    return std::nullopt;
}

}  // namespace choso::statements
