#include "settlement/statements/mt_parser.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

#include "base/vietnamese.hpp"
#include "settlement/statements/mt_fields.hpp"
#include "settlement/statements/prover.hpp"

namespace choso::statements {
namespace {

struct Stopped {
    Refused why;
};

std::string trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return std::string{text};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A control total of MT942: `90C:12VND1000,`.
struct Total {
    std::size_t count = 0;
    std::optional<Decimal> sum;
};
std::optional<Total> total_of(std::string_view text) {
    auto out = Total{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.count);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') text.remove_prefix(1);
    out.sum = mt_amount(text);
    return out;
}

class Messages {
 public:
    explicit Messages(Sink& sink) : sink_{sink} {}

    void take(MtField const& field) {
        auto const tag = field.tag;
        if (tag == "20") {
            finish_line();
            close_message();
            account_.clear();
            number_.clear();
            reference_ = trimmed(field.lines.front());
            head_ = true;
        } else if (tag == "25" || tag == "25P") {
            take_account(field);
        } else if (tag == "28" || tag == "28C") {
            number_ = trimmed(field.lines.front());
        } else if (tag == "60F" || tag == "60M") {
            finish_line();
            take_opening(field);
        } else if (tag == "61") {
            finish_line();
            if (!open_ || closed_) begin_statement(nullptr);
            begin_line(field);
        } else if (tag == "86" || tag == "NS") {
            if (in_line_) details_.push_back(field);
        } else if (tag == "62F" || tag == "62M") {
            finish_line();
            take_closing(field);
        } else {
            finish_line();
            if (tag == "34F" || tag == "13" || tag == "13D" || tag == "90C" || tag == "90D" || tag == "942") is_942_ = true;
            if (tag == "90C" || tag == "90D") take_total(field);
        }
    }

    void finish() {
        finish_line();
        close_message();
        end_statement();
    }
    [[nodiscard]] std::size_t statements() const { return statements_; }

 private:
    void take_account(MtField const& field) {
        auto const text = trimmed(field.lines.front());
        // A broken `:86:` has been seen under this tag, behind its line.
        if (in_line_ && text.size() > 4 && std::all_of(text.begin(), text.begin() + 3, is_digit) && text[3] == '?') {
            details_.push_back(field);
            return;
        }
        finish_line();
        account_ = text;
        if (!head_) close_message();
        has_account_ = true;
    }

    void take_opening(MtField const& field) {
        auto const balance = mt_balance(trimmed(field.lines.front()));
        auto const is_page = field.tag == "60M" && open_ && closed_by_page_ && summary_.account == account_ && balance && summary_.closing &&
                             balance->amount == summary_.closing->amount;
        if (is_page) {
            closed_ = closed_by_page_ = false;
            head_ = has_account_ = false;
            summary_.closing.reset();
            return;
        }
        begin_statement(&field);
        if (balance) summary_.opening = balance;
        else summary_.warnings.push_back("the opening balance is not understood");
        if (balance) summary_.currency = balance->currency;
    }

    void take_closing(MtField const& field) {
        auto const balance = mt_balance(trimmed(field.lines.front()));
        if (!open_ || closed_) begin_statement(&field);
        closed_ = true;
        closed_by_page_ = field.tag == "62M";
        if (!balance) {
            summary_.warnings.push_back("the closing balance is not understood");
            return;
        }
        summary_.closing = balance;
        if (summary_.currency.empty()) summary_.currency = balance->currency;
    }

    void take_total(MtField const& field) {
        auto const total = total_of(trimmed(field.lines.front()));
        if (!total || !open_) return;
        auto const& seen = field.tag == "90C" ? credits_ : debits_;
        if (total->count != seen.count || (total->sum && !(*total->sum == seen.sum.value_or(Decimal{})))) {
            if (!summary_.totals_differ) summary_.warnings.push_back("the control totals (:90C:, :90D:) disagree with the lines");
            summary_.totals_differ = true;
        }
    }

    /// `field`: a balance, which alone may begin one without an account; lines need to be somebody's.
    void begin_statement(MtField const* field) {
        end_statement();
        if (account_.empty() && reference_.empty()) {
            // Balances and lines of nobody's account are a fragment.
            throw Stopped{{"not_a_statement", "a balance or line stands under no account (:25:) and no reference (:20:)", field != nullptr ? field->place : 0}};
        }
        open_ = true;
        closed_ = closed_by_page_ = false;
        head_ = has_account_ = false;
        summary_ = {};
        prover_ = {};
        credits_ = debits_ = {};
        summary_.id = reference_;
        summary_.account = account_;
        summary_.sequence = number_;
        // Some put the currency behind the number.
        if (account_.size() > 8 && std::all_of(account_.end() - 3, account_.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) && is_digit(account_[account_.size() - 4]))
            summary_.currency = account_.substr(account_.size() - 3);
        ++statements_;
        sink_.begin();
    }

    /// A message that gave its account and nothing more is a statement without lines.
    void close_message() {
        if (head_ && has_account_) {
            begin_statement(nullptr);
            end_statement();
        }
        head_ = has_account_ = false;
        if (!closed_by_page_) end_statement();
    }

    void end_statement() {
        if (!open_) return;
        open_ = closed_ = closed_by_page_ = false;
        summary_.format = is_942_ ? "mt942" : "mt940";
        prover_.prove(summary_);
        sink_.end(summary_);
    }

    void begin_line(MtField const& field) {
        line_ = {};
        auto const problem = mt_line(field, line_);
        if (!problem.empty()) throw Stopped{{"line_invalid", problem, field.place}};
        in_line_ = true;
    }

    void finish_line() {
        if (!in_line_) return;
        in_line_ = false;
        auto fields = std::vector<MtField const*>{};
        for (auto const& each : details_) fields.push_back(&each);
        mt_details(fields, line_);
        details_.clear();
        for (auto* text : {&line_.reference, &line_.bank_reference, &line_.content, &line_.spaced, &line_.other_texts, &line_.counterparty.name,
                           &line_.counterparty.account, &line_.counterparty.bank})
            make_readable(*text);
        auto& total = line_.amount.is_negative() ? debits_ : credits_;
        ++total.count;
        total.sum = total.sum.value_or(Decimal{}) + line_.amount.absolute();
        prover_.add(line_);
        sink_.line(line_);
    }

    /// UTF-8 stays; anything else is read as Latin-1, the banks' own habit. Control bytes become blanks.
    static void make_readable(std::string& text) {
        if (!is_valid_utf8(text)) {
            auto out = std::string{};
            for (auto const c : text) {
                auto const byte = static_cast<unsigned char>(c);
                if (byte < 0x80) out += c;
                else (out += static_cast<char>(0xC0U | (byte >> 6U))) += static_cast<char>(0x80U | (byte & 0x3FU));
            }
            text = std::move(out);
        }
        for (auto& c : text)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) c = ' ';
    }

    Sink& sink_;
    std::string account_, reference_, number_;
    bool head_ = false;         ///< `:20:` was read, nothing of its body yet
    bool has_account_ = false;
    bool open_ = false, closed_ = false, closed_by_page_ = false, is_942_ = false, in_line_ = false;
    Line line_;
    std::deque<MtField> details_;
    Summary summary_;
    Prover prover_;
    Total credits_, debits_;
    std::size_t statements_ = 0;
};

}  // namespace

std::optional<Refused> parse_mt(std::string_view text, Sink& sink) {
    auto messages = Messages{sink};
    auto fields = MtFields{text};
    auto any = false;
    try {
        while (auto const field = fields.next()) {
            any = true;
            messages.take(*field);
        }
        if (fields.too_long()) return Refused{"too_large", "a row or field is longer than any bank writes", 0};
        messages.finish();
    } catch (Stopped const& stopped) {
        return stopped.why;
    }
    if (!any) return Refused{"not_a_statement", "no field of MT940 or MT942 was found", 0};
    if (messages.statements() == 0) return Refused{"not_a_statement", "the file names no account (:25:) with a reference (:20:), balance or line", 0};
    return std::nullopt;
}

}  // namespace choso::statements
