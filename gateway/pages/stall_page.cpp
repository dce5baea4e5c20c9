#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/session.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/stall_session.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

constexpr int reload_seconds = 5;
constexpr std::int64_t receipts_shown = 50;

Instant start_of_day(Instant now) { return Instant{vietnam_day(now)} - vietnam_offset; }

void draw_head(Html& html, StallSession const& session) {
    auto const* market = session.directory->market(session.stall->market);
    html.line("h1", session.stall->name);
    if (market != nullptr) html.line("p", market->name + " · sạp " + session.stall->number, {{"class", "over"}});
    if (session.account == nullptr) return;
    auto const* bank = qr::find_by_bin(session.account->bin);
    auto const& number = session.account->number;
    auto const tail = number.size() > 4 ? number.substr(number.size() - 4) : number;
    auto const name = bank != nullptr ? std::string{bank->display_name()} : session.account->bin;
    html.line("p", session.account->holder + " · " + name + " · …" + tail, {{"class", "account"}});
}

void draw_form(Html& html, StallSession const& session, StallView const& view) {
    auto const key = crypto::to_hex(crypto::random_bytes(16));
    html.open("form", {{"method", "post"}, {"action", "/quay/requests"}, {"autocomplete", "off"}});
    html.lone("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", session.csrf}});
    html.lone("input", {{"type", "hidden"}, {"name", "key"}, {"value", key}});
    html.line("label", "Số tiền (đồng)", {{"for", "amount"}});
    auto const refused = !view.complaint.empty();
    html.lone("input", {{"id", "amount"}, {"name", "amount"}, {"inputmode", "numeric"}, {"required", ""}, {"value", view.typed},
                        {"placeholder", "50.000"}, {"maxlength", "20"}, {"aria-invalid", refused ? "true" : "false"},
                        {"aria-describedby", "complaint"}});
    html.line("p", view.complaint, {{"id", "complaint"}, {"class", "complaint"}, {"role", "alert"}});
    html.line("button", "Tạo mã QR", {{"type", "submit"}}).close();
}

void draw_receipts(Html& html, StallView const& view) {
    html.open("section", {{"id", "receipts"}, {"aria-labelledby", "receipts-title"}}).line("h2", "Tiền nhận hôm nay", {{"id", "receipts-title"}});
    auto const& [newest, sum, count] = view.receipts;
    if (newest.empty()) html.line("p", "Chưa có khoản nào.");
    html.open("ul");
    for (auto const& receipt : newest) {
        auto const taken_back = receipt.status == payments::PaymentStatus::reversed;
        html.line("li", with_unit(receipt.amount) + " · " + to_page_time(receipt.recorded_at) + (taken_back ? " · ngân hàng đã thu lại" : ""));
    }
    html.close();
    if (count > std::ssize(newest)) html.line("p", "Trên đây là " + std::to_string(newest.size()) + " khoản mới nhất.");
    if (count > 0) html.line("p", "Cộng " + std::to_string(count) + " khoản: " + with_unit(sum), {{"class", "sum"}});
    html.close();
}

}  // namespace

std::optional<StallSession> session_of(api::Edge const& edge, http::Request const& request) {
    auto const cookie = request.cookie(api::stall_cookie_name(edge.base_url));
    if (!cookie) return std::nullopt;
    auto directory = edge.directory.current();
    auto const& key = edge.directory.installation().session_key;
    auto const* stall = api::stall_of_session(*cookie, SystemClock{}.now(), *directory, key);
    auto const* merchant = stall != nullptr ? directory->merchant(stall->merchant) : nullptr;
    auto const* collector = merchant != nullptr ? directory->collector(merchant->collector) : nullptr;
    if (collector == nullptr) return std::nullopt;
    auto const* account = directory->account_for(*merchant, stall);
    return StallSession{std::move(directory), stall, merchant, account, collector->bucket, api::csrf_token(*cookie, key)};
}

api::Audience stall_audience(http::Request const& request) {
    return {.request_id = request.request_id, .english = false, .page = stall_problem_page};
}

http::Response no_session_page() {
    return notice_page(401, "Chưa mở quầy", "Hãy mở lại đường dẫn riêng của sạp. Phiên làm việc dài 12 giờ.");
}

StallView read_stall(postgres::Connection& connection, api::Edge const& edge, StallSession const& session,
                     std::optional<PaymentRequestId> wanted) {
    auto out = StallView{};
    // The position first: what happens after it comes by the stream, what happened before is read now.
    out.cursor = edge.hub.now({session.bucket}).text();
    auto const today = start_of_day(edge.clock.now());
    if (wanted) {
        out.request = api::find_request(connection, *wanted);
        if (out.request && out.request->stall != session.stall->id) out.request.reset();
    } else {
        out.request = api::newest_request_of(connection, session.bucket, *session.stall, today);
        if (out.request && !may_still_be_paid(*out.request)) out.request.reset();
    }
    out.receipts = api::receipts_of(connection, session.bucket, *session.stall, today, receipts_shown);
    return out;
}

http::Response draw_stall(int status, StallSession const& session, StallView const& view) {
    auto const open = view.request && may_still_be_paid(*view.request);
    auto frame = Frame{};
    frame.title = session.stall->name;
    frame.script = "/assets/quay.js";
    frame.test = !session.merchant->live;
    if (open) frame.refresh_seconds = reload_seconds;
    auto const shown = view.request ? view.request->id.text() : std::string{};
    return page(status, frame, [&](Html& html) {
        draw_head(html, session);
        // Says aloud what came, and shows it for as long as the panel below does not: the script's own.
        html.line("p", "", {{"id", "heard"}, {"role", "status"}});
        html.open("section", {{"id", "panel"}, {"data-after", view.cursor}, {"data-request", shown}});
        if (view.request) draw_request(html, *view.request, session.directory->account(view.request->account));
        html.close();
        if (open) html.line("a", "Số tiền khác", {{"class", "button"}, {"href", "/quay?new=1"}});
        else draw_form(html, session, view);
        draw_receipts(html, view);
    });
}

http::Handler stall_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const session = session_of(edge, request);
        if (!session) return respond(no_session_page());
        auto const wanted = PaymentRequestId::parse(request.query_value("request").value_or(""));
        auto const anew = request.query_value("new").has_value();
        if (wanted && wanted->bucket() != session->bucket) return respond(not_found_page());
        edge.reads.run(std::move(respond), stall_audience(request), [&edge, session, wanted, anew](postgres::Connection& connection) {
            auto view = read_stall(connection, edge, *session, wanted);
            if (wanted && !view.request) return not_found_page();
            if (anew) view.request.reset();
            return draw_stall(200, *session, view);
        });
    };
}

}  // namespace choso::pages
