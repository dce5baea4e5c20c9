#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"

/// The chart of accounts and the posting templates: how each kind of money movement is booked.
namespace choso::payments {

/// Account names begin with their collector (the bucket) and end with a subject: an account or a merchant.
enum class AccountKind { bank, opening, received, due_seen, due_confirmed, unreferenced, suspense, outside };
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
[[nodiscard]] std::array<TemplateRow, 15> const& templates();

struct Posting {
    LedgerAccountKey account;
    Money amount;  ///< debit positive
};

/// A template filled in: `amount` > 0; the bank account for bank-side kinds, the merchant for payee-side kinds.
[[nodiscard]] std::vector<Posting> postings(Template name, Money amount, AccountId account, MerchantId merchant);

/// The account of a template that belongs to the payee, whose `seq` numbers the payee's stream; none for the others.
[[nodiscard]] std::optional<LedgerAccountKey> payee_side(Template name, MerchantId merchant);

}  // namespace choso::payments
