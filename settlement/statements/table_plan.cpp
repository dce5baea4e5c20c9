#include "settlement/statements/table_plan.hpp"

#include <algorithm>
#include <tuple>

namespace choso::statements {
namespace {

std::size_t index_of(NumberFormat format, std::size_t rest) { return (format == NumberFormat::commas_part ? 8 : 0) + rest; }

bool says_out(std::string_view direction) {
    auto const word = plain(direction);
    for (auto const out : {"no", "d", "dr", "debit", "-", "chi", "ghi no", "out", "rut", "tien ra", "n"})
        if (word == out) return true;
    return false;
}

/// An empty cell, or one that holds a dash, is nothing; anything else must be a number.
bool read_cell(std::string_view cell, NumberFormat format, Decimal& into) {
    if (cell.empty() || cell == "-") return true;
    auto const amount = amount_in(cell, format);
    if (!amount) return false;
    into = *amount;
    return true;
}

}  // namespace

Reading reading_of(std::size_t index) { return {index >= 8 ? NumberFormat::commas_part : NumberFormat::dots_part, (index & 1U) != 0, (index & 2U) != 0, (index & 4U) == 0}; }

std::optional<Worth> worth_of(RawLine const& line, Reading const& reading) {
    auto debit = Decimal{}, credit = Decimal{}, amount = Decimal{}, fee = Decimal{}, vat = Decimal{};
    auto const format = reading.format;
    if (!read_cell(line.debit, format, debit) || !read_cell(line.credit, format, credit) || !read_cell(line.amount, format, amount) ||
        !read_cell(line.fee, format, fee) || !read_cell(line.vat, format, vat))
        return std::nullopt;
    auto out = Worth{};
    if (!line.amount.empty()) {
        out.swing = line.direction.empty() ? amount : says_out(line.direction) ? amount.absolute().negated() : amount.absolute();
    } else {
        out.swing = reading.signs_count ? credit - debit : credit.absolute() - debit.absolute();
    }
    if (reading.swapped) out.swing = out.swing.negated();
    if (reading.fees_apart) out.fees = (fee.absolute() + vat.absolute()).negated();
    return out;
}

TableSurvey::TableSurvey(std::optional<TableMemory> const& memory) : TableWalker{memory ? std::optional{memory->columns} : std::nullopt}, memory_{memory} {}

void TableSurvey::on_totals(std::string_view debit, std::string_view credit) {
    auto& section = sections_.back();
    section.total_debit = debit;
    section.total_credit = credit;
    section.has_totals = true;
}

void TableSurvey::step(Trial& trial, Worth const& worth, std::optional<Decimal> const& balance, std::size_t row) {
    auto const swing = worth.swing + worth.fees;
    trial.sum += swing;
    if (swing.scale() > 0) ++trial.fractions;
    (worth.swing.is_negative() ? trial.debits : trial.credits) += worth.swing.absolute();
    if (!balance) return;
    if (trial.last_balance) {
        ++trial.steps;
        // Oldest first: what was before, and this line, make this balance. Newest first: this balance, and the line before, made that.
        if (*trial.last_balance + swing == *balance) ++trial.forward;
        else if (trial.forward_break == 0) trial.forward_break = row;
        if (*balance + *trial.last_swing == *trial.last_balance) ++trial.backward;
        else if (trial.backward_break == 0) trial.backward_break = row;
    } else {
        trial.first_balance = balance;
        trial.first_swing = swing;
    }
    trial.last_balance = balance;
    trial.last_swing = swing;
}

void TableSurvey::on_line(RawLine const& line) {
    auto& section = sections_.back();
    ++section.lines;
    for (auto const cell : {line.booked, line.value})
        if (auto const order = order_shown_by(cell)) ++(*order == DateOrder::day_first ? day_first_ : month_first_);
    if (auto const when = time_in(line.booked, DateOrder::day_first, std::nullopt)) {
        if (!section.first_day) section.first_day = when->day;
        section.last_day = when->day;
    }
    for (auto const format : number_formats) {
        auto balance = std::optional<Decimal>{};
        auto understood = true;
        if (!line.balance.empty()) {
            balance = amount_in(line.balance, format);
            understood = balance.has_value();
        }
        for (auto rest = std::size_t{0}; rest < 8; ++rest) {
            auto const index = index_of(format, rest);
            auto& trial = section.trials[index];
            auto const worth = worth_of(line, reading_of(index));
            if (!worth || !understood) ++trial.unread;
            if (worth) step(trial, *worth, balance, line.row);
        }
    }
}

NumberFormat TableSurvey::format() const {
    // Fewest cells that are no numbers, then most sections that add up, then fewest fractions: đồng have none.
    auto best = NumberFormat::dots_part;
    auto best_score = std::optional<std::tuple<std::int64_t, std::int64_t, std::int64_t>>{};
    for (auto const format : number_formats) {
        auto unread = std::int64_t{0}, proved = std::int64_t{0}, fractions = std::int64_t{0};
        for (auto const& section : sections_) {
            auto const& trial = section.trials[index_of(format, 0)];
            unread += static_cast<std::int64_t>(trial.unread);
            fractions += static_cast<std::int64_t>(trial.fractions);
            for (auto const* cell : {&section.opening, &section.closing, &section.total_debit, &section.total_credit})
                if (looks_like_amount(*cell) && !amount_in(*cell, format)) ++unread;
            if (plan_of(section, format).proved) ++proved;
        }
        auto const remembered = memory_ && memory_->format == format ? -1 : 0;
        auto const score = std::tuple{-unread, proved, -fractions * 2 - remembered};
        if (!best_score || score > *best_score) best = format, best_score = score;
    }
    return best;
}

SectionPlan TableSurvey::plan_of(Section const& section, NumberFormat format) const {
    auto best = SectionPlan{};
    auto best_score = std::optional<std::tuple<std::int64_t, int, std::int64_t, int>>{};
    auto const told_opening = amount_in(section.opening, format), told_closing = amount_in(section.closing, format);
    for (auto rest = std::size_t{0}; rest < 8; ++rest) {
        auto const& trial = section.trials[index_of(format, rest)];
        auto plan = SectionPlan{};
        plan.reading = reading_of(index_of(format, rest));
        plan.newest_first = trial.steps > 0 ? trial.backward > trial.forward : section.first_day && section.last_day && *section.first_day > *section.last_day;
        auto const holding = plan.newest_first ? trial.backward : trial.forward;
        plan.first_break = holding == trial.steps ? 0 : plan.newest_first ? trial.backward_break : trial.forward_break;
        plan.opening = told_opening;
        plan.closing = told_closing;
        if (trial.first_balance) {
            // The running balance says what the head leaves unsaid.
            auto const& oldest = plan.newest_first ? trial.last_balance : trial.first_balance;
            auto const& oldest_swing = plan.newest_first ? trial.last_swing : trial.first_swing;
            if (!plan.opening) plan.opening = *oldest - *oldest_swing;
            if (!plan.closing) plan.closing = plan.newest_first ? trial.first_balance : trial.last_balance;
        } else if (section.lines == 0) {
            if (!plan.closing) plan.closing = plan.opening;
        }
        auto const sums = plan.opening && plan.closing && *plan.opening + trial.sum == *plan.closing;
        // With one line and no head the balances prove nothing: they were made from the line.
        auto const has_word = (told_opening && told_closing) || trial.steps > 0 || (trial.first_balance && (told_opening || told_closing));
        plan.proved = sums && has_word && section.lines > 0;
        auto preference = (plan.reading.swapped ? -4 : 0) + (plan.reading.signs_count ? -2 : 0) + (plan.reading.fees_apart ? 0 : -1);
        if (memory_ && memory_->swapped == plan.reading.swapped) preference += 8;
        auto const score = std::tuple{-static_cast<std::int64_t>(trial.unread), plan.proved ? 1 : 0, static_cast<std::int64_t>(holding), preference};
        if (section.has_totals) {
            auto const debit = amount_in(section.total_debit, format), credit = amount_in(section.total_credit, format);
            auto const swap = plan.reading.swapped;
            auto const differs = [](std::optional<Decimal> const& told, Decimal seen) { return told && !(told->absolute() == seen); };
            plan.totals_differ = differs(swap ? credit : debit, trial.debits) || differs(swap ? debit : credit, trial.credits);
        }
        if (!best_score || score > *best_score) best = plan, best_score = score;
    }
    return best;
}

TablePlan TableSurvey::plan() const {
    auto out = TablePlan{};
    out.dates = month_first_ > day_first_ ? DateOrder::month_first : DateOrder::day_first;
    out.format = format();
    for (auto const& section : sections_) out.sections.push_back(plan_of(section, out.format));
    return out;
}

}  // namespace choso::statements
