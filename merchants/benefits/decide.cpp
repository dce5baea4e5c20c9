#include "merchants/benefits/decide.hpp"

#include "base/assert.hpp"
#include "gateway/payments/event_body.hpp"
#include "platform/json/json.hpp"

namespace choso::benefits {
namespace {

using payments::Effects;
using payments::Refusal;

void tell(Effects& effects, std::string_view type, List const& list) {
    effects.events.push_back({type, list.id.uuid(), list.merchant, body_of(list), {}});
}

payments::Parties purse(ProgrammeId programme) {
    auto out = payments::Parties{};
    out.subject = programme.uuid();
    return out;
}

payments::Payout payout_of(List const& list, HandOver const& line, Instant now) {
    auto out = payments::Payout{};
    out.id = line.payout;
    out.purpose = payments::PayoutPurpose::benefit;
    out.merchant = list.merchant;
    out.account = list.account;
    out.amount = line.item->amount;
    out.destination = PersonId{line.item->id.uuid()};
    out.status = payments::PayoutStatus::approved;
    out.maker = list.maker;
    out.approver = list.approver;
    out.reference = line.reference;
    out.reason = "benefit " + list.period;
    out.created_at = now;
    out.approved_at = now;
    out.programme = list.programme.uuid();
    return out;
}

}  // namespace

std::string body_of(List const& list) {
    std::string out;
    json::Writer{out}.object().member("programme", list.programme.text()).member("period", list.period).member("people", list.rows_good)
        .member("amount", list.amount).member("cash_amount", list.cash_amount).member("status", word(list.status)).end();
    return out;
}

payments::AuditDraft audit_of(payments::Actor const& actor, std::string_view action, List const& list) {
    return {actor, std::string{action}, list.id.uuid(), body_of(list)};
}

std::vector<Item> to_items(std::vector<ListRow> const& rows, std::map<std::string, Listed> const& listed, List const& list,
                           std::vector<BenefitItemId> const& ids) {
    CHOSO_ASSERT(rows.size() == ids.size());
    auto out = std::vector<Item>{};
    out.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& row = rows[i];
        auto item = Item{.id = ids[i], .list = list.id, .programme = list.programme, .period = list.period, .code = row.code,
                         .position = static_cast<int>(i) + 1, .round = 0, .amount = row.amount, .way = row.way, .problem = row.problem,
                         .warning = row.warning, .payout = {}, .cash_paid = {}};
        auto const before = listed.find(row.code);
        if (item.problem.empty() && before != listed.end()) {
            if (before->second.dead) item.round = before->second.round + 1;
            else item.problem = "already_listed";
        }
        out.push_back(std::move(item));
    }
    return out;
}

void add_up(List& list, std::vector<Item> const& items) {
    list.rows_all = static_cast<int>(items.size());
    for (auto const& item : items) {
        if (!item.problem.empty()) continue;
        ++list.rows_good;
        (item.way == Way::cash ? list.cash_amount : list.amount) += item.amount;
    }
}

Result<Effects, Refusal> approve(List& list, Approval const& by, Money due_confirmed, Instant now) {
    if (by.actor.kind != payments::ActorKind::person) return Refusal::approver_must_be_person;
    if (!by.second_factor_fresh) return Refusal::second_factor_needed;
    if (by.actor == list.maker) return Refusal::approver_is_maker;
    if (list.status != ListStatus::checked) {
        if (list.status != ListStatus::rejected && list.approver == by.actor) return Effects{};
        return Refusal::list_not_open;
    }
    if (list.rows_good == 0) return Refusal::list_is_empty;
    if (list.amount > due_confirmed) return Refusal::not_enough_due;

    auto effects = Effects{};
    list.status = ListStatus::approved;
    list.approver = by.actor;
    list.decided_at = now;
    if (list.amount.is_positive())
        effects.movements.push_back({.journal = {payments::Template::benefit_funded, list.id.uuid(), now, list.amount, list.account, list.merchant,
                                                 purse(list.programme)},
                                     .allocation = {}, .event = {}});
    effects.new_dues.push_back({now, batch_due, list.id.uuid()});
    tell(effects, event_type::approved, list);
    effects.audits.push_back(audit_of(by.actor, event_type::approved, list));
    return effects;
}

Result<Effects, Refusal> reject(List& list, payments::Actor const& by, Instant now) {
    if (by.kind != payments::ActorKind::person) return Refusal::approver_must_be_person;
    if (list.status == ListStatus::rejected && list.approver == by) return Effects{};
    if (list.status != ListStatus::checked) return Refusal::list_not_open;

    auto effects = Effects{};
    list.status = ListStatus::rejected;
    list.approver = by;
    list.decided_at = now;
    tell(effects, event_type::rejected, list);
    effects.audits.push_back(audit_of(by, event_type::rejected, list));
    return effects;
}

Effects hand_over(List& list, std::vector<HandOver> const& lines, bool more, Instant due_at, Instant now) {
    auto effects = Effects{};
    effects.done_due = payments::DueRow{due_at, batch_due, list.id.uuid()};
    if (list.status != ListStatus::approved) return effects;
    for (auto const& line : lines) {
        CHOSO_ASSERT(line.item->problem.empty() && line.item->way == Way::transfer && !line.item->payout);
        auto payout = payout_of(list, line, now);
        line.item->payout = payout.id;
        list.next = line.item->position + 1;
        effects.movements.push_back(
            {.journal = {payments::Template::benefit_reserved, payout.id.uuid(), now, payout.amount, payout.account, payout.merchant, purse(list.programme)},
             .allocation = {},
             .event = payments::EventDraft{payments::event_type::payout_approved, payout.id.uuid(), payout.merchant, payments::body_of_payout(payout), {}}});
        effects.new_payouts.push_back(std::move(payout));
    }
    if (more) {
        effects.new_dues.push_back({std::max(now, due_at + std::chrono::microseconds{1}), batch_due, list.id.uuid()});
        return effects;
    }
    list.status = ListStatus::handed_over;
    list.next = list.rows_all + 1;
    tell(effects, event_type::handed_over, list);
    return effects;
}

}  // namespace choso::benefits
