#include "gateway/api/auth.hpp"
#include "gateway/api/body_out.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/api/office.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "merchants/deposits/commands.hpp"
#include "merchants/deposits/find.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

using deposits::Deposit;
using Respond = std::shared_ptr<http::Responder>;

std::string to_json(Deposit const& deposit, std::vector<deposits::Move> const& moves) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", deposit.id.text()).member("merchant", deposit.merchant.text()).member("code", deposit.code);
    json.member("status", deposits::word(deposit.status)).member("payment_request", deposit.request().text());
    json.member("taken", deposit.taken()).member("held", deposit.held).member("used", deposit.used).member("returned", deposit.returned);
    json.key("moves").array();
    for (auto const& move : moves)
        json.object().member("kind", deposits::word(move.kind)).member("amount", move.amount).member("description", move.what).member("at", to_rfc3339(move.at)).end();
    json.end().member("created_at", to_rfc3339(deposit.created_at));
    if (deposit.settled_at) json.member("settled_at", to_rfc3339(*deposit.settled_at));
    else json.key("settled_at").null();
    json.end();
    return out;
}

void refuse(Respond const& later, Problem const& problem) { (*later)(to_response(problem, audience_of(later->request()))); }

std::optional<std::string> text_in(json::Value const& body, std::string_view name, std::size_t most) {
    auto const* value = body.find(name);
    auto const text = value != nullptr ? value->as_string() : std::nullopt;
    if (!text || text->empty() || text->size() > most) return std::nullopt;
    return std::string{*text};
}

std::optional<Money> amount_in(json::Value const& body) {
    auto const* value = body.find("amount");
    auto const number = value != nullptr ? value->as_int() : std::nullopt;
    if (!number || *number < 1 || Money{*number} > most_asked) return std::nullopt;
    return Money{*number};
}

Problem bad_amount() {
    return Problem{Code::amount_invalid, "amount", {"Số tiền phải là số nguyên từ 1 đến 99.999.999.999", "amount must be a whole number from 1 to 99 999 999 999"}};
}

/// POST /deposits
Result<std::unique_ptr<deposits::OpenDeposit>, Problem> parse_open(http::Request const& request, Maker const& maker, Instant now) {
    auto const keyed = sent_key(request);
    if (!keyed) return keyed.error();
    auto const body = parse_object(request.body, {"merchant", "code", "patient", "amount", "description"});
    if (!body) return body.error();
    auto const* named = body->find("merchant");
    if (named == nullptr) return Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}};
    auto const* merchant = maker.merchant(MerchantId::parse(named->as_string().value_or("")));
    if (merchant == nullptr) return Problem{Code::not_found, "merchant"};
    auto const code = text_in(*body, "code", 64);
    if (!code) return invalid("code", {"Mã đợt điều trị phải có từ 1 đến 64 byte", "code must be a text of 1 to 64 bytes"});
    auto const* account = maker.directory->account_for(*merchant, nullptr);
    if (account == nullptr) return Problem{Code::bank_account_invalid, "merchant"};
    auto out = std::make_unique<deposits::OpenDeposit>();
    auto const made = new_request(*maker.directory, *merchant, *account, nullptr, now);
    auto& asked = out->asked;
    asked.id = made->id;
    asked.merchant = made->merchant;
    asked.account = made->account;
    asked.in = made->in;
    asked.token = made->token;
    asked.live = made->live;
    asked.kind = made->kind;
    asked.order_code = *code;
    if (auto const* amount = body->find("amount"); amount != nullptr && !amount->is_null()) {
        asked.amount = amount_in(*body);
        if (!asked.amount) return bad_amount();
    }
    asked.description = text_in(*body, "description", 200).value_or("Tạm ứng viện phí " + *code);
    if (auto const* patient = body->find("patient"); patient != nullptr && !patient->is_null()) {
        auto const name = text_in(*patient, "name", 120);
        if (!name) return invalid("patient.name", {"Phải có từ 1 đến 120 byte", "must be a text of 1 to 120 bytes"});
        asked.payer_name = *name;
    }
    asked.idempotency = keyed->of(merchant->id);
    return out;
}

/// What all orders about one case need: the case, its account, its mode.
template <class Command>
std::unique_ptr<Command> order_about(Deposit const& deposit, merchants::Directory const& directory, postgres::Connection& connection) {
    auto const request = find_request(connection, deposit.request());
    auto const* account = request ? directory.account(request->account) : nullptr;
    if (account == nullptr) return nullptr;
    auto out = std::make_unique<Command>();
    out->id = deposit.id;
    out->merchant = deposit.merchant;
    out->account = account->id;
    out->mode = directory.facts_of(*account).mode;
    return out;
}

void submit(Edge& edge, std::unique_ptr<payments::Command const> command, int status, Respond const& later) {
    edge.core.submit(std::move(command), [status, later](payments::Answer const& answer) {
        if (auto const code = problem_in(answer)) return refuse(later, Problem{*code});
        auto out = json_response(status, to_json(answer->own_as<deposits::DepositOutcome>()->deposit, {}));
        if (answer->replayed) out.with("Idempotency-Replayed", "true");
        (*later)(std::move(out));
    });
}

using About = std::function<void(Edge&, Maker const&, Respond const&, postgres::Connection&, Deposit const&, payments::IdempotencyKey const&)>;

/// An order about the case of the path, by whoever may.
http::Handler order(Edge& edge, About about) {
    return [&edge, about = std::move(about)](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write, [&edge, about](Maker const& maker, Respond const& later) {
            auto const key = sent_key(later->request());
            if (!key) return refuse(later, key.error());
            auto const id = DepositId::parse(later->request().param("id"));
            if (!id) return refuse(later, Problem{Code::not_found});
            edge.reads.ask(later, audience_of(later->request()), [&edge, maker, later, about, id = *id, key = *key](postgres::Connection& connection) {
                auto const found = deposits::find(connection, id);
                if (!found || !maker.may_see(found->merchant)) return refuse(later, Problem{Code::not_found});
                about(edge, maker, later, connection, *found, key.of(found->merchant));
            });
        });
    };
}

}  // namespace

http::Handler create_deposit(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::requests_write, [&edge](Maker const& maker, Respond const& later) {
            auto command = parse_open(later->request(), maker, edge.clock.now());
            if (!command) return refuse(later, command.error());
            edge.core.submit(std::move(command).value(), [&edge, directory = maker.directory, later](payments::Answer const& answer) {
                if (auto const code = problem_in(answer)) return refuse(later, Problem{*code});
                auto const& asked = *answer->request;
                std::string body;
                json::Writer{body}.object().member("id", DepositId{asked.id.uuid()}.text()).member("code", asked.order_code).member("status", "open")
                    .key("payment_request").raw(to_json(asked, *directory, edge.base_url)).end();
                auto out = json_response(201, std::move(body));
                if (answer->replayed) out.with("Idempotency-Replayed", "true");
                (*later)(std::move(out));
            });
        });
    };
}

http::Handler list_deposits(Edge& edge) {
    auto const is_status = [](std::string_view word) { return deposits::status_of(word).has_value(); };
    return newest_first(edge, merchants::scope::payments_read, is_status, [](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : deposits::list(connection, asked.owners.places, asked.options.before, asked.options.status, asked.options.limit))
            out.emplace_back(row.id.uuid(), to_json(row, {}));
        return out;
    });
}

http::Handler get_deposit(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = DepositId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [caller, audience, id = *id](postgres::Connection& connection) {
            auto const found = deposits::find(connection, id);
            if (!found || !caller->may_see(found->merchant)) return to_response(Problem{Code::not_found}, audience);
            return json_response(200, to_json(*found, deposits::moves(connection, id)));
        });
    };
}

http::Handler use_deposit(Edge& edge) {
    return order(edge, [](Edge& at, Maker const& maker, Respond const& later, postgres::Connection& connection, Deposit const& deposit, payments::IdempotencyKey const& key) {
        auto const body = parse_object(later->request().body, {"amount", "description"});
        if (!body) return refuse(later, body.error());
        auto const amount = amount_in(*body);
        if (!amount) return refuse(later, bad_amount());
        auto command = order_about<deposits::UseDeposit>(deposit, *maker.directory, connection);
        if (!command) return refuse(later, Problem{Code::not_found});
        command->asked = {*amount, text_in(*body, "description", 200).value_or(""), maker.actor};
        command->idempotency = key;
        submit(at, std::move(command), 201, later);
    });
}

http::Handler settle_deposit(Edge& edge) {
    return order(edge, [](Edge& at, Maker const& maker, Respond const& later, postgres::Connection& connection, Deposit const& deposit, payments::IdempotencyKey const& key) {
        auto chosen = std::optional<payments::Destination>{};
        auto const body = parse_object(later->request().body, {"destination"});
        if (!body) return refuse(later, body.error());
        if (auto const* named = body->find("destination"); named != nullptr && !named->is_null()) {
            auto parsed = parse_destination(json::to_text(*named));
            if (!parsed) return refuse(later, parsed.error());
            chosen = std::move(*parsed);
        }
        auto command = order_about<deposits::SettleDeposit>(deposit, *maker.directory, connection);
        if (!command) return refuse(later, Problem{Code::not_found});
        command->asked = {maker.actor, deposits::payer_accounts(connection, deposit.id), std::move(chosen)};
        command->idempotency = key;
        submit(at, std::move(command), 200, later);
    });
}

}  // namespace choso::api
