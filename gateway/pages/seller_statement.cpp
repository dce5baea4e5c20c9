// /ban/sao-ke: the seller's own ledger accounts over some days, as the page, as PDF and as XLSX.
#include "gateway/pages/seller_pages.hpp"

#include "gateway/api/body.hpp"
#include "gateway/api/respond.hpp"
#include "settlement/reports/merchant_statement.hpp"

namespace choso::pages {
namespace {

constexpr std::string_view here = "/ban/sao-ke";
constexpr auto longest = std::chrono::days{93};

struct Days {
    std::chrono::sys_days from, to;
};

/// From the first of the month to today, unless the form says otherwise.
std::optional<Days> days_of(http::Request const& request, Instant now) {
    auto const today = vietnam_day(now);
    auto const date = std::chrono::year_month_day{today};
    auto out = Days{std::chrono::sys_days{date.year() / date.month() / 1}, today};
    for (auto const& [name, day] : {std::pair{"tu", &out.from}, std::pair{"den", &out.to}}) {
        auto const text = request.query_value(name);
        if (!text) continue;
        auto const read = parse_day(*text);
        if (!read) return std::nullopt;
        *day = *read;
    }
    if (out.to < out.from || out.to - out.from > longest) return std::nullopt;
    return out;
}

std::string iso(std::chrono::sys_days day) { return to_rfc3339(Instant{day} - vietnam_offset).substr(0, 10); }

void draw_days(Html& html, merchants::Merchant const& seller, Days const& days) {
    html.open("form", {{"method", "get"}, {"action", here}});
    hidden(html, "nguoi-ban", seller.id.text());
    html.line("label", "Từ ngày", {{"for", "tu"}}).lone("input", {{"id", "tu"}, {"name", "tu"}, {"type", "date"}, {"value", iso(days.from)}});
    html.line("label", "Đến ngày", {{"for", "den"}}).lone("input", {{"id", "den"}, {"name", "den"}, {"type", "date"}, {"value", iso(days.to)}});
    html.line("button", "Xem", {{"type", "submit"}, {"class", "quiet"}}).close();
}

void draw_statement(Html& html, settlement::MerchantStatement const& statement) {
    html.line("h2", statement.account);
    html.open("dl").line("dt", "Đầu kỳ").line("dd", with_unit(statement.opening)).line("dt", "Cuối kỳ").line("dd", with_unit(statement.closing)).close();
    if (statement.cut) html.line("p", "Quá 20.000 dòng: hãy chọn ít ngày hơn.", {{"class", "complaint"}});
    if (statement.lines.empty()) {
        html.line("p", "Không có giao dịch trong những ngày này.");
        return;
    }
    html.open("ul");
    for (auto const& line : statement.lines) {
        html.open("li").line("strong", (line.amount.is_negative() ? "" : "+") + with_unit(line.amount));
        html.line("p", line.what + " · " + to_page_time(line.at) + " · còn " + with_unit(line.balance), {{"class", "small"}}).close();
    }
    html.close();
}

}  // namespace

http::Handler seller_statement(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = sellers_only}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const* const seller = chosen_seller(person, later->request());
            if (seller == nullptr) return (*later)(person_problem_page({api::Code::not_found}, people_audience(later->request())));
            auto const days = days_of(later->request(), edge.clock.now());
            if (!days) return (*later)(person_problem_page(api::invalid("den", {"Khoảng ngày phải từ 0 đến 93 ngày", "the stretch must be of 0 to 93 days"}), people_audience(later->request())));
            auto const made = settlement::merchant_statements(connection, bucket_of(person, *seller), seller->id, seller->name, days->from, days->to);
            (*later)(person_page(200, person, "Bảng kê", [&](Html& html) {
                draw_seller_head(html, person, *seller, here);
                draw_days(html, *seller, *days);
                for (auto const& statement : made) draw_statement(html, statement);
                if (made.empty()) html.line("p", "Chưa có tiền nào được ghi cho bạn.");
                else {
                    auto const file = "/api/v1/merchants/" + seller->id.text() + "/statement?from=" + iso(days->from) + "&to=" + iso(days->to) + "&signed=true&format=";
                    html.open("p").line("a", "Tải PDF có chữ ký số", {{"href", file + "pdf"}}).text(" · ").line("a", "Tải XLSX có chữ ký số", {{"href", file + "xlsx"}}).close();
                }
            }));
        });
    };
}

}  // namespace choso::pages
