#include "gateway/pages/pay_parts.hpp"

#include "gateway/pages/bank_apps.hpp"
#include "gateway/pages/layout.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

using Words = std::string_view;

/// A line to be copied: its name, its value, and a button that the script brings to life.
void copyable(Html& html, PayPage const& page, Words id, Text name, Words shown, Words copied) {
    auto const language = page.language;
    html.line("dt", text(language, name));
    html.open("dd").line("span", shown, {{"class", "value"}, {"id", id}});
    auto const label = std::string{text(language, Text::copy)} + ": " + std::string{text(language, name)};
    auto const done = filled(language, Text::copied, {{"what", std::string{text(language, name)}}});
    html.line("button", text(language, Text::copy),
              {{"type", "button"}, {"hidden", ""}, {"data-copy", copied}, {"data-told", done}, {"aria-label", label}});
    html.close();
}

void draw_apps(Html& html, PayPage const& page) {
    auto const* bank = qr::find_by_bin(page.account->bin);
    if (!page.payload || bank == nullptr || bank->code.empty()) return;
    auto const language = page.language;
    auto const note = page.view.request.reference->text();
    html.open("section", {{"class", "apps"}, {"aria-labelledby", "apps-title"}});
    html.line("h2", text(language, Text::open_app), {{"id", "apps-title"}});
    html.open("ul", {{"id", "apps"}});
    for (auto const& app : bank_apps()) {
        auto const link = app_link(app, *bank, {page.account->number, page.account->holder, to_pay(page.view.request), note});
        html.open("li").line("a", app.name, {{"href", link}, {"class", "button"}, {"rel", "noreferrer"}, {"data-app", app.code}}).close();
    }
    html.close().line("p", text(language, Text::open_app_hint), {{"class", "hint"}}).close();
}

void draw_picture(Html& html, PayPage const& page) {
    if (!page.payload) return;
    auto const language = page.language;
    auto const amount = to_pay(page.view.request);
    auto const shown = amount ? with_unit(*amount) : std::string{text(language, Text::amount_chosen)};
    auto const alt = filled(language, Text::picture_alt, {{"amount", shown}, {"payee", page.payee}});
    auto const address = page.path + "/qr.png?lang=" + std::string{code_of(language)};
    auto const name = page.view.request.reference->text() + ".png";
    html.open("section", {{"aria-labelledby", "picture"}});
    html.line("a", text(language, Text::save_picture), {{"id", "picture"}, {"href", address}, {"class", "button"}, {"download", name}});
    html.line("p", text(language, Text::save_picture_hint), {{"class", "hint"}});
    html.open("details").line("summary", text(language, Text::picture_help));
    // Lazy and closed: nothing is loaded before somebody opens it.
    html.lone("img", {{"src", address}, {"alt", alt}, {"loading", "lazy"}, {"width", "1024"}, {"height", "1400"}, {"class", "picture"}});
    html.close().close();
}

void draw_by_hand(Html& html, PayPage const& page) {
    auto const language = page.language;
    auto const& account = *page.account;
    auto const* bank = qr::find_by_bin(account.bin);
    auto const note = page.view.request.reference->text();
    html.open("section", {{"aria-labelledby", "hand"}}).line("h2", text(language, Text::by_hand), {{"id", "hand"}}).open("dl");
    html.line("dt", text(language, Text::bank)).line("dd", bank != nullptr ? bank->display_name() : Words{account.bin});
    copyable(html, page, "account", Text::account_number, account.number, account.number);
    html.line("dt", text(language, Text::account_holder)).line("dd", account.holder);
    if (auto const amount = to_pay(page.view.request))
        copyable(html, page, "sum", Text::amount, with_unit(*amount), std::to_string(amount->dong()));
    copyable(html, page, "note", Text::note, note, note);
    html.close().line("p", text(language, Text::note_hint), {{"class", "hint"}}).close();
}

void draw_by_relative(Html& html, PayPage const& page) {
    auto const language = page.language;
    html.open("section", {{"aria-labelledby", "relative"}}).line("h2", text(language, Text::by_relative), {{"id", "relative"}});
    html.line("p", text(language, Text::by_relative_hint), {{"class", "hint"}});
    html.open("p", {{"class", "link"}}).line("span", std::string{text(language, Text::link)} + ": ").line("span", page.url, {{"class", "value"}}).close();
    auto const title = filled(language, Text::share_title, {{"payee", page.payee}});
    html.line("button", text(language, Text::share),
              {{"type", "button"}, {"hidden", ""}, {"data-share", page.url}, {"data-title", title}, {"data-told", text(language, Text::link_copied)}});
    html.close();
}

bool told_of_refunds(PayState state) { return state >= PayState::refund_proposed && state <= PayState::refund_failed; }

}  // namespace

std::optional<Money> to_pay(payments::PaymentRequest const& request) {
    if (request.still_open().is_positive()) return request.still_open();
    return request.amount;
}

void draw_payee(Html& html, PayPage const& page) {
    auto const language = page.language;
    html.line("p", text(language, Text::pay_to), {{"class", "over"}}).line("h1", page.payee);
    if (page.account != nullptr) {
        html.open("p", {{"class", "mark"}}).line("span", "✓ ", {{"aria-hidden", "true"}});
        html.text(filled(language, Text::registered, {{"holder", page.account->holder}})).close();
    }
    if (!page.view.beneficiary.empty())
        html.line("p", filled(language, Text::on_behalf_of, {{"name", page.view.beneficiary}}), {{"class", "whom"}});
}

void draw_amount(Html& html, PayPage const& page) {
    auto const language = page.language;
    auto const& request = page.view.request;
    auto const payable = page_of(page.state).payable;
    // What is over is a fact among others; large is only what is to be paid, and of that only the rest.
    if (!payable && request.amount) {
        html.open("dl").line("dt", text(language, Text::amount_asked)).open("dd", {{"class", "asked"}}).text(with_unit(*request.amount));
        html.line("span", amount_in_words(language, *request.amount), {{"class", "words"}}).close().close();
    } else if (auto const amount = to_pay(request)) {
        if (*amount != request.amount) html.line("p", text(language, Text::amount_left), {{"class", "over"}});
        html.line("p", with_unit(*amount), {{"class", "amount"}});
        html.line("p", amount_in_words(language, *amount), {{"class", "words"}});
        if (*amount != request.amount) html.line("p", filled(language, Text::of_total, {{"asked", with_unit(*request.amount)}}), {{"class", "fee"}});
    } else {
        html.line("p", text(language, Text::amount_chosen), {{"class", "amount chosen"}});
    }
    html.line("p", text(language, Text::fee), {{"class", "fee"}});
}

void draw_state(Html& html, PayPage const& page) {
    auto const& kind = page_of(page.state);
    auto const [title, money, next] = told(page.language, page.state, page.view, page.payee);
    html.open("section", {{"class", class_of(kind.tone)}, {"id", "state"}, {"aria-labelledby", "state-title"}});
    html.line("h2", title, {{"id", "state-title"}}).line("p", money, {{"id", "money"}}).line("p", next, {{"id", "next"}});
    html.close();
}

void draw_code(Html& html, PayPage const& page) {
    if (page.payload) draw_symbol(html, *page.payload, text(page.language, Text::qr_title));
    else html.line("p", text(page.language, Text::no_code), {{"class", "no-code"}});
}

void draw_ways_to_pay(Html& html, PayPage const& page) {
    if (page.account == nullptr || !page.view.request.reference) return;
    html.open("div", {{"class", "ways"}});
    draw_apps(html, page);
    draw_picture(html, page);
    draw_by_hand(html, page);
    draw_by_relative(html, page);
    html.close();
}

void draw_refunds(Html& html, PayPage const& page) {
    auto const& refunds = page.view.money.refunds;
    // A single one is what the whole page is about.
    if (refunds.empty() || (refunds.size() == 1 && told_of_refunds(page.state))) return;
    html.open("section", {{"aria-labelledby", "refunds"}}).line("h2", text(page.language, Text::refunds), {{"id", "refunds"}}).open("ul");
    for (auto const& refund : refunds) html.line("li", with_unit(refund.amount) + ": " + std::string{text(page.language, word_of(refund.status))});
    html.close().close();
}

void draw_shares(Html& html, PayPage const& page) {
    if (page.view.shares.empty()) return;
    html.open("section", {{"aria-labelledby", "shares-title"}});
    html.line("h2", text(page.language, Text::shared_among), {{"id", "shares-title"}}).open("ul", {{"id", "shares"}});
    for (auto const& [payee, amount] : page.view.shares)
        html.open("li").line("span", payee).line("span", with_unit(amount), {{"class", "share"}}).close();
    html.close().close();
}

void draw_reference(Html& html, PayPage const& page) {
    auto const& request = page.view.request;
    html.open("dl", {{"class", "reference"}});
    if (request.reference)
        html.line("dt", text(page.language, Text::reference)).line("dd", request.reference->text(), {{"id", "reference"}});
    html.close();
    if (!request.description.empty()) html.line("p", filled(page.language, Text::about, {{"what", request.description}}), {{"class", "what"}});
}

void draw_deadline(Html& html, PayPage const& page) {
    auto const& request = page.view.request;
    if (!request.expires_at || page.now >= *request.expires_at) return;
    auto const left = std::chrono::duration_cast<Seconds>(*request.expires_at - page.now);
    auto const whole = std::chrono::duration_cast<Seconds>(*request.expires_at - request.created_at);
    // A running clock frightens people: only in the last quarter, and of the last hour at most.
    constexpr auto last_part = 4;
    if (left * last_part > whole || left > std::chrono::hours{1}) {
        html.line("p", filled(page.language, Text::pay_by, {{"time", to_page_time(*request.expires_at)}}), {{"class", "deadline"}});
        return;
    }
    auto const minutes = left.count() / 60;
    auto const time = minutes > 0 ? filled(page.language, Text::left_minutes, {{"n", std::to_string(minutes)}})
                                  : filled(page.language, Text::left_seconds, {{"n", std::to_string(left.count())}});
    html.line("p", filled(page.language, Text::time_left, {{"time", time}}),
              {{"class", "deadline near"}, {"id", "left"}, {"data-left", std::to_string(left.count())},
               {"data-minutes", filled(page.language, Text::time_left, {{"time", std::string{text(page.language, Text::left_minutes)}}})},
               {"data-seconds", filled(page.language, Text::time_left, {{"time", std::string{text(page.language, Text::left_seconds)}}})}});
}

}  // namespace choso::pages
