// /thu: a clerk's page for a payee and its units.
#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/fees/desk_parts.hpp"
#include "gateway/pages/pages.hpp"

namespace choso::pages::fees {
namespace {

constexpr std::int64_t rows_shown = 100;

/// What of the desk is looked at.
struct Look {
    bool owing_only = false;
    std::string wanted;           ///< a payer's code or a bill's number
    std::optional<Uuid> before;   ///< the page after this bill
};

std::vector<bills::BillView> found(postgres::Connection& connection, Desk const& desk, Look const& look) {
    if (look.wanted.empty()) return bills::list_bills(connection, {{{desk.payee.bucket, desk.payee.merchant->id}}, look.before, {}, desk.unit, rows_shown, look.owing_only});
    auto out = std::vector<bills::BillView>{};
    if (auto const payer = bills::payer_of(connection, desk.payee.bucket, desk.payee.merchant->id, look.wanted)) out = bills::bills_of(connection, std::vector{*payer});
    else if (auto bill = bills::find_bill_by_number(connection, look.wanted); bill && bill->bill.merchant == desk.payee.merchant->id) out.push_back(std::move(*bill));
    return out;
}

void draw_cash_form(Html& html, api::Person const& person, bills::BillView const& view, std::string const& back) {
    auto const counter = bills::sum_of(view.bill.lines, true);
    open_form(html, person, "/thu/tien-mat");
    hidden(html, "phieu", view.bill.id.text());
    hidden(html, "ve", back);
    hidden(html, "lan", to_hyphenated(new_uuid(view.bill.id.bucket(), SystemClock{}.now())));
    auto const id = "tien-" + view.bill.number;
    html.line("label", "Thu tiền mặt (đồng)" + (counter != view.bill.amount ? ", tại quầy " + with_unit(counter) + " vì giảm giá chỉ dành cho nộp trực tuyến" : std::string{}) + "; để trống là thu đủ", {{"for", id}});
    html.lone("input", {{"id", id}, {"name", "so-tien"}, {"inputmode", "numeric"}, {"autocomplete", "off"}, {"maxlength", "20"}});
    html.line("button", "Ghi đã thu", {{"type", "submit"}, {"aria-label", "Ghi đã thu tiền mặt phiếu " + view.bill.number}}).close();
}

void draw_row(Html& html, api::Person const& person, bills::BillView const& view, std::string const& back) {
    html.open("li").line("h2", view.payer_name.empty() ? view.payer_code : view.payer_name + " (" + view.payer_code + ")");
    html.line("p", title_of(view) + ": " + with_unit(view.bill.amount) + (view.bill.due.empty() ? "" : " – hạn " + day_words(view.bill.due)));
    html.line("p", status_words(view), {{"class", status_class(view)}});
    auto const said = bills::reconciled(view.bill, view.paid());
    html.open("p", {{"class", "small"}}).text("Mã phiếu " + view.bill.number + (view.unit_name.empty() ? "" : " · " + view.unit_name) + " · Sổ của đơn vị: " + std::string{reconciled_words(said)} + " · ");
    if (view.own) html.line("a", "Trang thanh toán", {{"href", "/t/" + crypto::SecretToken{view.own->id.bucket(), view.own->token}.text()}, {"aria-label", "Trang thanh toán phiếu " + view.bill.number}});
    html.close();
    html.open("details").line("summary", "Thu tiền, xác nhận – " + view.bill.number);
    if (view.left().is_positive()) draw_cash_form(html, person, view, back);
    open_form(html, person, "/thu/xac-nhan");
    hidden(html, "phieu", view.bill.id.text());
    hidden(html, "ve", back);
    hidden(html, "viec", view.bill.confirmed.empty() ? "xac-nhan" : "bo");
    auto const id = "ly-do-" + view.bill.number;
    html.line("label", "Lý do", {{"for", id}}).lone("input", {{"id", id}, {"name", "ly-do"}, {"required", ""}, {"maxlength", "200"}, {"autocomplete", "off"}});
    html.line("button", view.bill.confirmed.empty() ? "Xác nhận đã thu trong sổ" : "Bỏ xác nhận", {{"type", "submit"}, {"class", "quiet"}, {"aria-label", (view.bill.confirmed.empty() ? "Xác nhận phiếu " : "Bỏ xác nhận phiếu ") + view.bill.number}});
    html.close().close().close();
}

void draw_units(Html& html, Desk const& desk, std::vector<bills::Unit> const& units) {
    html.open("nav", {{"aria-label", "Lớp và đơn vị"}}).open("ul", {{"class", "links"}});
    html.open("li").line("a", "Tất cả", {{"href", desk.path({})}}).close();
    for (auto const& unit : units) html.open("li").line("a", unit.name, {{"href", desk.path(unit.id)}}).close();
    html.close().close();
}

void draw_tools(Html& html, api::Person const& person, Desk const& desk, Look const& look, std::string const& back) {
    html.open("form", {{"method", "get"}, {"action", "/thu"}, {"role", "search"}});
    hidden(html, "don-vi", desk.payee.merchant->id.text());
    html.line("label", "Tìm theo mã người nộp hoặc mã phiếu", {{"for", "tim"}});
    html.lone("input", {{"id", "tim"}, {"name", "tim"}, {"maxlength", "64"}, {"autocomplete", "off"}, {"value", look.wanted}});
    html.line("button", "Tìm", {{"type", "submit"}, {"class", "quiet"}}).close();
    auto const more = desk.unit ? "&lop=" + desk.unit->text() : std::string{};
    auto const of = "?don-vi=" + desk.payee.merchant->id.text() + more;
    html.open("ul", {{"class", "links"}});
    html.open("li").line("a", look.owing_only ? "Xem tất cả phiếu" : "Chỉ xem phiếu còn nợ", {{"href", look.owing_only ? back : back + "&no=1"}}).close();
    html.open("li").line("a", "Danh sách nhắc nộp (CSV)", {{"href", "/thu/nhac" + of}}).close();
    html.open("li").line("a", "Nhập từ Excel hoặc CSV", {{"href", "/thu/nhap" + of}}).close().close();
    // A form, not a link: it makes the transfers of those who owe several bills.
    open_form(html, person, "/thu/lop.pdf" + of);
    html.line("button", "In danh sách lớp, mỗi người một mã QR (PDF)", {{"type", "submit"}, {"class", "quiet"}}).close();
}

http::Response draw_desk(api::Person const& person, Desk const& desk, postgres::Connection& connection, Look const& look) {
    auto views = found(connection, desk, look);
    auto const more = look.wanted.empty() && views.size() == static_cast<std::size_t>(rows_shown) ? std::optional{views.back().bill.id} : std::nullopt;
    if (look.owing_only) std::erase_if(views, [](auto const& view) { return !view.left().is_positive(); });
    auto const sums = bills::desk_sums(connection, desk.payee.bucket, desk.payee.merchant->id, desk.unit);
    auto const units = bills::units_of(connection, {desk.payee.bucket, desk.payee.merchant->id});
    auto const cash = bills::cash_today(connection, desk.payee.bucket, desk.payee.merchant->id, desk.now);
    auto const back = desk.path(desk.unit);
    return person_page(200, person, "Thu phí – " + desk.payee.merchant->name, [&](Html& html) {
        draw_units(html, desk, units);
        html.open("dl").line("dt", "Phải thu").line("dd", with_unit(sums.asked)).line("dt", "Đã thu").line("dd", with_unit(sums.paid));
        html.line("dt", "Còn nợ").line("dd", with_unit(sums.left) + " (" + std::to_string(sums.owing) + " phiếu)");
        html.line("dt", "Tiền mặt hôm nay").line("dd", with_unit(cash)).close();
        draw_tools(html, person, desk, look, back);
        html.open("ul");
        for (auto const& view : views) draw_row(html, person, view, back);
        html.close();
        if (views.empty()) html.line("p", "Không có phiếu nào.");
        if (more) html.open("p").line("a", "Xem các phiếu cũ hơn", {{"href", back + (look.owing_only ? "&no=1" : "") + "&sau=" + more->text()}}).close();
    });
}

}  // namespace

std::string_view reconciled_words(bills::Reconciled state) {
    switch (state) {
        case bills::Reconciled::none: return "chưa nhận tiền";
        case bills::Reconciled::received: return "đã nhận tiền, chưa xác nhận";
        case bills::Reconciled::confirmed_without_money: return "đã xác nhận, chưa nhận tiền";
        case bills::Reconciled::confirmed_auto: return "đã xác nhận (tự động)";
        case bills::Reconciled::confirmed_manual: break;
    }
    return "đã xác nhận (thủ công)";
}

std::string Desk::path(std::optional<FeeUnitId> of) const {
    return "/thu?don-vi=" + payee.merchant->id.text() + (of ? "&lop=" + of->text() : std::string{});
}

std::optional<Desk> desk_of(api::Edge const& edge, api::Person const& person, http::Request const& request) {
    auto const all = person.merchants(clerks);
    auto const named = request.query_value("don-vi").value_or("");
    merchants::Merchant const* merchant = nullptr;
    for (auto const* each : all)
        if ((named.empty() && merchant == nullptr && each->kind != "household") || each->id.text() == named) merchant = each;
    if (merchant == nullptr) return std::nullopt;
    auto out = Desk{};
    out.payee = api::fees::payee_of(*person.directory, *merchant);
    out.unit = FeeUnitId::parse(request.query_value("lop").value_or(""));
    out.now = edge.clock.now();
    return out;
}

std::optional<bills::BillView> bill_of(api::Person const& person, postgres::Connection& connection, http::Request const& form) {
    auto const id = BillId::parse(form_value(form, "phieu"));
    auto view = id ? bills::find_bill(connection, *id) : std::nullopt;
    if (!view || !person.may(clerks, view->bill.merchant)) return std::nullopt;
    return view;
}

void submit_from_desk(api::Edge& edge, std::shared_ptr<http::Responder> const& later, std::unique_ptr<bills::BillCommand> command, std::string back) {
    edge.core.submit(std::move(command), [later, back = safe_path(back)](payments::Answer const& answer) {
        auto const code = api::problem_in(answer);
        if (!code) return (*later)(go_to(back));
        (*later)(sorry(api::kind_of(*code).status, "Chưa làm được", api::kind_of(*code).vi));
    });
}

namespace {

payments::IdempotencyKey key_of(std::string const& what, bills::BillView const& view, std::string const& once) {
    auto const text = what + "/" + view.bill.id.text() + "/" + once;
    return api::SentKey{text, "POST", "/thu", text}.of(view.bill.merchant);
}

void fill(bills::BillCommand& command, api::Person const& person, bills::BillView const& view) {
    command.bill = view.bill.id;
    command.merchant = view.bill.merchant;
    command.request = view.bill.request;
    command.actor = person.actor();
}

}  // namespace

http::Handler desk_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const desk = desk_of(edge, person, later->request());
            if (!desk) return (*later)(not_found_page());
            auto const& request = later->request();
            auto look = Look{request.query_value("no").has_value(), std::string{request.query_value("tim").value_or("")}, {}};
            auto const is_bad = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
            if (look.wanted.size() > 64 || !is_valid_utf8(look.wanted) || std::any_of(look.wanted.begin(), look.wanted.end(), is_bad)) look.wanted.clear();
            if (auto const id = BillId::parse(request.query_value("sau").value_or(""))) look.before = id->uuid();
            (*later)(draw_desk(person, *desk, connection, look));
        });
    };
}

http::Handler take_cash(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& form = later->request();
            auto const view = bill_of(person, connection, form);
            auto const once = from_hyphenated(form_value(form, "lan"));
            if (!view || !once) return (*later)(not_found_page());
            auto command = std::make_unique<bills::TakeCash>();
            fill(*command, person, *view);
            if (auto const typed = form_value(form, "so-tien"); !typed.empty()) {
                command->amount = typed_amount(typed);
                if (!command->amount) return (*later)(sorry(422, "Số tiền chưa hợp lệ", "Số tiền phải là số nguyên từ 1 đồng."));
            }
            command->id = new_uuid(view->bill.id.bucket(), edge.clock.now());
            command->desk = view->bill.unit ? view->bill.unit->uuid() : view->bill.merchant.uuid();
            command->reason = "thu tại quầy";
            command->idempotency = key_of("cash", *view, to_hyphenated(*once));
            submit_from_desk(edge, later, std::move(command), form_value(form, "ve"));
        });
    };
}

http::Handler return_cash(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& form = later->request();
            auto const view = bill_of(person, connection, form);
            auto const taking = from_hyphenated(form_value(form, "lan"));
            if (!view || !taking) return (*later)(not_found_page());
            auto command = std::make_unique<bills::ReturnCash>();
            fill(*command, person, *view);
            command->id = new_uuid(view->bill.id.bucket(), edge.clock.now());
            command->taking = *taking;
            command->desk = view->bill.unit ? view->bill.unit->uuid() : view->bill.merchant.uuid();
            command->reason = form_value(form, "ly-do");
            command->idempotency = key_of("cash back", *view, to_hyphenated(*taking));
            submit_from_desk(edge, later, std::move(command), form_value(form, "ve"));
        });
    };
}

http::Handler confirm_at_desk(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& form = later->request();
            auto const view = bill_of(person, connection, form);
            auto const reason = form_value(form, "ly-do");
            if (!view) return (*later)(not_found_page());
            if (reason.empty() || reason.size() > 400) return (*later)(sorry(422, "Thiếu lý do", "Hãy nêu lý do trong 1–200 ký tự."));
            auto command = std::make_unique<bills::ConfirmBill>();
            fill(*command, person, *view);
            command->confirmed = form_value(form, "viec") == "xac-nhan";
            command->reason = reason;
            command->idempotency = key_of("confirm", *view, std::to_string(edge.clock.now().time_since_epoch().count()));
            submit_from_desk(edge, later, std::move(command), form_value(form, "ve"));
        });
    };
}

}  // namespace choso::pages::fees
