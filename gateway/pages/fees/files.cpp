// Files of the fee desk: what comes in, the reminders.
#include <algorithm>

#include "gateway/api/fees/import.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/fees/desk_parts.hpp"
#include "platform/http/multipart.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::pages::fees {

std::vector<bills::BillView> owing(postgres::Connection& connection, Desk const& desk) {
    constexpr std::int64_t at_once = 1'000;
    auto out = std::vector<bills::BillView>{};
    auto wanted = bills::ListedBills{{{desk.payee.bucket, desk.payee.merchant->id}}, {}, {}, desk.unit, at_once};
    for (;;) {
        auto page = bills::list_bills(connection, wanted);
        for (auto& view : page)
            if (view.left().is_positive()) out.push_back(std::move(view));
        if (static_cast<std::int64_t>(page.size()) < at_once) break;
        wanted.before = page.back().bill.id.uuid();
    }
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return std::tie(a.unit_name, a.payer_code, a.bill.id) < std::tie(b.unit_name, b.payer_code, b.bill.id); });
    return out;
}

http::Response file_response(std::string type, std::string name, std::string body) {
    auto out = http::Response{200, std::move(type), std::move(body), {}};
    out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"" + name + "\"").with("X-Content-Type-Options", "nosniff");
    return out;
}

namespace {

void draw_view(Html& html, api::Person const& person, api::fees::ImportView const& view, std::string const& of, postgres::Connection& connection) {
    html.line("h2", view.file_name.empty() ? "Tệp vừa nhập" : view.file_name);
    html.open("dl").line("dt", "Số dòng").line("dd", std::to_string(view.all)).line("dt", "Dùng được").line("dd", std::to_string(view.good));
    html.line("dt", "Đã làm").line("dd", std::to_string(view.done)).line("dt", "Không làm được").line("dd", std::to_string(view.failed)).close();
    auto const state = view.state == "checked" ? "Đã xem xong, chưa làm gì." : view.state == "running" ? "Đang làm…" : view.state == "done" ? "Đã làm xong." : "Tệp không dùng được: " + view.problem;
    html.line("p", state, {{"class", view.state == "done" ? "done" : "wait"}, {"role", "status"}});
    if (view.all > view.good || view.failed > 0) {
        auto const csv = api::fees::errors_csv(connection, view.id);
        html.open("p").line("a", "Tải các dòng lỗi (CSV)", {{"href", "/thu/nhap/loi?tep=" + view.id.text()}}).close();
        html.open("ul");
        auto rest = std::string_view{csv};
        for (auto n = 0; n < 6 && !rest.empty(); ++n) {
            auto const end = std::min(rest.find("\r\n"), rest.size());
            if (n > 0) html.line("li", "Dòng " + std::string{rest.substr(0, end)});
            rest.remove_prefix(std::min(end + 2, rest.size()));
        }
        html.close();
    }
    if (view.state != "checked") return;
    open_form(html, person, "/thu/nhap/chay" + of);
    hidden(html, "tep", view.id.text());
    button(html, view.kind == "bills" ? "Phát hành " + std::to_string(view.good) + " phiếu thu" : "Lưu " + std::to_string(view.good) + " người nộp");
    html.close();
}

}  // namespace

http::Handler reminders(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const desk = desk_of(edge, person, later->request());
            if (!desk) return (*later)(not_found_page());
            auto out = std::string{"\xEF\xBB\xBF"};
            sheet::append_csv_row(out, std::array<std::string, 8>{"dien_thoai", "ho_ten", "ma", "lop", "noi_dung", "con_no", "han", "duong_dan"});
            for (auto const& view : owing(connection, *desk))
                sheet::append_csv_row(out, std::array<std::string, 8>{view.payer_phone, view.payer_name, view.payer_code, view.unit_name, title_of(view),
                                                                      std::to_string(view.left().dong()), view.bill.due, api::pay_url(*view.own, edge.base_url)});
            (*later)(file_response("text/csv; charset=utf-8", "nhac-nop.csv", std::move(out)));
        });
    };
}

http::Handler import_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const desk = desk_of(edge, person, later->request());
            if (!desk) return (*later)(not_found_page());
            auto const of = "?don-vi=" + desk->payee.merchant->id.text();
            auto const id = ImportId::parse(later->request().query_value("tep").value_or(""));
            auto const view = id ? api::fees::find_import(connection, *id) : std::nullopt;
            auto out = person_page(200, person, "Nhập từ tệp", [&](Html& html) {
                if (view && view->merchant == desk->payee.merchant->id) draw_view(html, person, *view, of, connection);
                html.line("h2", "Chọn tệp CSV hoặc Excel (.xlsx)");
                html.line("p", "Dòng đầu là tên cột: ma, ho_ten, dien_thoai, lop; phiếu thu thêm so_tien, noi_dung, han, ma_phieu hoặc các cột “khoan: Tiền ăn”. Chưa có gì được ghi trước khi bạn xem và bấm phát hành.");
                html.open("form", {{"method", "post"}, {"action", "/thu/nhap" + of}, {"enctype", "multipart/form-data"}});
                html.line("label", "Tệp", {{"for", "tep"}}).lone("input", {{"id", "tep"}, {"name", "tep"}, {"type", "file"}, {"required", ""}});
                html.line("label", "Trong tệp là", {{"for", "loai"}}).open("select", {{"id", "loai"}, {"name", "loai"}});
                html.line("option", "Phiếu thu", {{"value", "bills"}}).line("option", "Người nộp (học sinh, bệnh nhân, khách hàng)", {{"value", "payers"}}).close();
                hidden(html, "csrf", person.csrf);
                button(html, "Xem trước");
                html.close();
            });
            if (view && view->state == "running") out.with("Refresh", "2");
            (*later)(std::move(out));
        });
    };
}

http::Handler take_import(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const desk = desk_of(edge, person, request);
            if (!desk) return (*later)(not_found_page());
            auto const parts = http::parse_multipart(request.header("Content-Type").value_or(""), request.body);
            auto const* file = parts ? http::find_part(*parts, "tep") : nullptr;
            auto const* kind = parts ? http::find_part(*parts, "loai") : nullptr;
            if (file == nullptr || kind == nullptr) return (*later)(sorry(422, "Chưa nhận được tệp", "Hãy chọn lại tệp rồi gửi."));
            auto const view = api::fees::keep_import(connection, desk->payee, person.actor(), kind->value == "bills", file->filename.value_or("tệp"), file->value, edge.clock.now());
            (*later)(go_to("/thu/nhap?don-vi=" + desk->payee.merchant->id.text() + "&tep=" + view.id.text()));
        });
    };
}

http::Handler start_import(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = ImportId::parse(form_value(later->request(), "tep"));
            auto const view = id ? api::fees::find_import(connection, *id) : std::nullopt;
            if (!view || !person.may(clerks, view->merchant)) return (*later)(not_found_page());
            (void)api::fees::start_import(connection, view->id);
            (*later)(go_to("/thu/nhap?don-vi=" + view->merchant.text() + "&tep=" + view->id.text()));
        });
    };
}

http::Handler import_errors(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = clerks}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = ImportId::parse(later->request().query_value("tep").value_or(""));
            auto const view = id ? api::fees::find_import(connection, *id) : std::nullopt;
            if (!view || !person.may(clerks, view->merchant)) return (*later)(not_found_page());
            (*later)(file_response("text/csv; charset=utf-8", "dong-loi.csv", api::fees::errors_csv(connection, view->id)));
        });
    };
}

void add_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    constexpr auto form = http::RouteLimits{.body_bytes_max = 16 * 1024};
    router.add(Method::get, "/phi", "lookup_page", lookup_page(edge));
    router.add(Method::post, "/phi", "take_lookup", take_lookup(edge), form);
    router.add(Method::get, "/phi/{token}", "family_page", family_page(edge));
    router.add(Method::post, "/phi/{token}/tra", "choose_bills", choose_bills(edge), form);
    router.add(Method::get, "/phi/{token}/qr", "codes_page", codes_page(edge));
    router.add(Method::get, "/thu", "desk_page", desk_page(edge));
    router.add(Method::post, "/thu/tien-mat", "take_cash", take_cash(edge), form);
    router.add(Method::post, "/thu/tra-tien-mat", "return_cash", return_cash(edge), form);
    router.add(Method::post, "/thu/xac-nhan", "confirm_at_desk", confirm_at_desk(edge), form);
    router.add(Method::get, "/thu/nhac", "reminders", reminders(edge));
    router.add(Method::post, "/thu/lop.pdf", "class_sheet", class_sheet(edge), form);
    router.add(Method::get, "/thu/nhap", "import_page", import_page(edge));
    router.add(Method::post, "/thu/nhap", "take_import", take_import(edge), {.body_bytes_max = 16 * 1024 * 1024});
    router.add(Method::post, "/thu/nhap/chay", "start_import", start_import(edge), form);
    router.add(Method::get, "/thu/nhap/loi", "import_errors", import_errors(edge));
}

}  // namespace choso::pages::fees
