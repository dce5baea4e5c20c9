#include <utility>

#include "gateway/api/respond.hpp"
#include "gateway/api/rows_out.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/people_pages.hpp"
#include "gateway/payments/commands_out.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

using api::Role;
constexpr api::Roles approvers{Role::approver};
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
    auto const owners = api::owners_of(person.merchants(approvers), *person.directory);
    auto const options = api::ListOptions{.before = {}, .status = "proposed", .limit = rows_shown};
    auto out = std::vector<Waiting>{};
    for (auto const& row : api::list_refunds(connection, owners, options)) {
        auto const whole = api::find_refund(connection, row.id);
        out.push_back({row.id.text(), "Hoàn tiền", row.merchant, row.amount, row.reason, whole ? whole->to : std::nullopt, row.maker, row.created_at});
    }
    for (auto const& row : api::list_payouts(connection, owners, options)) {
        auto const whole = api::find_payout(connection, row.id);
        out.push_back({row.id.text(), "Lệnh chi", row.merchant, row.amount, row.reason, whole ? whole->to : std::nullopt, row.maker, row.created_at});
    }
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

bool is_live(api::Person const& person, MerchantId id) {
    auto const* merchant = person.directory->merchant(id);
    return merchant != nullptr && merchant->live;
}

/// The order that the form gives about a refund the person may decide on; null for any other, present or not.
std::unique_ptr<payments::Command const> about_refund(api::Edge const& edge, api::Person const& person, postgres::Connection& connection, RefundId id,
                                                      bool yes, std::optional<PersonId> shown) {
    auto const found = api::find_refund(connection, id);
    auto const* account = found ? person.directory->account(found->account) : nullptr;
    if (account == nullptr || !person.may(approvers, found->refund.merchant)) return nullptr;
    if (!yes) {
        auto out = std::make_unique<payments::RejectRefund>();
        out->id = id;
        out->actor = person.actor();
        return out;
    }
    // The page offers a yes only beside a destination: a form without one is not ours.
    if (!shown) return nullptr;
    auto out = std::make_unique<payments::ApproveRefund>();
    out->id = id;
    out->destination = shown;
    out->payment = found->refund.payment;
    out->account = person.directory->facts_of(*account);
    out->live = is_live(person, found->refund.merchant);
    out->payout = PayoutId::make(id.bucket(), edge.clock.now());
    out->actor = person.actor();
    out->second_factor_fresh = person.second_factor_fresh;
    return out;
}

/// The same about a payout.
std::unique_ptr<payments::Command const> about_payout(api::Person const& person, postgres::Connection& connection, PayoutId id, bool yes) {
    auto const found = api::find_payout(connection, id);
    if (!found || !person.may(approvers, found->payout.merchant)) return nullptr;
    if (!yes) {
        auto out = std::make_unique<payments::RejectPayout>();
        out->id = id;
        out->actor = person.actor();
        return out;
    }
    auto out = std::make_unique<payments::ApprovePayout>();
    out->id = id;
    out->live = is_live(person, found->payout.merchant);
    out->actor = person.actor();
    out->second_factor_fresh = person.second_factor_fresh;
    return out;
}

}  // namespace

http::Handler approve_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = approvers}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            (*later)(draw(person, connection, 200, ""));
        });
    };
}

http::Handler take_decision(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = approvers, .fresh = true}, [&edge](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const id = form_value(later->request(), "id");
            auto const what = form_value(later->request(), "what");
            auto const refund = RefundId::parse(id);
            auto const payout = PayoutId::parse(id);
            auto command = std::unique_ptr<payments::Command const>{};
            if (what == "approve" || what == "reject") {
                if (refund) command = about_refund(edge, person, connection, *refund, what == "approve", PersonId::parse(form_value(later->request(), "destination")));
                if (payout) command = about_payout(person, connection, *payout, what == "approve");
            }
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
