#include "settlement/exceptions/commands.hpp"

#include "gateway/payments/book.hpp"
#include "platform/json/json.hpp"
#include "settlement/exceptions/rows.hpp"

namespace choso::settlement {
namespace {

using payments::Book;
using payments::Outcome;

/// The row as the order leaves it, with what is told of it.
Outcome concluded(Book& book, Changed changed, bool fresh, Instant now) {
    if (!changed) return Outcome::refused(changed.error());
    auto change = std::move(changed).value();
    auto own = std::make_shared<ExceptionOutcome>();
    own->row = change.row;
    auto effects = payments::Effects{};
    effects.events = std::move(change.events);
    effects.audits = std::move(change.audits);
    book.apply(change.row.id.bucket(), std::move(effects), now);
    book.rows<ExceptionRows>().put(std::move(change.row), fresh);
    auto out = Outcome{};
    out.own = std::move(own);
    return out;
}

/// First whether it may be done, then the money, then the row: a refusal of either leaves both as they were.
Outcome concluded_with(Book& book, Changed changed, payments::Command const* inner, Instant now) {
    if (!changed) return Outcome::refused(changed.error());
    if (inner != nullptr) {
        auto const moved = inner->decide(book, now);
        if (moved.refusal) return Outcome::refused(*moved.refusal);
    }
    return concluded(book, std::move(changed), false, now);
}

}  // namespace

void ExceptionCommand::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<ExceptionRows>().want(id);
}

std::string ExceptionCommand::text() const {
    std::string out;
    json::Writer{out}.object().member("exception", id.text()).member("by", word(actor.kind)).end();
    return out;
}

void OpenException::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<ExceptionRows>().want(bucket(), fresh.kind, fresh.subject);
}

Outcome OpenException::decide(Book& book, Instant now) const {
    if (auto const known = book.rows<ExceptionRows>().find(fresh.kind, fresh.subject)) {
        auto out = Outcome{};
        out.replayed = true;
        return out;
    }
    auto row = fresh;
    row.opened_at = now;
    return concluded(book, opened(std::move(row)), true, now);
}

Outcome ClaimException::decide(Book& book, Instant now) const {
    return concluded(book, claim(book.rows<ExceptionRows>().find(id), actor, away), false, now);
}

Outcome NoteException::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ExceptionRows>();
    auto const known = rows.find(id);
    if (!known) return Outcome::refused(payments::Refusal::not_found);
    rows.add({id, note, actor.id, now, words});
    auto effects = payments::Effects{};
    effects.audits.push_back({actor, "exception.noted", id.uuid(), "{}"});
    book.apply(bucket(), std::move(effects), now);
    auto own = std::make_shared<ExceptionOutcome>();
    own->row = *known;
    auto out = Outcome{};
    out.own = std::move(own);
    return out;
}

void ProposeResolution::plan(Book& book) const {
    ExceptionCommand::plan(book);
    if (inner) inner->plan(book);
}

Outcome ProposeResolution::decide(Book& book, Instant now) const {
    auto const known = book.rows<ExceptionRows>().find(id);
    // What one proposal has set going (a refund) is rejected before there is another.
    auto const waits = known && known->state == ExceptionState::proposed && (inner || known->resolution->action == ExceptionAction::refund);
    if (waits) return Outcome::refused(payments::Refusal::already_decided);
    return concluded_with(book, propose(known, actor, resolution, now), inner.get(), now);
}

void ApproveResolution::plan(Book& book) const {
    ExceptionCommand::plan(book);
    if (inner) inner->plan(book);
}

Outcome ApproveResolution::decide(Book& book, Instant now) const {
    return concluded_with(book, approve(book.rows<ExceptionRows>().find(id), actor, second_factor_fresh, shown, now), inner.get(), now);
}

void RejectResolution::plan(Book& book) const {
    ExceptionCommand::plan(book);
    if (inner) inner->plan(book);
}

Outcome RejectResolution::decide(Book& book, Instant now) const {
    return concluded_with(book, reject(book.rows<ExceptionRows>().find(id), actor, now), inner.get(), now);
}

void UndoResolution::plan(Book& book) const {
    ExceptionCommand::plan(book);
    if (inner) inner->plan(book);
}

Outcome UndoResolution::decide(Book& book, Instant now) const {
    return concluded_with(book, reopen(book.rows<ExceptionRows>().find(id), actor), inner.get(), now);
}

Outcome EndException::decide(Book& book, Instant now) const {
    auto const known = book.rows<ExceptionRows>().find(id);
    if (known && known->state == ExceptionState::done) return {};
    return concluded(book, end_by_itself(known, why, now), false, now);
}

}  // namespace choso::settlement
