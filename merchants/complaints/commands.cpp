#include "merchants/complaints/commands.hpp"

#include "platform/json/json.hpp"

namespace choso::complaints {
namespace {

using payments::Book;
using payments::Effects;
using payments::Outcome;
using payments::Refusal;

constexpr std::string_view deadline_due = "complaint_deadline";

std::string body_of(Complaint const& complaint) {
    std::string out;
    json::Writer{out}.object().member("kind", words_of(complaint.kind).word).member("status", word(complaint.status))
        .member("payment_request", complaint.request.text()).member("deadline", to_rfc3339(complaint.deadline)).end();
    return out;
}

Outcome answered(Complaint complaint, bool replayed) {
    auto own = std::make_shared<ComplaintOutcome>();
    own->complaint = std::move(complaint);
    auto out = Outcome{};
    out.replayed = replayed;
    out.own = std::move(own);
    return out;
}

void tell(Effects& effects, std::string_view type, Complaint const& complaint, std::optional<payments::Actor> by) {
    effects.events.push_back({type, complaint.id.uuid(), complaint.merchant, body_of(complaint), {}});
    if (by) effects.audits.push_back({*by, std::string{type}, complaint.id.uuid(), body_of(complaint)});
}

std::string described(ComplaintId id) {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).end();
    return out;
}

}  // namespace

void OpenComplaint::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<ComplaintRows>().want_open_of(complaint.request);
}

Outcome OpenComplaint::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ComplaintRows>();
    if (auto const there = rows.open_of(complaint.request, complaint.kind)) return answered(*there, true);
    auto opened = complaint;
    opened.opened_at = now;
    auto effects = Effects{};
    effects.new_dues.push_back({opened.deadline, deadline_due, opened.id.uuid()});
    tell(effects, "complaint.opened", opened, opened.opener);
    book.apply(bucket(), std::move(effects), now);
    rows.add(opened, body, contact);
    return answered(std::move(opened), false);
}

std::string OpenComplaint::text() const { return described(complaint.id); }

void WorkComplaint::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<ComplaintRows>().want(id);
}

Outcome WorkComplaint::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ComplaintRows>();
    auto found = rows.find(id);
    if (!found || found->merchant != merchant) return Outcome::refused(Refusal::not_found);
    if (found->status != Status::open) return Outcome::refused(Refusal::complaint_closed);
    if (answer.empty() && found->owner == actor.id) return answered(*found, true);
    found->owner = actor.id;
    auto effects = Effects{};
    if (!answer.empty()) {
        found->status = Status::answered;
        found->answered_at = now;
        rows.add_answer(id, answer, now);
    }
    tell(effects, answer.empty() ? "complaint.taken" : "complaint.answered", *found, actor);
    book.apply(bucket(), std::move(effects), now);
    rows.change(*found);
    return answered(std::move(*found), false);
}

std::string WorkComplaint::text() const { return described(id); }

void EscalateComplaint::plan(Book& book) const { book.rows<ComplaintRows>().want(id); }

Outcome EscalateComplaint::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ComplaintRows>();
    auto effects = Effects{};
    effects.done_due = payments::DueRow{due_at, deadline_due, id.uuid()};
    auto found = rows.find(id);
    if (found && found->status == Status::open && !found->escalated_at) {
        found->escalated_at = now;
        tell(effects, "complaint.escalated", *found, {});
        rows.change(*found);
    }
    book.apply(bucket(), std::move(effects), now);
    return {};
}

std::string EscalateComplaint::text() const { return described(id); }

payments::Family family() {
    return {"complaints",
            [](Book& book) {
                auto rows = std::make_unique<ComplaintRows>();
                book.attach(*rows);
                return rows;
            },
            [](std::string_view kind, Uuid const& subject, Instant at) -> std::unique_ptr<payments::Command const> {
                if (kind != deadline_due) return nullptr;
                auto command = std::make_unique<EscalateComplaint>();
                command->id = ComplaintId{subject};
                command->due_at = at;
                return command;
            }};
}

}  // namespace choso::complaints
