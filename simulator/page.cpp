// The page on which a person plays the payer: scan (paste), look, pay in one of many wrong ways, see the book.
#include <algorithm>

#include "platform/html/html.hpp"
#include "platform/http/url.hpp"
#include "qr/banks.hpp"
#include "simulator/assets.hpp"
#include "simulator/mangle.hpp"
#include "simulator/requests.hpp"
#include "simulator/routes.hpp"

namespace choso::bank {
namespace {

using html::Html;
using http::Request;
using http::Responder;

constexpr std::size_t movements_shown = 20;
constexpr std::size_t requests_shown = 12;
constexpr std::string_view policy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

std::string dong(Money amount) { return with_dots(amount) + " ₫"; }

std::string bank_name(std::string_view bin) {
    auto const* bank = qr::find_by_bin(bin);
    return bank == nullptr ? std::string{bin} : std::string{bank->display_name()};
}

http::Response page(int status, std::string_view title, std::function<void(Html&)> const& body) {
    auto html = Html{};
    html.trusted("<!DOCTYPE html>\n").open("html", {{"lang", "vi"}}).open("head").lone("meta", {{"charset", "utf-8"}});
    html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}).line("title", title);
    html.lone("link", {{"rel", "stylesheet"}, {"href", "/assets/bank.css"}}).lone("link", {{"rel", "icon"}, {"href", "data:,"}}).close();
    html.open("body").open("header").line("p", "Ngân hàng giả lập: không có tiền thật").close().open("main");
    body(html);
    html.close().close().close();
    auto out = http::Response{status, "text/html; charset=utf-8", html.take(), {}};
    out.with("Content-Security-Policy", std::string{policy} + "; img-src 'self' data:").with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    return out;
}

void fact(Html& html, std::string_view name, std::string_view value) { html.line("dt", name).line("dd", value); }

void draw_scan_form(Html& html, std::string const& typed) {
    html.open("form", {{"method", "get"}, {"action", "/"}}).line("label", "Mã VietQR (dãy ký tự) hoặc đường dẫn trả tiền", {{"for", "qr"}});
    html.line("textarea", typed, {{"id", "qr"}, {"name", "qr"}, {"rows", "4"}, {"spellcheck", "false"}, {"autocomplete", "off"}});
    html.line("button", "Quét mã", {{"type", "submit"}, {"class", "first"}}).close();
}

void draw_pay_form(Html& html, std::string const& payload, Scanned const& scanned, std::string const& holder) {
    html.open("dl");
    fact(html, "Người nhận", holder.empty() ? "Không có tài khoản này" : holder);
    fact(html, "Ngân hàng", bank_name(scanned.payee.bin));
    fact(html, "Số tài khoản", scanned.payee.number);
    fact(html, "Nội dung", scanned.content.empty() ? "(trống)" : scanned.content);
    html.close();
    html.open("form", {{"method", "post"}, {"action", "/pay"}}).lone("input", {{"type", "hidden"}, {"name", "qr"}, {"value", payload}});
    html.line("label", "Số tiền (đồng)", {{"for", "amount"}});
    html.lone("input", {{"id", "amount"}, {"name", "amount"}, {"inputmode", "numeric"}, {"autocomplete", "off"},
                        {"value", scanned.amount ? with_dots(*scanned.amount) : std::string{}}});
    html.line("label", "Chuyển từ", {{"for", "bank"}}).open("select", {{"id", "bank"}, {"name", "bank"}});
    for (auto const& bank : payer_banks()) html.line("option", bank.name, {{"value", bank.bin}});
    html.close();
    html.line("button", "Chuyển tiền", {{"type", "submit"}, {"class", "first"}, {"name", "way"}, {"value", "exact"}});
    html.line("h2", "Hoặc làm sai một cách").open("div", {{"class", "ways"}});
    for (auto const& row : ways())
        if (row.way != Way::exact) html.line("button", row.vietnamese, {{"type", "submit"}, {"name", "way"}, {"value", row.word}});
    html.close().close();
}

void draw_requests(Html& html, std::vector<OpenRequest> const& requests) {
    html.line("h2", "Yêu cầu mới nhất của cổng");
    if (requests.empty()) html.line("p", "Chưa có yêu cầu nào đang mở.");
    html.open("ul");
    for (auto i = std::size_t{0}; i < std::min(requests.size(), requests_shown); ++i) {
        auto const& request = requests[i];
        html.open("li").open("p").line("a", dong(request.amount) + " · " + request.reference, {{"href", "/?qr=" + http::percent_encode(request.qr)}}).close();
        html.line("p", request.description, {{"class", "small"}}).close();
    }
    html.close();
}

/// How far the telling of a movement has come.
std::string told(Book const& book, Movement const& movement) {
    auto out = std::string{};
    for (auto at = book.deliveries().rbegin(); at != book.deliveries().rend(); ++at) {
        if (std::find(at->movements.begin(), at->movements.end(), movement.number) == at->movements.end()) continue;
        auto const state = at->done ? (at->answer.starts_with("20") ? "đã báo" : "bỏ cuộc") : at->attempts == 0 ? "chờ báo" : "sẽ báo lại";
        out += (out.empty() ? "" : ", ") + at->to + ": " + state;
    }
    return out.empty() ? "chưa báo ai" : out;
}

void draw_movement(Html& html, Book const& book, Movement const& movement) {
    auto const is_in = movement.amount.is_positive();
    auto const* account = book.account(movement.account);
    html.open("li").open("p").line("span", (is_in ? "+" : "−") + dong(is_in ? movement.amount : -movement.amount), {{"class", is_in ? "sum in" : "sum out"}});
    html.text(" · " + to_page_time(movement.at) + " · " + account->holder).close();
    html.line("p", movement.content, {{"class", "small"}}).line("p", movement.reference + " · " + told(book, movement), {{"class", "small"}});
    if (is_in && movement.reverses == 0 && !book.is_reversed(movement.number)) {
        auto const number = std::to_string(movement.number);
        html.open("form", {{"method", "post"}, {"action", "/take-back"}}).lone("input", {{"type", "hidden"}, {"name", "movement"}, {"value", number}});
        html.line("button", "Thu hồi", {{"type", "submit"}, {"aria-label", "Thu hồi giao dịch " + movement.reference}}).close();
    } else if (book.is_reversed(movement.number)) {
        html.line("p", "Ngân hàng đã thu hồi", {{"class", "small"}});
    }
    html.close();
}

void draw_book(Html& html, Book const& book) {
    html.open("section", {{"class", "wide"}}).line("h2", "Sổ của ngân hàng");
    auto const& all = book.movements();
    if (all.empty()) html.line("p", "Chưa có giao dịch nào.");
    html.open("ul");
    for (auto i = std::size_t{0}; i < std::min(all.size(), movements_shown); ++i) draw_movement(html, book, all[all.size() - 1 - i]);
    html.close();
    html.open("form", {{"method", "post"}, {"action", "/files"}}).line("button", "Gửi tệp camt.054 ngay", {{"type", "submit"}, {"class", "first"}}).close();
    html.line("h2", "Số dư và sao kê hôm nay").open("ul");
    for (auto const& [key, account] : book.accounts()) {
        auto const path = "/accounts/" + key.bin + "/" + key.number + "/statement?format=";
        html.open("li").open("p").text(account.holder + " · " + bank_name(key.bin) + " " + key.number + " · ").line("span", dong(account.balance), {{"class", "sum"}}).close();
        html.open("p", {{"class", "small"}});
        for (auto const& [format, name] : {std::pair{"camt053", "camt.053"}, {"mt940", "MT940"}, {"csv", "CSV"}}) {
            html.line("a", name, {{"href", path + format}, {"aria-label", std::string{name} + " của tài khoản " + key.number}}).text(" ");
        }
        html.close().close();
    }
    html.close().close();
}

struct View {
    std::string typed;     ///< what the person pasted
    std::string payload;   ///< what it stands for
    std::string complaint;
    std::string done;
};

http::Response draw(Desk desk, View const& view, int status = 200) {
    auto const& setup = desk.bank.setup();
    auto const requests = setup.requests ? newest_requests(*setup.requests, setup.requests_key) : std::vector<OpenRequest>{};
    auto payload = view.payload;
    for (auto const& request : requests)
        if (!request.pay_url.empty() && payload == request.pay_url) payload = request.qr;
    auto const scanned = payload.empty() ? std::nullopt : std::optional{scan(payload)};
    auto complaint = view.complaint;
    if (complaint.empty() && scanned && !*scanned) complaint = payload.starts_with("http") ? "Không có yêu cầu nào đang mở ở đường dẫn này" : scanned->error();
    return page(status, "Ngân hàng giả lập", [&](Html& html) {
        html.open("section").line("h1", "Quét và chuyển tiền");
        if (!view.done.empty()) html.line("p", view.done, {{"class", "done"}, {"role", "status"}});
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        draw_scan_form(html, view.typed);
        if (scanned && *scanned) {
            auto const holder = desk.bank.look([&](Book const& book) {
                auto const* account = book.account((**scanned).payee);
                return account == nullptr ? std::string{} : account->holder;
            });
            draw_pay_form(html, payload, **scanned, holder);
        }
        html.close();
        if (setup.requests) {
            html.open("section");
            draw_requests(html, requests);
            html.close();
        }
        desk.bank.look([&](Book const& book) { draw_book(html, book); });
    });
}

/// A form that another site's page sends is none of ours.
bool is_from_elsewhere(Request const& request) {
    // The page sends no referrer, so a browser's Origin is `null` even at home; what it says of the site is to be believed.
    if (auto const site = request.header("Sec-Fetch-Site")) return *site != "same-origin" && *site != "none";
    auto const origin = request.header("Origin");
    return origin && *origin != "http://" + std::string{request.header("Host").value_or("")};
}

http::Response go_to(std::string const& path) {
    auto out = http::Response{303, "text/plain", "", {}};
    out.with("Location", path).with("Cache-Control", "no-store");
    return out;
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
    text.erase(0, std::min(text.find_first_not_of(" \r\n\t"), text.size()));
    return text;
}

std::string field(http::Form const& form, std::string_view name) { return trimmed(std::string{form.find(name).value_or("")}); }

/// `50.000` as people type it; none if it is no whole number.
std::optional<Money> typed_amount(std::string text) {
    std::erase_if(text, [](char c) { return c == '.' || c == ',' || c == ' '; });
    return parse_dong(text);
}

void pay(Desk desk, Request const& request, Responder respond) {
    auto const form = http::parse_form(request.body);
    if (!form) return respond(failure(400, "the form is malformed"));
    auto order = PayOrder{};
    order.qr = field(*form, "qr");
    auto const view_with = [&](std::string why) { return View{order.qr, order.qr, std::move(why), {}}; };
    auto const way = way_of(field(*form, "way"));
    if (!way) return respond(draw(desk, view_with("Không biết cách chuyển này"), 422));
    order.way = *way;
    order.bank = field(*form, "bank");
    if (auto const typed = field(*form, "amount"); !typed.empty()) {
        order.amount = typed_amount(typed);
        if (!order.amount || !order.amount->is_positive()) return respond(draw(desk, view_with("Số tiền phải là số nguyên dương"), 422));
        // The amount as the code says it is left to the way chosen.
        if (auto const scanned = scan(order.qr); scanned && scanned->amount == order.amount && *way != Way::exact) order.amount.reset();
    }
    auto const paid = desk.bank.pay(order);
    if (!paid) return respond(draw(desk, view_with(paid.error()), 422));
    desk.clerk.nudge();
    respond(go_to("/?paid=" + std::to_string(paid->movements.front().number)));
}

std::string paid_words(Desk desk, std::string const& number) {
    auto const parsed = parse_dong(number);
    return desk.bank.look([&](Book const& book) {
        auto const* movement = parsed ? book.movement(parsed->dong()) : nullptr;
        if (movement == nullptr) return std::string{};
        return "Đã chuyển " + dong(movement->amount) + " đến " + book.account(movement->account)->holder + " lúc " + to_page_time(movement->at);
    });
}

}  // namespace

void add_page(http::Router& router, Desk desk) {
    using http::Method;
    router.add(Method::get, "/", "page", [desk](Request const& request, Responder respond) {
        auto view = View{};
        view.typed = view.payload = trimmed(request.query_value("qr").value_or(""));
        if (auto const number = request.query_value("paid")) view.done = paid_words(desk, *number);
        respond(draw(desk, view));
    });
    auto const own = [](auto handle) {
        return [handle](Request const& request, Responder respond) {
            if (is_from_elsewhere(request)) return respond(failure(403, "the form comes from another site"));
            handle(request, std::move(respond));
        };
    };
    router.add(Method::post, "/pay", "pay", own([desk](Request const& request, Responder respond) { pay(desk, request, std::move(respond)); }), {.body_bytes_max = 16 * 1024});
    router.add(Method::post, "/take-back", "take_back", own([desk](Request const& request, Responder respond) {
        auto const form = http::parse_form(request.body);
        auto const number = form ? parse_dong(field(*form, "movement")) : std::nullopt;
        if (number) desk.bank.take_back(number->dong());
        desk.clerk.nudge();
        respond(go_to("/"));
    }), {.body_bytes_max = 4096});
    router.add(Method::post, "/files", "files", own([desk](Request const&, Responder respond) {
        desk.bank.cut_files();
        desk.clerk.nudge();
        respond(go_to("/"));
    }), {.body_bytes_max = 4096});
    router.add(Method::get, "/assets/bank.css", "asset", [](Request const&, Responder respond) {
        auto out = http::Response{200, "text/css; charset=utf-8", std::string{assets::bank}, {}};
        out.with("Cache-Control", "public, max-age=300");
        respond(std::move(out));
    });
}

}  // namespace choso::bank
