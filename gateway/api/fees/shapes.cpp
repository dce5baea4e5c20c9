// Bills as other people's software knows them: one transfer for several, a hospital's order and checkorder, a utility's verbs.
#include "gateway/api/fees/body.hpp"
#include "gateway/api/fees/import.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::api::fees {
namespace {

using Later = std::shared_ptr<http::Responder>;

/// A key of ours for an order whose caller sends none: the same order twice is one (its own code is in the body).
payments::IdempotencyKey key_of(std::string_view what, MerchantId merchant, std::string_view code) {
    return SentKey{std::string{what} + "\n" + std::string{code}, "POST", what, code}.of(merchant);
}

std::string hospital_json(std::string_view code, std::string_view message, bills::BillView const* view, merchants::Directory const& directory) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("result_code", code).member("result_message", message).member("version", "1.0");
    if (view != nullptr) {
        auto const paid = view->left().is_zero() && view->bill.stage == bills::Stage::issued;
        auto const status = paid ? 3 : view->paid().is_positive() ? 2 : 1;
        json.member("order_code", view->bill.code).member("order_description", view->bill.title).member("amount", view->bill.amount);
        json.member("sender_fee", 0).member("receiver_fee", 0).member("currency", "VND").member("status", status);
        json.member("payment_method_code", "QR-CODE").member("payment_method_name", "VietQR").member("token_code", view->bill.id.text());
        json.member("qr_code", view->shown ? pay_code(*view->shown, directory.account(view->shown->account)).payload : std::nullopt);
    }
    json.end();
    return out;
}

/// The one hospital that the key may name, or the one it names.
merchants::Merchant const* hospital_of(Caller const& caller, std::string_view named) {
    if (!named.empty()) return caller.merchant(MerchantId::parse(named));
    merchants::Merchant const* found = nullptr;
    for (auto const* merchant : caller.merchants()) {
        if (merchant->kind != "hospital") continue;
        if (found != nullptr) return nullptr;
        found = merchant;
    }
    return found;
}

std::string utility_json(bills::BillView const& view) {
    std::string out;
    json::Writer{out}.object().member("bill", view.bill.id.text()).member("number", view.bill.number).member("customer", view.payer_code)
        .member("title", view.bill.title).member("amount", view.bill.amount).member("amount_left", view.left()).member("status", view.status())
        .member("due", view.bill.due).end();
    return out;
}

/// The caller's merchant of the body, and the body itself.
struct Asked {
    Caller caller;
    Audience audience;
    merchants::Merchant const* merchant = nullptr;
    json::Value body;
};
std::optional<Asked> enter_with_body(Edge& edge, http::Request const& request, http::Responder& respond, std::string_view scope,
                                     std::initializer_list<std::string_view> fields) {
    auto caller = enter(edge, request, respond, scope);
    if (!caller) return std::nullopt;
    auto out = Asked{*caller, audience_of(request), nullptr, {}};
    auto body = parse_object(request.body, fields);
    if (!body) return respond(to_response(body.error(), out.audience)), std::nullopt;
    out.body = std::move(body).value();
    auto const* named = out.body.find("merchant");
    out.merchant = named == nullptr ? nullptr : caller->merchant(MerchantId::parse(named->as_string().value_or("")));
    if (out.merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, out.audience)), std::nullopt;
    return out;
}

}  // namespace

http::Handler hospital_order(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const body = parse_object(request.body, {"merchant", "patientid", "order_code", "order_description", "amount", "buyer_fullname", "buyer_email",
                                                      "buyer_mobile", "buyer_address", "payment_method_code", "bank_code", "status_url", "visit"});
        if (!body) return respond(to_response(body.error(), audience));
        auto const named = read_text(*body, "merchant", 0, 64);
        auto const* merchant = named ? hospital_of(*caller, *named) : nullptr;
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        auto asked = AskedBill{};
        for (auto const& [field, least, most, to] : {std::tuple{"patientid", std::size_t{1}, std::size_t{64}, &asked.payer.code}, std::tuple{"order_code", std::size_t{1}, std::size_t{64}, &asked.code},
                                                     std::tuple{"order_description", std::size_t{0}, std::size_t{150}, &asked.title}, std::tuple{"buyer_fullname", std::size_t{0}, std::size_t{100}, &asked.payer.name},
                                                     std::tuple{"visit", std::size_t{0}, std::size_t{64}, &asked.visit}}) {
            auto text = read_text(*body, field, least, most);
            if (!text) return respond(to_response(text.error(), audience));
            *to = std::move(text).value();
        }
        if (auto const mobile = read_text(*body, "buyer_mobile", 0, 20); mobile.ok() && !mobile->empty()) asked.payer.phone = bills::phone_of(*mobile).value_or("");
        auto const amount = read_money(*body, "amount");
        if (!amount || !*amount) return respond(to_response(Problem{Code::amount_invalid, "amount"}, audience));
        auto line = bills::Line{};
        line.name = asked.title.empty() ? "Viện phí " + asked.code : asked.title;
        line.amount = **amount;
        asked.lines.push_back(std::move(line));
        auto const key = key_of("hospital_order", merchant->id, asked.code);
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller = *caller, merchant, audience, later, asked, key](postgres::Connection& connection) {
            auto const payee = payee_of(*caller.directory, *merchant);
            auto const payer = bills::payer_of(connection, payee.bucket, merchant->id, asked.payer.code);
            auto command = to_command(asked, {}, payee, payer, *caller.directory, edge.clock.now());
            if (!command) return (*later)(to_response(command.error(), audience));
            (*command)->actor = caller.actor();
            (*command)->idempotency = key;
            edge.core.submit(std::move(command).value(), [&edge, caller, merchant, audience, later, code = asked.code](payments::Answer const& answer) {
                auto const problem = problem_in(answer);
                // The same order again is answered with what there is.
                if (problem && *problem != Code::bill_code_taken) return (*later)(to_response(Problem{*problem}, audience));
                edge.reads.ask(later, audience, [caller, merchant, later, code](postgres::Connection& again) {
                    auto const view = bills::find_bill(again, payee_of(*caller.directory, *merchant).bucket, merchant->id, code);
                    (*later)(json_response(200, hospital_json(view ? "0000" : "01", view ? "Thành công" : "Không tìm thấy", view ? &*view : nullptr, *caller.directory)));
                });
            });
        });
    };
}

http::Handler hospital_check(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const code = request.query_value("code").value_or("");
        auto const* merchant = hospital_of(*caller, request.query_value("merchant").value_or(""));
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        edge.reads.run(std::move(respond), audience, [caller = *caller, merchant, code](postgres::Connection& connection) {
            auto const view = bills::find_bill(connection, payee_of(*caller.directory, *merchant).bucket, merchant->id, code);
            return json_response(200, hospital_json(view ? "0000" : "01", view ? "Thành công" : "Không tìm thấy phiếu", view ? &*view : nullptr, *caller.directory));
        });
    };
}

http::Handler utility_inquiry(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto asked = enter_with_body(edge, request, respond, merchants::scope::requests_read, {"merchant", "customer"});
        if (!asked) return;
        auto const customer = read_text(asked->body, "customer", 1, 64);
        if (!customer) return respond(to_response(customer.error(), asked->audience));
        edge.reads.run(std::move(respond), asked->audience, [asked = std::make_shared<Asked>(std::move(*asked)), customer = *customer](postgres::Connection& connection) {
            auto const payee = payee_of(*asked->caller.directory, *asked->merchant);
            auto const payer = bills::payer_of(connection, payee.bucket, asked->merchant->id, customer);
            auto list = ListJson{};
            if (payer)
                for (auto const& view : bills::bills_of(connection, std::vector<PayerId>{*payer}))
                    if (view.left().is_positive()) list.add(utility_json(view));
            return json_response(200, list.close(std::nullopt));
        });
    };
}

namespace {

/// Pay and reverse: by the agent's own number of the payment, which makes either of them happen once.
http::Handler utility_order(Edge& edge, bool pays) {
    return [&edge, pays](http::Request const& request, http::Responder respond) {
        auto asked = enter_with_body(edge, request, respond, merchants::scope::requests_write, {"merchant", "bill", "amount", "transaction", "reason"});
        if (!asked) return;
        auto const id = BillId::parse(read_text(asked->body, "bill", 1, 64).ok() ? asked->body.find("bill")->as_string().value_or("") : "");
        if (!id) return respond(to_response(invalid("bill", {"phải là id của phiếu thu", "must be the id of a bill"}), asked->audience));
        auto const number = read_text(asked->body, "transaction", 1, 64);
        if (!number) return respond(to_response(number.error(), asked->audience));
        auto const amount = read_money(asked->body, "amount");
        if (!amount) return respond(to_response(amount.error(), asked->audience));
        auto const reason = read_text(asked->body, "reason", pays ? 0 : 1, 200);
        if (!reason) return respond(to_response(reason.error(), asked->audience));
        auto const later = shared(std::move(respond));
        auto const audience = asked->audience;
        edge.reads.ask(later, audience, [&edge, pays, later, asked = std::make_shared<Asked>(std::move(*asked)), id = *id, number = *number, amount = *amount, reason = *reason](postgres::Connection& connection) {
            auto const view = bills::find_bill(connection, id);
            if (!view || view->bill.merchant != asked->merchant->id) return (*later)(to_response(Problem{Code::not_found, "bill"}, asked->audience));
            auto taken = std::optional<bills::Cover>{};
            for (auto const& cover : bills::covers_of(connection, {id}))
                if (cover.outside_id == number && cover.amount.is_positive()) taken = cover;
            auto const fill = [&](bills::BillCommand& command) {
                command.bill = id;
                command.merchant = asked->merchant->id;
                command.request = view->bill.request;
                command.actor = asked->caller.actor();
                command.reason = reason;
                command.idempotency = key_of(pays ? "utility_pay" : "utility_reverse", asked->merchant->id, id.text() + "/" + number);
            };
            auto command = std::unique_ptr<payments::Command const>{};
            if (pays) {
                auto take = std::make_unique<bills::TakeCash>();
                fill(*take);
                take->id = new_uuid(id.bucket(), edge.clock.now());
                take->desk = asked->merchant->id.uuid();
                take->amount = amount;
                take->keeps_online_price = true;
                take->outside_id = number;
                command = std::move(take);
            } else {
                if (!taken) return (*later)(to_response(Problem{Code::not_found, "transaction"}, asked->audience));
                auto back = std::make_unique<bills::ReturnCash>();
                fill(*back);
                back->id = new_uuid(id.bucket(), edge.clock.now());
                back->taking = taken->id;
                back->desk = taken->desk.value_or(Uuid{});
                command = std::move(back);
            }
            edge.core.submit(std::move(command), [&edge, asked, later](payments::Answer const& answer) {
                answer_with_bill(edge, asked->audience, asked->caller.directory, later, answer, 200, false);
            });
        });
    };
}

}  // namespace

http::Handler utility_pay(Edge& edge) { return utility_order(edge, true); }
http::Handler utility_reverse(Edge& edge) { return utility_order(edge, false); }

http::Handler utility_day(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const* merchant = caller->merchant(MerchantId::parse(request.query_value("merchant").value_or("")));
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        auto const day = parse_day(request.query_value("day").value_or(""));
        if (!day) return respond(to_response(Problem{Code::parameter_invalid, "day", {"day phải là ngày YYYY-MM-DD", "day must be a day as YYYY-MM-DD"}}, audience));
        edge.reads.run(std::move(respond), audience, [caller = *caller, merchant, day = *day](postgres::Connection& connection) {
            auto const payee = payee_of(*caller.directory, *merchant);
            auto out = http::Response{200, "text/csv; charset=utf-8", bills::day_file(connection, payee.bucket, merchant->id, day), {}};
            out.with("Cache-Control", "no-store");
            return out;
        });
    };
}

http::Handler group_bills(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto const body = parse_object(request.body, {"bills"});
        if (!body) return respond(to_response(body.error(), audience));
        auto ids = std::vector<BillId>{};
        auto const* named = body->find("bills");
        for (auto const& each : named == nullptr ? std::span<json::Value const>{} : named->items())
            if (auto const id = BillId::parse(each.as_string().value_or(""))) ids.push_back(*id);
        if (named == nullptr || ids.empty() || ids.size() != named->items().size() || ids.size() > 50)
            return respond(to_response(invalid("bills", {"phải là 1–50 id phiếu thu", "must be 1–50 ids of bills"}), audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, caller = *caller, audience, later, ids, key = *key](postgres::Connection& connection) {
            auto const views = bills::bills_of(connection, ids);
            auto members = std::vector<bills::GroupBills::Member>{};
            for (auto const& view : views) {
                if (!caller.may_see(view.bill.merchant) || !view.own) return (*later)(to_response(Problem{Code::not_found, "bills"}, audience));
                if (view.own->account != views.front().own->account) return (*later)(to_response(Problem{Code::payees_differ, "bills"}, audience));
                members.push_back({view.bill.id, view.bill.request, {}});
            }
            if (views.size() != ids.size()) return (*later)(to_response(Problem{Code::not_found, "bills"}, audience));
            auto command = group_command(*caller.directory, views.front().own->account, std::move(members), edge.clock.now());
            command->idempotency = key.of(command->asked.merchant);
            edge.core.submit(std::move(command), [&edge, caller, audience, later](payments::Answer const& answer) {
                if (auto const code = problem_in(answer)) return (*later)(to_response(Problem{*code}, audience));
                edge.reads.ask(later, audience, [&edge, caller, audience, later, id = PaymentRequestId{answer->own_as<bills::Made>()->subject}](postgres::Connection& again) {
                    auto const found = find_request(again, id);
                    if (!found) return (*later)(to_response(Problem{Code::not_found}, audience));
                    (*later)(json_response(201, api::to_json(caller.shown(*found), *caller.directory, edge.base_url)));
                });
            });
        });
    };
}

std::unique_ptr<bills::GroupBills> group_command(merchants::Directory const& directory, AccountId account_id, std::vector<bills::GroupBills::Member> members, Instant now) {
    auto const* account = directory.account(account_id);
    CHOSO_ASSERT(account != nullptr);
    // The collector's own merchant asks: what comes over the lines' sum is for it to explain.
    auto const* owner = directory.merchant(directory.facts_of(*account).owner);
    CHOSO_ASSERT(owner != nullptr);
    auto const asked = new_request(directory, *owner, *account, nullptr, now);
    asked->late_policy = payments::LatePolicy::accept;
    auto out = std::make_unique<bills::GroupBills>(*asked);
    out->members = std::move(members);
    return out;
}

void add_routes(http::Router& router, Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 64 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::post, "/api/v1/bills", "create_bill", create_bill(edge), small);
    router.add(Method::get, "/api/v1/bills", "list_bills", list_bills(edge));
    router.add(Method::get, "/api/v1/bills/{id}", "get_bill", get_bill(edge));
    router.add(Method::post, "/api/v1/bills/{id}/issue", "issue_bill", issue_draft(edge), small);
    router.add(Method::post, "/api/v1/bills/{id}/revise", "revise_bill", revise_bill(edge), small);
    router.add(Method::post, "/api/v1/bills/{id}/cancel", "cancel_bill", cancel_bill(edge), small);
    router.add(Method::post, "/api/v1/bills/{id}/write-off", "write_off_bill", write_off_bill(edge), small);
    router.add(Method::post, "/api/v1/bills/{id}/confirm", "confirm_bill", confirm_bill(edge, true), small);
    router.add(Method::post, "/api/v1/bills/{id}/unconfirm", "unconfirm_bill", confirm_bill(edge, false), small);
    router.add(Method::post, "/api/v1/bills/{id}/carry-over", "carry_over_bill", carry_over(edge), small);
    router.add(Method::post, "/api/v1/bill-groups", "group_bills", group_bills(edge), small);
    router.add(Method::get, "/api/v1/fee-units", "list_fee_units", list_units(edge));
    router.add(Method::post, "/api/v1/fee-units", "put_fee_unit", put_unit(edge), small);
    router.add(Method::get, "/api/v1/fee-items", "list_fee_items", list_items(edge));
    router.add(Method::post, "/api/v1/fee-items", "put_fee_item", put_item(edge), small);
    router.add(Method::get, "/api/v1/fee-rules", "list_fee_rules", list_rules(edge));
    router.add(Method::post, "/api/v1/fee-rules", "put_fee_rule", put_rule(edge), small);
    router.add(Method::get, "/api/v1/fee-schedules", "list_fee_schedules", list_schedules(edge));
    router.add(Method::post, "/api/v1/fee-schedules", "put_fee_schedule", put_schedule(edge), small);
    router.add(Method::post, "/api/v1/fee-schedules/{id}/issue", "issue_fee_schedule", issue_schedule(edge), small);
    router.add(Method::get, "/api/v1/payers", "list_payers", list_payers(edge));
    router.add(Method::post, "/api/v1/payers", "put_payer", put_payer(edge), small);
    auto const files = http::RouteLimits{.body_bytes_max = 16 * 1024 * 1024, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::post, "/api/v1/fee-imports", "create_import", create_import(edge), files);
    router.add(Method::get, "/api/v1/fee-imports/{id}", "get_import", get_import(edge));
    router.add(Method::get, "/api/v1/fee-imports/{id}/errors", "get_import_errors", get_import_errors(edge));
    router.add(Method::post, "/api/v1/fee-imports/{id}/confirm", "confirm_import", confirm_import(edge), small);
    router.add(Method::post, "/api/Paymentgateway/order", "hospital_order", hospital_order(edge), small);
    router.add(Method::get, "/api/Paymentgateway/checkorder", "hospital_check", hospital_check(edge));
    router.add(Method::post, "/api/v1/utility/inquiry", "utility_inquiry", utility_inquiry(edge), small);
    router.add(Method::post, "/api/v1/utility/pay", "utility_pay", utility_pay(edge), small);
    router.add(Method::post, "/api/v1/utility/reverse", "utility_reverse", utility_reverse(edge), small);
    router.add(Method::get, "/api/v1/utility/day-file", "utility_day", utility_day(edge));
}

}  // namespace choso::api::fees
