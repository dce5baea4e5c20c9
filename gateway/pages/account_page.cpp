#include "gateway/api/respond.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "merchants/people/passkey.hpp"
#include "merchants/people/sign_in.hpp"

namespace choso::pages {
namespace {

std::string reach_words(people::Grant const& grant, merchants::Directory const& directory) {
    if (grant.reach == people::Reach::province) return "toàn tỉnh";
    if (grant.reach == people::Reach::merchant) {
        auto const* merchant = directory.merchant(MerchantId{grant.about});
        return merchant != nullptr ? merchant->name : "đơn vị không còn";
    }
    auto const* collector = directory.collector(CollectorId{grant.about});
    return collector != nullptr ? "các đơn vị của " + collector->name : "đơn vị thu hộ không còn";
}

void draw_roles(Html& html, api::Person const& person) {
    html.line("h2", "Vai trò");
    if (person.grants.all().empty()) html.line("p", "Chưa có vai trò nào.");
    html.open("ul");
    for (auto const& grant : person.grants.all())
        html.line("li", std::string{people::name_of(grant.role)} + " – " + reach_words(grant, *person.directory));
    html.close();
}

void draw_factors(Html& html, api::Person const& person, std::vector<people::Passkey> const& passkeys, people::Factors const& factors) {
    html.open("section", {{"aria-labelledby", "factors"}}).line("h2", "Xác thực hai bước", {{"id", "factors"}});
    if (factors.has_app) {
        html.line("p", "Ứng dụng tạo mã: đang dùng. Còn " + std::to_string(factors.recovery_codes) + " mã dự phòng.");
        open_form(html, person, "/tai-khoan/xac-thuc/go");
        button(html, "Gỡ ứng dụng tạo mã");
        html.close();
    } else {
        html.line("p", "Chưa dùng ứng dụng tạo mã.");
        html.line("a", "Thiết lập ứng dụng tạo mã", {{"class", "button"}, {"href", "/tai-khoan/xac-thuc"}});
    }
    for (auto const& passkey : passkeys) {
        open_form(html, person, "/tai-khoan/khoa/go");
        hidden(html, "id", crypto::to_base64url(passkey.id));
        html.line("p", passkey.name + " – thêm lúc " + to_page_time(passkey.created_at));
        button(html, "Gỡ khoá này");
        html.close();
    }
    open_form(html, person, "/tai-khoan/khoa");
    html.line("p", "Thêm khoá hoặc vân tay cần trình duyệt bật JavaScript.", {{"id", "passkey-state"}, {"role", "status"}});
    html.line("button", "Thêm khoá hoặc vân tay", {{"type", "button"}, {"id", "add-passkey"}, {"hidden", ""}}).close();
    html.close();
}

void draw_sessions(Html& html, api::Person const& person, std::vector<people::SessionRow> const& sessions) {
    html.open("section", {{"aria-labelledby", "sessions"}}).line("h2", "Các phiên đang mở", {{"id", "sessions"}}).open("ul");
    for (auto const& session : sessions) {
        auto const mine = session.id == person.session;
        html.open("li").line("p", (mine ? "Phiên này · " : "") + session.address + " · dùng lần cuối " + to_page_time(session.seen_at));
        html.line("p", session.agent, {{"class", "small"}});
        open_form(html, person, "/tai-khoan/phien");
        hidden(html, "id", session.id.text());
        button(html, mine ? "Đăng xuất" : "Kết thúc phiên");
        html.close().close();
    }
    html.close().close();
}

http::Response draw_password(api::Person const& person, int status, std::string_view complaint) {
    return person_page(status, person, "Đổi mật khẩu", [&](Html& html) {
        if (person.standing == people::Standing::password_temporary) html.line("p", "Mật khẩu hiện tại do người khác cấp: hãy đổi trước khi làm việc.");
        open_form(html, person, "/tai-khoan/mat-khau");
        text_field(html, "present", "Mật khẩu hiện tại", "password", "current-password");
        text_field(html, "password", "Mật khẩu mới (từ 15 ký tự; một câu dễ nhớ là tốt nhất)", "password", "new-password");
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        button(html, "Đổi mật khẩu");
        html.close();
    });
}

http::Response draw_app(api::Person const& person, int status, std::optional<crypto::Secret> const& secret, std::string_view complaint) {
    return person_page(status, person, "Ứng dụng tạo mã", [&](Html& html) {
        if (person.standing == people::Standing::second_factor_absent)
            html.line("p", "Vai trò của bạn cần xác thực hai bước: hãy thiết lập để làm việc tiếp.");
        if (!secret) {
            html.line("p", "Cài một ứng dụng tạo mã (như Google Authenticator, Aegis, FreeOTP) trên điện thoại rồi bấm nút dưới đây.");
            open_form(html, person, "/tai-khoan/xac-thuc/bat-dau");
            button(html, "Bắt đầu");
            html.close();
            return;
        }
        html.line("p", "Quét mã này bằng ứng dụng, rồi nhập mã 6 số mà ứng dụng hiện ra.");
        draw_symbol(html, people::totp_address(person.login, secret->reveal()), "Mã QR cho ứng dụng tạo mã");
        html.open("p").text("Hoặc gõ tay: ").line("code", people::shown_secret(secret->reveal()), {{"id", "secret"}}).close();
        open_form(html, person, "/tai-khoan/xac-thuc");
        html.line("label", "Mã 6 số", {{"for", "code"}});
        html.lone("input", {{"id", "code"}, {"name", "code"}, {"inputmode", "numeric"}, {"autocomplete", "one-time-code"}, {"required", ""}, {"maxlength", "7"}});
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        button(html, "Xác nhận");
        html.close();
    });
}

/// A factor is added or taken away only by who has just given the one there is.
bool must_confirm_first(api::Person const& person) { return person.has_second_factor && !person.second_factor_fresh; }

}  // namespace

http::Handler account_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const sessions = people::list_sessions(connection, person.id);
            auto const passkeys = people::list_passkeys(connection, person.id);
            auto const factors = people::factors_of(connection, person.id);
            auto out = person_page(200, person, "Tài khoản", [&](Html& html) {
                html.line("p", person.name + " (" + person.login + ")");
                draw_roles(html, person);
                draw_factors(html, person, passkeys, factors);
                html.line("h2", "Mật khẩu").line("a", "Đổi mật khẩu", {{"class", "button"}, {"href", "/tai-khoan/mat-khau"}});
                draw_sessions(html, person, sessions);
            });
            (*later)(std::move(out));
        });
    };
}

http::Handler end_my_session(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = people::SessionId::parse(form_value(later->request(), "id"));
            // Only one's own: another person's is as one that does not exist.
            if (!id || !people::end_session(connection, person.id, *id)) return (*later)(not_found_page());
            if (*id != person.session) return (*later)(go_to("/tai-khoan"));
            auto out = go_to("/dang-nhap");
            out.with("Set-Cookie", api::session_cookie(edge.base_url, ""));
            (*later)(std::move(out));
        });
    };
}

http::Handler password_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [](api::Person const& person, auto const& later, postgres::Connection&) {
            if (person.standing == people::Standing::second_factor_due) return (*later)(go_to("/dang-nhap/buoc-2?den=%2Ftai-khoan%2Fmat-khau"));
            (*later)(draw_password(person, 200, ""));
        });
    };
}

http::Handler take_password(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page_to_hash(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (person.standing == people::Standing::second_factor_due) return (*later)(go_to("/dang-nhap/buoc-2?den=%2Ftai-khoan%2Fmat-khau"));
            auto const& asked = later->request();
            auto const weighed = people::weigh_password(connection, person.id, form_value(asked, "present"), form_value(asked, "password"));
            if (auto const* wait = std::get_if<people::MustWait>(&weighed))
                return (*later)(draw_password(person, 429, "Đã thử sai quá nhiều lần. Hãy đợi " + std::to_string(wait->left.count()) + " giây."));
            if (auto const* refused = std::get_if<people::Refused>(&weighed)) return (*later)(draw_password(person, 422, vietnamese(*refused)));
            edge.reads.ask(later, people_audience(asked), [later, person, wanted = std::get<people::NewPassword>(weighed)](postgres::Connection& reader) {
                auto const done = people::change_password(reader, person.id, wanted, person.session.uuid());
                if (!done) return (*later)(draw_password(person, 422, vietnamese(done.error())));
                (*later)(go_to("/tai-khoan"));
            });
        });
    };
}

http::Handler app_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (must_confirm_first(person)) return (*later)(go_to("/dang-nhap/buoc-2?den=%2Ftai-khoan%2Fxac-thuc"));
            if (people::factors_of(connection, person.id).has_app) return (*later)(go_to("/tai-khoan"));
            auto const secret = people::pending_totp(connection, person.id, edge.directory.installation().session_key);
            (*later)(draw_app(person, 200, secret, ""));
        });
    };
}

http::Handler begin_app(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (must_confirm_first(person)) return (*later)(go_to("/dang-nhap/buoc-2?den=%2Ftai-khoan%2Fxac-thuc"));
            (void)people::begin_totp(connection, person.id, edge.directory.installation().session_key);
            (*later)(go_to("/tai-khoan/xac-thuc"));
        });
    };
}

http::Handler confirm_app(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.unfinished = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (must_confirm_first(person)) return (*later)(go_to("/dang-nhap/buoc-2?den=%2Ftai-khoan%2Fxac-thuc"));
            auto const& key = edge.directory.installation().session_key;
            auto const codes = people::confirm_totp(connection, person.id, form_value(later->request(), "code"), key);
            if (!codes)
                return (*later)(draw_app(person, 422, people::pending_totp(connection, person.id, key), "Mã chưa đúng. Hãy chờ mã mới rồi nhập lại."));
            auto const token = people::confirm_session(connection, person.session);
            if (!token) return (*later)(go_to("/dang-nhap"));
            auto out = person_page(200, person, "Mã dự phòng", [&](Html& html) {
                html.line("p", "Ứng dụng tạo mã đã dùng được. Hãy chép mười mã dưới đây ra giấy và cất kỹ: mỗi mã thay được ứng dụng một lần khi mất điện thoại. "
                               "Trang này không hiện lại.");
                html.open("ul", {{"class", "codes"}});
                for (auto const& code : *codes) html.open("li").line("code", code).close();
                html.close().line("a", "Tôi đã chép xong", {{"class", "button"}, {"href", "/tai-khoan"}});
            });
            out.with("Set-Cookie", api::session_cookie(edge.base_url, token->reveal()));
            (*later)(std::move(out));
        });
    };
}

http::Handler remove_app(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.fresh = true}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            people::remove_totp(connection, person.id);
            (*later)(go_to("/tai-khoan"));
        });
    };
}

}  // namespace choso::pages
