#include <algorithm>

#include "gateway/api/body.hpp"
#include "gateway/api/body_out.hpp"
#include "gateway/api/decisions.hpp"
#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/payments/desk.hpp"
#include "platform/crypto/crypto.hpp"
#include "settlement/exceptions/commands.hpp"
#include "settlement/exceptions/decide.hpp"

namespace choso::api {
namespace {

using Respond = std::shared_ptr<http::Responder>;
using settlement::ExceptionAction;
using settlement::Resolution;
using Inner = std::unique_ptr<payments::Command const>;
template <class T>
using Parsed = Result<T, Problem>;

constexpr std::size_t longest_note = 500;

void refuse(Respond const& respond, Problem const& problem) { (*respond)(to_response(problem, audience_of(respond->request()))); }

/// What a handler needs of one exception.
struct At {
    Edge& edge;
    Person const& person;
    Respond const& respond;
    postgres::Connection& connection;
    settlement::ShownException shown;
};
using Work = std::function<void(At const&)>;

http::Handler at_exception(Edge& edge, Need need, Work work) {
    return [&edge, need, work = std::move(work)](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), need, [&edge, need, work](Person const& person, Respond const& later, postgres::Connection& connection) {
            auto found = exception_of(person, connection, later->request().param("id"));
            if (!found || !person.may(need.roles, found->row.merchant)) return refuse(later, Problem{Code::not_found});
            work({edge, person, later, connection, std::move(*found)});
        });
    };
}

/// The exception as the order left it.
void submit(At const& at, std::unique_ptr<settlement::ExceptionCommand> command) {
    command->id = at.shown.row.id;
    command->actor = at.person.actor();
    auto shown = at.shown;
    shown.owner_name = at.person.name;
    at.edge.core.submit(std::move(command), [&edge = at.edge, directory = at.person.directory, shown, respond = at.respond](payments::Answer const& answer) {
        if (auto const code = problem_in(answer)) return refuse(respond, Problem{*code});
        auto changed = shown;
        if (auto const* own = answer->own_as<settlement::ExceptionOutcome>()) changed.row = own->row;
        (*respond)(json_response(200, to_json(changed, *directory, nullptr, nullptr, edge.clock.now())));
    });
}

payments::IdempotencyKey fresh_key() {
    auto const bytes = crypto::random_bytes(32);
    auto out = payments::IdempotencyKey{};
    std::copy_n(bytes.begin(), out.scoped_hash.size(), out.scoped_hash.begin());
    out.fingerprint = std::string{bytes.begin() + 16, bytes.end()};
    return out;
}

/// The account the money is in; null if the directory has lost it.
std::optional<payments::AccountFacts> facts_of(At const& at) {
    auto const* account = at.person.directory->account(at.shown.row.account);
    if (account == nullptr) return std::nullopt;
    return at.person.directory->facts_of(*account);
}

bool is_of_this_collector(At const& at, MerchantId id) {
    auto const* merchant = at.person.directory->merchant(id);
    auto const* owner = at.person.directory->merchant(at.shown.row.merchant);
    return merchant != nullptr && owner != nullptr && merchant->collector == owner->collector;
}

Parsed<Resolution> parse_target(At const& at, json::Value const& body, Resolution out) {
    auto const text = [&](std::string_view name) { return body.find(name) != nullptr ? body.find(name)->as_string().value_or("") : std::string_view{}; };
    if (out.action == ExceptionAction::match) {
        auto const id = PaymentRequestId::parse(text("payment_request"));
        auto const found = id && id->bucket() == at.shown.row.id.bucket() ? find_request(at.connection, *id) : std::nullopt;
        if (!found || !is_of_this_collector(at, found->merchant)) return Problem{Code::not_found, "payment_request"};
        out.target = found->id.uuid();
    } else if (out.action == ExceptionAction::assign) {
        auto const id = MerchantId::parse(text("merchant"));
        if (!id || !is_of_this_collector(at, *id)) return Problem{Code::not_found, "merchant"};
        out.target = id->uuid();
        if (body.find("stall") != nullptr && !body.find("stall")->is_null()) {
            auto const stall = StallId::parse(text("stall"));
            auto const* known = stall ? at.person.directory->stall(*stall) : nullptr;
            if (known == nullptr || known->merchant != *id) return Problem{Code::stall_invalid, "stall"};
            out.stall = known->id;
        }
    }
    return out;
}

struct Proposal {
    Resolution resolution;
    std::string note;
    std::optional<payments::Destination> destination;
};

Parsed<Proposal> parse_proposal(At const& at) {
    auto const body = parse_object(at.respond->request().body, {"action", "payment_request", "merchant", "stall", "destination", "reason", "note"});
    if (!body) return body.error();
    auto const text = [&](std::string_view name) { return body->find(name) != nullptr ? body->find(name)->as_string().value_or("") : std::string_view{}; };
    auto const action = settlement::exception_action_of(text("action"));
    if (!action) return invalid("action", {"Phải là match, assign, refund, reverse hoặc accept", "must be match, assign, refund, reverse or accept"});
    if (!settlement::fits(at.shown.row.kind, *action))
        return invalid("action", {"Loại chênh lệch này không xử lý được như vậy", "this kind of exception cannot be resolved so"});
    auto const& known = settlement::reasons();
    auto const reason = text("reason");
    if (std::ranges::find(known, reason) == known.end()) {
        auto all = std::string{};
        for (auto const each : known) all += (all.empty() ? "" : ", ") + std::string{each};
        return invalid("reason", {"Phải là một trong: " + all, "must be one of: " + all});
    }
    auto out = Proposal{};
    out.resolution.action = *action;
    out.resolution.reason = reason;
    out.note = text("note");
    if (out.note.size() > longest_note) return invalid("note", {"Dài quá 500 byte", "must not be longer than 500 bytes"});
    auto target = parse_target(at, *body, out.resolution);
    if (!target) return target.error();
    out.resolution = *target;
    if (auto const* to = body->find("destination"); to != nullptr && !to->is_null()) {
        auto destination = parse_destination(json::to_text(*to));
        if (!destination) return destination.error();
        out.destination = *destination;
    }
    return out;
}

/// The refund that a proposal sets going in its own commit; the resolution learns its id.
Inner refund_of(At const& at, Proposal& proposal) {
    auto const payment = find_payment(at.connection, PaymentId{at.shown.row.subject});
    if (!payment) return nullptr;
    auto out = std::make_unique<payments::ProposeRefund>();
    auto const now = at.edge.clock.now();
    out->id = RefundId::make(payment->id.bucket(), now);
    out->payment = payment->id;
    out->merchant = payment->merchant;
    out->amount = at.shown.row.amount;
    out->reason = proposal.resolution.reason;
    out->destination = proposal.destination;
    if (out->destination) out->destination->id = PersonId::make(payment->id.bucket(), now);
    out->actor = at.person.actor();
    out->idempotency = fresh_key();
    proposal.resolution.target = out->id.uuid();
    return out;
}

/// What a yes carries out; null where no money moves. Nothing at all where its parts are gone.
std::optional<Inner> order_of(At const& at, Resolution const& resolution) {
    auto const facts = facts_of(at);
    if (!facts) return std::nullopt;
    auto const now = at.edge.clock.now();
    auto const payment = PaymentId{at.shown.row.subject};
    switch (resolution.action) {
        case ExceptionAction::accept: return Inner{};
        case ExceptionAction::match:
        case ExceptionAction::assign: {
            auto out = std::make_unique<payments::AssignPayment>();
            out->payment = payment;
            out->account = *facts;
            if (resolution.action == ExceptionAction::match) out->request = PaymentRequestId{*resolution.target};
            else out->merchant = MerchantId{*resolution.target};
            out->stall = resolution.stall;
            out->refund_id = RefundId::make(payment.bucket(), now);
            out->actor = at.person.actor();
            return out;
        }
        case ExceptionAction::reverse: {
            auto out = std::make_unique<payments::ReverseCredit>();
            out->id = at.shown.row.id.uuid();
            out->payment = payment;
            out->account = *facts;
            out->occurred_at = now;
            out->reason = "notice_without_line";
            out->actor = at.person.actor();
            return out;
        }
        case ExceptionAction::refund: {
            auto const refund = find_refund(at.connection, RefundId{*resolution.target});
            if (!refund) return std::nullopt;
            auto order = yes_to(*refund, at.person, {}, now);
            if (!order) return std::nullopt;
            return order;
        }
    }
    return std::nullopt;
}

Inner undoing(At const& at) {
    auto const facts = facts_of(at);
    auto const& resolution = at.shown.row.resolution;
    auto const moved = resolution && (resolution->action == ExceptionAction::match || resolution->action == ExceptionAction::assign);
    if (!facts || !moved) return nullptr;
    auto out = std::make_unique<payments::ReleasePayment>();
    out->payment = PaymentId{at.shown.row.subject};
    out->account = *facts;
    out->actor = at.person.actor();
    return out;
}

/// What somebody typed goes into a note of its own, which can be erased.
void keep_note(At const& at, std::string words) {
    if (words.empty()) return;
    auto command = std::make_unique<settlement::NoteException>();
    command->id = at.shown.row.id;
    command->actor = at.person.actor();
    command->note = new_uuid(at.shown.row.id.bucket(), at.edge.clock.now());
    command->words = std::move(words);
    at.edge.core.submit(std::move(command), [](payments::Answer const&) {});
}

}  // namespace

http::Handler claim_exception(Edge& edge) {
    return at_exception(edge, {.roles = desk_roles}, [](At const& at) {
        auto command = std::make_unique<settlement::ClaimException>();
        auto const body = at.respond->request().body.empty() ? Parsed<json::Value>{json::Value{}} : parse_object(at.respond->request().body, {"away"});
        if (!body) return refuse(at.respond, body.error());
        command->away = body->find("away") != nullptr && body->find("away")->as_bool().value_or(false);
        submit(at, std::move(command));
    });
}

http::Handler note_exception(Edge& edge) {
    return at_exception(edge, {.roles = desk_roles}, [](At const& at) {
        auto const body = parse_object(at.respond->request().body, {"text"});
        if (!body) return refuse(at.respond, body.error());
        auto const words = body->find("text") != nullptr ? body->find("text")->as_string().value_or("") : std::string_view{};
        if (words.empty() || words.size() > longest_note)
            return refuse(at.respond, invalid("text", {"Phải có từ 1 đến 500 byte", "must have 1 to 500 bytes"}));
        auto command = std::make_unique<settlement::NoteException>();
        command->note = new_uuid(at.shown.row.id.bucket(), at.edge.clock.now());
        command->words = words;
        submit(at, std::move(command));
    });
}

http::Handler propose_resolution(Edge& edge) {
    return at_exception(edge, {.roles = desk_roles}, [](At const& at) {
        auto parsed = parse_proposal(at);
        if (!parsed) return refuse(at.respond, parsed.error());
        auto proposal = std::move(parsed).value();
        auto command = std::make_unique<settlement::ProposeResolution>();
        if (proposal.resolution.action == ExceptionAction::refund) {
            command->inner = refund_of(at, proposal);
            if (!command->inner) return refuse(at.respond, Problem{Code::not_found});
        }
        command->resolution = proposal.resolution;
        keep_note(at, std::move(proposal.note));
        submit(at, std::move(command));
    });
}

http::Handler approve_resolution(Edge& edge) {
    return at_exception(edge, {.roles = deciders, .fresh = true}, [](At const& at) {
        auto const& row = at.shown.row;
        if (!row.resolution || row.state != settlement::ExceptionState::proposed)
            return refuse(at.respond, Problem{row.state == settlement::ExceptionState::done ? Code::already_decided : Code::proposal_missing});
        if (!at.respond->request().body.empty()) {
            auto const body = parse_object(at.respond->request().body, {"proposed_at"});
            if (!body) return refuse(at.respond, body.error());
            auto const* shown = body->find("proposed_at");
            if (shown != nullptr && (!row.proposed_at || shown->as_string() != to_rfc3339(*row.proposed_at)))
                return refuse(at.respond, Problem{Code::proposal_changed, "proposed_at"});
        }
        auto inner = order_of(at, *row.resolution);
        if (!inner) return refuse(at.respond, Problem{Code::not_found});
        auto command = std::make_unique<settlement::ApproveResolution>();
        command->shown = *row.resolution;
        command->second_factor_fresh = at.person.second_factor_fresh;
        command->inner = std::move(*inner);
        submit(at, std::move(command));
    });
}

http::Handler reject_resolution(Edge& edge) {
    return at_exception(edge, {.roles = desk_roles}, [](At const& at) {
        auto command = std::make_unique<settlement::RejectResolution>();
        auto const& resolution = at.shown.row.resolution;
        if (resolution && resolution->action == ExceptionAction::refund && at.shown.row.state == settlement::ExceptionState::proposed)
            if (auto const refund = find_refund(at.connection, RefundId{*resolution->target})) command->inner = no_to(*refund, at.person);
        submit(at, std::move(command));
    });
}

http::Handler undo_resolution(Edge& edge) {
    return at_exception(edge, {.roles = desk_roles}, [](At const& at) {
        auto const& row = at.shown.row;
        auto const gone = row.resolution && (row.resolution->action == ExceptionAction::refund || row.resolution->action == ExceptionAction::reverse);
        if (row.state == settlement::ExceptionState::done && (gone || !row.resolution)) return refuse(at.respond, Problem{Code::payment_not_releasable});
        auto command = std::make_unique<settlement::UndoResolution>();
        command->inner = undoing(at);
        submit(at, std::move(command));
    });
}

}  // namespace choso::api
