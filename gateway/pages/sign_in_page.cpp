#include "gateway/api/respond.hpp"
#include "gateway/api/session.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "merchants/people/passkey.hpp"
#include "merchants/people/sign_in.hpp"

namespace choso::pages {
namespace {

/// Before there is a session, the form is bound to a cookie of its own, so that nobody signs a stranger in as themselves.
std::string_view before_cookie_name(std::string_view base_url) { return base_url.starts_with("https://") ? "__Host-truoc" : "truoc"; }

std::string before_cookie(api::Edge const& edge, std::string_view value) {
    auto out = std::string{before_cookie_name(edge.base_url)} + "=" + std::string{value} + "; Path=/; HttpOnly; SameSite=Strict";
    if (edge.base_url.starts_with("https://")) out += "; Secure";
    return out;
}

struct SignInForm {
    int status = 200;
    std::string user{}, path{}, complaint{};
};

http::Response draw_sign_in(api::Edge const& edge, http::Request const& request, SignInForm const& shown) {
    auto value = request.cookie(before_cookie_name(edge.base_url)).value_or("");
    auto const known = value.size() == 22;
    if (!known) value = crypto::to_base64url(crypto::random_bytes(16));
    auto out = plain_page(shown.status, "Đăng nhập", {}, [&](Html& html) {
        html.open("form", {{"method", "post"}, {"action", "/dang-nhap"}});
        hidden(html, "csrf", api::csrf_token(value, edge.directory.installation().session_key));
        hidden(html, "den", shown.path);
        text_field(html, "user", "Tên đăng nhập", "text", "username", shown.user);
        text_field(html, "password", "Mật khẩu", "password", "current-password");
        if (!shown.complaint.empty()) html.line("p", shown.complaint, {{"class", "complaint"}, {"role", "alert"}});
        button(html, "Đăng nhập");
        html.close();
    });
    if (!known) out.with("Set-Cookie", before_cookie(edge, value));
    return out;
}

/// What was typed, to be corrected; nothing of what could be nobody's, which may be no text at all.
std::string shown_again(std::string const& user) { return people::is_login(user) ? user : std::string{}; }

std::string wait_words(std::chrono::seconds left) { return "Đã thử sai quá nhiều lần. Hãy đợi " + std::to_string(left.count()) + " giây rồi thử lại."; }

void end_earlier(api::Edge const& edge, http::Request const& request, postgres::Connection& connection) {
    auto const cookie = request.cookie(api::session_cookie_name(edge.base_url));
    if (!cookie) return;
    if (auto const session = people::find_session(connection, *cookie)) people::end_session(connection, session->staff, session->id);
}

http::Response draw_step(api::Person const& person, int status, std::string_view path, std::string_view complaint, bool has_passkey) {
    auto const title = person.standing == people::Standing::second_factor_due ? "Bước xác thực thứ hai" : "Xác thực lại";
    return plain_page(status, title, has_passkey ? "/assets/people.js" : "", [&](Html& html) {
        if (person.standing != people::Standing::second_factor_due)
            html.line("p", "Việc này liên quan đến tiền hoặc quyền: hãy xác nhận đúng là bạn. Xác nhận có giá trị trong 5 phút.");
        if (has_passkey) {
            open_form(html, person, "/dang-nhap/khoa");
            html.line("p", "Trình duyệt này cần bật JavaScript để dùng khoá.", {{"id", "passkey-state"}, {"role", "status"}});
            hidden(html, "den", path);
            html.line("button", "Dùng khoá hoặc vân tay", {{"type", "button"}, {"id", "use-passkey"}, {"hidden", ""}});
            html.close();
        }
        open_form(html, person, "/dang-nhap/buoc-2");
        hidden(html, "den", path);
        text_field(html, "code", "Mã 6 số trong ứng dụng, hoặc một mã dự phòng", "text", "one-time-code");
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        button(html, "Xác nhận");
        html.close();
    });
}

}  // namespace

http::Handler sign_in_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        respond(draw_sign_in(edge, request, {.path = safe_path(request.query_value("den").value_or(""))}));
    };
}

http::Handler take_sign_in(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const before = request.cookie(before_cookie_name(edge.base_url)).value_or("");
        auto const right = api::csrf_token(before, edge.directory.installation().session_key);
        auto shown = SignInForm{.status = 403, .user = shown_again(form_value(request, "user")), .path = safe_path(form_value(request, "den"))};
        if (before.empty() || api::is_from_elsewhere(request, edge.base_url) || !crypto::constant_time_equal(form_value(request, "csrf"), right)) {
            shown.complaint = "Trang đã cũ. Hãy đăng nhập lại.";
            return respond(draw_sign_in(edge, request, shown));
        }
        auto const later = api::shared(std::move(respond));
        auto const password = crypto::Secret{form_value(request, "password")};
        auto const user = form_value(request, "user");
        api::sign_in(edge, later, people_audience(request), user, password, [&edge, later, shown](api::SignedIn const& done, postgres::Connection& connection) mutable {
            auto const& asked = later->request();
            if (auto const* token = std::get_if<crypto::Secret>(&done)) {
                end_earlier(edge, asked, connection);
                auto out = go_to(shown.path);
                out.with("Set-Cookie", api::session_cookie(edge.base_url, token->reveal()));
                return (*later)(std::move(out));
            }
            auto const* wait = std::get_if<people::MustWait>(&done);
            shown.status = wait != nullptr ? 429 : 401;
            shown.complaint = wait != nullptr ? wait_words(wait->left) : "Tên đăng nhập hoặc mật khẩu không đúng.";
            auto out = draw_sign_in(edge, asked, shown);
            if (wait != nullptr) out.with("Retry-After", std::to_string(wait->left.count()));
            (*later)(std::move(out));
        });
    };
}

http::Handler second_step_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const path = safe_path(later->request().query_value("den").value_or(""));
            (*later)(draw_step(person, 200, path, "", !people::list_passkeys(connection, person.id).empty()));
        });
    };
}

http::Handler take_second_step(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const path = safe_path(form_value(later->request(), "den"));
            auto const done = people::give_code(connection, person.id, person.session, form_value(later->request(), "code"),
                                                edge.directory.installation().session_key);
            if (auto const* token = std::get_if<crypto::Secret>(&done)) {
                auto out = go_to(path);
                out.with("Set-Cookie", api::session_cookie(edge.base_url, token->reveal()));
                return (*later)(std::move(out));
            }
            auto const* wait = std::get_if<people::MustWait>(&done);
            auto const has_passkey = !people::list_passkeys(connection, person.id).empty();
            auto out = draw_step(person, wait != nullptr ? 429 : 401, path,
                                 wait != nullptr ? wait_words(wait->left) : "Mã không đúng, đã dùng hoặc đã hết hạn.", has_passkey);
            if (wait != nullptr) out.with("Retry-After", std::to_string(wait->left.count()));
            (*later)(std::move(out));
        });
    };
}

http::Handler sign_out(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            people::end_session(connection, person.id, person.session);
            auto out = go_to("/dang-nhap");
            out.with("Set-Cookie", api::session_cookie(edge.base_url, ""));
            (*later)(std::move(out));
        });
    };
}

}  // namespace choso::pages
