#include "gateway/payments/ledger.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace choso::payments {
namespace {

using enum AccountKind;
constexpr auto debit = Side::debit;
constexpr auto credit = Side::credit;

constexpr std::array<std::string_view, 16> kind_words{"bank",         "opening",  "received", "due_seen", "due_confirmed", "unreferenced",
                                                      "suspense", "outside",  "held", "refund_in_flight", "payout_in_flight", "deposit", "benefit", "withheld_tax", "cash", "credit"};

constexpr TemplateRow rows[] = {
    // template                             word                        one side                   the other
    {Template::credit_received, "credit_received", {{{bank, debit}, {received, credit}}}},
    {Template::credit_due, "credit_due", {{{bank, debit}, {due_seen, credit}}}},
    {Template::credit_unreferenced, "credit_unreferenced", {{{bank, debit}, {unreferenced, credit}}}},
    {Template::debit_outside, "debit_outside", {{{outside, debit}, {bank, credit}}}},
    {Template::unreferenced_to_received, "unreferenced_to_received", {{{unreferenced, debit}, {received, credit}}}},
    {Template::unreferenced_to_due, "unreferenced_to_due", {{{unreferenced, debit}, {due_seen, credit}}}},
    {Template::received_to_unreferenced, "received_to_unreferenced", {{{received, debit}, {unreferenced, credit}}}},
    {Template::due_to_unreferenced, "due_to_unreferenced", {{{due_seen, debit}, {unreferenced, credit}}}},
    {Template::due_confirmed_to_unreferenced, "due_confirmed_to_unreferenced", {{{AccountKind::due_confirmed, debit}, {unreferenced, credit}}}},
    {Template::due_confirmed, "due_confirmed", {{{due_seen, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::received_reversed, "received_reversed", {{{received, debit}, {bank, credit}}}},
    {Template::due_reversed, "due_reversed", {{{due_seen, debit}, {bank, credit}}}},
    {Template::due_confirmed_reversed, "due_confirmed_reversed", {{{AccountKind::due_confirmed, debit}, {bank, credit}}}},
    {Template::unreferenced_reversed, "unreferenced_reversed", {{{unreferenced, debit}, {bank, credit}}}},
    {Template::outside_reversed, "outside_reversed", {{{bank, debit}, {outside, credit}}}},
    {Template::credit_held, "credit_held", {{{bank, debit}, {held, credit}}}},
    {Template::unreferenced_to_held, "unreferenced_to_held", {{{unreferenced, debit}, {held, credit}}}},
    {Template::held_to_due, "held_to_due", {{{held, debit}, {due_seen, credit}}}},
    {Template::held_to_received, "held_to_received", {{{held, debit}, {received, credit}}}},
    {Template::held_to_unreferenced, "held_to_unreferenced", {{{held, debit}, {unreferenced, credit}}}},
    {Template::held_reversed, "held_reversed", {{{held, debit}, {bank, credit}}}},
    {Template::due_to_held, "due_to_held", {{{due_seen, debit}, {held, credit}}}},
    {Template::due_confirmed_to_held, "due_confirmed_to_held", {{{AccountKind::due_confirmed, debit}, {held, credit}}}},
    {Template::received_to_held, "received_to_held", {{{received, debit}, {held, credit}}}},
    {Template::due_moved, "due_moved", {{{due_seen, debit}, {due_seen, credit}}}},
    {Template::due_confirmed_moved, "due_confirmed_moved", {{{AccountKind::due_confirmed, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::received_moved, "received_moved", {{{received, debit}, {received, credit}}}},
    {Template::unreferenced_to_due_confirmed, "unreferenced_to_due_confirmed", {{{unreferenced, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::refund_reserved_due, "refund_reserved_due", {{{AccountKind::due_confirmed, debit}, {refund_in_flight, credit}}}},
    {Template::refund_reserved_unreferenced, "refund_reserved_unreferenced", {{{unreferenced, debit}, {refund_in_flight, credit}}}},
    {Template::refund_sent, "refund_sent", {{{refund_in_flight, debit}, {bank, credit}}}},
    {Template::refund_back_to_due, "refund_back_to_due", {{{refund_in_flight, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::refund_back_to_unreferenced, "refund_back_to_unreferenced", {{{refund_in_flight, debit}, {unreferenced, credit}}}},
    {Template::payout_reserved, "payout_reserved", {{{AccountKind::due_confirmed, debit}, {payout_in_flight, credit}}}},
    {Template::payout_sent, "payout_sent", {{{payout_in_flight, debit}, {bank, credit}}}},
    {Template::payout_back, "payout_back", {{{payout_in_flight, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::refund_paid_received, "refund_paid_received", {{{received, debit}, {bank, credit}}}},
    {Template::refund_paid_unreferenced, "refund_paid_unreferenced", {{{unreferenced, debit}, {bank, credit}}}},
    {Template::deposit_taken_received, "deposit_taken_received", {{{received, debit}, {deposit, credit}}}},
    {Template::deposit_taken_due, "deposit_taken_due", {{{AccountKind::due_confirmed, debit}, {deposit, credit}}}},
    {Template::deposit_used_received, "deposit_used_received", {{{deposit, debit}, {received, credit}}}},
    {Template::deposit_used_due, "deposit_used_due", {{{deposit, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::benefit_funded, "benefit_funded", {{{AccountKind::due_confirmed, debit}, {benefit, credit}}}},
    {Template::benefit_unfunded, "benefit_unfunded", {{{benefit, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::benefit_reserved, "benefit_reserved", {{{benefit, debit}, {payout_in_flight, credit}}}},
    {Template::benefit_back, "benefit_back", {{{payout_in_flight, debit}, {benefit, credit}}}},
    {Template::held_to_due_confirmed, "held_to_due_confirmed", {{{held, debit}, {AccountKind::due_confirmed, credit}}}},
    {Template::held_to_withheld_tax, "held_to_withheld_tax", {{{held, debit}, {withheld_tax, credit}}}},
    {Template::withheld_tax_to_held, "withheld_tax_to_held", {{{withheld_tax, debit}, {held, credit}}}},
    {Template::refund_reserved_held, "refund_reserved_held", {{{held, debit}, {refund_in_flight, credit}}}},
    {Template::refund_back_to_held, "refund_back_to_held", {{{refund_in_flight, debit}, {held, credit}}}},
    {Template::cash_received, "cash_received", {{{cash, debit}, {received, credit}}}},
    {Template::cash_returned, "cash_returned", {{{received, debit}, {cash, credit}}}},
    {Template::credit_kept_received, "credit_kept_received", {{{received, debit}, {payer_credit, credit}}}},
    {Template::credit_kept_due, "credit_kept_due", {{{AccountKind::due_confirmed, debit}, {payer_credit, credit}}}},
    {Template::credit_used_received, "credit_used_received", {{{payer_credit, debit}, {received, credit}}}},
    {Template::credit_used_due, "credit_used_due", {{{payer_credit, debit}, {AccountKind::due_confirmed, credit}}}},
};

/// The proof: the sum over the lines of ±1 is zero, hence of ±amount for every amount; and each row is at its own index.
constexpr bool proved() {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        auto sum = 0;
        for (auto const& line : rows[i].lines) sum += line.side == debit ? 1 : -1;
        if (sum != 0 || static_cast<std::size_t>(rows[i].name) != i) return false;
    }
    return true;
}
static_assert(proved(), "a posting template does not sum to zero");

/// The parts on one side of a template, which are the whole of its amount.
std::vector<Part> parts_of(TemplateLine const& line, Money amount, MerchantId merchant, Parties const& parties) {
    auto const& parts = line.side == debit ? parties.debited : parties.credited;
    if (parts.empty()) return {{merchant, amount}};
    auto sum = Money{};
    for (auto const& part : parts) {
        CHOSO_ASSERT(part.amount.is_positive());
        sum += part.amount;
    }
    CHOSO_ASSERT(sum == amount);
    return parts;
}

}  // namespace

bool belongs_to_merchant(AccountKind kind) { return kind == received || kind == due_seen || kind == AccountKind::due_confirmed; }

std::string_view word(AccountKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<AccountKind> account_kind_of(std::string_view text) {
    auto const found = std::find(kind_words.begin(), kind_words.end(), text);
    if (found == kind_words.end()) return std::nullopt;
    return static_cast<AccountKind>(found - kind_words.begin());
}

TemplateRow const& row_of(Template name) { return rows[static_cast<std::size_t>(name)]; }

std::span<TemplateRow const> templates() { return rows; }

Template template_between(AccountKind debited, AccountKind credited) {
    auto const fits = [&](TemplateRow const& row) {
        auto const debits_first = row.lines[0].side == debit;
        return (debits_first ? row.lines[0] : row.lines[1]).account == debited && (debits_first ? row.lines[1] : row.lines[0]).account == credited;
    };
    auto const found = std::find_if(std::begin(rows), std::end(rows), fits);
    CHOSO_ASSERT(found != std::end(rows));
    return found->name;
}

std::vector<Posting> postings(Template name, Money amount, AccountId account, MerchantId merchant, Parties const& parties) {
    CHOSO_ASSERT(amount.is_positive());
    std::vector<Posting> out;
    for (auto const& line : row_of(name).lines) {
        auto const post = [&](Uuid const& subject, Money part) { out.push_back({{line.account, subject}, line.side == debit ? part : -part}); };
        if (belongs_to_merchant(line.account))
            for (auto const& part : parts_of(line, amount, merchant, parties)) post(part.merchant.uuid(), part.amount);
        else if (line.account == deposit || line.account == benefit || line.account == cash || line.account == payer_credit) post(parties.subject, amount);
        else post(line.account == held ? parties.request.uuid() : account.uuid(), amount);
    }
    return out;
}

std::optional<LedgerAccountKey> payee_side(Template name, MerchantId merchant) {
    for (auto const& line : row_of(name).lines)
        if (line.account == received || line.account == due_seen) return LedgerAccountKey{line.account, merchant.uuid()};
    return std::nullopt;
}

}  // namespace choso::payments
