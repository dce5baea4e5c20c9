#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"

/// The chart of accounts and the posting templates: how each kind of money movement is booked.
namespace choso::payments {

/// Account names begin with their collector (the bucket) and end with a subject: an account, a merchant or a request
/// (held), a case (deposit), a programme (benefit), a desk (cash) or a payer (credit).
enum class AccountKind { bank, opening, received, due_seen, due_confirmed, unreferenced, suspense, outside, held, refund_in_flight, payout_in_flight, deposit, benefit, withheld_tax, cash, payer_credit };
[[nodiscard]] std::string_view word(AccountKind kind);
[[nodiscard]] std::optional<AccountKind> account_kind_of(std::string_view word);

struct LedgerAccountKey {
    AccountKind kind;
    Uuid subject;
    friend auto operator<=>(LedgerAccountKey const&, LedgerAccountKey const&) = default;
};

/// What a journal is for. One row of `templates` each.
enum class Template {
    credit_received,          ///< money for a known payee, into its own account
    credit_due,               ///< the same into a collector's account: seen, owed to the payee
    credit_unreferenced,      ///< money nobody asked for
    debit_outside,            ///< money that left the account by no order of ours
    unreferenced_to_received, ///< found its request later
    unreferenced_to_due,
    received_to_unreferenced, ///< released by a cancellation
    due_to_unreferenced,
    due_confirmed_to_unreferenced,
    due_confirmed,            ///< a second source told it: it may be paid out
    received_reversed,        ///< taken back by the bank
    due_reversed,
    due_confirmed_reversed,
    unreferenced_reversed,
    outside_reversed,
    credit_held,              ///< money for a request whose payees are owed nothing until all of it is there
    unreferenced_to_held,
    held_to_due,              ///< all of it is there
    held_to_received,
    held_to_unreferenced,
    held_reversed,
    due_to_held,              ///< a part was taken back: owed to nobody again
    due_confirmed_to_held,
    received_to_held,
    due_moved,                ///< a part was taken back: what is left fills other lines of its request
    due_confirmed_moved,
    received_moved,
    unreferenced_to_due_confirmed,  ///< what refunds took of a payee's money that is nobody's now
    refund_reserved_due,      ///< approved: the money is taken from whom it belongs to
    refund_reserved_unreferenced,
    refund_sent,              ///< and has left the account
    refund_back_to_due,       ///< or never will
    refund_back_to_unreferenced,
    payout_reserved,
    payout_sent,
    payout_back,
    refund_paid_received,     ///< a refund that the payee itself has paid
    refund_paid_unreferenced,
    deposit_taken_received,   ///< an advance for a case: its payee has it, and has not earned it yet
    deposit_taken_due,
    deposit_used_received,    ///< used for what was done, or on its way back to the payer
    deposit_used_due,
    benefit_funded,           ///< set apart by an office for a programme
    benefit_unfunded,
    benefit_reserved,         ///< for one person's payout
    benefit_back,
    held_to_due_confirmed,    ///< released to who is owed it: what an order's parcel has earned
    held_to_withheld_tax,     ///< and the tax of it
    withheld_tax_to_held,     ///< the order came back
    refund_reserved_held,     ///< a refund of what was not released
    refund_back_to_held,
    cash_received,            ///< notes taken over a payee's desk
    cash_returned,            ///< and given back: the counter-journal
    credit_kept_received,     ///< a payer's excess, kept for the next bill of the same payee
    credit_kept_due,
    credit_used_received,     ///< and used there
    credit_used_due,
};

enum class Side { debit, credit };
struct TemplateLine {
    AccountKind account;
    Side side;
};
struct TemplateRow {
    Template name;
    std::string_view word;
    std::array<TemplateLine, 2> lines;
};


/// Data, with its proof: every template has as many debits as credits of one and the same amount, so it sums to zero
/// for every amount (checked at compile time in ledger.cpp).
[[nodiscard]] TemplateRow const& row_of(Template name);
[[nodiscard]] std::span<TemplateRow const> templates();
/// The one that moves a payment's money from one kind of account to the other. Asserts that there is one.
[[nodiscard]] Template template_between(AccountKind debited, AccountKind credited);

struct Posting {
    LedgerAccountKey account;
    Money amount;  ///< debit positive
};

/// One payee's part of a journal's amount.
struct Part {
    MerchantId merchant;
    Money amount;
    friend bool operator==(Part const&, Part const&) = default;
};
/// Who stands on the payees' side of a journal, when it is not one merchant alone: each merchant once, parts above zero.
struct Parties {
    std::vector<Part> debited, credited;  ///< by the side they stand on; empty: the journal's merchant has it all
    PaymentRequestId request;             ///< whose money is held
    Uuid subject{};                       ///< the case of a deposit, the programme of benefits, the desk of cash, the payer of credit
};

/// A template filled in: `amount` > 0; the bank account for bank-side kinds, the merchant or the parts for payee-side
/// kinds. Asserts that the parts of a side sum to `amount`: then the proof of the template holds for them as well.
[[nodiscard]] std::vector<Posting> postings(Template name, Money amount, AccountId account, MerchantId merchant, Parties const& parties = {});
/// Kinds whose subject is a merchant.
[[nodiscard]] bool belongs_to_merchant(AccountKind kind);

/// The account of a template that belongs to the payee, whose `seq` numbers the payee's stream; none for the others.
[[nodiscard]] std::optional<LedgerAccountKey> payee_side(Template name, MerchantId merchant);

}  // namespace choso::payments
