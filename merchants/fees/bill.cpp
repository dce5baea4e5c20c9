#include "merchants/fees/bill.hpp"

#include <algorithm>
#include <array>

#include "gateway/payments/status.hpp"

namespace choso::fees {
namespace {

constexpr std::array<std::string_view, 4> stage_words{"draft", "issued", "cancelled", "written_off"};
constexpr std::array<std::string_view, 4> kind_words{"fee", "exemption", "discount", "adjustment"};

template <class Enum, std::size_t N>
std::optional<Enum> found(std::array<std::string_view, N> const& words, std::string_view text) {
    auto const at = std::find(words.begin(), words.end(), text);
    if (at == words.end()) return std::nullopt;
    return static_cast<Enum>(at - words.begin());
}

bool applies(Rule const& rule, Line const& line, std::vector<std::string> const& categories, Instant now) {
    if (!rule.holds(now) || (rule.item && *rule.item != line.item_code)) return false;
    return !rule.category || std::find(categories.begin(), categories.end(), *rule.category) != categories.end();
}

/// The rule that takes the most off a line, of those for online or of the others; of equal ones the first.
Rule const* best(std::vector<Rule> const& rules, bool online_only, Line const& line, std::vector<std::string> const& categories, Instant now) {
    Rule const* out = nullptr;
    for (auto const& rule : rules)
        if (rule.online_only == online_only && applies(rule, line, categories, now) && (out == nullptr || rule.percent > out->percent)) out = &rule;
    return out;
}

Money part_of(Money amount, std::int16_t percent) { return Money{amount.dong() * percent / 100}; }

}  // namespace

std::string_view word(Stage stage) { return stage_words.at(static_cast<std::size_t>(stage)); }
std::string_view word(LineKind kind) { return kind_words.at(static_cast<std::size_t>(kind)); }
std::optional<Stage> stage_of(std::string_view text) { return found<Stage>(stage_words, text); }
std::optional<LineKind> line_kind_of(std::string_view text) { return found<LineKind>(kind_words, text); }

std::vector<Line> with_rules(std::vector<Line> lines, std::vector<Rule> const& rules, std::vector<std::string> const& categories, Instant now) {
    auto out = lines;
    for (auto const& line : lines) {
        if (line.kind != LineKind::fee) continue;
        auto left = line.amount;
        for (auto const online_only : {false, true}) {
            auto const* rule = best(rules, online_only, line, categories, now);
            if (rule == nullptr) continue;
            auto const off = part_of(left, rule->percent);
            if (!off.is_positive()) continue;
            auto less = Line{};
            less.kind = rule->percent == 100 ? LineKind::exemption : LineKind::discount;
            less.name = rule->name;
            less.amount = -off;
            less.item = line.item;
            less.item_code = line.item_code;
            less.online_only = online_only;
            less.reason = line.name;
            less.legal_basis = rule->legal_basis;
            out.push_back(std::move(less));
            left -= off;
        }
    }
    return out;
}

Money sum_of(std::vector<Line> const& lines, bool at_counter) {
    auto sum = Money{};
    for (auto const& line : lines)
        if (!at_counter || !line.online_only) sum += line.amount;
    return sum;
}

payments::PaymentRequest as_shown(Bill const& bill, payments::PaymentRequest request) {
    request.amount_paid += bill.covered + bill.grouped;
    request.status = payments::status_of(request);
    return request;
}

std::string_view status_of(Bill const& bill, std::optional<payments::PaymentRequest> const& shown) {
    using payments::RequestStatus;
    if (bill.stage == Stage::draft || bill.stage == Stage::cancelled) return word(bill.stage);
    if (!shown) return payments::word(RequestStatus::paid);
    auto const owing = shown->status == RequestStatus::open || shown->status == RequestStatus::partially_paid;
    return bill.stage == Stage::written_off && owing ? word(bill.stage) : payments::word(shown->status);
}

Money left_of(Bill const& bill, std::optional<payments::PaymentRequest> const& shown) {
    auto const payable = bill.stage == Stage::issued || bill.stage == Stage::written_off;
    return payable && shown ? shown->still_open() : Money{};
}

bool takes(Bill const& bill, Money left, Money part) {
    if (!part.is_positive() || part > left) return false;
    return part == left || (bill.partial && part >= bill.amount_min.value_or(Money{1}));
}

std::string_view word(Reconciled state) {
    switch (state) {
        case Reconciled::none: return "none";
        case Reconciled::received: return "received_not_confirmed";
        case Reconciled::confirmed_without_money: return "confirmed_not_received";
        case Reconciled::confirmed_auto: return "confirmed_auto";
        case Reconciled::confirmed_manual: break;
    }
    return "confirmed_manual";
}

Reconciled reconciled(Bill const& bill, Money paid) {
    auto const whole = paid.is_positive() && paid >= bill.amount;
    if (bill.confirmed.empty()) return paid.is_positive() ? Reconciled::received : Reconciled::none;
    if (!whole && bill.amount.is_positive()) return Reconciled::confirmed_without_money;
    return bill.confirmed == "auto" ? Reconciled::confirmed_auto : Reconciled::confirmed_manual;
}

std::optional<std::string> phone_of(std::string_view text) {
    auto digits = std::string{};
    for (auto const c : text) {
        if (c >= '0' && c <= '9') digits += c;
        else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')' && !(c == '+' && digits.empty())) return std::nullopt;
    }
    if (digits.starts_with("0084")) digits.erase(0, 2);
    if (digits.starts_with("84") && digits.size() >= 11) digits.replace(0, 2, "0");
    if (digits.size() < 9 || digits.size() > 11 || digits.front() != '0') return std::nullopt;
    return digits;
}

}  // namespace choso::fees
