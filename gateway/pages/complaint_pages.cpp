#include "gateway/pages/complaint_pages.hpp"

#include "gateway/api/complaints.hpp"
#include "gateway/api/maker.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/pages/people_frame.hpp"
#include "merchants/receipts/find.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

using complaints::Shown;
constexpr std::int64_t rows_shown = 50;

Frame frame_of(std::string_view title) {
    auto out = Frame{};
    out.title = std::string{title} + " – Chợ Số";
    return out;
}

void draw_kinds(Html& html, std::string_view chosen) {
    html.line("label", "Việc cần giải quyết", {{"for", "kind"}}).open("select", {{"id", "kind"}, {"name", "kind"}, {"required", ""}});
    for (auto const& each : complaints::kinds()) {
        if (each.word == chosen) html.line("option", each.vi, {{"value", each.word}, {"selected", ""}});
        else html.line("option", each.vi, {{"value", each.word}});
    }
    html.close();
}

void draw_words(Html& html, std::string_view name, std::string_view label, std::string_view value) {
    html.line("label", label, {{"for", name}});
    html.line("textarea", value, {{"id", name}, {"name", name}, {"rows", "4"}, {"maxlength", "2000"}, {"required", ""}});
}

struct Form {
    std::string path, number, kind, body, contact, complaint;
};

http::Response draw_form(int status, Form const& form) {
    // Under no-referrer the form's Origin would be null, and could not be told from another site's.
    return plain_page(status, "Gửi khiếu nại", "", [&](Html& html) {
        html.line("p", "Về biên lai " + form.number);
        if (!form.complaint.empty()) html.line("p", form.complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.open("form", {{"method", "post"}, {"action", form.path}});
        draw_kinds(html, form.kind);
        draw_words(html, "text", "Chuyện gì đã xảy ra", form.body);
        html.line("label", "Số điện thoại hoặc thư điện tử để trả lời (không bắt buộc)", {{"for", "contact"}});
        html.lone("input", {{"id", "contact"}, {"name", "contact"}, {"type", "text"}, {"autocomplete", "tel"}, {"maxlength", "100"}, {"value", form.contact}});
        button(html, "Gửi");
        html.close();
        html.line("p", "Nơi thu phải trả lời đúng hạn, tính theo ngày làm việc. Số điện thoại chỉ dùng để trả lời khiếu nại này.", {{"class", "small"}});
    });
}

/// A person's form about the receipt of the path.
void with_receipt(api::Edge& edge, http::Responder respond, std::function<void(receipts::Shown const&, std::shared_ptr<http::Responder> const&, postgres::Connection&)> go) {
    auto const token = crypto::parse_link_token(respond.request().param("token"));
    if (!token) return respond(not_found_page());
    auto const audience = people_audience(respond.request());
    auto const later = std::make_shared<http::Responder>(std::move(respond));
    edge.reads.ask(later, audience, [later, go = std::move(go), token = *token](postgres::Connection& connection) {
        auto const found = receipts::find(connection, token.bucket, token.random);
        if (!found) return (*later)(not_found_page());
        go(*found, later, connection);
    });
}

void draw_facts(Html& html, Shown const& shown) {
    auto const& it = shown.complaint;
    html.open("dl");
    html.line("dt", "Việc").line("dd", complaints::words_of(it.kind).vi);
    html.line("dt", "Gửi lúc").line("dd", to_page_time(it.opened_at));
    // The deadline is the first moment that is too late: its day is the one before.
    html.line("dt", "Trả lời chậm nhất").line("dd", to_page_time(it.deadline - std::chrono::minutes{1}) + " (" + std::to_string(it.days) + " ngày làm việc)");
    if (it.answered_at) html.line("dt", "Đã trả lời lúc").line("dd", to_page_time(*it.answered_at));
    html.close();
    if (!shown.body.empty()) html.line("p", shown.body, {{"class", "what"}});
}

void draw_state(Html& html, Shown const& shown, Instant now) {
    auto const& it = shown.complaint;
    if (it.status == complaints::Status::answered) html.line("p", "Đã trả lời", {{"class", "done"}});
    else if (now >= it.deadline) html.line("p", "Quá hạn trả lời; đã báo cấp trên của nơi thu", {{"class", "part"}});
    else html.line("p", "Đang chờ trả lời", {{"class", "wait"}});
}

http::Response draw_desk(api::Person const& person, postgres::Connection& connection, int status, std::string_view complaint, Instant now) {
    auto const offices = api::owners_of(person.merchants(api::makers), *person.directory).places;
    auto const rows = complaints::list(connection, offices, {}, std::string{"open"}, rows_shown);
    return person_page(status, person, "Khiếu nại", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        if (rows.empty()) html.line("p", "Không có khiếu nại nào đang chờ.");
        html.open("ul");
        for (auto const& row : rows) {
            auto const id = row.complaint.id.text();
            auto const* office = person.directory->merchant(row.complaint.merchant);
            html.open("li").line("h2", office != nullptr ? office->name : id);
            draw_state(html, row, now);
            draw_facts(html, row);
            if (!row.contact.empty()) html.line("p", "Liên hệ: " + row.contact, {{"class", "small"}});
            open_form(html, person, "/khieu-nai");
            hidden(html, "id", id);
            html.line("label", "Trả lời", {{"for", "answer-" + id}});
            html.line("textarea", "", {{"id", "answer-" + id}, {"name", "answer"}, {"rows", "3"}, {"maxlength", "2000"}, {"required", ""}});
            button(html, "Gửi trả lời");
            html.close().close();
        }
        html.close();
    });
}

}  // namespace

http::Handler complain_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        with_receipt(edge, std::move(respond), [](receipts::Shown const& shown, auto const& later, postgres::Connection&) {
            (*later)(draw_form(200, {"/bien-lai/" + later->request().param("token") + "/khieu-nai", receipts::number_text(shown.receipt), {}, {}, {}, {}}));
        });
    };
}

http::Handler take_complaint(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        if (api::is_from_elsewhere(request, edge.base_url)) return respond(notice_page(403, "Chưa gửi được", "Hãy mở lại trang của biên lai rồi gửi."));
        with_receipt(edge, std::move(respond), [&edge](receipts::Shown const& shown, auto const& later, postgres::Connection& connection) {
            auto const& asked = later->request();
            auto form = Form{"/bien-lai/" + asked.param("token") + "/khieu-nai", receipts::number_text(shown.receipt), form_value(asked, "kind"), form_value(asked, "text"),
                             form_value(asked, "contact"), {}};
            auto const kind = complaints::kind_of(form.kind);
            if (!kind || form.body.empty() || form.body.size() > 4'000 || form.contact.size() > 200) {
                form.complaint = "Hãy chọn việc cần giải quyết và viết vài dòng (không quá 2.000 chữ).";
                return (*later)(draw_form(422, form));
            }
            auto command = api::to_command({shown.receipt.request, shown.receipt.merchant, shown.receipt.id.uuid(), *kind, form.body, form.contact, {}}, connection, edge.clock.now());
            edge.core.submit(std::move(command), [later](payments::Answer const& answer) {
                if (auto const code = api::problem_in(answer)) return (*later)(person_problem_page(api::Problem{*code}, people_audience(later->request())));
                // One that was open already is somebody's, with its own secret: it is shown by whoever holds the receipt too.
                (*later)(go_to(api::complaint_url(answer->own_as<complaints::ComplaintOutcome>()->complaint, "")));
            });
        });
    };
}

http::Handler complaint_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(not_found_page());
        edge.reads.run(std::move(respond), people_audience(request), [&edge, token = *token](postgres::Connection& connection) {
            auto const found = complaints::find(connection, token.bucket, token.random);
            if (!found) return not_found_page();
            return page(200, frame_of("Khiếu nại"), [&](Html& html) {
                html.line("h1", "Khiếu nại của bạn");
                draw_state(html, *found, edge.clock.now());
                draw_facts(html, *found);
                if (!found->answer.empty()) html.line("h2", "Trả lời").line("p", found->answer);
                html.line("p", "Giữ địa chỉ trang này để xem lại.", {{"class", "small"}});
            });
        });
    };
}

http::Handler complaints_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::makers}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw_desk(person, connection, 200, "", edge.clock.now()));
        });
    };
}

http::Handler answer_complaint_form(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::makers}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = ComplaintId::parse(form_value(later->request(), "id"));
            auto const answer = form_value(later->request(), "answer");
            auto const found = id ? complaints::find(connection, *id) : std::nullopt;
            if (!found || !person.may(api::makers, found->complaint.merchant)) return (*later)(not_found_page());
            if (answer.empty() || answer.size() > 4'000) return (*later)(draw_desk(person, connection, 422, "Hãy viết câu trả lời (không quá 2.000 chữ).", edge.clock.now()));
            auto command = std::make_unique<complaints::WorkComplaint>();
            command->id = *id;
            command->merchant = found->complaint.merchant;
            command->actor = person.actor();
            command->answer = answer;
            edge.core.submit(std::move(command), [&edge, person, later](payments::Answer const& done) {
                auto const code = api::problem_in(done);
                if (!code) return (*later)(go_to("/khieu-nai"));
                edge.reads.ask(later, people_audience(later->request()), [&edge, person, later, kind = api::kind_of(*code)](postgres::Connection& again) {
                    (*later)(draw_desk(person, again, kind.status, kind.vi, edge.clock.now()));
                });
            });
        });
    };
}

void add_complaint_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    constexpr auto form = http::RouteLimits{.body_bytes_max = 16 * 1024};
    router.add(Method::get, "/bien-lai/{token}/khieu-nai", "complain_page", complain_page(edge));
    router.add(Method::post, "/bien-lai/{token}/khieu-nai", "take_complaint", take_complaint(edge), form);
    router.add(Method::get, "/khieu-nai", "complaints_page", complaints_page(edge));
    router.add(Method::post, "/khieu-nai", "answer_complaint_form", answer_complaint_form(edge), form);
    router.add(Method::get, "/khieu-nai/{token}", "complaint_page", complaint_page(edge));
}

}  // namespace choso::pages
