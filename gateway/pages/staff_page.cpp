#include <algorithm>

#include "gateway/api/respond.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"

namespace choso::pages {
namespace {

using api::Role;
constexpr api::Need look{.roles = {Role::operator_}};
/// Who may do what is changed only by who has just shown who they are.
constexpr api::Need change{.roles = {Role::operator_}, .fresh = true};

std::string grant_words(people::Grant const& grant, merchants::Directory const& directory) {
    auto out = std::string{people::name_of(grant.role)};
    if (grant.reach == people::Reach::merchant) {
        auto const* merchant = directory.merchant(MerchantId{grant.about});
        out += " – " + (merchant != nullptr ? merchant->name : MerchantId{grant.about}.text());
    } else if (grant.reach == people::Reach::collector) {
        auto const* collector = directory.collector(CollectorId{grant.about});
        out += " – các đơn vị của " + (collector != nullptr ? collector->name : CollectorId{grant.about}.text());
    } else {
        out += " – toàn tỉnh";
    }
    return out;
}

void draw_role_choice(Html& html, std::string const& id) {
    html.line("label", "Vai trò", {{"for", id}}).open("select", {{"id", id}, {"name", "role"}});
    for (auto const role : people::all_roles()) html.line("option", people::name_of(role), {{"value", people::word(role)}});
    html.close();
    auto const about = id + "-about";
    html.line("label", "Của đơn vị (mã mer_… hoặc col_…; để trống: toàn tỉnh)", {{"for", about}});
    html.lone("input", {{"id", about}, {"name", "about"}, {"autocomplete", "off"}, {"maxlength", "64"}});
    html.line("p", "Vai trò Người duyệt chi có hiệu lực sau 24 giờ, kể cả khi được cấp lại mật khẩu.", {{"class", "small"}});
}

void one_button(Html& html, api::Person const& person, std::string_view what, std::string_view user, std::string_view words) {
    open_form(html, person, "/nguoi-dung/doi");
    hidden(html, "what", what);
    hidden(html, "user", user);
    html.line("button", words, {{"type", "submit"}, {"class", "quiet"}, {"aria-label", std::string{words} + " " + std::string{user}}}).close();
}

void draw_member(Html& html, api::Person const& person, people::StaffRow const& row) {
    html.open("li").line("h2", row.name + " (" + row.login + ")");
    auto const state = row.revoked ? "đã thu quyền đăng nhập" : row.temporary_password ? "mật khẩu được cấp, chưa đổi" : row.has_passkey ? "có khoá" : row.has_totp ? "có ứng dụng tạo mã" : "chưa xác thực hai bước";
    html.line("p", state, {{"class", "small"}});
    for (auto const& grant : row.grants.all()) {
        html.line("p", grant_words(grant, *person.directory));
        if (row.revoked) continue;
        open_form(html, person, "/nguoi-dung/doi");
        hidden(html, "what", "take");
        hidden(html, "user", row.login);
        hidden(html, "grant", std::string{people::word(grant.role)} + " " + std::string{people::word(grant.reach)} + " " + to_hyphenated(grant.about));
        html.line("button", "Bỏ vai trò", {{"type", "submit"}, {"class", "quiet"}, {"aria-label", "Bỏ vai trò " + std::string{people::name_of(grant.role)} + " của " + row.login}}).close();
    }
    if (!row.revoked) {
        html.open("details").line("summary", "Thay đổi");
        open_form(html, person, "/nguoi-dung/doi");
        hidden(html, "what", "give");
        hidden(html, "user", row.login);
        draw_role_choice(html, "role-" + row.login);
        button(html, "Thêm vai trò");
        html.close();
        one_button(html, person, "reset", row.login, "Cấp lại mật khẩu");
        one_button(html, person, "revoke", row.login, "Thu quyền đăng nhập");
        html.close();
    }
    html.close();
}

http::Response draw(api::Person const& person, postgres::Connection& connection, int status, std::string_view complaint) {
    auto const rows = people::list_staff(connection);
    return person_page(status, person, "Người dùng", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.open("details").line("summary", "Thêm người");
        open_form(html, person, "/nguoi-dung");
        text_field(html, "user", "Tên đăng nhập", "text", "off");
        text_field(html, "name", "Họ tên", "text", "off");
        draw_role_choice(html, "role-new");
        button(html, "Thêm");
        html.close().close().open("ul");
        for (auto const& row : rows) draw_member(html, person, row);
        html.close();
    });
}

/// The role of a form that draw_role_choice drew; nothing if it names what does not exist.
std::optional<people::Grant> grant_of_form(http::Request const& request, merchants::Directory const& directory) {
    auto const role = people::role_of(form_value(request, "role"));
    auto const about = std::string{http::trimmed(form_value(request, "about"))};
    if (!role) return std::nullopt;
    if (about.empty()) return people::Grant{*role, people::Reach::province, {}};
    if (auto const merchant = MerchantId::parse(about); merchant && directory.merchant(*merchant) != nullptr)
        return people::Grant{*role, people::Reach::merchant, merchant->uuid()};
    if (auto const collector = CollectorId::parse(about); collector && directory.collector(*collector) != nullptr)
        return people::Grant{*role, people::Reach::collector, collector->uuid()};
    return std::nullopt;
}

http::Response draw_password(api::Person const& person, std::string_view user, people::CreatedStaff const& made) {
    return person_page(200, person, "Mật khẩu được cấp", [&](Html& html) {
        html.line("p", "Mật khẩu của " + std::string{user} + ", chỉ hiện một lần. Người dùng phải đổi khi đăng nhập lần đầu.");
        html.open("p").line("code", made.password.reveal(), {{"id", "password"}}).close();
        html.line("a", "Về danh sách", {{"class", "button"}, {"href", "/nguoi-dung"}});
    });
}

/// Makes a password where passwords are hashed, then goes on with it on a reader's thread.
void with_password(api::Edge& edge, std::shared_ptr<http::Responder> const& later, std::function<void(people::MadePassword const&, postgres::Connection&)> go) {
    auto const audience = people_audience(later->request());
    edge.hashing.ask(later, audience, [&edge, later, audience, go = std::move(go)](postgres::Connection&) {
        edge.reads.ask(later, audience, [go, made = people::make_password()](postgres::Connection& reader) { go(made, reader); });
    });
}

constexpr std::string_view no_such_role = "Vai trò hoặc mã đơn vị không đúng.";

}  // namespace

http::Handler staff_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), look, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (!person.grants.everywhere({Role::operator_})) return (*later)(not_found_page());
            (*later)(draw(person, connection, 200, ""));
        });
    };
}

http::Handler add_staff(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), change, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (!person.grants.everywhere({Role::operator_})) return (*later)(not_found_page());
            auto const& request = later->request();
            auto const grant = grant_of_form(request, *person.directory);
            if (!grant) return (*later)(draw(person, connection, 422, no_such_role));
            auto const wanted = people::NewStaff{.login = form_value(request, "user"), .name = form_value(request, "name"), .grants = {*grant}};
            with_password(edge, later, [later, person, wanted](people::MadePassword const& password, postgres::Connection& reader) {
                auto const made = people::create_staff(reader, person.actor(), wanted, password);
                if (!made) return (*later)(draw(person, reader, 422, vietnamese(made.error())));
                (*later)(draw_password(person, wanted.login, *made));
            });
        });
    };
}

http::Handler change_staff(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), change, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            if (!person.grants.everywhere({Role::operator_})) return (*later)(not_found_page());
            auto const& request = later->request();
            auto const what = form_value(request, "what");
            auto const user = form_value(request, "user");
            if (what == "reset") {
                return with_password(edge, later, [later, person, user](people::MadePassword const& password, postgres::Connection& reader) {
                    auto const made = people::reset_staff(reader, person.actor(), user, password);
                    if (!made) return (*later)(draw(person, reader, 422, vietnamese(made.error())));
                    (*later)(draw_password(person, user, *made));
                });
            }
            auto const grant = what == "take" ? people::grant_of(form_value(request, "grant")) : grant_of_form(request, *person.directory);
            if ((what == "give" || what == "take") && !grant) return (*later)(draw(person, connection, 422, no_such_role));
            auto done = Result<people::Done, people::Refused>{people::Refused{"what", "must be known"}};
            if (what == "revoke") done = people::revoke_staff(connection, person.actor(), user);
            if (what == "give") done = people::give_role(connection, person.actor(), user, *grant);
            if (what == "take") done = people::take_role(connection, person.actor(), user, *grant);
            if (!done) return (*later)(draw(person, connection, 422, vietnamese(done.error())));
            (*later)(go_to("/nguoi-dung"));
        });
    };
}

}  // namespace choso::pages
