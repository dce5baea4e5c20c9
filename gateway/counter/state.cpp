#include "gateway/api/show.hpp"
#include "gateway/counter/stall_view.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/web/files.hpp"
#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::counter {
namespace {

std::string bank_name(std::string_view bin) {
    auto const* bank = qr::find_by_bin(bin);
    return bank != nullptr ? std::string{bank->display_name()} : std::string{bin};
}

void write_stall(json::Writer& json, StallSession const& session) {
    auto const& stall = *session.stall;
    auto const* market = session.directory->market(stall.market);
    json.key("stall").object().member("id", stall.id.text()).member("name", stall.name).member("number", stall.number);
    json.member("market", market != nullptr ? market->name : std::string{}).member("reference", stall.reference.text());
    auto const* account = session.account;
    if (account == nullptr) {
        json.end().key("account").null();
        return;
    }
    // What hangs at the counter: no amount, the stall's own code.
    auto const code = qr::make({.bin = account->bin, .account = account->number, .purpose = stall.reference.text()});
    json.member("qr", code ? std::optional{*code} : std::nullopt).end();
    json.key("account").object().member("bin", account->bin).member("bank", bank_name(account->bin)).member("number", account->number);
    json.member("holder", account->holder).end();
}

void write_request(json::Writer& json, StallSession const& session, StallView const& view) {
    json.key("request");
    if (!view.request || !view.request->amount) {
        json.null();
        return;
    }
    auto const& request = *view.request;
    auto const code = api::pay_code(request, session.directory->account(request.account));
    auto const state = pages::state_class(request.status);
    json.object().member("id", request.id.text()).member("reference", request.reference ? request.reference->text() : std::string{});
    json.member("amount", *request.amount).member("paid", request.amount_paid).member("qr", code.payload).member("state", state);
    json.member("at", std::chrono::duration_cast<std::chrono::milliseconds>(request.created_at.time_since_epoch()).count()).end();
}

void write_people(json::Writer& json, StallView const& view) {
    json.key("may").object().member("totals", view.may_see_totals()).member("manage", view.may_manage()).end();
    json.key("members").array();
    for (auto const& member : view.members) json.object().member("id", member.id.text()).member("name", member.name).member("owner", member.owner).end();
    json.end().key("shift");
    if (!view.shift) json.null();
    else
        json.object().member("id", view.shift->id.text()).member("member", view.shift->member.text()).member("name", view.shift->name)
            .member("started_at", to_rfc3339(view.shift->started_at)).end();
}

void write_money(json::Writer& json, StallView const& view) {
    json.member("usual", view.usual).member("count", view.count);
    json.member("sum", view.may_see_totals() ? std::optional{view.sum} : std::nullopt);
    json.key("receipts").array();
    for (auto const& receipt : view.receipts) {
        json.object().member("n", receipt.n).member("payment", receipt.payment.text()).member("amount", receipt.amount);
        json.member("at", to_rfc3339(receipt.at)).member("reversed", receipt.reversed);
        if (receipt.request) json.member("request", receipt.request->text());
        json.end();
    }
    json.end().key("unreferenced").array();
    for (auto const& each : view.unreferenced)
        json.object().member("payment", each.payment.text()).member("amount", each.amount).member("at", to_rfc3339(each.at)).end();
    json.end();
}

}  // namespace

http::Response with_app(http::Response page, std::string_view style, std::string_view script) {
    auto head = std::string{};
    if (!style.empty()) head += "<link rel=\"stylesheet\" href=\"" + std::string{style} + "\">";
    if (!script.empty()) head += R"(<link rel="manifest" href="/quay/app.webmanifest"><script type="module" src=")" + std::string{script} + "\"></script>";
    if (auto const at = page.body.find("</head>"); at != std::string::npos) page.body.insert(at, head);
    return page;
}

std::string state_json(StallSession const& session, StallView const& view) {
    auto out = std::string{};
    auto json = json::Writer{out};
    json.object().member("drawn_at", to_rfc3339(view.drawn_at)).member("csrf", session.csrf).member("cursor", view.cursor);
    write_stall(json, session);
    json.key("voices").object();
    for (auto const& voice : web::voices()) json.member(voice.name, "/assets/" + std::string{voice.map});
    json.end();
    write_people(json, view);
    write_money(json, view);
    write_request(json, session, view);
    json.key("account_change");
    if (!view.change) {
        json.null();
    } else {
        auto const& number = view.change->number;
        json.object().member("id", view.change->id.text()).member("bank", bank_name(view.change->bin)).member("holder", view.change->holder);
        json.member("tail", number.size() > 4 ? number.substr(number.size() - 4) : number).member("at", to_rfc3339(view.change->asked_at));
        json.member("earliest", to_rfc3339(view.change->earliest)).end();
    }
    json.end();
    return out;
}

http::Handler stall_state(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_session(edge, request, std::move(respond), [&](StallSession const& session, http::Responder answer) {
            edge.reads.run(std::move(answer), api::audience_of(request), [&edge, session](postgres::Connection& connection) {
                return api::json_response(200, state_json(session, read_stall(connection, edge, session, {})));
            });
        });
    };
}

}  // namespace choso::counter
