#include <utility>

#include "gateway/api/decisions.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

constexpr std::int64_t rows_shown = 50;

std::string merchant_words(api::Person const& person, MerchantId id) {
    auto const* merchant = person.directory->merchant(id);
    return merchant != nullptr ? merchant->name : id.text();
}

std::string maker_words(payments::Actor const& maker) {
    if (maker.kind == payments::ActorKind::key) return "khoá của phần mềm";
    return maker.kind == payments::ActorKind::system ? "hệ thống" : people::StaffId{maker.id}.text();
}

std::string destination_words(std::optional<payments::Destination> const& to) {
    if (!to) return "chưa có tài khoản nhận";
    auto const* bank = qr::find_by_bin(to->bin);
    return to->holder + " · " + (bank != nullptr ? std::string{bank->display_name()} : to->bin) + " · " + to->account;
}

struct Waiting {
    std::string id, title;
    MerchantId merchant;
    Money amount;
    std::string reason;
    std::optional<payments::Destination> to;
    payments::Actor maker;
    Instant created_at;
};

std::vector<Waiting> waiting_for(api::Person const& person, postgres::Connection& connection) {
    auto const owners = api::owners_of(person.merchants(api::deciders), *person.directory);
    auto out = std::vector<Waiting>{};
    for (auto const& [refund, to, payout, account] : api::waiting_refunds(connection, owners, rows_shown))
        out.push_back({refund.id.text(), "Hoàn tiền", refund.merchant, refund.amount, refund.reason, to, refund.maker, refund.created_at});
    for (auto const& [payout, to] : api::waiting_payouts(connection, owners, rows_shown))
        out.push_back({payout.id.text(), "Lệnh chi", payout.merchant, payout.amount, payout.reason, to, payout.maker, payout.created_at});
    return out;
}

void draw_form(Html& html, api::Person const& person, Waiting const& row, std::string_view what, std::string_view words) {
    open_form(html, person, "/duyet");
    hidden(html, "what", what);
    hidden(html, "id", row.id);
    if (row.to) hidden(html, "destination", row.to->id.text());
    html.line("button", words, {{"type", "submit"}, {"class", what == "approve" ? "" : "quiet"},
                                {"aria-label", std::string{words} + " " + row.title + " " + with_unit(row.amount) + " " + row.id}});
    html.close();
}

http::Response draw(api::Person const& person, postgres::Connection& connection, int status, std::string_view complaint) {
    auto const rows = waiting_for(person, connection);
    return person_page(status, person, "Duyệt chi", [&](Html& html) {
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        if (rows.empty()) html.line("p", "Không có gì chờ duyệt.");
        html.open("ul");
        for (auto const& row : rows) {
            html.open("li").line("h2", row.title + " " + with_unit(row.amount)).open("dl");
            html.line("dt", "Của").line("dd", merchant_words(person, row.merchant));
            html.line("dt", "Chuyển tới").line("dd", destination_words(row.to));
            if (!row.reason.empty()) html.line("dt", "Lý do").line("dd", row.reason);
            html.line("dt", "Người lập").line("dd", maker_words(row.maker));
            html.line("dt", "Lúc").line("dd", to_page_time(row.created_at)).close();
            if (row.maker == person.actor()) {
                html.line("p", "Bạn lập lệnh này: người khác phải duyệt.", {{"class", "small"}});
            } else {
                if (row.to) draw_form(html, person, row, "approve", "Duyệt");
                draw_form(html, person, row, "reject", "Từ chối");
            }
            html.close();
        }
        html.close();
    });
}

/// The order that the form gives about what the person may decide on; null for anything else, present or not.
std::unique_ptr<payments::Command const> order_of(api::Edge const& edge, api::Person const& person, postgres::Connection& connection, http::Request const& form) {
    auto const what = form_value(form, "what");
    if (what != "approve" && what != "reject") return nullptr;
    auto const id = form_value(form, "id");
    if (auto const refund = api::refund_to_decide(person, connection, id)) {
        if (what == "reject") return api::no_to(*refund, person);
        // The page offers a yes only beside a destination: a form without one is not ours.
        auto const shown = PersonId::parse(form_value(form, "destination"));
        return shown ? api::yes_to(*refund, person, shown, edge.clock.now()) : nullptr;
    }
    auto const payout = api::payout_to_decide(person, connection, id);
    if (!payout) return nullptr;
    return what == "approve" ? api::yes_to(*payout, person) : api::no_to(*payout, person);
}

}  // namespace

http::Handler approve_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::deciders}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw(person, connection, 200, ""));
        });
    };
}

http::Handler take_decision(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::deciders, .fresh = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto command = order_of(edge, person, connection, later->request());
            if (!command) return (*later)(not_found_page());
            edge.core.submit(std::move(command), [&edge, person, later](payments::Answer const& answer) {
                auto const code = api::problem_in(answer);
                if (!code) return (*later)(go_to("/duyet"));
                // Drawn by a reader: a lane must not wait for a question.
                edge.reads.ask(later, people_audience(later->request()), [person, later, kind = api::kind_of(*code)](postgres::Connection& again) {
                    (*later)(draw(person, again, kind.status, kind.vi));
                });
            });
        });
    };
}

}  // namespace choso::pages
