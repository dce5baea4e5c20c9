#include "gateway/api/session.hpp"
#include "gateway/counter/sql.hpp"
#include "gateway/counter/stall_view.hpp"
#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/web/files.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"

namespace choso::counter {
namespace {

constexpr int reload_seconds = 5;
constexpr std::int64_t receipts_shown = 50;
/// How long money that names nobody is offered to the seller.
constexpr auto offered_for = std::chrono::hours{2};

using pages::Html;
using pages::with_unit;

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

/// The keys stand there at once, and answer as soon as the script runs; without one they are not shown.
void draw_keys(Html& html) {
    html.open("div", {{"class", "keys scripted"}, {"aria-hidden", "true"}});
    for (auto const* key : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "000", "0", "⌫"}) html.line("span", key, {{"class", "key"}});
    html.close();
}

/// Where the app's own stands as soon as it runs: what is drawn once is not drawn anew beside it, and nothing jumps.
void draw_start(Html& html) {
    html.open("div", {{"class", "start scripted"}, {"aria-hidden", "true"}}).line("span", "Bắt đầu bán", {{"class", "key"}});
    html.line("p", "Bấm để bật loa và giữ màn hình sáng. Trang phải để mở: điện thoại khoá thì không nghe báo tiền.").close();
}

/// The house's looks and the app's in the page itself: a slow line is asked once.
std::string const& style() {
    static auto const both = [] {
        auto const* file = web::find(web::entry("quay").style.substr(std::string_view{"/assets/"}.size()));
        CHOSO_ASSERT(file != nullptr);
        return std::string{pages::assets::choso} + std::string{file->body};
    }();
    return both;
}

void draw_form(Html& html, StallSession const& session, StallView const& view) {
    auto const key = crypto::to_hex(crypto::random_bytes(16));
    html.open("form", {{"method", "post"}, {"action", "/quay/requests"}, {"autocomplete", "off"}});
    html.lone("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", session.csrf}});
    html.lone("input", {{"type", "hidden"}, {"name", "key"}, {"value", key}});
    html.line("label", "Số tiền (đồng)", {{"for", "amount"}});
    auto const refused = !view.complaint.empty();
    html.lone("input", {{"id", "amount"}, {"name", "amount"}, {"inputmode", "numeric"}, {"required", ""}, {"value", view.typed},
                        {"maxlength", "20"}, {"aria-invalid", refused ? "true" : "false"},
                        {"aria-describedby", "complaint"}});
    html.line("p", view.complaint, {{"id", "complaint"}, {"class", "complaint"}, {"role", "alert"}});
    draw_keys(html);
    html.line("button", "Tạo mã QR", {{"type", "submit"}}).close();
}

void draw_receipts(Html& html, StallView const& view) {
    html.open("section", {{"id", "receipts"}, {"aria-labelledby", "receipts-title"}}).line("h2", "Tiền nhận hôm nay", {{"id", "receipts-title"}});
    if (view.receipts.empty()) html.line("p", "Chưa có khoản nào.");
    html.open("ul");
    for (auto const& receipt : view.receipts)
        html.line("li", std::to_string(receipt.n) + ". " + with_unit(receipt.amount) + " · " + to_page_time(receipt.at) +
                            (receipt.reversed ? " · ngân hàng đã thu lại" : ""));
    html.close();
    if (view.count > std::ssize(view.receipts)) html.line("p", "Trên đây là " + std::to_string(view.receipts.size()) + " khoản mới nhất.");
    if (view.count > 0 && view.may_see_totals())
        html.line("p", "Cộng " + std::to_string(view.count) + " khoản: " + with_unit(view.sum), {{"class", "sum"}});
    html.close();
}

void read_receipts(postgres::Connection& connection, StallSession const& session, StallView& out, Instant now) {
    static auto const receipts = api::named("counter_day_receipts", sql::day_receipts);
    using postgres::Params;
    auto const& stall = *session.stall;
    auto const rows = connection.query(receipts, Params::of(session.bucket, stall.merchant, stall.id, api::least_id(start_of_day(now)), receipts_shown));
    for (auto row = 0; row < rows.rows(); ++row)
        out.receipts.push_back({rows.integer(row, 0), rows.id<PaymentId>(row, 1), rows.money(row, 2), rows.time(row, 3), rows.boolean(row, 4),
                                rows.maybe_id<PaymentRequestId>(row, 5)});
    if (rows.rows() > 0) {
        out.count = rows.integer(0, 6);
        out.sum = rows.money(0, 7);
    }
    out.usual = api::usual_receipt(connection, session.bucket, stall, now);
}

void read_unreferenced(postgres::Connection& connection, StallSession const& session, StallView& out, Instant now) {
    if (!session.owns_account()) return;
    static auto const statement = api::named("counter_unreferenced", sql::unreferenced);
    auto const rows = connection.query(statement, postgres::Params::of(session.bucket, session.merchant->id, session.account->id, api::least_id(now - offered_for)));
    for (auto row = 0; row < rows.rows(); ++row) out.unreferenced.push_back({rows.id<PaymentId>(row, 0), rows.money(row, 1), rows.time(row, 2)});
}

}  // namespace

StallView read_stall(postgres::Connection& connection, api::Edge const& edge, StallSession const& session,
                     std::optional<PaymentRequestId> wanted) {
    auto out = StallView{};
    // The position first: what happens after it comes by the stream, what happened before is read now.
    out.cursor = edge.hub.now({session.bucket}).text();
    auto const now = edge.clock.now();
    out.drawn_at = now;
    if (wanted) {
        out.request = api::find_request(connection, *wanted);
        if (out.request && out.request->stall != session.stall->id) out.request.reset();
    } else {
        out.request = api::newest_request_of(connection, session.bucket, *session.stall, start_of_day(now));
        // A code drawn ahead is not on show until it has an amount.
        if (out.request && (!pages::may_still_be_paid(*out.request) || !out.request->amount)) out.request.reset();
    }
    read_receipts(connection, session, out, now);
    read_unreferenced(connection, session, out, now);
    out.members = merchants::members_of(connection, session.stall->id);
    out.shift = merchants::open_shift(connection, session.stall->id);
    out.change = merchants::waiting_change(connection, session.stall->id);
    return out;
}

http::Response draw_stall(int status, api::Edge const& edge, StallSession const& was, StallView const& view) {
    // Opened again is begun again; the page's token belongs to the cookie that goes out with it.
    auto const cookie = session_cookie(edge, *was.stall);
    auto const value = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
    auto session = was;
    session.csrf = api::csrf_token(value, edge.directory.installation().session_key);
    auto const open = view.request && pages::may_still_be_paid(*view.request);
    auto const app = web::entry("quay");
    auto frame = pages::Frame{};
    frame.title = session.stall->name;
    frame.test = !session.merchant->live;
    if (open) frame.refresh_seconds = reload_seconds;
    frame.inline_style = style();
    auto out = pages::page(status, frame, [&](Html& html) {
        html.open("div", {{"id", "quay"}, {"data-boot", state_json(session, view)}});
        draw_head(html, session);
        draw_start(html);
        html.open("section", {{"id", "panel"}});
        if (view.request) pages::draw_request(html, *view.request, session.directory->account(view.request->account));
        html.close();
        if (open) html.line("a", "Số tiền khác", {{"class", "button"}, {"href", "/quay?new=1"}});
        else draw_form(html, session, view);
        draw_receipts(html, view);
        html.close();
    });
    out.with("Set-Cookie", cookie);
    return with_app(std::move(out), {}, app.script);
}

http::Handler stall_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const session = session_of(edge, request);
        if (!session) return respond(no_session_page());
        auto const wanted = PaymentRequestId::parse(request.query_value("request").value_or(""));
        auto const anew = request.query_value("new").has_value();
        if (wanted && wanted->bucket() != session->bucket) return respond(pages::not_found_page());
        auto const small = pages::takes_gzip(request);
        edge.reads.run(std::move(respond), stall_audience(request), [&edge, session, wanted, anew, small](postgres::Connection& connection) {
            auto view = read_stall(connection, edge, *session, wanted);
            if (wanted && !view.request) return pages::not_found_page();
            if (anew) view.request.reset();
            auto out = draw_stall(200, edge, *session, view);
            return small ? pages::gzipped(std::move(out)) : out;
        });
    };
}

}  // namespace choso::counter
