#include "gateway/api/auth.hpp"
#include "gateway/api/benefits.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/decisions.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/office.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

using Respond = std::shared_ptr<http::Responder>;

http::Response shown(postgres::Connection& connection, BenefitListId id, int status, bool replayed, Audience const& audience) {
    auto const found = benefits::find(connection, id);
    if (!found) return to_response(Problem{Code::not_found}, audience);
    auto out = json_response(status, to_json(*found, benefits::unpaid(connection, id)));
    if (replayed) out.with("Idempotency-Replayed", "true");
    return out;
}

/// Orders, and answers with the list as the order left it.
void submit(Edge& edge, std::unique_ptr<payments::Command const> command, int status, Respond const& later) {
    edge.core.submit(std::move(command), [&edge, status, later](payments::Answer const& answer) {
        auto const audience = audience_of(later->request());
        if (auto const code = problem_in(answer)) return (*later)(to_response(Problem{*code}, audience));
        // Read by a reader: a lane must not wait for a question.
        edge.reads.ask(later, audience, [later, audience, status, id = answer->own_as<benefits::ListOutcome>()->id, replayed = answer->replayed](postgres::Connection& connection) {
            (*later)(shown(connection, id, status, replayed, audience));
        });
    });
}

void import(Edge& edge, Maker const& maker, Respond const& later) {
    auto const audience = audience_of(later->request());
    auto const key = sent_key(later->request());
    if (!key) return (*later)(to_response(key.error(), audience));
    edge.reads.ask(later, audience, [&edge, maker, audience, later, key = *key](postgres::Connection& connection) {
        auto const& request = later->request();
        auto const value = [&](std::string_view name) { return request.query_value(name).value_or(""); };
        auto command = to_command({value("merchant"), value("programme"), value("programme_name"), value("period"), value("file_name"), request.body}, maker,
                                  connection, edge.clock.now());
        if (!command) return (*later)(to_response(command.error(), audience));
        (*command)->idempotency = key.of((*command)->merchant);
        submit(edge, std::move(command).value(), 201, later);
    });
}

/// A person's word on the list of the path.
http::Handler decide(Edge& edge, bool approves) {
    return [&edge, approves](http::Request const& request, http::Responder respond) {
        if (credential(request, "Bearer")) {
            auto const audience = audience_of(request);
            if (enter(edge, request, respond, {})) respond(to_response(Problem{Code::approver_must_be_person}, audience));
            return;
        }
        enter_person(edge, std::move(respond), {.roles = deciders, .fresh = approves, .unfinished = false},
                     [&edge, approves](Person const& person, Respond const& later, postgres::Connection& connection) {
                         auto const id = BenefitListId::parse(later->request().param("id"));
                         auto const found = id ? benefits::find(connection, *id) : std::nullopt;
                         if (!found || !person.may(deciders, found->list.merchant))
                             return (*later)(to_response(Problem{Code::not_found}, audience_of(later->request())));
                         auto command = std::make_unique<benefits::DecideBenefits>();
                         command->id = *id;
                         command->programme = found->list.programme;
                         command->merchant = found->list.merchant;
                         command->approves = approves;
                         command->actor = person.actor();
                         command->second_factor_fresh = person.second_factor_fresh;
                         submit(edge, std::move(command), 200, later);
                     });
    };
}

Result<std::unique_ptr<benefits::CashResult>, Problem> parse_cash(std::string_view body) {
    auto const object = parse_object(body, {"position", "paid"});
    if (!object) return object.error();
    auto const* position = object->find("position");
    auto const* paid = object->find("paid");
    auto const number = position != nullptr ? position->as_int() : std::nullopt;
    if (!number || *number < 1 || *number > 1'000'000) return invalid("position", {"Phải là số dòng từ 1", "must be a row's number from 1"});
    if (paid == nullptr || !paid->as_bool()) return invalid("paid", {"Phải là true hoặc false", "must be true or false"});
    auto out = std::make_unique<benefits::CashResult>();
    out->position = static_cast<int>(*number);
    out->paid = *paid->as_bool();
    return out;
}

void tell_cash(Edge& edge, Maker const& maker, Respond const& later) {
    auto const audience = audience_of(later->request());
    if (auto const key = sent_key(later->request()); !key) return (*later)(to_response(key.error(), audience));
    auto const id = BenefitListId::parse(later->request().param("id"));
    if (!id) return (*later)(to_response(Problem{Code::not_found}, audience));
    edge.reads.ask(later, audience, [&edge, maker, audience, later, id = *id](postgres::Connection& connection) {
        auto const found = benefits::find(connection, id);
        if (!found || !maker.may_see(found->list.merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
        auto command = parse_cash(later->request().body);
        if (!command) return (*later)(to_response(command.error(), audience));
        (*command)->list = id;
        (*command)->merchant = found->list.merchant;
        (*command)->actor = maker.actor;
        submit(edge, std::move(command).value(), 200, later);
    });
}

http::Handler about_one(Edge& edge, std::function<http::Response(postgres::Connection&, benefits::Shown const&, http::Request const&, Audience const&)> render) {
    return [&edge, render = std::move(render)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = BenefitListId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [caller, audience, later, render, id = *id](postgres::Connection& connection) {
            auto const found = benefits::find(connection, id);
            if (!found || !caller->may_see(found->list.merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
            (*later)(render(connection, *found, later->request(), audience));
        });
    };
}

}  // namespace

http::Handler create_benefit_list(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::payouts_write, [&edge](Maker const& maker, auto const& later) { import(edge, maker, later); });
    };
}

http::Handler list_benefit_lists(Edge& edge) {
    auto const has_none = [](std::string_view) { return false; };
    return newest_first(edge, merchants::scope::payments_read, has_none, [](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : benefits::list(connection, asked.owners.places, asked.options.before, asked.options.limit))
            out.emplace_back(row.list.id.uuid(), to_json(row, {}));
        return out;
    });
}

http::Handler get_benefit_list(Edge& edge) {
    return about_one(edge, [](postgres::Connection& connection, benefits::Shown const& found, http::Request const&, Audience const&) {
        return json_response(200, to_json(found, benefits::unpaid(connection, found.list.id)));
    });
}

http::Handler get_benefit_lines(Edge& edge) {
    return about_one(edge, [](postgres::Connection& connection, benefits::Shown const& found, http::Request const& request, Audience const& audience) {
        auto const state = request.query_value("state").value_or("");
        if (state.size() > 20) return to_response(Problem{Code::parameter_invalid, "state"}, audience);
        auto out = http::Response{200, "text/csv; charset=utf-8", to_csv(benefits::lines(connection, found.list.id, state, 1, 100'000)), {}};
        out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"" + found.list.id.text() + ".csv\"");
        return out;
    });
}

http::Handler approve_benefit_list(Edge& edge) { return decide(edge, true); }
http::Handler reject_benefit_list(Edge& edge) { return decide(edge, false); }

http::Handler tell_benefit_cash(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::payouts_write, [&edge](Maker const& maker, auto const& later) { tell_cash(edge, maker, later); });
    };
}

}  // namespace choso::api
