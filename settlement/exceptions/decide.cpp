#include "settlement/exceptions/decide.hpp"

#include "platform/json/json.hpp"

namespace choso::settlement {
namespace {

using payments::Actor;
using payments::ActorKind;
using payments::Refusal;

std::string body_of(Exception const& row) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("kind", word(row.kind)).member("amount", row.amount).member("state", word(row.state));
    if (row.resolution) json.member("action", word(row.resolution->action)).member("reason", row.resolution->reason);
    if (!row.ended.empty()) json.member("ended", row.ended);
    json.end();
    return out;
}

ExceptionChange told(Exception row, Actor const& by, std::string action, std::string_view event = {}) {
    auto out = ExceptionChange{std::move(row), {}, {}};
    auto body = body_of(out.row);
    if (!event.empty()) out.events.push_back({event, out.row.id.uuid(), out.row.merchant, body, {}});
    out.audits.push_back({by, std::move(action), out.row.id.uuid(), std::move(body)});
    return out;
}

void forget_proposal(Exception& row) {
    row.resolution.reset();
    row.maker.reset();
    row.proposed_at.reset();
    row.approver.reset();
    row.decided_at.reset();
    row.ended.clear();
    row.state = row.owner ? ExceptionState::claimed : ExceptionState::open;
}

bool is_of_money_in(ExceptionKind kind) {
    switch (kind) {
        case ExceptionKind::chain_broken:
        case ExceptionKind::payout_unknown:
        case ExceptionKind::payout_contradicted:
        case ExceptionKind::payout_returned: return false;
        default: return true;
    }
}

}  // namespace

bool needs_second_person(Exception const& exception, Resolution const& resolution) {
    return resolution.action != ExceptionAction::accept || exception.amount > second_person_above;
}

bool fits(ExceptionKind kind, ExceptionAction action) {
    switch (action) {
        case ExceptionAction::match:
        case ExceptionAction::assign: return kind == ExceptionKind::unreferenced || kind == ExceptionKind::wrong_account || kind == ExceptionKind::line_without_notice;
        case ExceptionAction::refund: return is_of_money_in(kind) && kind != ExceptionKind::reversed && kind != ExceptionKind::notice_without_line;
        case ExceptionAction::reverse: return kind == ExceptionKind::notice_without_line;
        case ExceptionAction::accept: return true;
    }
    return false;
}

ExceptionChange opened(Exception fresh) { return told(std::move(fresh), {}, "exception.opened", "exception.opened"); }

Changed claim(Known const& known, Actor const& by, bool away) {
    if (!known) return Refusal::not_found;
    if (known->state == ExceptionState::done) return Refusal::already_decided;
    auto row = *known;
    row.owner = away ? std::nullopt : std::optional{by.id};
    if (row.state != ExceptionState::proposed) row.state = away ? ExceptionState::open : ExceptionState::claimed;
    return told(std::move(row), by, away ? "exception.given_back" : "exception.claimed");
}

Changed propose(Known const& known, Actor const& by, Resolution resolution, Instant now) {
    if (!known) return Refusal::not_found;
    if (known->state == ExceptionState::done) return Refusal::already_decided;
    // Another's proposal is rejected first, not overwritten.
    if (known->state == ExceptionState::proposed && known->maker != by) return Refusal::already_decided;
    if (!fits(known->kind, resolution.action)) return Refusal::payment_not_assignable;
    auto row = *known;
    if (!row.owner && by.kind == ActorKind::person) row.owner = by.id;
    row.maker = by;
    row.proposed_at = now;
    auto const waits = needs_second_person(row, resolution);
    row.resolution = std::move(resolution);
    row.state = waits ? ExceptionState::proposed : ExceptionState::done;
    if (waits) return told(std::move(row), by, "exception.proposed");
    row.decided_at = now;
    row.ended = "accepted";
    return told(std::move(row), by, "exception.accepted", "exception.resolved");
}

Changed approve(Known const& known, Actor const& by, bool second_factor_fresh, Resolution const& shown, Instant now) {
    if (!known) return Refusal::not_found;
    if (by.kind != ActorKind::person) return Refusal::approver_must_be_person;
    if (!second_factor_fresh) return Refusal::second_factor_needed;
    if (known->state == ExceptionState::done) return Refusal::already_decided;
    if (known->state != ExceptionState::proposed) return Refusal::proposal_missing;
    if (known->maker == by) return Refusal::approver_is_maker;
    if (known->resolution != shown) return Refusal::proposal_changed;
    auto row = *known;
    row.approver = by;
    row.decided_at = now;
    row.state = ExceptionState::done;
    row.ended = "approved";
    return told(std::move(row), by, "exception.approved", "exception.resolved");
}

Changed reject(Known const& known, Actor const& by, Instant) {
    if (!known) return Refusal::not_found;
    if (known->state == ExceptionState::done) return Refusal::already_decided;
    if (known->state != ExceptionState::proposed) return Refusal::proposal_missing;
    auto out = told(*known, by, "exception.rejected");
    forget_proposal(out.row);
    return out;
}

Changed reopen(Known const& known, Actor const& by) {
    if (!known) return Refusal::not_found;
    if (known->state != ExceptionState::done) return Refusal::proposal_missing;
    auto out = told(*known, by, "exception.undone", "exception.reopened");
    forget_proposal(out.row);
    return out;
}

Changed end_by_itself(Known const& known, std::string why, Instant now) {
    if (!known) return Refusal::not_found;
    if (known->state == ExceptionState::done) return Refusal::already_decided;
    auto row = *known;
    row.state = ExceptionState::done;
    row.decided_at = now;
    row.ended = std::move(why);
    return told(std::move(row), {}, "exception.ended", "exception.resolved");
}

}  // namespace choso::settlement
