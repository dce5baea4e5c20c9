#include <algorithm>
#include <chrono>

#include "settlement/statements/mt_fields.hpp"

/// `:61:`: value date, entry date, mark, amount, type, references; SWIFT Standards MT, Category 9.
namespace choso::statements {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes fixed pieces off the front of a text.
class Cursor {
 public:
    explicit Cursor(std::string_view text) : left_{text} {}
    [[nodiscard]] std::string_view left() const { return left_; }
    [[nodiscard]] char front() const { return left_.empty() ? '\0' : left_.front(); }
    void skip(std::size_t count) { left_.remove_prefix(std::min(count, left_.size())); }
    void skip_blanks() {
        while (front() == ' ') skip(1);
    }
    std::optional<int> digits(std::size_t count) {
        if (left_.size() < count || !std::all_of(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(count), is_digit)) return std::nullopt;
        auto out = 0;
        for (auto i = std::size_t{0}; i < count; ++i) out = out * 10 + (left_[i] - '0');
        skip(count);
        return out;
    }

 private:
    std::string_view left_;
};

/// The entry date has no year: it is the one that lies nearest to the value date.
std::optional<Day> nearest(Day value, int month, int day) {
    auto const year = static_cast<int>(std::chrono::year_month_day{value}.year());
    auto best = std::optional<Day>{};
    for (auto const candidate : {year, year - 1, year + 1}) {
        auto const at = day_of(candidate, month, day);
        if (at && (!best || std::chrono::abs(*at - value) < std::chrono::abs(*best - value))) best = at;
    }
    return best;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return std::string{text};
}

bool is_filler(std::string_view reference) { return reference.empty() || reference == "NONREF" || reference == "NOTPROVIDED" || reference == "KREF+" || reference == "EREF"; }

struct Mark {
    bool debit = false, reversal = false, expected = false;
};

std::optional<Mark> mark_of(Cursor& at) {
    auto out = Mark{};
    auto const first = at.front();
    auto const second = at.left().size() > 1 ? at.left()[1] : '\0';
    if ((first == 'R' || first == 'E') && (second == 'C' || second == 'D')) {
        out.reversal = first == 'R';
        out.expected = first == 'E';
        // A reversed credit leaves the account, a reversed debit comes back.
        out.debit = (second == 'D') != out.reversal;
        at.skip(2);
        return out;
    }
    if (first != 'C' && first != 'D') return std::nullopt;
    out.debit = first == 'D';
    at.skip(1);
    return out;
}

/// Everything up to the amount, on one row.
std::string read_row(std::string_view row, Line& line, std::string_view& rest) {
    auto at = Cursor{row};
    at.skip_blanks();
    auto const year = at.digits(2), month = at.digits(2), day = at.digits(2);
    if (!year || !month || !day) return "a line (:61:) does not begin with its value date";
    line.value = day_of(*year + (*year >= 80 ? 1900 : 2000), *month, *day);
    if (!line.value) return "a line (:61:) has no possible value date";
    at.skip_blanks();
    line.booked = line.value;
    if (is_digit(at.front())) {
        auto const entry_month = at.digits(2), entry_day = at.digits(2);
        if (entry_month && entry_day)
            if (auto const booked = nearest(*line.value, *entry_month, *entry_day)) line.booked = booked;
    }
    at.skip_blanks();
    auto const mark = mark_of(at);
    if (!mark) return "a line (:61:) says neither debit nor credit";
    line.reversal = mark->reversal;
    line.pending = mark->expected;
    if (!is_digit(at.front())) at.skip(1);  // funds code: the third letter of the currency
    at.skip_blanks();
    auto const text = at.left();
    auto const end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), [](char c) { return !is_digit(c) && c != ',' && c != '.'; }) - text.begin());
    auto const amount = mt_amount(text.substr(0, end));
    if (!amount) return "a line (:61:) has no amount";
    line.amount = mark->debit ? amount->negated() : *amount;
    rest = text.substr(end);
    return {};
}

}  // namespace

std::string mt_line(MtField const& field, Line& line) {
    auto const& rows = field.lines;
    auto rest = std::string_view{};
    auto below = std::size_t{1};
    auto joined = std::string{};
    auto problem = read_row(rows.front(), line, rest);
    // Some break the row before the amount.
    if (!problem.empty() && rows.size() > 1) {
        joined = std::string{rows[0]} + std::string{rows[1]};
        if (auto const again = read_row(joined, line, rest); again.empty()) problem.clear(), below = 2;
    }
    if (!problem.empty()) return problem;
    line.place = field.place;
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    rest.remove_prefix(std::min<std::size_t>(4, rest.size()));  // type: N, F or S and three more
    auto const slashes = rest.find("//");
    auto const customer = trimmed(rest.substr(0, slashes));
    if (!is_filler(customer)) line.reference = customer;
    if (slashes != std::string_view::npos) {
        auto const bank = trimmed(rest.substr(slashes + 2));
        if (!is_filler(bank)) line.bank_reference = bank;
    }
    for (auto i = below; i < rows.size(); ++i) {
        auto const more = trimmed(rows[i]);
        if (more.empty()) continue;
        if (!line.other_texts.empty()) line.other_texts += '\n';
        line.other_texts += more;
    }
    return {};
}

}  // namespace choso::statements
