#include "gateway/pages/pay_page.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "merchants/fees/read.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

constexpr int reload_seconds = 10;
constexpr std::string_view pay_script = "/assets/pay.js";

std::string name_of(MerchantId id, merchants::Directory const& directory) {
    auto const* merchant = directory.merchant(id);
    return merchant != nullptr ? merchant->name : std::string{"Đơn vị thu"};
}

std::vector<PayShare> shares_of(payments::PaymentRequest const& request, merchants::Directory const& directory) {
    auto out = std::vector<PayShare>{};
    if (!request.split) return out;
    for (auto const& line : request.split->lines) out.push_back({name_of(line.merchant, directory), line.amount});
    return out;
}

Frame frame_of(Language language) {
    auto out = Frame{};
    out.language = language;
    out.inline_style = assets::payer;
    out.other_language = language == Language::vi ? "?lang=en" : "?lang=vi";  // of this very page, wherever it stands
    return out;
}

/// What the script reads, and what it replaces.
void open_panel(Html& html, PayState state, std::string_view seen) {
    auto const& kind = page_of(state);
    html.line("p", "", {{"id", "told"}, {"class", "unseen"}, {"role", "status"}});
    html.open("div", {{"id", "pay"}, {"class", kind.payable ? "two" : "one"}, {"data-state", kind.word}, {"data-seen", seen}, {"data-live", kind.live ? "yes" : "no"}});
}

void draw(Html& html, PayPage const& page) {
    auto const& kind = page_of(page.state);
    open_panel(html, page.state, fingerprint(page.view, page.state));
    // While there is nothing to tell, the code comes first; once something happened, that does.
    auto const first = page.state == PayState::waiting;
    html.open("div", {{"class", "first"}});
    draw_payee(html, page);
    if (!first) draw_state(html, page);
    draw_amount(html, page);
    if (kind.payable) draw_code(html, page);
    if (first) draw_state(html, page);
    draw_shares(html, page);
    if (kind.payable) draw_deadline(html, page);
    draw_reference(html, page);
    if (kind.live) {
        html.open("noscript").line("p", filled(page.language, Text::watching_plain, {{"n", std::to_string(reload_seconds)}}), {{"class", "hint"}}).close();
        html.line("p", text(page.language, kind.payable ? Text::watching : Text::watching_changes), {{"class", "hint"}, {"hidden", ""}, {"data-scripted", ""}});
    }
    draw_refunds(html, page);
    auto const& back = page.view.request.return_url;
    if (back && !kind.payable) html.line("a", text(page.language, Text::back_to_seller), {{"class", "button"}, {"href", *back}, {"rel", "noreferrer"}});
    html.close();
    if (kind.payable) draw_ways_to_pay(html, page);
    html.close();
}

struct Asked {
    Language language;
    std::string path;
    bool gzip;
};

http::Response render(PayView view, api::Edge const& edge, merchants::Directory const& directory, Asked const& asked) {
    auto page = PayPage{};
    page.language = asked.language;
    page.now = edge.clock.now();
    page.state = state_of(view, page.now);
    page.payee = payee_of(view.request, directory);
    page.account = directory.account(view.request.account);
    page.payload = api::pay_code(view.request, page.account).payload;
    page.path = asked.path;
    page.url = api::pay_url(view.request, edge.base_url);
    page.view = std::move(view);
    page.view.shares = shares_of(page.view.request, directory);
    auto const* merchant = directory.merchant(page.view.request.merchant);
    auto const& kind = page_of(page.state);
    auto frame = frame_of(asked.language);
    frame.title = filled(asked.language, Text::title_pay, {{"payee", page.payee}});
    // What happened stands first in the title too: it is what a screen reader and a row of tabs say.
    if (page.state != PayState::waiting) frame.title = told(asked.language, page.state, page.view, page.payee).title + " – " + frame.title;
    frame.test = merchant == nullptr || !merchant->live;
    frame.gzip = asked.gzip;
    if (kind.live) frame.refresh_seconds = reload_seconds;
    frame.script = pay_script;
    return pages::page(200, frame, [&](Html& html) { draw(html, page); });
}

/// An untouched transfer for several bills of which one asks for less than when it was made: it would pay that one twice.
bool is_outdated(postgres::Connection& connection, payments::PaymentRequest const& request) {
    if (!request.split || request.amount_paid.is_positive()) return false;
    auto const lines = choso::fees::lines_of_group(connection, request.id);
    auto ids = std::vector<BillId>{};
    for (auto const& [bill, amount] : lines) ids.push_back(bill);
    if (ids.empty()) return false;
    auto const views = choso::fees::bills_of(connection, ids);
    return std::any_of(lines.begin(), lines.end(), [&](auto const& line) {
        return std::any_of(views.begin(), views.end(), [&](auto const& view) { return view.bill.id == line.first && view.left() < line.second; });
    });
}

}  // namespace

std::string payee_of(payments::PaymentRequest const& request, merchants::Directory const& directory) {
    if (auto const* stall = request.stall ? directory.stall(*request.stall) : nullptr) return stall->name;
    return name_of(request.merchant, directory);
}

api::Audience payer_of(http::Request const& request) {
    auto out = api::audience_of(request);
    out.english = language_of(request) == Language::en;
    out.page = problem_page;
    return out;
}

http::Response nothing_page(Language language, PayState state, std::string_view request_id) {
    auto const missing = state == PayState::not_found;
    auto frame = frame_of(language);
    frame.title = std::string{text(language, page_of(state).title)};
    if (!missing) {
        frame.refresh_seconds = reload_seconds;
        frame.script = pay_script;
    }
    auto const view = PayView{};
    auto const [title, money, next] = told(language, state, view, {});
    auto out = page(missing ? 404 : 503, frame, [&](Html& html) {
        open_panel(html, state, {});
        html.open("div", {{"class", "first"}}).line("h1", title).open("section", {{"class", class_of(page_of(state).tone)}, {"id", "state"}, {"aria-label", title}});
        html.line("p", money, {{"id", "money"}}).line("p", next, {{"id", "next"}}).close();
        html.open("dl", {{"class", "reference"}}).line("dt", text(language, Text::lookup_number)).line("dd", request_id, {{"id", "reference"}}).close();
        html.close().close();
    });
    if (!missing) out.with("Retry-After", "5");
    return out;
}

http::Response problem_page(api::Problem const& problem, api::Audience const& audience) {
    auto const missing = api::kind_of(problem.code).status == 404;
    return nothing_page(language_of(audience), missing ? PayState::not_found : PayState::unavailable, audience.request_id);
}

std::optional<PayView> read_view(postgres::Connection& connection, Bucket bucket, Uuid const& token) {
    auto found = api::find_request(connection, bucket, token);
    if (!found) return std::nullopt;
    auto out = PayView{};
    out.money = api::money_of(connection, found->id);
    if (auto const bill = choso::fees::find_bill(connection, found->id)) {
        // A bill's page tells of all the money that stands for the bill, whichever way it came (docs/adr/0028).
        out.request = *bill->shown;
        out.not_needed = bill->bill.stage == choso::fees::Stage::written_off;
        if (!bill->payer_name.empty()) out.beneficiary = mask_name(bill->payer_name);
        return out;
    }
    if (auto const name = api::payer_of(connection, found->id); !name.empty()) out.beneficiary = mask_name(name);
    out.not_needed = is_outdated(connection, *found);
    out.request = std::move(*found);
    return out;
}

http::Handler pay_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = payer_of(request);
        auto const language = language_of(request);
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(nothing_page(language, PayState::not_found, request.request_id));
        auto asked = Asked{language, "/t/" + token->text(), takes_gzip(request)};
        auto work = [&edge, audience, asked, token = *token](postgres::Connection& connection) {
            auto view = read_view(connection, token.bucket, token.random);
            if (!view) return nothing_page(asked.language, PayState::not_found, audience.request_id);
            return render(std::move(*view), edge, *edge.directory.current(), asked);
        };
        edge.reads.run(std::move(respond), audience, std::move(work));
    };
}

}  // namespace choso::pages
