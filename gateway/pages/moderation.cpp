// /ban/duyet: moderators look at what sellers want shown. A refusal and a withdrawal have a reason, which the seller reads.
#include "gateway/pages/seller_pages.hpp"

#include "gateway/api/respond.hpp"
#include "marketplace/catalogue/store.hpp"
#include "merchants/people/staff.hpp"

namespace choso::pages {
namespace {

using namespace marketplace;

constexpr api::Roles moderators{api::Role::moderator};
constexpr std::string_view here = "/ban/duyet";

void draw_decision(Html& html, api::Person const& person, std::string const& id, std::string const& name, bool is_shown) {
    open_form(html, person, here);
    hidden(html, "sp", id);
    html.line("label", std::string{is_shown ? "Lý do gỡ “" : "Lý do từ chối “"} + name + "”", {{"for", "r" + id}});
    html.lone("input", {{"id", "r" + id}, {"name", "reason"}, {"type", "text"}, {"maxlength", "500"}});
    if (!is_shown) html.line("button", "Cho bán", {{"type", "submit"}, {"name", "what"}, {"value", "published"}, {"aria-label", "Cho bán " + name}});
    html.line("button", is_shown ? "Gỡ khỏi chợ" : "Từ chối",
              {{"type", "submit"}, {"name", "what"}, {"value", is_shown ? "withdrawn" : "refused"}, {"class", "quiet"}, {"aria-label", (is_shown ? "Gỡ " : "Từ chối ") + name}});
    html.close();
}

void draw_waiting(Html& html, api::Person const& person, postgres::Connection& connection) {
    static auto const waiting = postgres::Statement{
        "moderation_waiting", "select p.id, p.name, s.name, c.name, p.description, p.origin, p.version, "
                              "(select min(v.price) from variant v where v.bucket = p.bucket and v.product = p.id and v.active), "
                              "(select i.id from product_image i where i.bucket = p.bucket and i.product = p.id order by i.position, i.id limit 1) "
                              "from product p join seller s on s.merchant = p.seller join category c on c.id = p.category "
                              "where p.state = 'pending' order by p.updated_at, p.id limit 50"};
    auto const rows = connection.query(waiting);
    html.line("h2", "Chờ duyệt");
    if (rows.rows() == 0) html.line("p", "Không có sản phẩm nào chờ duyệt.");
    html.open("ul");
    for (auto row = 0; row < rows.rows(); ++row) {
        html.open("li").line("strong", rows.text(row, 1));
        if (!rows.is_null(row, 8))
            html.lone("img", {{"src", "/cho/hinh/" + rows.id<ImageId>(row, 8).text() + "/320.webp"}, {"alt", rows.text(row, 1)}, {"width", "160"}, {"height", "160"}});
        html.open("dl").line("dt", "Người bán").line("dd", rows.text(row, 2)).line("dt", "Nhóm hàng").line("dd", rows.text(row, 3));
        html.line("dt", "Giá").line("dd", rows.is_null(row, 7) ? "chưa có" : with_unit(rows.money(row, 7)));
        if (!rows.text(row, 5).empty()) html.line("dt", "Nơi làm ra").line("dd", rows.text(row, 5));
        html.line("dt", "Bản").line("dd", std::to_string(rows.integer(row, 6))).close();
        if (!rows.text(row, 4).empty()) html.line("p", rows.text(row, 4), {{"class", "text"}});
        draw_decision(html, person, rows.id<ProductId>(row, 0).text(), std::string{rows.text(row, 1)}, false);
        html.close();
    }
    html.close();
}

void draw_decided(Html& html, api::Person const& person, postgres::Connection& connection) {
    static auto const decided = postgres::Statement{
        "moderation_decided", "select p.id, p.name, s.name, p.state::text, p.reason, p.reviewed_at, coalesce(t.name, 'hệ thống') from product p "
                              "join seller s on s.merchant = p.seller left join staff t on t.id = p.reviewer "
                              "where p.reviewed_at is not null order by p.reviewed_at desc, p.id limit 20"};
    auto const rows = connection.query(decided);
    html.line("h2", "Mới quyết định").open("ul");
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const is_shown = rows.text(row, 3) == "published";
        html.open("li").line("strong", rows.text(row, 1));
        html.line("p", std::string{is_shown ? "Cho bán" : rows.text(row, 3) == "withdrawn" ? "Đã gỡ" : "Từ chối"} + " · " + std::string{rows.text(row, 2)} + " · " +
                           to_page_time(rows.time(row, 5)) + " · " + std::string{rows.text(row, 6)}, {{"class", "small"}});
        if (!rows.text(row, 4).empty()) html.line("p", "Lý do: " + std::string{rows.text(row, 4)}, {{"class", "small"}});
        if (is_shown) {
            html.open("details").line("summary", "Gỡ khỏi chợ", {{"aria-label", "Gỡ khỏi chợ: " + std::string{rows.text(row, 1)}}});
            draw_decision(html, person, rows.id<ProductId>(row, 0).text(), std::string{rows.text(row, 1)}, true);
            html.close();
        }
        html.close();
    }
    html.close();
}

http::Response draw(int status, api::Person const& person, postgres::Connection& connection, std::string_view complaint) {
    return person_page(status, person, "Duyệt sản phẩm", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        draw_waiting(html, person, connection);
        draw_decided(html, person, connection);
    });
}

}  // namespace

http::Handler moderation_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = moderators}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw(200, person, connection, {}));
        });
    };
}

http::Handler take_moderation(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = moderators}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const id = ProductId::parse(form_value(request, "sp"));
            auto const becomes = product_state_of(form_value(request, "what"));
            if (!id || !becomes) return (*later)(person_problem_page({api::Code::not_found}, people_audience(request)));
            auto const reason = *becomes == ProductState::published ? std::string{} : std::string{http::trimmed(form_value(request, "reason"))};
            auto const done = moderate(connection, *id, *becomes, PersonId{person.id.uuid()}, reason, edge.clock.now());
            if (done) return (*later)(go_to(std::string{here}));
            auto const& why = done.error();
            (*later)(draw(422, person, connection, why.field == "reason" ? "Hãy ghi lý do, tối đa 500 byte: người bán sẽ đọc nó." : "Chưa làm được: " + why.text()));
        });
    };
}

}  // namespace choso::pages
