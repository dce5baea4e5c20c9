#include "gateway/pages/desk_pages.hpp"
#include "gateway/pages/people_pages.hpp"

namespace choso::pages {

void add_people_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    constexpr auto form = http::RouteLimits{.body_bytes_max = 8 * 1024};
    router.add(Method::get, "/dang-nhap", "sign_in_page", sign_in_page(edge));
    router.add(Method::post, "/dang-nhap", "take_sign_in", take_sign_in(edge), form);
    router.add(Method::get, "/dang-nhap/buoc-2", "second_step_page", second_step_page(edge));
    router.add(Method::post, "/dang-nhap/buoc-2", "take_second_step", take_second_step(edge), form);
    router.add(Method::post, "/dang-nhap/khoa/thach-thuc", "passkey_challenge", passkey_challenge(edge), form);
    router.add(Method::post, "/dang-nhap/khoa", "use_passkey", use_passkey(edge), form);
    router.add(Method::post, "/dang-xuat", "sign_out", sign_out(edge), form);
    router.add(Method::get, "/tai-khoan", "account_page", account_page(edge));
    router.add(Method::post, "/tai-khoan/phien", "end_my_session", end_my_session(edge), form);
    router.add(Method::get, "/tai-khoan/mat-khau", "password_page", password_page(edge));
    router.add(Method::post, "/tai-khoan/mat-khau", "take_password", take_password(edge), form);
    router.add(Method::get, "/tai-khoan/xac-thuc", "app_page", app_page(edge));
    router.add(Method::post, "/tai-khoan/xac-thuc", "confirm_app", confirm_app(edge), form);
    router.add(Method::post, "/tai-khoan/xac-thuc/bat-dau", "begin_app", begin_app(edge), form);
    router.add(Method::post, "/tai-khoan/xac-thuc/go", "remove_app", remove_app(edge), form);
    router.add(Method::post, "/tai-khoan/khoa", "add_passkey", add_passkey(edge), {.body_bytes_max = 64 * 1024});
    router.add(Method::post, "/tai-khoan/khoa/go", "remove_passkey", remove_passkey(edge), form);
    router.add(Method::get, "/nguoi-dung", "staff_page", staff_page(edge));
    router.add(Method::post, "/nguoi-dung", "add_staff", add_staff(edge), form);
    router.add(Method::post, "/nguoi-dung/doi", "change_staff", change_staff(edge), form);
    add_desk_pages(router, edge);
    router.add(Method::get, "/duyet", "approve_page", approve_page(edge));
    router.add(Method::post, "/duyet", "take_decision", take_decision(edge), form);
    router.add(Method::get, "/nhat-ky", "audit_page", audit_page(edge));
    router.add(Method::get, "/nhat-ky/xuat", "audit_file", audit_file(edge));
}

}  // namespace choso::pages
