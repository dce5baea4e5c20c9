#include "gateway/counter/day_close.hpp"

#include <algorithm>
#include <cstdio>

#include "gateway/counter/sql.hpp"
#include "gateway/counter/stall_view.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/web/files.hpp"

namespace choso::counter {
namespace {

using pages::Html;
using pages::with_unit;
using std::chrono::days;
using std::chrono::sys_days;

std::optional<sys_days> day_of(std::string const& text) {
    int year = 0;
    unsigned month = 0, day = 0;
    char rest = 0;
    if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &rest) != 3) return std::nullopt;
    auto const date = std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok() || year < 2020 || year > 2100) return std::nullopt;
    return sys_days{date};
}

Instant begin_of(sys_days day) { return Instant{day} - vietnam_offset; }

/// Bars by hour, with the same numbers as a table for who does not see them.
void draw_hours(Html& html, Day const& day) {
    auto const most = std::max(Money{1}, *std::ranges::max_element(day.hours));
    auto svg = std::string{R"(<svg class="bars" viewBox="0 0 192 76" role="img" aria-label="Biểu đồ tiền nhận theo giờ; số liệu ở bảng bên dưới">)"};
    for (auto hour = 0; hour < 24; ++hour) {
        auto const height = day.hours[static_cast<std::size_t>(hour)].dong() * 60 / most.dong();
        svg += "<rect x=\"" + std::to_string(hour * 8 + 1) + "\" y=\"" + std::to_string(62 - height) + "\" width=\"6\" height=\"" + std::to_string(height) + "\"/>";
        if (hour % 3 == 0) svg += "<text x=\"" + std::to_string(hour * 8) + "\" y=\"70\">" + std::to_string(hour) + "h</text>";
    }
    html.trusted(svg + "</svg>");
    html.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Tiền nhận theo giờ"}}).open("table");
    html.open("thead").open("tr").line("th", "Giờ", {{"scope", "col"}}).line("th", "Tiền nhận", {{"scope", "col"}}).close().close().open("tbody");
    for (auto hour = 0; hour < 24; ++hour)
        if (auto const amount = day.hours[static_cast<std::size_t>(hour)]; amount.is_positive())
            html.open("tr").line("td", std::to_string(hour) + "–" + std::to_string(hour + 1) + " giờ").line("td", with_unit(amount)).close();
    html.close().close().close();
}

void draw_handovers(Html& html, std::vector<merchants::KeptHandover> const& all) {
    if (all.empty()) return;
    html.line("h2", "Giao ca").open("ul");
    for (auto const& each : all) {
        auto const& it = each.handover;
        html.line("li", to_page_time(it.at) + ": " + each.giver_name + " → " + each.taker_name + ", từ " + to_page_time(it.since) + ", " + std::to_string(it.count) + " khoản, " + with_unit(it.sum) + ". Mã biên bản " + it.code +
                            (each.genuine ? ", chữ ký đúng" : ", CHỮ KÝ SAI"));
    }
    html.close();
}

}  // namespace

std::string page_day(sys_days day) {
    auto const iso = iso_day(day);
    return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string iso_day(sys_days day) { return to_rfc3339(begin_of(day)).substr(0, 10); }

std::optional<Days> days_of(http::Request const& request, Instant now) {
    auto const today = vietnam_day(now);
    auto const one = request.query_value("ngay");
    auto const from = one ? one : request.query_value("tu");
    auto const until = one ? one : request.query_value("den");
    auto out = Days{today, today};
    if (from) {
        auto const read = day_of(*from);
        if (!read) return std::nullopt;
        out.from = *read;
        if (!until) out.until = std::max(today, out.from);
    }
    if (until) {
        auto const read = day_of(*until);
        if (!read) return std::nullopt;
        out.until = *read;
    }
    if (out.until < out.from || out.until - out.from > days{366}) return std::nullopt;
    return out;
}

Day read_day(postgres::Connection& connection, StallSession const& session, sys_days date) {
    static auto const statement = api::named("counter_day_hours", sql::day_hours);
    auto out = Day{};
    out.date = date;
    auto const rows = connection.query(statement, postgres::Params::of(session.bucket, session.merchant->id, session.stall->id, api::least_id(begin_of(date)),
                                                                       api::least_id(begin_of(date + days{1}))));
    for (auto row = 0; row < rows.rows(); ++row) {
        out.hours.at(static_cast<std::size_t>(rows.integer(row, 0))) = rows.money(row, 2);
        out.count += rows.integer(row, 1);
        out.sum += rows.money(row, 2);
    }
    return out;
}

std::vector<RevenueLine> read_revenue(postgres::Connection& connection, StallSession const& session, sys_days from, sys_days until) {
    static auto const statement = api::named("counter_revenue", sql::revenue);
    auto out = std::vector<RevenueLine>{};
    auto const rows = connection.query(statement, postgres::Params::of(session.bucket, session.merchant->id, session.stall->id, api::least_id(begin_of(from)),
                                                                       api::least_id(begin_of(until + days{1}))));
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<PaymentId>(row, 0), rows.time(row, 1), rows.money(row, 2), std::string{rows.text(row, 3)}, std::string{rows.text(row, 4)},
                       rows.boolean(row, 5)});
    return out;
}

void with_totals(api::Edge& edge, http::Request const& request, http::Responder respond,
                 std::function<http::Response(postgres::Connection&, StallSession const&, Days const&)> draw) {
    auto const session = session_of(edge, request);
    if (!session) return respond(no_session_page());
    auto const days_wanted = days_of(request, edge.clock.now());
    if (!days_wanted) return respond(pages::notice_page(422, "Ngày không hợp lệ", "Ngày viết như 2026-11-28, nhiều nhất một năm."));
    edge.reads.run(std::move(respond), stall_audience(request), [session, wanted = *days_wanted, draw = std::move(draw)](postgres::Connection& connection) {
        auto const shift = merchants::open_shift(connection, session->stall->id);
        auto const may = merchants::members_of(connection, session->stall->id).empty() || (shift && shift->totals);
        if (!may) return pages::notice_page(403, "Không xem được tổng tiền", "Người đang bán ca này không được xem tổng tiền. Chủ sạp nhận ca rồi mở lại.");
        return draw(connection, *session, wanted);
    });
}

http::Handler day_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_totals(edge, request, std::move(respond), [&edge](postgres::Connection& connection, StallSession const& session, Days const& wanted) {
            auto const day = read_day(connection, session, wanted.from);
            auto const handovers = merchants::handovers_of(connection, session.stall->id, edge.directory.installation().session_key, 20);
            auto const app = web::entry("quay");
            auto frame = pages::Frame{};
            frame.title = "Chốt ngày " + page_day(day.date);
            frame.test = !session.merchant->live;
            auto drawn = pages::page(200, frame, [&](Html& html) {
                html.open("div", {{"id", "quay"}});
                html.line("h1", "Chốt ngày " + page_day(day.date)).line("p", session.stall->name, {{"class", "over"}});
                html.line("p", with_unit(day.sum), {{"class", "amount"}});
                html.line("p", std::to_string(day.count) + " khoản. Phí dịch vụ: 0 ₫.");
                draw_hours(html, day);
                auto const query = "?ngay=" + iso_day(day.date);
                auto const month = "?tu=" + iso_day(day.date).substr(0, 8) + "01&den=" + iso_day(day.date);
                html.open("ul", {{"class", "links"}});
                for (auto const& [words, where] : {std::pair{"Tệp PDF", "/quay/so-ngay.pdf" + query}, std::pair{"Sổ doanh thu tháng (XLSX)", "/quay/doanh-thu.xlsx" + month},
                                                   std::pair{"Sổ doanh thu tháng (CSV)", "/quay/doanh-thu.csv" + month}})
                    html.open("li").line("a", words, {{"href", where}}).close();
                html.close();
                draw_handovers(html, handovers);
                html.line("a", "Về quầy", {{"class", "button"}, {"href", "/quay"}}).close();
            });
            return with_app(std::move(drawn), app.style, "");
        });
    };
}

}  // namespace choso::counter
