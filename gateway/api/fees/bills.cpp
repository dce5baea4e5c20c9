// POST, GET and the orders of /api/v1/bills.
#include "gateway/api/fees/body.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api::fees {
namespace {

using Later = std::shared_ptr<http::Responder>;

/// What stands in front of every order about one bill: who asks, under which key, about what; on a reader's thread.
struct Ordered {
    Caller caller;
    Audience audience;
    payments::IdempotencyKey key;
    json::Value body;
    bills::BillView view;
};
using Order = std::function<Result<std::unique_ptr<payments::Command const>, Problem>(Ordered const&, postgres::Connection&)>;

http::Handler order_about_bill(Edge& edge, std::initializer_list<std::string_view> fields, Order make) {
    return [&edge, known = std::vector<std::string_view>{fields}, make = std::move(make)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto body = parse_object(request.body.empty() ? std::string_view{"{}"} : std::string_view{request.body}, {"reason", "lines", "adjustments", "due", "payment"});
        if (!body) return respond(to_response(body.error(), audience));
        for (auto const& member : body->members())
            if (std::find(known.begin(), known.end(), member.key) == known.end())
                return respond(to_response(Problem{Code::unknown_field, member.key, {"Trường không được biết: " + member.key, "Unknown field: " + member.key}}, audience));
        auto const id = BillId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, make, later, id = *id, ordered = std::make_shared<Ordered>(Ordered{*caller, audience, {}, std::move(body).value(), {}}), key = std::move(key).value()](postgres::Connection& connection) {
            auto view = bills::find_bill(connection, id);
            if (!view || !ordered->caller.may_see(view->bill.merchant)) return (*later)(to_response(Problem{Code::not_found}, ordered->audience));
            ordered->key = key.of(view->bill.merchant);
            ordered->view = std::move(*view);
            auto command = make(*ordered, connection);
            if (!command) return (*later)(to_response(command.error(), ordered->audience));
            edge.core.submit(std::move(command).value(), [&edge, ordered, later](payments::Answer const& answer) {
                answer_with_bill(edge, ordered->audience, ordered->caller.directory, later, answer, 200, false);
            });
        });
    };
}

/// The order's own facts; `reason` is wanted where somebody will ask why.
template <class Command>
std::optional<Problem> fill(Command& command, Ordered const& ordered, bool needs_reason) {
    command.bill = ordered.view.bill.id;
    command.merchant = ordered.view.bill.merchant;
    command.request = ordered.view.bill.request;
    command.actor = ordered.caller.actor();
    command.idempotency = ordered.key;
    auto reason = read_text(ordered.body, "reason", needs_reason ? 1 : 0, 200);
    if (!reason) return reason.error();
    command.reason = std::move(reason).value();
    return std::nullopt;
}

using Made = Result<std::unique_ptr<payments::Command const>, Problem>;

payments::CollectorMode mode_of(Ordered const& ordered) {
    auto const* merchant = ordered.caller.directory->merchant(ordered.view.bill.merchant);
    return payee_of(*ordered.caller.directory, *merchant).mode;
}

Made revise(Ordered const& ordered, postgres::Connection& connection) {
    auto command = std::make_unique<bills::ReviseBill>();
    if (auto problem = fill(*command, ordered, true)) return std::move(*problem);
    auto lines = read_lines(ordered.body, "lines", false);
    if (!lines) return lines.error();
    auto adjustments = read_lines(ordered.body, "adjustments", true);
    if (!adjustments) return adjustments.error();
    auto const* merchant = ordered.caller.directory->merchant(ordered.view.bill.merchant);
    auto const known = known_of(connection, payee_of(*ordered.caller.directory, *merchant));
    auto const day = to_rfc3339(ordered.view.bill.issued_at.value_or(ordered.view.bill.created_at)).substr(0, 10);
    command->lines = std::move(lines).value();
    if (auto problem = price(command->lines, known.items, day)) return std::move(*problem);
    if (ordered.body.find("due") != nullptr) {
        auto due = read_day(ordered.body, "due", false);
        if (!due) return due.error();
        command->due = std::move(due).value();
    }
    command->adjustments = std::move(adjustments).value();
    command->rules = known.rules;
    if (command->lines.empty() && command->adjustments.empty() && !command->due)
        return Problem{Code::field_missing, "lines", {"Phải có lines, adjustments hoặc due", "lines, adjustments or due is needed"}};
    return std::unique_ptr<payments::Command const>{std::move(command)};
}

template <class Command>
Made simple(Ordered const& ordered, bool needs_reason) {
    auto command = std::make_unique<Command>();
    if (auto problem = fill(*command, ordered, needs_reason)) return std::move(*problem);
    return std::unique_ptr<payments::Command const>{std::move(command)};
}

Made carry(Ordered const& ordered, postgres::Connection& connection, Instant now) {
    auto command = std::make_unique<bills::CarryOver>();
    if (auto problem = fill(*command, ordered, false)) return std::move(*problem);
    auto const payments_there = ordered.view.bill.request ? bills::payments_of(connection, *ordered.view.bill.request) : std::vector<std::pair<PaymentId, Money>>{};
    if (payments_there.empty()) return Problem{Code::nothing_over};
    command->payment = payments_there.front().first;
    if (auto const named = read_text(ordered.body, "payment", 0, 64); named.ok() && !named->empty()) {
        auto const id = PaymentId::parse(*named);
        auto const at = std::find_if(payments_there.begin(), payments_there.end(), [&](auto const& each) { return id && each.first == *id; });
        if (at == payments_there.end()) return Problem{Code::not_found, "payment"};
        command->payment = at->first;
    }
    command->refund = RefundId::make(command->bill.bucket(), now);
    command->payer = ordered.view.bill.payer;
    command->account = ordered.view.own->account;
    command->mode = mode_of(ordered);
    return std::unique_ptr<payments::Command const>{std::move(command)};
}

}  // namespace

http::Handler create_bill(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto const body = parse_object(request.body, {"merchant", "payer", "lines", "due", "partial", "amount_min", "title", "code", "visit", "unit", "draft"});
        if (!body) return respond(to_response(body.error(), audience));
        auto const* named = body->find("merchant");
        if (named == nullptr || named->is_null()) return respond(to_response(Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}}, audience));
        auto const* merchant = caller->merchant(MerchantId::parse(named->as_string().value_or("")));
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        auto asked = read_bill(*body);
        if (!asked) return respond(to_response(asked.error(), audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller = *caller, merchant, audience, later, asked = std::move(asked).value(), key = key->of(merchant->id)](postgres::Connection& connection) {
            auto const payee = payee_of(*caller.directory, *merchant);
            auto const payer = bills::payer_of(connection, payee.bucket, merchant->id, asked.payer.code);
            auto command = to_command(asked, known_of(connection, payee), payee, payer, *caller.directory, edge.clock.now());
            if (!command) return (*later)(to_response(command.error(), audience));
            (*command)->actor = caller.actor();
            (*command)->idempotency = key;
            edge.core.submit(std::move(command).value(), [&edge, caller, audience, later](payments::Answer const& answer) {
                answer_with_bill(edge, audience, caller.directory, later, answer, 201, true);
            });
        });
    };
}

http::Handler get_bill(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = BillId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [&edge, caller = *caller, audience, id = *id](postgres::Connection& connection) {
            auto const view = bills::find_bill(connection, id);
            if (!view || !caller.may_see(view->bill.merchant)) return to_response(Problem{Code::not_found}, audience);
            return json_response(200, to_json(*view, connection, *caller.directory, edge.base_url));
        });
    };
}

http::Handler list_bills(Edge& edge) {
    auto const is_status = [](std::string_view word) {
        return payments::request_status_of(word).has_value() || word == "draft" || word == "written_off";
    };
    return newest_first(edge, merchants::scope::requests_read, is_status, [&edge](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        auto wanted = bills::ListedBills{asked.owners.places, asked.options.before, asked.options.status, {}, asked.options.limit};
        auto const views = bills::list_bills(connection, wanted);
        auto const rows = to_json(views, connection, *asked.caller.directory, edge.base_url);
        for (std::size_t n = 0; n < views.size(); ++n) out.emplace_back(views[n].bill.id.uuid(), rows[n]);
        return out;
    });
}

http::Handler issue_draft(Edge& edge) {
    return order_about_bill(edge, {"reason"}, [&edge](Ordered const& ordered, postgres::Connection&) -> Made {
        auto const& directory = *ordered.caller.directory;
        auto const payee = payee_of(directory, *directory.merchant(ordered.view.bill.merchant));
        if (payee.account == nullptr) return Problem{Code::bank_account_invalid, "merchant"};
        auto const asked = new_request(directory, *payee.merchant, *payee.account, nullptr, edge.clock.now());
        auto command = std::make_unique<bills::IssueDraft>(*asked);
        if (auto problem = fill(*command, ordered, false)) return std::move(*problem);
        command->mode = payee.mode;
        command->payer = ordered.view.bill.payer;
        return std::unique_ptr<payments::Command const>{std::move(command)};
    });
}

http::Handler revise_bill(Edge& edge) { return order_about_bill(edge, {"reason", "lines", "adjustments", "due"}, revise); }

http::Handler cancel_bill(Edge& edge) {
    return order_about_bill(edge, {"reason"}, [](Ordered const& ordered, postgres::Connection&) -> Made {
        auto command = std::make_unique<bills::CancelBill>();
        if (auto problem = fill(*command, ordered, true)) return std::move(*problem);
        command->mode = mode_of(ordered);
        return std::unique_ptr<payments::Command const>{std::move(command)};
    });
}

http::Handler write_off_bill(Edge& edge) {
    return order_about_bill(edge, {"reason"}, [](Ordered const& ordered, postgres::Connection&) { return simple<bills::WriteOffBill>(ordered, true); });
}

http::Handler confirm_bill(Edge& edge, bool confirmed) {
    return order_about_bill(edge, {"reason"}, [confirmed](Ordered const& ordered, postgres::Connection&) -> Made {
        auto command = std::make_unique<bills::ConfirmBill>();
        if (auto problem = fill(*command, ordered, true)) return std::move(*problem);
        command->confirmed = confirmed;
        return std::unique_ptr<payments::Command const>{std::move(command)};
    });
}

http::Handler carry_over(Edge& edge) {
    return order_about_bill(edge, {"reason", "payment"}, [&edge](Ordered const& ordered, postgres::Connection& connection) {
        return carry(ordered, connection, edge.clock.now());
    });
}

}  // namespace choso::api::fees
