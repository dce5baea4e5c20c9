#include <map>

#include "gateway/api/fees/fees.hpp"
#include "gateway/api/receipts.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "merchants/fees/commands.hpp"

namespace choso::api::fees {
namespace {

std::optional<std::string> maybe(std::string const& text) { return text.empty() ? std::nullopt : std::optional{text}; }

std::optional<std::string> time_of(std::optional<Instant> at) {
    if (!at) return std::nullopt;
    return to_rfc3339(*at);
}

template <class IdType>
std::optional<std::string> id_of(std::optional<IdType> const& id) {
    if (!id) return std::nullopt;
    return id->text();
}

/// What stands beside a bill: asked for once for a whole page of them.
struct Beside {
    std::vector<bills::Cover> covers;
    std::vector<bills::Change> changes;
    std::vector<receipts::Shown> receipts;
};

void write_lines(json::Writer& json, bills::Bill const& bill) {
    json.key("lines").array();
    for (auto const& line : bill.lines) {
        json.object().member("kind", word(line.kind)).member("name", line.name).member("amount", line.amount).member("quantity", line.quantity);
        json.member("item", maybe(line.item_code)).member("online_only", line.online_only).member("reason", maybe(line.reason));
        json.member("legal_basis", maybe(line.legal_basis)).end();
    }
    json.end();
}

void write_money(json::Writer& json, Beside const& beside) {
    json.key("covers").array();
    for (auto const& cover : beside.covers) {
        json.object().member("id", to_hyphenated(cover.id)).member("kind", cover.kind).member("amount", cover.amount);
        json.member("undoes", cover.undoes ? std::optional{to_hyphenated(*cover.undoes)} : std::nullopt).member("outside_id", maybe(cover.outside_id));
        json.member("at", to_rfc3339(cover.at)).end();
    }
    json.end().key("changes").array();
    for (auto const& change : beside.changes)
        json.object().member("what", change.what).member("reason", maybe(change.reason)).member("revision", change.revision).member("amount", change.amount)
            .member("by", payments::word(change.actor.kind)).member("at", to_rfc3339(change.at)).end();
    json.end();
}

std::string to_json(bills::BillView const& view, Beside const& beside, merchants::Directory const& directory, std::string_view base_url) {
    auto const& bill = view.bill;
    auto const code = view.shown ? pay_code(*view.shown, directory.account(view.shown->account)) : PayCode{};
    std::string out;
    out.reserve(2048);
    auto json = json::Writer{out};
    json.object().member("id", bill.id.text()).member("number", maybe(bill.number)).member("status", view.status());
    json.member("merchant", bill.merchant.text()).member("amount", bill.amount).member("amount_paid", view.paid()).member("overpaid_by", view.over());
    json.member("amount_left", view.left()).member("reference", view.own && view.own->reference ? std::optional{view.own->reference->text()} : std::nullopt);
    json.member("qr", code.payload);
    if (view.own && !code.payload) json.member("qr_unavailable", code.unavailable);
    json.member("pay_url", view.own ? std::optional{pay_url(*view.own, base_url)} : std::nullopt);
    json.member("payment_request", id_of(bill.request)).key("payer").object().member("code", view.payer_code).member("name", maybe(view.payer_name));
    json.member("phone", maybe(view.payer_phone)).end().member("unit", id_of(bill.unit)).member("title", bill.title).member("code", maybe(bill.code));
    json.member("visit", maybe(bill.visit)).member("due", maybe(bill.due)).member("partial", bill.partial).member("amount_min", bill.amount_min);
    json.member("revision", bill.revision).member("at_counter", bill.at_counter).member("confirmed", maybe(bill.confirmed));
    json.member("reconciliation", word(bills::reconciled(bill, view.paid())));
    write_lines(json, bill);
    write_money(json, beside);
    json.key("receipts").array();
    for (auto const& receipt : beside.receipts) json.raw(api::to_json(receipt, base_url));
    json.end();
    json.member("created_at", to_rfc3339(bill.created_at)).member("issued_at", time_of(bill.issued_at)).end();
    return out;
}

}  // namespace

Payee payee_of(merchants::Directory const& directory, merchants::Merchant const& merchant) {
    auto out = Payee{};
    out.merchant = &merchant;
    out.account = directory.account_for(merchant, nullptr);
    if (auto const* collector = directory.collector(merchant.collector)) {
        out.bucket = collector->bucket;
        out.mode = collector->mode;
    }
    return out;
}

std::vector<std::string> to_json(std::vector<bills::BillView> const& views, postgres::Connection& connection, merchants::Directory const& directory, std::string_view base_url) {
    auto ids = std::vector<BillId>{};
    auto places = std::vector<std::pair<Bucket, Uuid>>{};
    for (auto const& view : views) {
        ids.push_back(view.bill.id);
        places.emplace_back(view.bill.id.bucket(), view.bill.id.uuid());
    }
    auto beside = std::map<BillId, Beside>{};
    for (auto& cover : bills::covers_of(connection, ids)) beside[cover.bill].covers.push_back(cover);
    for (auto& change : bills::changes_of(connection, ids)) beside[change.bill].changes.push_back(change);
    for (auto& [bill, receipt] : receipts::of_bills(connection, places)) beside[BillId{bill}].receipts.push_back(receipt);
    auto out = std::vector<std::string>{};
    for (auto const& view : views) out.push_back(to_json(view, beside[view.bill.id], directory, base_url));
    return out;
}

std::string to_json(bills::BillView const& view, postgres::Connection& connection, merchants::Directory const& directory, std::string_view base_url) {
    return to_json(std::vector{view}, connection, directory, base_url).front();
}

void answer_with_bill(Edge& edge, Audience const& audience, std::shared_ptr<merchants::Directory const> directory,
                      std::shared_ptr<http::Responder> const& respond, payments::Answer const& answer, int status, bool as_new) {
    if (auto const code = problem_in(answer)) return (*respond)(to_response(Problem{*code}, audience));
    auto const* made = answer->own_as<bills::Made>();
    if (made == nullptr) return (*respond)(to_response(Problem{Code::internal}, audience));
    auto const replayed = answer->replayed;
    edge.reads.ask(respond, audience, [&edge, directory = std::move(directory), respond, audience, id = BillId{made->subject}, status, replayed, as_new](postgres::Connection& connection) {
        auto const view = replayed && as_new ? bills::first_revision(connection, id) : bills::find_bill(connection, id);
        if (!view) return (*respond)(to_response(Problem{Code::not_found}, audience));
        auto out = json_response(status, to_json(*view, connection, *directory, edge.base_url));
        if (status == 201) out.with("Location", "/api/v1/bills/" + id.text());
        if (replayed) out.with("Idempotency-Replayed", "true");
        (*respond)(std::move(out));
    });
}

}  // namespace choso::api::fees
