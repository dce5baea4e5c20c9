#include "gateway/api/respond.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "gateway/payments/audit.hpp"

namespace choso::pages {
namespace {

using api::Role;
constexpr api::Roles readers{Role::operator_, Role::reconciler};
constexpr std::int64_t rows_shown = 100;
/// A download that is larger than this is asked for by days.
constexpr std::size_t file_bytes_max = std::size_t{32} << 20U;

std::optional<Instant> day_of(http::Request const& request, std::string_view name) {
    auto const text = request.query_value(name).value_or("");
    if (text.size() != 10) return std::nullopt;
    return parse_vietnam_time(text + " 00:00:00");
}

payments::AuditRange range_of(http::Request const& request) {
    auto out = payments::AuditRange{};
    out.from = day_of(request, "tu");
    out.to = day_of(request, "den");
    if (out.to) *out.to += std::chrono::days{1};
    return out;
}

std::string actor_words(payments::Actor const& actor) {
    switch (actor.kind) {
        case payments::ActorKind::key: return "khoá " + ApiKeyId{actor.id}.text();
        case payments::ActorKind::person: return people::StaffId{actor.id}.text();
        case payments::ActorKind::system: break;
    }
    return "hệ thống";
}

void draw_rows(Html& html, std::vector<payments::AuditRow> const& rows) {
    html.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Nhật ký"}}).open("table").open("thead").open("tr");
    for (auto const head : {"Lúc", "Ai", "Việc", "Về", "Chi tiết", "Số"}) html.line("th", head, {{"scope", "col"}});
    html.close().close().open("tbody");
    for (auto const& row : rows) {
        html.open("tr").line("td", to_page_time(row.at)).line("td", actor_words(row.told.actor)).line("td", row.told.action);
        html.line("td", to_hyphenated(row.told.subject)).line("td", row.told.body);
        html.line("td", std::to_string(row.bucket.number()) + "·" + std::to_string(row.seq)).close();
    }
    html.close().close().close();
}

}  // namespace

http::Handler audit_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = readers}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            // A bucket may hold several collectors' rows: whoever looks after one of them alone does not see it.
            if (!person.grants.everywhere(readers)) return (*later)(not_found_page());
            auto const& request = later->request();
            auto const rows = payments::newest_audit(connection, range_of(request), rows_shown);
            auto out = person_page(200, person, "Nhật ký", [&](Html& html) {
                html.line("p", "Ai đã làm gì, mới nhất trước. Mỗi dòng nối với dòng trước bằng mã băm; lệnh `choso verify` kiểm tra cả chuỗi.");
                html.open("form", {{"method", "get"}, {"action", "/nhat-ky"}});
                html.line("label", "Từ ngày", {{"for", "tu"}});
                html.lone("input", {{"id", "tu"}, {"name", "tu"}, {"type", "date"}, {"value", request.query_value("tu").value_or("")}});
                html.line("label", "Đến ngày", {{"for", "den"}});
                html.lone("input", {{"id", "den"}, {"name", "den"}, {"type", "date"}, {"value", request.query_value("den").value_or("")}});
                button(html, "Xem");
                html.line("button", "Tải về (CSV)", {{"type", "submit"}, {"formaction", "/nhat-ky/xuat"}, {"name", "dang"}, {"value", "csv"}, {"class", "quiet"}});
                html.line("button", "Tải về (JSON)", {{"type", "submit"}, {"formaction", "/nhat-ky/xuat"}, {"name", "dang"}, {"value", "json"}, {"class", "quiet"}});
                html.close();
                if (rows.empty()) html.line("p", "Không có dòng nào.");
                else draw_rows(html, rows);
            });
            (*later)(std::move(out));
        });
    };
}

http::Handler audit_file(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = readers}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (!person.grants.everywhere(readers)) return (*later)(not_found_page());
            auto const csv = later->request().query_value("dang").value_or("csv") != "json";
            auto const format = csv ? payments::AuditFormat::csv : payments::AuditFormat::json;
            auto out = http::Response{200, csv ? "text/csv; charset=utf-8" : "application/x-ndjson", csv ? std::string{payments::audit_csv_head} : "", {}};
            payments::read_audit(connection, range_of(later->request()), [&](payments::AuditRow const& row) {
                if (out.body.size() <= file_bytes_max) out.body += payments::audit_line(row, format);
            });
            if (out.body.size() > file_bytes_max)
                return (*later)(notice_page(422, "Quá nhiều dòng", "Hãy chọn ít ngày hơn, hoặc dùng lệnh choso audit export."));
            out.with("Cache-Control", "no-store").with("Content-Disposition", csv ? "attachment; filename=\"nhat-ky.csv\"" : "attachment; filename=\"nhat-ky.jsonl\"");
            (*later)(std::move(out));
        });
    };
}

}  // namespace choso::pages
