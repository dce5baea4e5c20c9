#include "settlement/statements/prover.hpp"

#include <algorithm>
#include <cstdio>

namespace choso::statements {

std::string_view word(Proof proof) {
    switch (proof) {
        case Proof::ok: return "ok";
        case Proof::broken: return "broken";
        case Proof::absent: break;
    }
    return "absent";
}

std::string text(Day day) {
    auto const date = std::chrono::year_month_day{day};
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return out;
}

std::optional<Day> day_of(int year, int month, int day) {
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    auto const date = std::chrono::year{year} / month / day;
    // The 30th of February stands in real value dates; it means the month's last day.
    if (!date.ok()) return Day{date.year() / date.month() / std::chrono::last};
    return Day{date};
}

std::optional<Day> iso_day(std::string_view text) {
    auto const number = [&](std::size_t from, std::size_t size) {
        auto out = 0;
        for (auto i = from; i < from + size; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            out = out * 10 + (text[i] - '0');
        }
        return out;
    };
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return day_of(number(0, 4), number(5, 2), number(8, 2));
}

void Prover::add(Line const& line) {
    ++lines_;
    scale_ = std::max(scale_, line.amount.scale());
    has_reversals_ = has_reversals_ || line.reversal;
    has_pending_ = has_pending_ || line.pending;
    if (!line.currency.empty()) {
        if (currency_.empty()) currency_ = line.currency;
        currencies_differ_ = currencies_differ_ || currency_ != line.currency;
    }
    for (auto flipped : {false, true}) {
        auto& sum = sums_[flipped ? 1 : 0];
        auto const amount = flipped && line.reversal ? line.amount.negated() : line.amount;
        sum.all += amount;
        if (!line.pending) sum.booked += amount;
    }
}

void Prover::prove(Summary& summary) const {
    summary.lines = lines_;
    summary.scale = scale_;
    if (summary.opening) summary.scale = std::max(summary.scale, summary.opening->amount.scale());
    if (summary.closing) summary.scale = std::max(summary.scale, summary.closing->amount.scale());
    if (has_pending_) summary.warnings.emplace_back("some lines are announced, not booked");
    if (summary.currency.empty()) summary.currency = currency_;
    if (currencies_differ_ || (!currency_.empty() && currency_ != summary.currency)) summary.warnings.emplace_back("lines are in another currency than the account");
    if (!summary.opening || !summary.closing) return;
    if (summary.opening->currency != summary.closing->currency && !summary.opening->currency.empty() && !summary.closing->currency.empty())
        summary.warnings.emplace_back("opening and closing balance are in different currencies");

    auto const wanted = summary.closing->amount - summary.opening->amount;
    summary.proof = Proof::ok;
    summary.difference = Decimal{};
    auto const& plain = sums_[0];
    auto const& flipped = sums_[1];
    if (plain.booked == wanted) return;
    if (plain.all == wanted) return;
    if (has_reversals_ && (flipped.booked == wanted || flipped.all == wanted)) {
        summary.reversals_flipped = true;
        summary.warnings.emplace_back("reversals carry the sign of what they undo; the balances say so, and they were turned");
        return;
    }
    summary.proof = Proof::broken;
    summary.difference = wanted - plain.booked;
    summary.warnings.push_back("opening balance and lines do not sum to the closing balance");
}

}  // namespace choso::statements
