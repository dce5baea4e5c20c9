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

constexpr std::size_t most_chosen = 50;
constexpr std::string_view over_words = "Đường dẫn đã hết hạn hoặc không đúng. Hãy tra cứu lại ở trang Nộp phí.";

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

void draw_bill(Html& html, BillView const& view, std::string const& token) {
    auto const left = view.left();
    html.open("li", {{"class", "bill"}});
    auto const id = view.bill.id.text();
    auto const label = title_of(view) + (view.bill.due.empty() ? "" : " – hạn " + day_words(view.bill.due));
    if (left.is_positive()) {
        html.open("label", {{"class", "choice"}, {"for", id}});
        html.lone("input", {{"type", "checkbox"}, {"class", "tick"}, {"id", id}, {"name", "bill"}, {"value", id}, {"checked", ""}});
        html.text(" " + label + ": ").line("strong", with_unit(left)).close();
    } else {
        html.line("p", label + ": " + with_unit(view.bill.amount));
    }
    html.line("p", status_words(view), {{"class", status_class(view)}});
    html.open("p", {{"class", "small"}}).text("Mã phiếu " + view.bill.number + " · ");
    if (view.own) html.line("a", "Xem, trả riêng hoặc nhờ người thân trả", {{"href", "/t/" + crypto::SecretToken{view.own->id.bucket(), view.own->token}.text()}, {"aria-label", "Xem phiếu " + view.bill.number}});
    html.close();
    if (left.is_positive() && view.bill.partial)
        html.open("p", {{"class", "small"}}).line("a", "Trả một phần", {{"href", "/phi/" + token + "?mot-phan=" + id}, {"aria-label", "Trả một phần phiếu " + view.bill.number}}).close();
    html.close();
}

void draw_part(Html& html, BillView const& view, std::string const& token, std::string_view complaint) {
    html.line("h2", "Trả một phần: " + title_of(view));
    html.line("p", "Còn phải nộp " + with_unit(view.left()) + (view.bill.amount_min ? "; mỗi lần ít nhất " + with_unit(*view.bill.amount_min) : std::string{}) + ".");
    html.open("form", {{"method", "post"}, {"action", "/phi/" + token + "/tra"}});
    hidden(html, "bill", view.bill.id.text());
    html.line("label", "Số tiền muốn trả (đồng)", {{"for", "so-tien"}});
    html.lone("input", {{"id", "so-tien"}, {"name", "so-tien"}, {"inputmode", "numeric"}, {"required", ""}, {"autocomplete", "off"}, {"maxlength", "20"}});
    if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
    html.line("button", "Lấy mã QR", {{"type", "submit"}}).close();
}

http::Response draw_family(api::Edge const& edge, std::vector<BillView> const& views, std::string const& token, std::string const& part, std::string const& visit,
                           int status, std::string_view complaint) {
    auto const directory = edge.directory.current();
    auto by_payer = std::map<PayerId, std::vector<BillView const*>>{};
    auto left = Money{};
    auto test = false;
    for (auto const& view : views) {
        if (!visit.empty() && view.bill.visit != visit) continue;
        by_payer[view.bill.payer].push_back(&view);
        left += view.left();
        auto const* merchant = directory->merchant(view.bill.merchant);
        test = test || (merchant != nullptr && !merchant->live);
    }
    auto frame = Frame{};
    frame.title = (complaint.empty() ? "" : "Lỗi: ") + std::string{"Các khoản phải nộp – Chợ Số"};
    frame.test = test;
    return page(status, frame, [&](Html& html) {
        html.line("h1", visit.empty() ? "Các khoản phải nộp" : "Khoản phải nộp của lượt khám " + visit);
        html.line("p", left.is_positive() ? "Còn phải nộp: " + with_unit(left) : std::string{"Không còn khoản nào phải nộp."}, {{"class", "amount"}, {"id", "left"}});
        html.line("p", "Phí dịch vụ: 0 ₫", {{"class", "fee"}});
        auto const chosen = std::find_if(views.begin(), views.end(), [&](auto const& view) { return !part.empty() && view.bill.id.text() == part; });
        if (chosen != views.end() && chosen->bill.partial) return draw_part(html, *chosen, token, complaint);
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.open("form", {{"method", "post"}, {"action", "/phi/" + token + "/tra"}});
        for (auto const& [payer, list] : by_payer) {
            auto const& first = *list.front();
            html.open("section").line("h2", mask_name(first.payer_name.empty() ? first.payer_code : first.payer_name));
            html.line("p", merchant_name(*directory, first.bill.merchant) + (first.unit_name.empty() ? "" : " – " + first.unit_name), {{"class", "small"}});
            html.open("ul");
            for (auto const* view : list) draw_bill(html, *view, token);
            html.close().close();
        }
        if (left.is_positive()) html.line("button", "Thanh toán các khoản đã chọn", {{"type", "submit"}});
        html.close();
    });
}

/// The family of the path's token, or the page that says it is over.
struct Entered {
    FamilyToken family;
    std::string token;
};
std::optional<Entered> enter(api::Edge const& edge, http::Request const& request) {
    auto const text = request.param("token");
    auto family = open_family(edge, text, edge.clock.now());
    if (!family) return std::nullopt;
    return Entered{std::move(*family), text};
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

std::string codes_path(std::string const& token, std::vector<Transfer> const& transfers) {
    auto out = "/phi/" + token + "/qr";
    auto first = true;
    for (auto const& each : transfers) {
        out += (first ? "?r=" : "&r=") + each.pay_token;
        first = false;
    }
    return out;
}

/// Makes the requests that are still missing, one after another, then shows them all.
void make_missing(api::Edge& edge, std::shared_ptr<http::Responder> const& later, Entered const& entered, std::shared_ptr<std::vector<Transfer>> const& transfers) {
    auto const at = std::find_if(transfers->begin(), transfers->end(), [](auto const& each) { return each.pay_token.empty(); });
    if (at == transfers->end()) return (*later)(go_to(codes_path(entered.token, *transfers)));
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
                if (*code == api::Code::bill_not_payable || *code == api::Code::bill_amount_refused) return (*later)(go_to("/phi/" + entered.token + "?loi=" + std::string{api::kind_of(*code).word}));
                return (*later)(problem_page(api::Problem{*code}, audience));
            }
            make_missing(edge, later, entered, transfers);
        });
    });
}

std::string_view complaint_of(http::Request const& request) {
    auto const word = request.query_value("loi").value_or("");
    if (word.empty()) return {};
    if (word == "bill_amount_refused") return "Số tiền chưa hợp lệ: phải là số nguyên, không quá số còn phải nộp và không dưới mức tối thiểu.";
    if (word == "bill_not_payable") return "Có khoản vừa được nộp xong. Hãy xem lại danh sách.";
    return "Hãy chọn ít nhất một khoản, nhiều nhất 50 khoản.";
}

}  // namespace

http::Handler family_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        if (!entered) return respond(sorry(404, "Không mở được", over_words));
        auto const part = request.query_value("mot-phan").value_or("");
        auto const visit = request.query_value("luot").value_or("");
        edge.reads.run(std::move(respond), payer_of(request), [&edge, entered = *entered, part, visit, complaint = std::string{complaint_of(request)}](postgres::Connection& connection) {
            return draw_family(edge, bills_of_family(edge, connection, entered.family), entered.token, part, visit, complaint.empty() ? 200 : 422, complaint);
        });
    };
}

http::Handler choose_bills(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        if (!entered || api::is_from_elsewhere(request, edge.base_url)) return respond(sorry(404, "Không mở được", over_words));
        auto chosen = std::vector<std::string>{};
        auto part = std::optional<Money>{};
        if (auto const form = http::parse_form(request.body)) {
            for (auto const& [name, value] : form->fields())
                if (name == "bill") chosen.push_back(value);
            if (auto const amount = form->find("so-tien"); amount && chosen.size() == 1) {
                part = typed_amount(*amount);
                if (!part) return respond(go_to("/phi/" + entered->token + "?loi=bill_amount_refused&mot-phan=" + http::percent_encode(chosen.front())));
            }
        }
        if (chosen.empty() || chosen.size() > most_chosen) return respond(go_to("/phi/" + entered->token + "?loi=chon"));
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, payer_of(later->request()), [&edge, later, entered = *entered, chosen, part](postgres::Connection& connection) {
            auto const views = bills_of_family(edge, connection, entered.family);
            auto transfers = std::make_shared<std::vector<Transfer>>(transfers_of(views, chosen, part));
            if (transfers->empty()) return (*later)(go_to("/phi/" + entered.token + "?loi=bill_not_payable"));
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

void draw_code_of(Html& html, Code const& code, std::size_t n, std::size_t of, merchants::Directory const& directory) {
    auto const& kind = page_of(code.state);
    auto const& request = code.view.request;
    auto const words = told(Language::vi, code.state, code.view, code.payee);
    html.open("section", {{"class", "transfer"}, {"data-state", kind.word}});
    html.line("h2", "Lần chuyển " + std::to_string(n) + "/" + std::to_string(of) + ": " + code.payee);
    if (auto const* account = directory.account(request.account)) html.line("p", "✓ Tài khoản đã đăng ký: " + account->holder, {{"class", "small"}});
    html.line("p", with_unit(kind.payable ? to_pay(request).value_or(Money{}) : request.amount.value_or(Money{})), {{"class", "amount"}});
    if (kind.payable) html.line("p", amount_in_words(Language::vi, to_pay(request).value_or(Money{1})), {{"class", "words"}});
    html.line("p", words.title, {{"class", class_of(kind.tone)}}).line("p", words.money, {{"class", "small"}});
    if (kind.payable && code.payload) draw_symbol(html, *code.payload, "Mã VietQR của lần chuyển " + std::to_string(n));
    if (request.split && request.split->lines.size() > 1) {
        html.open("ul");
        for (auto const& line : request.split->lines) html.line("li", merchant_name(directory, line.merchant) + ": " + with_unit(line.amount));
        html.close();
    }
    html.open("p").line("a", "Mở trang thanh toán này (mở app ngân hàng, lưu ảnh, nhờ người thân trả)", {{"href", code.path}, {"aria-label", "Mở trang thanh toán lần chuyển " + std::to_string(n)}}).close();
    html.close();
}

}  // namespace

http::Handler codes_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const entered = enter(edge, request);
        auto const form = http::parse_form(request.query);
        if (!entered || !form) return respond(sorry(404, "Không mở được", over_words));
        auto tokens = std::vector<crypto::SecretToken>{};
        for (auto const& [name, value] : form->fields())
            if (auto const token = crypto::parse_link_token(value); name == "r" && token && tokens.size() < most_chosen) tokens.push_back(*token);
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
            if (codes.empty()) return sorry(404, "Không tìm thấy", over_words);
            auto const progress = "Đã xong " + std::to_string(done) + "/" + std::to_string(codes.size()) + (left.is_positive() ? ", còn phải chuyển " + with_unit(left) : std::string{});
            auto frame = Frame{};
            frame.title = progress + " – Chợ Số";
            frame.test = test;
            auto out = page(200, frame, [&](Html& html) {
                html.line("h1", codes.size() == 1 ? "Một lần chuyển cho tất cả" : "Mỗi tài khoản nhận một lần chuyển");
                html.line("p", progress, {{"class", left.is_positive() ? "wait" : "done"}, {"id", "progress"}, {"role", "status"}});
                html.line("p", "Phí dịch vụ: 0 ₫", {{"class", "fee"}});
                for (std::size_t n = 0; n < codes.size(); ++n) draw_code_of(html, codes[n], n + 1, codes.size(), *directory);
                html.open("p").line("a", "Về danh sách khoản phải nộp", {{"href", "/phi/" + entered.token}}).close();
            });
            // The page tells by itself when money has come, also where no script runs.
            if (left.is_positive()) out.with("Refresh", "10");
            return out;
        });
    };
}

}  // namespace choso::pages::fees
