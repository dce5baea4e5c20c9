#include "gateway/pages/desk_pages.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "gateway/api/exceptions.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/web/files.hpp"
#include "platform/sheet/sheet.hpp"
#include "settlement/close/close.hpp"

namespace choso::pages {
namespace {

using settlement::ExceptionKind;

constexpr std::int64_t rows_shown = 50;
constexpr std::int64_t rows_in_a_file = 100'000;
constexpr std::int64_t days_shown = 31;
constexpr std::int64_t balances_shown = 2'000;

constexpr std::array<std::string_view, 12> kinds{"Không rõ nội dung",      "Nhầm tài khoản",      "Trùng",           "Thừa",
                                                 "Trễ hạn",                "Ngân hàng thu lại",   "Sổ có, ngân hàng không", "Ngân hàng có, sổ không",
                                                 "Đứt chuỗi số dư",        "Lệnh chi chưa rõ",    "Lệnh chi mâu thuẫn", "Lệnh chi bị trả lại"};
constexpr std::array<std::string_view, 4> states{"Mới", "Đang xử lý", "Chờ duyệt", "Xong"};
constexpr std::array<std::string_view, 5> ages{"0–1 ngày", "2–3 ngày", "4–7 ngày", "8–30 ngày", "trên 30 ngày"};

std::string_view words(ExceptionKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view words(settlement::ExceptionState state) { return states[static_cast<std::size_t>(state)]; }

void draw_work(Html& html, std::vector<settlement::WorkLeft> const& work) {
    auto count = std::int64_t{0};
    auto amount = Money{};
    auto by_kind = std::map<ExceptionKind, std::array<std::int64_t, 5>>{};
    auto money = std::map<ExceptionKind, Money>{};
    for (auto const& each : work) {
        count += each.count;
        amount += each.amount;
        by_kind[each.kind][static_cast<std::size_t>(each.age)] += each.count;
        money[each.kind] += each.amount;
    }
    html.line("p", count == 0 ? "Chênh lệch hôm nay: 0 ₫" : std::to_string(count) + " chênh lệch, " + with_unit(amount), {{"class", count == 0 ? "done" : "part"}});
    if (count == 0) return;
    html.open("div", {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", "Việc còn lại"}}).open("table").open("thead").open("tr").line("th", "Loại", {{"scope", "col"}});
    for (auto const age : ages) html.line("th", age, {{"scope", "col"}});
    html.line("th", "Tiền", {{"scope", "col"}}).close().close().open("tbody");
    for (auto const& [kind, counts] : by_kind) {
        html.open("tr").line("th", words(kind), {{"scope", "row"}});
        for (auto const n : counts) html.line("td", n == 0 ? "" : std::to_string(n));
        html.line("td", with_unit(money[kind])).close();
    }
    html.close().close().close();
}

void draw_rows(Html& html, std::vector<settlement::ShownException> const& rows) {
    html.open("ul");
    for (auto const& shown : rows) {
        auto const& row = shown.row;
        html.open("li", {{"id", row.id.text()}}).line("h2", std::string{words(row.kind)} + " " + with_unit(row.amount)).open("dl");
        html.line("dt", "Nội dung").line("dd", shown.content.empty() ? "—" : shown.content);
        html.line("dt", "Mã").line("dd", shown.reference.empty() ? "không có" : shown.reference);
        html.line("dt", "Lúc").line("dd", to_page_time(row.occurred_at));
        html.line("dt", "Tình trạng").line("dd", std::string{words(row.state)} + (shown.owner_name.empty() ? "" : " · " + shown.owner_name)).close().close();
    }
    html.close();
}

http::Response with_app(http::Response page, std::string const& style) {
    // The app's looks stand beside the house's own; both are files of this host.
    auto const at = page.body.find("</head>");
    if (!style.empty() && at != std::string::npos) page.body.insert(at, "<link rel=\"stylesheet\" href=\"" + style + "\">");
    return page;
}

std::vector<Bucket> buckets_of_desks(api::Person const& person) {
    auto out = std::vector<Bucket>{};
    for (auto const& [bucket, merchant] : api::desks_of(person).places)
        if (std::ranges::find(out, bucket) == out.end()) out.push_back(bucket);
    return out;
}

/// Whose account it is, in words: a merchant's name, a bank account's number.
std::string account_words(api::Person const& person, settlement::DayBalance const& row) {
    static std::map<std::string, std::string_view, std::less<>> const names{
        {"bank", "Ngân hàng"},          {"received", "Đã nhận"},          {"due_seen", "Phải trả, mới thấy"}, {"due_confirmed", "Phải trả, đã xác nhận"},
        {"unreferenced", "Chưa rõ của ai"}, {"outside", "Ngoài hệ thống"}, {"held", "Đang giữ"},              {"refund_in_flight", "Đang hoàn"},
        {"payout_in_flight", "Đang chi"}, {"fees", "Phí"}};
    auto const found = names.find(row.kind);
    auto out = std::string{found == names.end() ? std::string_view{row.kind} : found->second};
    if (auto const* merchant = person.directory->merchant(MerchantId{row.subject})) return out + " · " + merchant->name;
    if (auto const* account = person.directory->account(AccountId{row.subject})) return out + " · " + account->number;
    return out;
}

bool clears(std::string_view kind) {
    return kind == "unreferenced" || kind == "suspense" || kind == "held" || kind == "refund_in_flight" || kind == "payout_in_flight";
}

std::vector<Uuid> subjects_of(api::Person const& person) {
    auto out = std::vector<Uuid>{};
    for (auto const* merchant : person.merchants(api::desk_roles)) {
        out.push_back(merchant->id.uuid());
        if (!merchant->is_owner) continue;
        for (auto const* account : person.directory->accounts_of(merchant->collector)) out.push_back(account->id.uuid());
    }
    return out;
}

void draw_day(Html& html, api::Person const& person, settlement::ClosedDay const& day) {
    html.line("p", day.unexplained == 0 ? "Mọi tài khoản đã khớp: chênh lệch không giải thích được 0 ₫" : std::to_string(day.unexplained) + " tài khoản còn chênh lệch chưa giải thích được",
              {{"class", day.unexplained == 0 ? "done" : "part"}});
    html.line("p", "Khoá sổ lúc " + to_page_time(*day.closed_at) + ", lần thứ " + std::to_string(day.revision) + ".", {{"class", "small"}});
    html.open("div", {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", "Số dư từng tài khoản"}}).open("table").open("thead").open("tr");
    for (auto const* head : {"Tài khoản", "Đầu ngày", "Phát sinh", "Cuối ngày", "Bút toán", "Giải thích"}) html.line("th", head, {{"scope", "col"}});
    html.close().close().open("tbody");
    for (auto const& row : day.balances) {
        html.open("tr").line("th", account_words(person, row), {{"scope", "row"}});
        html.line("td", with_unit(row.opening)).line("td", with_unit(row.closing - row.opening)).line("td", with_unit(row.closing)).line("td", std::to_string(row.movements));
        auto const rest = -row.closing - row.explained;
        html.line("td", !clears(row.kind) ? std::string{} : row.closing.is_zero() ? std::string{"bằng 0"} : rest.is_zero() ? std::string{"đủ"} : "thiếu " + with_unit(rest)).close();
    }
    html.close().close().close();
}

}  // namespace

http::Handler desk_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const [buckets, merchants] = api::columns_of(api::desks_of(person));
            auto const work = settlement::work_left(connection, buckets, merchants, edge.clock.now());
            auto filter = settlement::ExceptionFilter{};
            filter.limit = rows_shown;
            auto const rows = settlement::list_exceptions(connection, buckets, merchants, filter);
            auto const app = web::entry("doi-soat");
            auto const approver = person.grants.roles().meets({people::Role::approver});
            auto page = person_page(200, person, "Đối soát", [&](Html& html) {
                html.open("p", {{"class", "small"}}).line("a", "Ngày đã khoá sổ", {{"href", "/doi-soat/ngay"}}).text(" · ").line("a", "Sao kê đã nhận", {{"href", "/doi-soat/sao-ke"}}).text(" · ").line("a", "Quy tắc", {{"href", "/doi-soat/quy-tac"}}).close();
                html.open("div", {{"id", "desk"}, {"data-csrf", person.csrf}, {"data-staff", person.id.text()}, {"data-approver", approver ? "true" : "false"}});
                draw_work(html, work);
                draw_rows(html, rows);
                html.close();
                html.line("script", "", {{"src", app.script}, {"type", "module"}});
            });
            (*later)(with_app(std::move(page), app.style));
        });
    };
}

http::Handler closed_day_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const buckets = buckets_of_desks(person);
            auto const days = settlement::closed_days(connection, buckets, days_shown);
            auto const asked = later->request().query_value("day");
            auto const text = asked ? std::string{*asked} : days.empty() ? std::string{} : days.front().day;
            auto const day = parse_day(text);
            auto const closed = day ? settlement::find_closed_day(connection, buckets, *day, subjects_of(person), balances_shown) : settlement::ClosedDay{};
            (*later)(person_page(200, person, "Khoá sổ ngày", [&](Html& html) {
                html.open("form", {{"method", "get"}, {"action", "/doi-soat/ngay"}}).line("label", "Ngày", {{"for", "day"}}).open("select", {{"id", "day"}, {"name", "day"}});
                for (auto const& each : days) {
                    if (each.day == text) html.line("option", each.day, {{"value", each.day}, {"selected", ""}});
                    else html.line("option", each.day, {{"value", each.day}});
                }
                html.close();
                button(html, "Xem");
                html.close();
                if (closed.closed_at) draw_day(html, person, closed);
                else html.line("p", "Ngày này chưa khoá sổ.");
            }));
        });
    };
}

http::Handler exceptions_file(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const [buckets, merchants] = api::columns_of(api::desks_of(person));
            auto filter = settlement::ExceptionFilter{};
            filter.limit = rows_in_a_file;
            auto book = sheet::Workbook{};
            auto const tab = book.add_sheet("Chênh lệch", {28, 22, 16, 14, 60, 18, 14, 24});
            auto column = 0;
            for (auto const* head : {"Mã", "Loại", "Tiền", "Ngày", "Nội dung", "Tham chiếu", "Tình trạng", "Người giữ"}) book.header(tab, 0, column++, head);
            auto n = 0;
            for (auto const& shown : settlement::list_exceptions(connection, buckets, merchants, filter)) {
                ++n;
                book.text(tab, n, 0, shown.row.id.text());
                book.text(tab, n, 1, words(shown.row.kind));
                book.number(tab, n, 2, shown.row.amount.dong());
                book.date(tab, n, 3, to_rfc3339(shown.row.occurred_at).substr(0, 10));
                book.text(tab, n, 4, shown.content);
                book.text(tab, n, 5, shown.bank_ref);
                book.text(tab, n, 6, words(shown.row.state));
                book.text(tab, n, 7, shown.owner_name);
            }
            auto out = http::Response{200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.finish(), {}};
            out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"chenh-lech.xlsx\"");
            (*later)(std::move(out));
        });
    };
}

void add_desk_pages(http::Router& router, api::Edge& edge) {
    using http::Method;
    router.add(Method::get, "/doi-soat", "desk_page", desk_page(edge));
    router.add(Method::get, "/doi-soat/ngay", "closed_day_page", closed_day_page(edge));
    router.add(Method::get, "/doi-soat/sao-ke", "imports_page", imports_page(edge));
    router.add(Method::get, "/doi-soat/quy-tac", "rules_page", rules_page(edge));
    router.add(Method::post, "/doi-soat/quy-tac", "keep_rule", keep_rule(edge), {.body_bytes_max = 8 * 1024, .body_timeout = {}, .handler_timeout = {}});
    router.add(Method::post, "/doi-soat/quy-tac/bat", "switch_rule", switch_rule(edge), {.body_bytes_max = 8 * 1024, .body_timeout = {}, .handler_timeout = {}});
    router.add(Method::get, "/doi-soat/xuat", "exceptions_file", exceptions_file(edge));
}

}  // namespace choso::pages
