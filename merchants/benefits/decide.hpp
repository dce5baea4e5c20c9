#pragma once
#include <map>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/effects.hpp"
#include "merchants/benefits/benefit.hpp"

/// The rules of benefit lists. Pure.
namespace choso::benefits {

/// What is known of a person's newest line for a period of a programme.
struct Listed {
    int round = 0;
    bool dead = false;  ///< nothing will ever be paid by it: list rejected, payout failed or returned, cash not collected
};

/// `rows` as lines of a list: who is listed already is refused, unless the earlier line is dead.
[[nodiscard]] std::vector<Item> to_items(std::vector<ListRow> const& rows, std::map<std::string, Listed> const& listed, List const& list,
                                         std::vector<BenefitItemId> const& ids);
/// The sums of the lines that can be paid go into the list.
void add_up(List& list, std::vector<Item> const& items);

struct Approval {
    payments::Actor actor;
    bool second_factor_fresh = false;
};
/// Another person's yes: sets the money apart for the programme and orders the first batch.
[[nodiscard]] Result<payments::Effects, payments::Refusal> approve(List& list, Approval const& by, Money due_confirmed, Instant now);
/// A person's no, before or instead of a yes.
[[nodiscard]] Result<payments::Effects, payments::Refusal> reject(List& list, payments::Actor const& by, Instant now);

/// What one line's payout is made of.
struct HandOver {
    Item* item = nullptr;
    PayoutId payout;
    Reference reference;
};
/// Hands lines over to the payout channel: their payouts are made and approved by the word that was given for the list. With
/// `more`, the next batch is ordered; without, the list is handed over.
[[nodiscard]] payments::Effects hand_over(List& list, std::vector<HandOver> const& lines, bool more, Instant due_at, Instant now);

namespace event_type {
inline constexpr std::string_view imported = "benefit_list.imported";
inline constexpr std::string_view approved = "benefit_list.approved";
inline constexpr std::string_view rejected = "benefit_list.rejected";
inline constexpr std::string_view handed_over = "benefit_list.handed_over";
}  // namespace event_type
inline constexpr std::string_view batch_due = "benefit_batch";

/// `{"programme","period","people","amount","cash_amount","status"}`
[[nodiscard]] std::string body_of(List const& list);
[[nodiscard]] payments::AuditDraft audit_of(payments::Actor const& actor, std::string_view action, List const& list);

}  // namespace choso::benefits
