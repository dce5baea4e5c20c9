#include "gateway/api/complaints.hpp"

#include "gateway/api/auth.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/api/office.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "merchants/receipts/find.hpp"
#include "merchants/scopes.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::api {
namespace {

using complaints::Complaint;
using Respond = std::shared_ptr<http::Responder>;

void refuse(Respond const& later, Problem const& problem) { (*later)(to_response(problem, audience_of(later->request()))); }

std::optional<std::string> time_or_none(std::optional<Instant> at) { return at ? std::optional{to_rfc3339(*at)} : std::nullopt; }

std::optional<std::string> text_in(json::Value const& body, std::string_view name, std::size_t least, std::size_t most) {
    auto const* value = body.find(name);
    auto const text = value != nullptr ? value->as_string().value_or("") : std::string_view{};
    if (text.size() < least || text.size() > most) return std::nullopt;
    return std::string{text};
}

/// Orders, and answers with the complaint as the order left it.
void submit(Edge& edge, std::unique_ptr<payments::Command const> command, int status, Respond const& later) {
    edge.core.submit(std::move(command), [&edge, status, later](payments::Answer const& answer) {
        if (auto const code = problem_in(answer)) return refuse(later, Problem{*code});
        auto const id = answer->own_as<complaints::ComplaintOutcome>()->complaint.id;
        edge.reads.ask(later, audience_of(later->request()), [&edge, later, id, made = answer->replayed ? 200 : status](postgres::Connection& connection) {
            auto const found = complaints::find(connection, id);
            if (!found) return refuse(later, Problem{Code::not_found});
            (*later)(json_response(made, to_json(*found, edge.base_url)));
        });
    });
}

void open(Edge& edge, Maker const& maker, Respond const& later) {
    if (auto const key = sent_key(later->request()); !key) return refuse(later, key.error());
    auto const body = parse_object(later->request().body, {"payment_request", "receipt", "kind", "text", "contact"});
    if (!body) return refuse(later, body.error());
    auto const kind = complaints::kind_of(text_in(*body, "kind", 1, 40).value_or(""));
    if (!kind) return refuse(later, invalid("kind", {"Loại khiếu nại không được biết", "The kind is not known"}));
    auto const words = text_in(*body, "text", 1, 4'000);
    if (!words) return refuse(later, invalid("text", {"Phải có từ 1 đến 4.000 byte", "must be a text of 1 to 4 000 bytes"}));
    auto const contact = text_in(*body, "contact", 0, 200);
    if (!contact) return refuse(later, invalid("contact", {"Không quá 200 byte", "must have at most 200 bytes"}));
    auto const request = PaymentRequestId::parse(text_in(*body, "payment_request", 0, 60).value_or(""));
    auto const receipt = ReceiptId::parse(text_in(*body, "receipt", 0, 60).value_or(""));
    if (!request && !receipt) return refuse(later, Problem{Code::not_found, "payment_request"});
    auto asked = AskedComplaint{{}, {}, {}, *kind, *words, *contact, maker.actor};
    edge.reads.ask(later, audience_of(later->request()), [&edge, maker, later, request, receipt, asked](postgres::Connection& connection) mutable {
        if (receipt) {
            auto const found = receipts::find(connection, *receipt);
            if (!found || !maker.may_see(found->receipt.merchant)) return refuse(later, Problem{Code::not_found, "receipt"});
            asked.request = found->receipt.request;
            asked.merchant = found->receipt.merchant;
            asked.receipt = receipt->uuid();
        } else {
            auto const found = find_request(connection, *request);
            if (!found || !maker.may_see(found->merchant)) return refuse(later, Problem{Code::not_found, "payment_request"});
            asked.request = *request;
            asked.merchant = found->merchant;
        }
        submit(edge, to_command(std::move(asked), connection, edge.clock.now()), 201, later);
    });
}

void answer(Edge& edge, Maker const& maker, Respond const& later) {
    if (auto const key = sent_key(later->request()); !key) return refuse(later, key.error());
    auto const id = ComplaintId::parse(later->request().param("id"));
    if (!id) return refuse(later, Problem{Code::not_found});
    edge.reads.ask(later, audience_of(later->request()), [&edge, maker, later, id = *id](postgres::Connection& connection) {
        auto const found = complaints::find(connection, id);
        if (!found || !maker.may_see(found->complaint.merchant)) return refuse(later, Problem{Code::not_found});
        auto const body = parse_object(later->request().body, {"answer"});
        if (!body) return refuse(later, body.error());
        auto const words = text_in(*body, "answer", 1, 4'000);
        if (!words) return refuse(later, invalid("answer", {"Phải có từ 1 đến 4.000 byte", "must be a text of 1 to 4 000 bytes"}));
        auto command = std::make_unique<complaints::WorkComplaint>();
        command->id = id;
        command->merchant = found->complaint.merchant;
        command->actor = maker.actor;
        command->answer = *words;
        submit(edge, std::move(command), 200, later);
    });
}

}  // namespace

std::string complaint_url(Complaint const& complaint, std::string_view base_url) {
    return std::string{base_url} + "/khieu-nai/" + crypto::SecretToken{complaint.id.bucket(), complaint.token}.text();
}

std::string to_json(complaints::Shown const& shown, std::string_view base_url) {
    auto const& it = shown.complaint;
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", it.id.text()).member("merchant", it.merchant.text()).member("payment_request", it.request.text());
    json.member("receipt", it.receipt ? std::optional{ReceiptId{*it.receipt}.text()} : std::nullopt);
    json.member("kind", complaints::words_of(it.kind).word).member("status", complaints::word(it.status)).member("working_days", it.days);
    json.member("opened_at", to_rfc3339(it.opened_at)).member("deadline", to_rfc3339(it.deadline)).member("opened_by", payments::word(it.opener.kind));
    json.member("answered_at", time_or_none(it.answered_at)).member("escalated_at", time_or_none(it.escalated_at));
    json.member("text", shown.body).member("answer", shown.answer).member("url", complaint_url(it, base_url)).end();
    return out;
}

std::unique_ptr<complaints::OpenComplaint> to_command(AskedComplaint asked, postgres::Connection& connection, Instant now) {
    auto const bucket = asked.request.bucket();
    auto const term = complaints::term_of(connection, asked.merchant, asked.kind, now);
    auto out = std::make_unique<complaints::OpenComplaint>();
    auto& it = out->complaint;
    it.id = ComplaintId::make(bucket, now);
    it.merchant = asked.merchant;
    it.request = asked.request;
    it.receipt = asked.receipt;
    it.token = crypto::new_link_token(bucket).random;
    it.kind = asked.kind;
    it.days = term.days;
    it.deadline = term.deadline;
    it.opener = asked.opener;
    out->body = std::move(asked.body);
    out->contact = std::move(asked.contact);
    return out;
}

http::Handler create_complaint(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write, [&edge](Maker const& maker, Respond const& later) { open(edge, maker, later); });
    };
}

http::Handler answer_complaint(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        enter_maker(edge, request, std::move(respond), merchants::scope::refunds_write, [&edge](Maker const& maker, Respond const& later) { answer(edge, maker, later); });
    };
}

http::Handler list_complaints(Edge& edge) {
    auto const is_status = [](std::string_view word) { return complaints::status_of(word).has_value(); };
    return newest_first(edge, merchants::scope::payments_read, is_status, [&edge](AskedList const& asked, postgres::Connection& connection) {
        auto out = ListedRows{};
        for (auto const& row : complaints::list(connection, asked.owners.places, asked.options.before, asked.options.status, asked.options.limit))
            out.emplace_back(row.complaint.id.uuid(), to_json(row, edge.base_url));
        return out;
    });
}

http::Handler get_complaint(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = ComplaintId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [&edge, caller, audience, id = *id](postgres::Connection& connection) {
            auto const found = complaints::find(connection, id);
            if (!found || !caller->may_see(found->complaint.merchant)) return to_response(Problem{Code::not_found}, audience);
            return json_response(200, to_json(*found, edge.base_url));
        });
    };
}

http::Handler list_complaint_figures(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const now = edge.clock.now();
        auto const day = [&](std::string_view name, std::chrono::sys_days otherwise) -> std::optional<std::chrono::sys_days> {
            auto const text = request.query_value(name);
            return text ? parse_day(*text) : std::optional{otherwise};
        };
        auto const from = day("from", vietnam_day(now) - std::chrono::days{30});
        auto const to = day("to", vietnam_day(now));
        if (!from || !to) return respond(to_response(Problem{Code::parameter_invalid, from ? "to" : "from", {"Phải là ngày YYYY-MM-DD", "must be a day YYYY-MM-DD"}}, audience));
        auto const begin = Instant{*from} - vietnam_offset;
        auto const end = Instant{*to + std::chrono::days{1}} - vietnam_offset;
        auto offices = owners_of(*merchants, *caller->directory).places;
        edge.reads.run(std::move(respond), audience, [offices = std::move(offices), begin, end, now](postgres::Connection& connection) {
            std::string out;
            auto json = json::Writer{out};
            json.object().key("data").array();
            for (auto const& it : complaints::figures(connection, offices, begin, end, now))
                json.object().member("merchant", it.merchant.text()).member("kind", complaints::words_of(it.kind).word).member("opened", it.all).member("open", it.open)
                    .member("late", it.late).member("escalated", it.escalated).member("answered_in_time", it.answered_in_time).member("median_hours", it.median_hours).end();
            json.end().end();
            return json_response(200, std::move(out));
        });
    };
}

}  // namespace choso::api
