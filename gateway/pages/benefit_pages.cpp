#include "gateway/pages/benefit_pages.hpp"

#include "gateway/api/benefits.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/decisions.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/pages/people_frame.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/multipart.hpp"

namespace choso::pages {
namespace {

using benefits::ListStatus;
using benefits::Shown;

std::string_view status_words(ListStatus status) {
    switch (status) {
        case ListStatus::checked: return "Đã kiểm tra, chờ người khác duyệt";
        case ListStatus::rejected: return "Đã từ chối";
        case ListStatus::approved: return "Đã duyệt, đang chuyển lệnh chi";
        case ListStatus::handed_over: return "Đã chuyển hết lệnh chi";
        case ListStatus::closed: return "Đã đóng";
    }
    return {};
}

std::string title_of(Shown const& shown) { return shown.programme_name + " · " + shown.list.period; }

void row(Html& html, std::string_view words, benefits::Figure const& figure) {
    if (figure.people == 0) return;
    html.open("tr").line("th", words, {{"scope", "row"}}).line("td", std::to_string(figure.people)).line("td", with_unit(figure.amount)).close();
}

void draw_figures(Html& html, Shown const& shown) {
    html.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Tình hình chi"}}).open("table");
    html.open("thead").open("tr").line("th", "Tình trạng", {{"scope", "col"}}).line("th", "Số người", {{"scope", "col"}}).line("th", "Số tiền", {{"scope", "col"}}).close().close();
    html.open("tbody");
    row(html, "Đã chi", shown.paid);
    row(html, "Đang chuyển", shown.under_way);
    row(html, "Chờ chuyển", shown.waiting);
    row(html, "Chưa chi được", shown.unpaid);
    row(html, "Tiền mặt: đã nhận", shown.cash_paid);
    row(html, "Tiền mặt: chờ nhận", shown.cash_open);
    row(html, "Tiền mặt: không đến nhận", shown.cash_not_collected);
    html.close().close().close();
}

void draw_upload(Html& html, api::Person const& person) {
    html.line("h2", "Gửi danh sách");
    html.open("form", {{"method", "post"}, {"action", "/tro-cap"}, {"enctype", "multipart/form-data"}});
    hidden(html, "csrf", person.csrf);
    html.line("label", "Đơn vị chi", {{"for", "merchant"}}).open("select", {{"id", "merchant"}, {"name", "merchant"}});
    for (auto const* merchant : person.merchants(api::makers)) {
        auto const* collector = person.directory->collector(merchant->collector);
        if (collector != nullptr && collector->mode == payments::CollectorMode::pooled) html.line("option", merchant->name, {{"value", merchant->id.text()}});
    }
    html.close();
    text_field(html, "programme", "Mã chương trình", "text", "off");
    text_field(html, "programme_name", "Tên chương trình", "text", "off");
    text_field(html, "period", "Kỳ chi (năm-tháng, ví dụ 2026-12)", "text", "off");
    html.line("label", "Tệp CSV hoặc XLSX: mã người hưởng, họ tên, số tiền, hình thức (CK, TM), ngân hàng, số tài khoản", {{"for", "file"}});
    html.lone("input", {{"id", "file"}, {"name", "file"}, {"type", "file"}, {"required", ""}, {"accept", ".csv,.xlsx"}});
    button(html, "Kiểm tra danh sách");
    html.close();
}

http::Response draw_lists(api::Person const& person, postgres::Connection& connection, int status, std::string_view complaint) {
    auto const rows = benefits::list(connection, api::owners_of(person.merchants(api::makers), *person.directory).places, {}, 30);
    return person_page(status, person, "Trợ cấp", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        if (rows.empty()) html.line("p", "Chưa có danh sách nào.");
        html.open("ul");
        for (auto const& shown : rows) {
            html.open("li").line("a", title_of(shown), {{"href", "/tro-cap/" + shown.list.id.text()}});
            html.line("p", std::to_string(shown.list.rows_good) + " người · " + with_unit(shown.list.amount + shown.list.cash_amount) + " · " + std::string{status_words(shown.list.status)},
                      {{"class", "small"}});
            html.close();
        }
        html.close();
        draw_upload(html, person);
    });
}

void draw_decision(Html& html, api::Person const& person, Shown const& shown) {
    if (shown.list.status != ListStatus::checked || !person.may(api::deciders, shown.list.merchant)) return;
    if (shown.list.maker == person.actor()) {
        html.line("p", "Bạn gửi danh sách này: người khác phải duyệt.", {{"class", "small"}});
        return;
    }
    for (auto const& [what, words] : {std::pair{"approve", "Duyệt và chi"}, std::pair{"reject", "Từ chối"}}) {
        open_form(html, person, "/tro-cap/" + shown.list.id.text());
        hidden(html, "what", what);
        html.line("button", words, {{"type", "submit"}, {"class", std::string_view{what} == "approve" ? "" : "quiet"}});
        html.close();
    }
}

http::Response draw_list(api::Person const& person, postgres::Connection& connection, Shown const& shown, int status, std::string_view complaint) {
    auto const unpaid = benefits::unpaid(connection, shown.list.id);
    auto const* office = person.directory->merchant(shown.list.merchant);
    auto const file = "/tro-cap/" + shown.list.id.text() + "/tep?state=";
    return person_page(status, person, title_of(shown), [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.line("p", status_words(shown.list.status), {{"class", shown.list.status == ListStatus::checked ? "wait" : "done"}});
        html.open("dl").line("dt", "Đơn vị chi").line("dd", office != nullptr ? office->name : std::string{}).line("dt", "Tệp").line("dd", shown.list.file_name);
        html.line("dt", "Chuyển khoản").line("dd", with_unit(shown.list.amount)).line("dt", "Tiền mặt").line("dd", with_unit(shown.list.cash_amount));
        html.line("dt", "Số dòng").line("dd", std::to_string(shown.list.rows_all) + ", chi được " + std::to_string(shown.list.rows_good)).close();
        if (shown.warnings > 0)
            html.open("p", {{"class", "complaint"}}).text(std::to_string(shown.warnings) + " dòng cần xem trước khi duyệt (tài khoản thay đổi hoặc dùng chung): ")
                .line("a", "tải các dòng đó", {{"href", file + "warned"}}).close();
        draw_decision(html, person, shown);
        draw_figures(html, shown);
        if (!unpaid.empty()) {
            html.line("h2", "Chưa chi được, theo lý do").open("ul");
            for (auto const& each : unpaid)
                html.line("li", api::reason_words(each.state, each.reason, false) + ": " + std::to_string(each.figure.people) + " người, " + with_unit(each.figure.amount));
            html.close().open("p").line("a", "Tải những người chưa chi được (CSV)", {{"href", file + "unpaid"}}).close();
        }
        html.open("p").line("a", "Tải danh sách nhận tiền mặt (CSV)", {{"href", file + "cash"}}).close();
        html.open("p").line("a", "Tải tất cả (CSV)", {{"href", file}}).close();
    });
}

using AboutList = std::function<void(api::Person const&, std::shared_ptr<http::Responder> const&, postgres::Connection&, Shown const&)>;

http::Handler about_list(api::Edge& edge, api::Need need, AboutList go) {
    return [&edge, need, go = std::move(go)](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), need, [go](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = BenefitListId::parse(later->request().param("id"));
            auto const found = id ? benefits::find(connection, *id) : std::nullopt;
            if (!found || !person.may(api::makers, found->list.merchant)) return (*later)(not_found_page());
            go(person, later, connection, *found);
        });
    };
}

/// The parts of the upload as the API's parameters would be.
std::optional<api::SentList> sent_in(std::vector<http::Part> const& parts) {
    auto const text = [&](std::string_view name) {
        auto const* part = http::find_part(parts, name);
        return part != nullptr ? std::string{part->value} : std::string{};
    };
    auto const* file = http::find_part(parts, "file");
    if (file == nullptr || file->value.empty()) return std::nullopt;
    return api::SentList{text("merchant"), text("programme"), text("programme_name"), text("period"), file->filename.value_or("danh-sach"), file->value};
}

}  // namespace

http::Handler benefits_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::makers}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw_lists(person, connection, 200, ""));
        });
    };
}

http::Handler take_benefit_list(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::makers}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& asked = later->request();
            auto const parts = http::parse_multipart(asked.header("Content-Type").value_or(""), asked.body);
            auto const sent = parts ? sent_in(*parts) : std::nullopt;
            if (!sent) return (*later)(draw_lists(person, connection, 422, "Hãy chọn tệp CSV hoặc XLSX."));
            auto const reaches = [grants = person.grants](merchants::Merchant const& merchant) { return grants.reach(api::makers, merchant); };
            auto command = api::to_command(*sent, {person.directory, person.actor(), reaches}, connection, edge.clock.now());
            if (!command) {
                auto const& problem = command.error();
                return (*later)(draw_lists(person, connection, 422, problem.detail.vi.empty() ? api::kind_of(problem.code).vi : problem.detail.vi));
            }
            // A form has no key of its own: the file is the key, so the same one sent twice is one list.
            auto const merchant = (*command)->merchant;
            auto const fingerprint = (*command)->file_hash + sent->programme + sent->period;
            (*command)->idempotency = api::SentKey{"page " + crypto::to_hex(crypto::sha256(fingerprint + person.session.text())), "POST", "/tro-cap", fingerprint}.of(merchant);
            edge.core.submit(std::move(command).value(), [later](payments::Answer const& answer) {
                if (auto const code = api::problem_in(answer)) return (*later)(person_problem_page(api::Problem{*code}, people_audience(later->request())));
                (*later)(go_to("/tro-cap/" + answer->own_as<benefits::ListOutcome>()->id.text()));
            });
        });
    };
}

http::Handler benefit_page(api::Edge& edge) {
    return about_list(edge, {.roles = api::makers}, [](api::Person const& person, auto const& later, postgres::Connection& connection, Shown const& shown) {
        (*later)(draw_list(person, connection, shown, 200, ""));
    });
}

http::Handler benefit_file(api::Edge& edge) {
    return about_list(edge, {.roles = api::makers}, [](api::Person const&, auto const& later, postgres::Connection& connection, Shown const& shown) {
        auto const state = later->request().query_value("state").value_or("");
        auto out = http::Response{200, "text/csv; charset=utf-8", api::to_csv(benefits::lines(connection, shown.list.id, state, 1, 100'000)), {}};
        out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"tro-cap-" + shown.list.period + ".csv\"");
        (*later)(std::move(out));
    });
}

http::Handler decide_benefit(api::Edge& edge) {
    return about_list(edge, {.roles = api::deciders, .fresh = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection&, Shown const& shown) {
        auto const what = form_value(later->request(), "what");
        if (!person.may(api::deciders, shown.list.merchant) || (what != "approve" && what != "reject")) return (*later)(not_found_page());
        auto command = std::make_unique<benefits::DecideBenefits>();
        command->id = shown.list.id;
        command->programme = shown.list.programme;
        command->merchant = shown.list.merchant;
        command->approves = what == "approve";
        command->actor = person.actor();
        command->second_factor_fresh = person.second_factor_fresh;
        edge.core.submit(std::move(command), [&edge, person, later, id = shown.list.id](payments::Answer const& answer) {
            auto const code = api::problem_in(answer);
            if (!code) return (*later)(go_to("/tro-cap/" + id.text()));
            edge.reads.ask(later, people_audience(later->request()), [person, later, id, kind = api::kind_of(*code)](postgres::Connection& again) {
                auto const found = benefits::find(again, id);
                (*later)(found ? draw_list(person, again, *found, kind.status, kind.vi) : not_found_page());
            });
        });
    });
}

void add_benefit_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    router.add(Method::get, "/tro-cap", "benefits_page", benefits_page(edge));
    router.add(Method::post, "/tro-cap", "take_benefit_list", take_benefit_list(edge),
               {.body_bytes_max = 16 * 1024 * 1024, .body_timeout = std::chrono::seconds{60}, .handler_timeout = std::chrono::seconds{60}});
    router.add(Method::get, "/tro-cap/{id}", "benefit_page", benefit_page(edge));
    router.add(Method::post, "/tro-cap/{id}", "decide_benefit", decide_benefit(edge), {.body_bytes_max = 4096});
    router.add(Method::get, "/tro-cap/{id}/tep", "benefit_file", benefit_file(edge));
}

}  // namespace choso::pages
