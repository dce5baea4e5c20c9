#include "gateway/pages/people_frame.hpp"

#include <algorithm>
#include <array>

#include "gateway/api/respond.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

using api::Role;
using api::Roles;

struct Link {
    std::string_view path, words;
    Roles roles;
};
constexpr std::array<Link, 10> links{{
    {"/ban", "Bán hàng", {Role::seller}},
    {"/ban/duyet", "Duyệt sản phẩm", {Role::moderator}},
    {"/thu", "Thu phí", {Role::fee_clerk}},
    {"/duyet", "Duyệt chi", {Role::approver}},
    {"/doi-soat", "Đối soát", {Role::reconciler, Role::approver}},
    {"/tro-cap", "Trợ cấp", {Role::fee_clerk, Role::reconciler, Role::approver}},
    {"/khieu-nai", "Khiếu nại", {Role::fee_clerk, Role::reconciler, Role::approver}},
    {"/nguoi-dung", "Người dùng", {Role::operator_}},
    {"/nhat-ky", "Nhật ký", {Role::operator_, Role::reconciler}},
    {"/tai-khoan", "Tài khoản", Roles::any()},
}};

struct Words {
    std::string_view field, rule_begins, vi;
};
/// The rules a person can break on these pages; the registry speaks English to operators at a shell.
constexpr std::array<Words, 10> refusals{{
    {"password", "must have 15", "Mật khẩu phải có từ 15 ký tự; một câu bất kỳ là được."},
    {"password", "must not be one", "Mật khẩu này dễ bị đoán: không dùng toàn từ thông dụng, tên mình hay dãy số dễ."},
    {"password", "must be another", "Hãy chọn mật khẩu khác mật khẩu cũ."},
    {"password", "", "Mật khẩu không hợp lệ."},
    {"present", "", "Mật khẩu hiện tại không đúng."},
    {"login", "must not be somebody", "Tên đăng nhập đã có người dùng."},
    {"login", "must be 2", "Tên đăng nhập gồm 2–32 chữ thường không dấu, số, dấu chấm hoặc gạch."},
    {"login", "must not be your", "Không ai tự thêm vai trò cho mình: hãy nhờ một người vận hành khác."},
    {"login", "", "Không có người dùng này."},
    {"name", "", "Tên phải có từ 1 đến 80 ký tự."},
}};

http::Response framed(int status, std::string_view title, std::string_view script, std::function<void(Html&)> const& body) {
    auto frame = Frame{};
    frame.title = std::string{title} + " – Chợ Số";
    frame.script = script;
    auto out = page(status, frame, body);
    // A form's Origin would be `null` under no-referrer, and could not be told from another site's.
    for (auto& header : out.headers)
        if (header.name == "Referrer-Policy") header.value = "same-origin";
    return out;
}

/// Where to come back to: a form's own page, since what it is sent to is no page.
std::string way_back(http::Request const& request) {
    if (request.method == http::Method::get) return safe_path(request.target);
    auto const from = request.header("Referer").value_or("");
    auto const host = from.find("://");
    auto const path = host == std::string_view::npos ? host : from.find('/', host + 3);
    return safe_path(path == std::string_view::npos ? std::string_view{} : from.substr(path));
}

void enter(api::Reads& where, api::Edge& edge, http::Responder respond, api::Need need, api::PersonHandler go) {
    auto const audience = people_audience(respond.request());
    auto const later = api::shared(std::move(respond));
    where.ask(later, audience, [&edge, later, audience, need, go = std::move(go)](postgres::Connection& connection) {
        auto const& request = later->request();
        auto const person = api::person_of(edge, request, connection, need);
        if (person) return go(*person, later, connection);
        auto const back = http::percent_encode(way_back(request));
        switch (person.error().code) {
            case api::Code::sign_in_needed: return (*later)(go_to("/dang-nhap?den=" + back));
            case api::Code::second_factor_due:
            case api::Code::step_up_needed: return (*later)(go_to("/dang-nhap/buoc-2?den=" + back));
            case api::Code::password_temporary: return (*later)(go_to("/tai-khoan/mat-khau"));
            case api::Code::second_factor_absent: return (*later)(go_to("/tai-khoan/xac-thuc"));
            default: (*later)(person_problem_page(person.error(), audience));
        }
    });
}

}  // namespace

http::Response plain_page(int status, std::string_view title, std::string_view script, std::function<void(Html&)> const& body) {
    return framed(status, title, script, [&](Html& html) {
        html.line("h1", title);
        body(html);
    });
}

http::Response person_page(int status, api::Person const& person, std::string_view title, std::function<void(Html&)> const& body) {
    return framed(status, title, "/assets/people.js", [&](Html& html) {
        html.open("nav", {{"aria-label", "Các trang"}}).open("ul", {{"class", "links"}});
        for (auto const& link : links)
            if (!link.roles.only_some() || person.grants.roles().meets(link.roles))
                html.open("li").line("a", link.words, {{"href", link.path}}).close();
        html.close().close();
        html.line("h1", title);
        body(html);
    });
}

void enter_page(api::Edge& edge, http::Responder respond, api::Need need, api::PersonHandler go) {
    enter(edge.reads, edge, std::move(respond), need, std::move(go));
}

void enter_page_to_hash(api::Edge& edge, http::Responder respond, api::Need need, api::PersonHandler go) {
    enter(edge.hashing, edge, std::move(respond), need, std::move(go));
}

http::Response person_problem_page(api::Problem const& problem, api::Audience const&) {
    auto const& kind = api::kind_of(problem.code);
    auto out = notice_page(kind.status, kind.status >= 500 ? "Tạm thời chưa mở được" : "Chưa làm được", problem.detail.vi.empty() ? kind.vi : problem.detail.vi);
    if (kind.status == 503 || kind.status == 429) out.with("Retry-After", std::to_string(problem.retry_after));
    return out;
}

api::Audience people_audience(http::Request const& request) {
    return {.request_id = request.request_id, .english = false, .page = person_problem_page};
}

http::Response go_to(std::string location) {
    auto out = http::Response{303, "", "", {}};
    out.with("Location", std::move(location)).with("Cache-Control", "no-store");
    return out;
}

void hidden(Html& html, std::string_view name, std::string_view value) {
    html.lone("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html& open_form(Html& html, api::Person const& person, std::string_view action) {
    html.open("form", {{"method", "post"}, {"action", action}});
    hidden(html, "csrf", person.csrf);
    return html;
}

void text_field(Html& html, std::string_view name, std::string_view label, std::string_view type, std::string_view autocomplete,
                std::string_view value) {
    html.line("label", label, {{"for", name}});
    html.lone("input", {{"id", name}, {"name", name}, {"type", type}, {"autocomplete", autocomplete}, {"required", ""}, {"value", value}, {"maxlength", "256"},
                        {"autocapitalize", "none"}, {"spellcheck", "false"}});
}

void bank_field(Html& html, std::string_view name, std::string_view label, std::string_view choose, std::string_view chosen) {
    html.line("label", label, {{"for", name}}).open("select", {{"id", name}, {"name", name}, {"required", ""}});
    if (chosen.empty()) html.line("option", choose, {{"value", ""}});
    for (auto const& bank : qr::banks()) {
        if (bank.bin == chosen) html.line("option", bank.display_name(), {{"value", bank.bin}, {"selected", ""}});
        else html.line("option", bank.display_name(), {{"value", bank.bin}});
    }
    html.close();
}

void button(Html& html, std::string_view words) { html.line("button", words, {{"type", "submit"}}); }

std::string form_value(http::Request const& request, std::string_view name) {
    auto const form = http::parse_form(request.body);
    return form ? std::string{form->find(name).value_or("")} : std::string{};
}

std::string safe_path(std::string_view wanted) {
    auto const plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view{"/_-.?=&%"}.find(c) != std::string_view::npos;
    };
    auto const ours = wanted.size() > 1 && wanted.size() <= 200 && wanted[0] == '/' && wanted[1] != '/' && std::ranges::all_of(wanted, plain) &&
                      !wanted.starts_with("/dang-nhap");
    return ours ? std::string{wanted} : std::string{"/tai-khoan"};
}

std::string vietnamese(people::Refused const& refused) {
    for (auto const& [field, begins, vi] : refusals)
        if (refused.field == field && refused.rule.starts_with(begins)) return std::string{vi};
    return "Chưa làm được: dữ liệu không hợp lệ.";
}

}  // namespace choso::pages
