#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merchants/benefits/benefit.hpp"
#include "platform/postgres/connection.hpp"

/// The questions of pages and the API about benefit lists. May throw what postgres::Connection throws.
namespace choso::benefits {

/// How many lines, and how much.
struct Figure {
    std::int64_t people = 0;
    Money amount;
};
/// A list with what became of its lines.
struct Shown {
    List list;
    std::string programme_code, programme_name;
    Figure paid, under_way, unpaid, waiting;  ///< by transfer: paid, with the bank, failed or returned, not handed over yet
    Figure cash_paid, cash_open, cash_not_collected;
    std::int64_t problems = 0, warnings = 0;
};
[[nodiscard]] std::optional<Shown> find(postgres::Connection& connection, BenefitListId id);
/// Newest first, before `before`; of these offices, each in its bucket.
[[nodiscard]] std::vector<Shown> list(postgres::Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& offices,
                                      std::optional<Uuid> before, std::int64_t limit);

/// What became of a line: `refused` (a problem), `waiting`, `under_way`, `paid`, `failed`, `returned`, and of cash
/// `cash_open`, `cash_paid`, `cash_not_collected`.
struct Line {
    Item item;
    std::string name, bin, account;  ///< empty once erased
    std::string state, reason;       ///< the bank's word of a failed one
};
/// In the order of the file, from a position on; `state` empty: all of them.
[[nodiscard]] std::vector<Line> lines(postgres::Connection& connection, BenefitListId list, std::string const& state, int from, std::int64_t limit);

/// The unpaid of a list by reason.
struct Unpaid {
    std::string state, reason;
    Figure figure;
};
[[nodiscard]] std::vector<Unpaid> unpaid(postgres::Connection& connection, BenefitListId list);

/// Marks rows whose account is not the one the person was last paid to by this programme.
void mark_changed_accounts(postgres::Connection& connection, Bucket bucket, MerchantId office, std::string const& programme_code, std::vector<ListRow>& rows);

}  // namespace choso::benefits
