#include "settlement/matching/match_lines.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <unordered_map>

namespace choso::matching {
namespace {

/// Payments under one hash, the oldest first; the front moves past what is taken.
using Joined = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) { return (a ^ (b + 0x9e37'79b9'7f4a'7c15ULL + (a << 6U) + (a >> 2U))) * 0xff51'afd7'ed55'8ccdULL; }
std::uint64_t under(Money amount, std::uint64_t what) { return mixed(static_cast<std::uint64_t>(amount.dong()), what); }
std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

bool differ(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }

bool may_be(LineFact const& line, KnownPayment const& payment) {
    auto const days = (vietnam_day(payment.occurred_at) - line.day).count();
    if (payment.seen_by_source || payment.amount != line.amount || std::abs(days) > 1 || differ(payment.bank_ref, line.bank_ref)) return false;
    if (payment.reference && line.exact && *payment.reference != *line.exact) return false;
    // A credit that was taken back may only be told again as the very same one.
    return payment.status != payments::PaymentStatus::reversed || (!line.bank_ref.empty() && payment.bank_ref == line.bank_ref);
}

class Join {
 public:
    Join(std::span<LineFact const> lines, std::span<KnownPayment const> known) : lines_{lines}, known_{known}, taken_(known.size(), false), pairs_(lines.size()) {
        oldest_first_.resize(known.size());
        std::iota(oldest_first_.begin(), oldest_first_.end(), 0U);
        std::sort(oldest_first_.begin(), oldest_first_.end(), [&](auto a, auto b) { return std::pair{known[a].occurred_at, known[a].id} < std::pair{known[b].occurred_at, known[b].id}; });
    }

    void take(std::size_t line, Reason reason, std::size_t payment) {
        pairs_[line] = {reason, payment};
        taken_[payment] = true;
    }

    /// One pass: lines that are still alone, joined where `of_line` and `of_payment` hash alike and `equal` agrees.
    template <class OfLine, class OfPayment, class Equal>
    void pass(Reason reason, OfLine const& of_line, OfPayment const& of_payment, Equal const& equal) {
        auto joined = Joined{};
        for (auto const i : oldest_first_)
            if (!taken_[i])
                if (auto const key = of_payment(known_[i])) joined[under(known_[i].amount, *key)].push_back(i);
        if (joined.empty()) return;
        for (auto i = std::size_t{0}; i < lines_.size(); ++i) {
            if (pairs_[i].reason != Reason::none || lines_[i].pending) continue;
            auto const key = of_line(lines_[i]);
            if (!key) continue;
            auto const found = joined.find(under(lines_[i].amount, *key));
            if (found == joined.end()) continue;
            for (auto const payment : found->second) {
                if (taken_[payment] || !equal(lines_[i], known_[payment]) || !may_be(lines_[i], known_[payment])) continue;
                take(i, reason, payment);
                break;
            }
            std::erase_if(found->second, [&](auto payment) { return taken_[payment]; });
        }
    }

    std::vector<Pair> finish() { return std::move(pairs_); }

 private:
    std::span<LineFact const> lines_;
    std::span<KnownPayment const> known_;
    std::vector<std::uint32_t> oldest_first_;
    std::vector<bool> taken_;
    std::vector<Pair> pairs_;
};

using Key = std::optional<std::uint64_t>;

}  // namespace

std::string_view word(Reason reason) {
    switch (reason) {
        case Reason::same_line: return "same_line";
        case Reason::bank_reference: return "bank_reference";
        case Reason::reference: return "reference";
        case Reason::content: return "content";
        case Reason::none: break;
    }
    return "none";
}

std::vector<Pair> match_lines(std::span<LineFact const> lines, std::span<KnownPayment const> known, std::span<std::optional<std::size_t> const> sighted) {
    auto join = Join{lines, known};
    for (auto i = std::size_t{0}; i < sighted.size(); ++i)
        if (sighted[i]) join.take(i, Reason::same_line, *sighted[i]);
    join.pass(Reason::bank_reference, [](LineFact const& line) { return line.bank_ref.empty() ? Key{} : Key{hash_of(line.bank_ref)}; },
              [](KnownPayment const& payment) { return payment.bank_ref.empty() ? Key{} : Key{hash_of(payment.bank_ref)}; },
              [](LineFact const& line, KnownPayment const& payment) { return line.bank_ref == payment.bank_ref; });
    join.pass(Reason::reference, [](LineFact const& line) { return line.exact ? Key{line.exact->data_number()} : Key{}; },
              [](KnownPayment const& payment) { return payment.reference ? Key{payment.reference->data_number()} : Key{}; },
              [](LineFact const& line, KnownPayment const& payment) { return line.exact == payment.reference; });
    join.pass(Reason::content, [](LineFact const& line) { return Key{static_cast<std::uint64_t>(line.content_hash)}; },
              [](KnownPayment const& payment) { return Key{static_cast<std::uint64_t>(payment.content_hash)}; },
              [](LineFact const& line, KnownPayment const& payment) { return line.content_hash == payment.content_hash; });
    return join.finish();
}

}  // namespace choso::matching
