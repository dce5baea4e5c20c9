#include <algorithm>
#include <map>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/fees/fee_pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/people_frame.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages::fees {
namespace {

using bills::BillView;

/// The page for a link that is over, with the way to a new one.
http::Response over(Asking const& asked) {
    auto const title = asked.in("Không mở được", "This cannot be opened");
    auto frame = payer_frame(asked, std::string{title}, "");
    return page(404, frame, [&](Html& html) {
        html.line("h1", title);
        html.line("p", asked.in("Đường dẫn đã hết hạn hoặc không đúng. Chưa có khoản tiền nào bị trừ.", "The link is over or wrong. No money has moved."));
        html.open("p").line("a", asked.in("Tra cứu lại ở trang Nộp phí", "Look it up again"), {{"href", asked.path("/phi")}}).close();
    });
}

std::string merchant_name(merchants::Directory const& directory, MerchantId id) {
    auto const* merchant = directory.merchant(id);
    return merchant != nullptr ? merchant->name : std::string{"Đơn vị thu"};
}

/// Everything the phone pays for, of one mode, oldest bill first.
std::vector<BillView> bills_of_family(api::Edge const& edge, postgres::Connection& connection, FamilyToken const& token) {
    auto payers = bills::family_of(connection, token.phone);
    if (std::find(payers.begin(), payers.end(), token.payer) == payers.end()) payers.push_back(token.payer);
    auto views = bills::bills_of(connection, payers);
    auto const directory = edge.directory.current();
    auto const live_of = [&](MerchantId id) {
        auto const* merchant = directory->merchant(id);
        return merchant != nullptr && merchant->live;
    };
    auto const own = std::find_if(views.begin(), views.end(), [&](auto const& view) { return view.bill.payer == token.payer; });
    if (own != views.end()) {
        auto const live = live_of(own->bill.merchant);
        std::erase_if(views, [&](auto const& view) { return live_of(view.bill.merchant) != live; });
    }
    std::sort(views.begin(), views.end(), [](auto const& a, auto const& b) { return a.bill.id.uuid() < b.bill.id.uuid(); });
    return views;
}

struct FamilyPage {
    Asking asked;
    std::string token, part, visit;
    std::string_view complaint;
};

void draw_bill(Html& html, BillView const& view, FamilyPage const& at) {
    auto const& asked = at.asked;
    auto const left = view.left();
    html.open("li", {{"class", "bill"}});
    auto const id = view.bill.id.text();
    auto const label = title_of(view) + (view.bill.due.empty() ? "" : std::string{asked.in(" – hạn ", " – due ")} + day_words(view.bill.due));
    if (left.is_positive()) {
        html.open("label", {{"class", "choice"}, {"for", id}});
        html.lone("input", {{"type", "checkbox"}, {"class", "tick"}, {"id", id}, {"name", "bill"}, {"value", id}, {"checked", ""}});
        html.open("span").text(label + ": ").line("strong", with_unit(left)).close().close();
    } else {
        html.line("p", label + ": " + with_unit(view.bill.amount));
    }
    html.line("p", status_words(view, asked.language), {{"class", status_class(view)}});
    html.open("p", {{"class", "small"}}).text(std::string{asked.in("Mã phiếu ", "Bill ")} + view.bill.number);
    if (view.own) {
        html.text(" · ");
        auto const words = std::string{left.is_positive() ? asked.in("Xem, trả riêng hoặc nhờ người thân trả", "See it, pay it alone, or ask a relative to") : asked.in("Xem phiếu này", "See this bill")};
        html.line("a", words, {{"href", asked.path("/t/" + crypto::SecretToken{view.own->id.bucket(), view.own->token}.text())},
                               {"aria-label", words + std::string{asked.in(" – phiếu ", " – bill ")} + view.bill.number}});
    }
    html.close();
    if (left.is_positive() && view.bill.partial)
        html.open("p", {{"class", "small"}}).line("a", asked.in("Trả một phần", "Pay a part"), {{"href", asked.path("/phi/" + at.token + "?mot-phan=" + id)}, {"aria-label", std::string{asked.in("Trả một phần phiếu ", "Pay a part of bill ")} + view.bill.number}}).close();
    html.close();
}

void draw_part(Html& html, BillView const& view, FamilyPage const& at) {
    auto const& asked = at.asked;
    html.line("h2", std::string{asked.in("Trả một phần: ", "Pay a part: ")} + title_of(view));
    auto const least = view.bill.amount_min ? std::string{asked.in("; mỗi lần ít nhất ", "; each time at least ")} + with_unit(*view.bill.amount_min) : std::string{};
    html.line("p", std::string{asked.in("Còn phải nộp ", "Left to pay: ")} + with_unit(view.left()) + least + ".");
    html.open("form", {{"method", "post"}, {"action", asked.path("/phi/" + at.token + "/tra")}});
    hidden(html, "bill", view.bill.id.text());
    html.line("label", asked.in("Số tiền muốn trả (đồng)", "Amount to pay (đồng)"), {{"for", "so-tien"}});
    html.lone("input", {{"id", "so-tien"}, {"name", "so-tien"}, {"inputmode", "numeric"}, {"required", ""}, {"autocomplete", "off"}, {"maxlength", "20"}});
    if (!at.complaint.empty()) html.line("p", at.complaint, {{"class", "complaint"}, {"role", "alert"}});
    html.line("button", asked.in("Lấy mã QR", "Get the QR code"), {{"type", "submit"}}).close();
    html.open("p").line("a", asked.in("Về danh sách", "Back to the list"), {{"href", asked.path("/phi/" + at.token)}}).close();
}

http::Response draw_family(api::Edge const& edge, std::vector<BillView> const& views, FamilyPage const& at) {
    auto const& asked = at.asked;
    auto const directory = edge.directory.current();
    auto by_payer = std::map<PayerId, std::vector<BillView const*>>{};
    auto left = Money{};
    auto test = false;
    for (auto const& view : views) {
        if (!at.visit.empty() && view.bill.visit != at.visit) continue;
        by_payer[view.bill.payer].push_back(&view);
        left += view.left();
        auto const* merchant = directory->merchant(view.bill.merchant);
        test = test || (merchant != nullptr && !merchant->live);
    }
    auto const title = std::string{asked.in("Các khoản phải nộp", "What is to be paid")};
    auto here = "/phi/" + at.token;
    if (!at.part.empty()) here += "?mot-phan=" + http::percent_encode(at.part);
    else if (!at.visit.empty()) here += "?luot=" + http::percent_encode(at.visit);
    auto frame = payer_frame(asked, (at.complaint.empty() ? "" : std::string{asked.in("Lỗi: ", "Error: ")}) + title + " – Chợ Số", here);
    frame.test = test;
    return page(at.complaint.empty() ? 200 : 422, frame, [&](Html& html) {
        html.line("h1", at.visit.empty() ? title : std::string{asked.in("Khoản phải nộp của lượt khám ", "To be paid for visit ")} + at.visit);
        html.line("p", left.is_positive() ? std::string{asked.in("Còn phải nộp: ", "Left to pay: ")} + with_unit(left) : std::string{asked.in("Không còn khoản nào phải nộp.", "Nothing is left to pay.")}, {{"class", "amount"}, {"id", "left"}});
        html.line("p", asked.in("Phí dịch vụ: 0 ₫", "Service charge: 0 ₫"), {{"class", "fee"}});
        auto const chosen = std::find_if(views.begin(), views.end(), [&](auto const& view) { return !at.part.empty() && view.bill.id.text() == at.part; });
        if (chosen != views.end() && chosen->bill.partial) return draw_part(html, *chosen, at);
        if (!at.complaint.empty()) html.line("p", at.complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.open("form", {{"method", "post"}, {"action", asked.path("/phi/" + at.token + "/tra")}});
        for (auto const& [payer, list] : by_payer) {
            auto const& first = *list.front();
            html.open("section").line("h2", mask_name(first.payer_name.empty() ? first.payer_code : first.payer_name));
            html.line("p", merchant_name(*directory, first.bill.merchant) + (first.unit_name.empty() ? "" : " – " + first.unit_name), {{"class", "small"}});
            html.open("ul");
            for (auto const* view : list) draw_bill(html, *view, at);
            html.close().close();
        }
        if (left.is_positive()) html.line("button", asked.in("Thanh toán các khoản đã chọn", "Pay what is chosen"), {{"type", "submit"}});
        html.close();
    });
}

/// The family of the path's token, or the page that says it is over.
struct Entered {
    FamilyToken family;
    std::string token;
    Asking asked;
};
std::optional<Entered> enter(api::Edge const& edge, http::Request const& request) {
    auto const text = request.param("token");
    auto family = open_family(edge, text, edge.clock.now());
    if (!family) return std::nullopt;
    return Entered{std::move(*family), text, asking(request)};
}

std::string token_of(payments::PaymentRequest const& request) { return crypto::SecretToken{request.id.bucket(), request.token}.text(); }

/// One transfer: a bill by itself, or some that share a receiving account.
struct Transfer {
    std::vector<bills::GroupBills::Member> members;
    std::vector<std::pair<BillId, Money>> lines;
    AccountId account;
    std::string pay_token;  ///< known once there is a request
};

/// The chosen bills by receiving account, in the payer's order.
std::vector<Transfer> transfers_of(std::vector<BillView> const& views, std::vector<std::string> const& chosen, std::optional<Money> part) {
    auto out = std::vector<Transfer>{};
    for (auto const& view : views) {
        if (std::find(chosen.begin(), chosen.end(), view.bill.id.text()) == chosen.end() || !view.left().is_positive()) continue;
        auto at = std::find_if(out.begin(), out.end(), [&](auto const& each) { return each.account == view.own->account; });
        if (at == out.end()) at = out.insert(out.end(), Transfer{{}, {}, view.own->account, {}});
        at->members.push_back({view.bill.id, view.bill.request, part});
        at->lines.emplace_back(view.bill.id, part.value_or(view.left()));
        if (!part && at->members.size() == 1) at->pay_token = token_of(*view.own);
        else at->pay_token.clear();
    }
    return out;
}

std::string codes_path(Entered const& entered, std::vector<Transfer> const& transfers) {
    auto out = "/phi/" + entered.token + "/qr";
    auto first = true;
    for (auto const& each : transfers) {
        out += (first ? "?r=" : "&r=") + each.pay_token;
        first = false;
    }
    return entered.asked.path(std::move(out));
}

/// Makes the requests that are still missing, one after another, then shows them all.
void make_missing(api::Edge& edge, std::shared_ptr<http::Responder> const& later, Entered const& entered, std::shared_ptr<std::vector<Transfer>> const& transfers) {
    auto const at = std::find_if(transfers->begin(), transfers->end(), [](auto const& each) { return each.pay_token.empty(); });
    if (at == transfers->end()) return (*later)(go_to(codes_path(entered, *transfers)));
    auto const audience = payer_of(later->request());
    edge.reads.ask(later, audience, [&edge, later, entered, transfers, n = at - transfers->begin(), audience](postgres::Connection& connection) {
        auto& here = (*transfers)[static_cast<std::size_t>(n)];
        auto const known = bills::same_group(connection, here.lines);
        if (auto const found = known ? api::find_request(connection, *known) : std::nullopt) {
            here.pay_token = token_of(*found);
            return make_missing(edge, later, entered, transfers);
        }
        auto command = api::fees::group_command(*edge.directory.current(), here.account, here.members, edge.clock.now());
        auto const bytes = crypto::random_bytes(32);
        std::copy_n(bytes.begin(), command->idempotency.scoped_hash.size(), command->idempotency.scoped_hash.begin());
        command->idempotency.fingerprint = bytes.substr(16);
        here.pay_token = crypto::SecretToken{command->asked.in, command->asked.token}.text();
        edge.core.submit(std::move(command), [&edge, later, entered, transfers, audience](payments::Answer const& answer) {
            if (auto const code = api::problem_in(answer)) {
                if (*code == api::Code::bill_not_payable || *code == api::Code::bill_amount_refused) return (*later)(go_to(entered.asked.path("/phi/" + entered.token + "?loi=" + std::string{api::kind_of(*code).word})));
                return (*later)(problem_page(api::Problem{*code}, audience));
            }
            make_missing(edge, later, entered, transfers);
        });
    });
}

std::string_view complaint_of(http::Request const& request, Asking const& asked) {
    auto const word = request.query_value("loi").value_or("");
    if (word.empty()) return {};
    if (word == "bill_amount_refused")
        return asked.in("Số tiền chưa hợp lệ: phải là số nguyên, không quá số còn phải nộp và không dưới mức tối thiểu.",
                        "The amount must be a whole number, not above what is left and not below the least part.");
    if (word == "bill_not_payable") return asked.in("Có khoản vừa được nộp xong. Hãy xem lại danh sách.", "Something was paid just now. Look at the list again.");
    return asked.in("Hãy chọn ít nhất một khoản, nhiều nhất 50 khoản.", "Choose one at least, 50 at most.");
}

}  // namespace

http::Handler family_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        if (!entered) return respond(over(asking(request)));
        auto const at = FamilyPage{entered->asked, entered->token, std::string{request.query_value("mot-phan").value_or("")}, std::string{request.query_value("luot").value_or("")},
                                   complaint_of(request, entered->asked)};
        edge.reads.run(std::move(respond), payer_of(request), [&edge, family = entered->family, at](postgres::Connection& connection) {
            return draw_family(edge, bills_of_family(edge, connection, family), at);
        });
    };
}

http::Handler choose_bills(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        if (!entered || api::is_from_elsewhere(request, edge.base_url)) return respond(over(asking(request)));
        auto chosen = std::vector<std::string>{};
        auto part = std::optional<Money>{};
        if (auto const form = http::parse_form(request.body)) {
            for (auto const& [name, value] : form->fields())
                if (name == "bill") chosen.push_back(value);
            if (auto const amount = form->find("so-tien"); amount && chosen.size() == 1) {
                part = typed_amount(*amount);
                if (!part) return respond(go_to(entered->asked.path("/phi/" + entered->token + "?loi=bill_amount_refused&mot-phan=" + http::percent_encode(chosen.front()))));
            }
        }
        if (chosen.empty() || chosen.size() > bills_in_group_max) return respond(go_to(entered->asked.path("/phi/" + entered->token + "?loi=chon")));
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, payer_of(later->request()), [&edge, later, entered = *entered, chosen, part](postgres::Connection& connection) {
            auto const views = bills_of_family(edge, connection, entered.family);
            auto transfers = std::make_shared<std::vector<Transfer>>(transfers_of(views, chosen, part));
            if (transfers->empty()) return (*later)(go_to(entered.asked.path("/phi/" + entered.token + "?loi=bill_not_payable")));
            make_missing(edge, later, entered, transfers);
        });
    };
}

namespace {

struct Code {
    PayView view;
    PayState state = PayState::not_found;
    std::string payee, path;
    std::optional<std::string> payload;
};

void draw_code_of(Html& html, Asking const& asked, Code const& code, std::size_t n, std::size_t of, merchants::Directory const& directory) {
    auto const& kind = page_of(code.state);
    auto const& request = code.view.request;
    auto const words = told(asked.language, code.state, code.view, code.payee);
    auto const which = std::string{asked.in("Lần chuyển ", "Transfer ")} + std::to_string(n);
    html.open("section", {{"class", "transfer"}, {"data-state", kind.word}});
    html.line("h2", which + "/" + std::to_string(of) + ": " + code.payee);
    if (auto const* account = directory.account(request.account)) html.line("p", std::string{asked.in("✓ Tài khoản đã đăng ký: ", "✓ Registered account: ")} + account->holder, {{"class", "small"}});
    html.line("p", with_unit(kind.payable ? to_pay(request).value_or(Money{}) : request.amount.value_or(Money{})), {{"class", "amount"}});
    if (kind.payable) html.line("p", amount_in_words(asked.language, to_pay(request).value_or(Money{1})), {{"class", "words"}});
    html.line("p", words.title, {{"class", class_of(kind.tone)}}).line("p", words.money, {{"class", "small"}});
    if (kind.payable && code.payload) draw_symbol(html, *code.payload, std::string{asked.in("Mã VietQR của lần chuyển ", "VietQR code of transfer ")} + std::to_string(n));
    if (kind.payable && request.reference) html.line("p", std::string{asked.in("Nội dung chuyển khoản: ", "Note: ")} + request.reference->text(), {{"class", "small"}});
    if (request.split && request.split->lines.size() > 1) {
        html.open("ul");
        for (auto const& line : request.split->lines) html.line("li", merchant_name(directory, line.merchant) + ": " + with_unit(line.amount));
        html.close();
    }
    html.open("p").line("a", which + std::string{asked.in(": mở app ngân hàng, lưu ảnh, nhờ người thân trả", ": bank app, picture, ask a relative")}, {{"href", asked.path(code.path)}}).close();
    html.close();
}

}  // namespace

http::Handler codes_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        auto const form = http::parse_form(request.query);
        if (!entered || !form) return respond(over(asking(request)));
        auto tokens = std::vector<crypto::SecretToken>{};
        for (auto const& [name, value] : form->fields())
            if (auto const token = crypto::parse_link_token(value); name == "r" && token && tokens.size() < bills_in_group_max) tokens.push_back(*token);
        edge.reads.run(std::move(respond), payer_of(request), [&edge, entered = *entered, tokens](postgres::Connection& connection) {
            auto const directory = edge.directory.current();
            auto codes = std::vector<Code>{};
            auto done = std::size_t{0};
            auto left = Money{};
            auto test = false;
            for (auto const& token : tokens) {
                auto view = read_view(connection, token.bucket, token.random);
                if (!view) continue;
                auto code = Code{};
                code.state = state_of(*view, edge.clock.now());
                code.payee = payee_of(view->request, *directory);
                code.path = "/t/" + token.text();
                code.payload = api::pay_code(view->request, directory->account(view->request.account)).payload;
                if (page_of(code.state).payable) left += view->request.still_open();
                else ++done;
                auto const* merchant = directory->merchant(view->request.merchant);
                test = test || (merchant != nullptr && !merchant->live);
                code.view = std::move(*view);
                codes.push_back(std::move(code));
            }
            auto const& asked = entered.asked;
            if (codes.empty()) return over(asked);
            auto const rest = left.is_positive() ? std::string{asked.in(", còn phải chuyển ", ", left to transfer ")} + with_unit(left) : std::string{};
            auto const progress = std::string{asked.in("Đã xong ", "Done ")} + std::to_string(done) + "/" + std::to_string(codes.size()) + rest;
            auto here = "/phi/" + entered.token + "/qr";
            for (auto const& code : codes) here += (&code == &codes.front() ? "?r=" : "&r=") + code.path.substr(3);
            auto frame = payer_frame(asked, progress + " – Chợ Số", here);
            frame.test = test;
            auto out = page(200, frame, [&](Html& html) {
                html.line("h1", codes.size() == 1 ? asked.in("Một lần chuyển cho tất cả", "One transfer for all") : asked.in("Mỗi tài khoản nhận một lần chuyển", "One transfer for each account"));
                html.line("p", progress, {{"class", left.is_positive() ? "wait" : "done"}, {"id", "progress"}, {"role", "status"}});
                html.line("p", asked.in("Phí dịch vụ: 0 ₫", "Service charge: 0 ₫"), {{"class", "fee"}});
                html.open("div", {{"class", "transfers"}});
                for (std::size_t n = 0; n < codes.size(); ++n) draw_code_of(html, asked, codes[n], n + 1, codes.size(), *directory);
                html.close();
                html.open("p").line("a", asked.in("Về danh sách khoản phải nộp", "Back to what is to be paid"), {{"href", asked.path("/phi/" + entered.token)}}).close();
            });
            // The page tells by itself when money has come, also where no script runs.
            if (left.is_positive()) out.with("Refresh", "10");
            return out;
        });
    };
}

}  // namespace choso::pages::fees
