#include "gateway/api/office.hpp"
#include "gateway/api/receipts.hpp"

#include "gateway/api/auth.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/receipts/commands.hpp"
#include "merchants/receipts/print.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

using receipts::Shown;

std::string_view status_of(Shown const& shown) {
    if (shown.receipt.cancels) return "counter";
    return shown.cancelled_by ? "cancelled" : "valid";
}

template <class IdType>
std::optional<std::string> text_of_id(std::optional<IdType> const& id) {
    if (!id) return std::nullopt;
    return id->text();
}

/// A key's question about one receipt that it may see.
http::Handler about_one(Edge& edge, std::function<http::Response(Shown const&, Caller const&)> render) {
    return [&edge, render = std::move(render)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = ReceiptId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [caller, audience, render, id = *id](postgres::Connection& connection) {
            auto const found = receipts::find(connection, id);
            if (!found || !caller->may_see(found->receipt.merchant)) return to_response(Problem{Code::not_found}, audience);
            return render(*found, *caller);
        });
    };
}

/// The body of POST /receipts/{id}/cancel: why.
Result<std::string, Problem> parse_reason(std::string_view body) {
    auto const object = parse_object(body, {"reason"});
    if (!object) return object.error();
    auto const* reason = object->find("reason");
    auto const text = reason != nullptr ? reason->as_string() : std::nullopt;
    if (!text || text->empty() || text->size() > 500)
        return invalid("reason", {"reason phải có từ 1 đến 500 byte", "reason must be a text of 1 to 500 bytes"});
    return std::string{*text};
}

void cancel(Edge& edge, Maker const& maker, std::shared_ptr<http::Responder> const& later) {
    auto const audience = audience_of(later->request());
    // The counter-receipt there is answers a repeat; the header is asked for as of every order about money.
    if (auto const key = sent_key(later->request()); !key) return (*later)(to_response(key.error(), audience));
    auto const id = ReceiptId::parse(later->request().param("id"));
    if (!id) return (*later)(to_response(Problem{Code::not_found}, audience));
    edge.reads.ask(later, audience, [&edge, maker, audience, later, id = *id](postgres::Connection& connection) {
        auto const found = receipts::find(connection, id);
        if (!found || !maker.may_see(found->receipt.merchant)) return (*later)(to_response(Problem{Code::not_found}, audience));
        auto reason = parse_reason(later->request().body);
        if (!reason) return (*later)(to_response(reason.error(), audience));
        auto command = std::make_unique<receipts::CancelReceipt>();
        command->id = id;
        command->merchant = found->receipt.merchant;
        command->reason = std::move(*reason);
        command->actor = maker.actor;
        edge.core.submit(std::move(command), [&edge, audience, later, old = *found](payments::Answer const& answer) {
            if (auto const code = problem_in(answer)) return (*later)(to_response(Problem{*code}, audience));
            auto const* made = answer->own_as<receipts::Receipts>();
            auto counter = old;
            counter.receipt = made->all.front();
            counter.cancelled_by.reset();
            auto out = json_response(201, to_json(counter, edge.base_url));
            if (answer->replayed) out.with("Idempotency-Replayed", "true");
            (*later)(std::move(out));
        });
    });
}

}  // namespace

std::string to_json(Shown const& shown, std::string_view base_url) {
    auto const& receipt = shown.receipt;
    auto const payment = receipt.way == receipts::Way::transfer ? std::optional{PaymentId{receipt.cause}.text()} : std::nullopt;
    std::string out;
    json::Writer{out}.object().member("id", receipt.id.text()).member("number", receipts::number_text(receipt)).member("status", status_of(shown))
        .member("merchant", receipt.merchant.text()).member("payment_request", receipt.request.text()).member("payment", payment)
        .member("way", receipts::word(receipt.way)).member("amount", receipt.amount).member("description", receipt.what)
        .member("cancels", text_of_id(receipt.cancels)).member("cancelled_by", text_of_id(shown.cancelled_by)).member("reason", receipt.reason)
        .member("received_at", to_rfc3339(receipt.occurred_at)).member("issued_at", to_rfc3339(receipt.issued_at))
        .member("url", receipts::page_url(receipt, base_url)).end();
    return out;
}

http::Handler list_receipts(Edge& edge) {
    auto const has_none = [](std::string_view) { return false; };
    return newest_first(edge, merchants::scope::payments_read, has_none, [&edge](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : receipts::list(connection, asked.owners.places, asked.options.before, asked.options.limit))
            out.emplace_back(row.receipt.id.uuid(), to_json(row, edge.base_url));
        return out;
    });
}

http::Handler get_receipt(Edge& edge) {
    return about_one(edge, [&edge](Shown const& shown, Caller const&) { return json_response(200, to_json(shown, edge.base_url)); });
}

http::Handler get_receipt_pdf(Edge& edge) {
    return about_one(edge, [&edge](Shown const& shown, Caller const& caller) {
        auto out = http::Response{200, "application/pdf", receipts::to_pdf(shown, *caller.directory, edge.base_url), {}};
        out.with("Cache-Control", "no-store").with("Content-Disposition", "inline; filename=\"" + receipts::number_text(shown.receipt) + ".pdf\"");
        return out;
    });
}

http::Handler cancel_receipt(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write,
                    [&edge](Maker const& maker, auto const& later) { cancel(edge, maker, later); });
    };
}

}  // namespace choso::api
