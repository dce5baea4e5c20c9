#include "gateway/pages/layout.hpp"

#include <algorithm>

#include "gateway/api/show.hpp"
#include "gateway/pages/policy.hpp"
#include "gateway/pages/texts.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/gzip/gzip.hpp"
#include "qr/banks.hpp"
#include "qr/svg.hpp"
#include "qr/symbol.hpp"

namespace choso::pages {
namespace {

using payments::PaymentRequest;
using payments::RequestStatus;

void draw_header(Html& html, Frame const& frame) {
    if (!frame.test && frame.other_language.empty()) return;
    html.open("header");
    if (frame.test) html.line("p", text(frame.language, Text::test_banner), {{"class", "test"}});
    if (!frame.other_language.empty()) {
        auto const other = frame.language == Language::vi ? Language::en : Language::vi;
        html.open("p", {{"class", "top"}}).line("span", text(frame.language, Text::site), {{"class", "site"}});
        html.line("a", text(frame.language, Text::other_language), {{"href", frame.other_language}, {"lang", code_of(other)}, {"hreflang", code_of(other)}});
        html.close();
    }
    html.close();
}

void fact(Html& html, std::string_view name, std::string_view value) { html.line("dt", name).line("dd", value); }

}  // namespace

std::string content_policy(std::string_view inline_style) {
    auto out = std::string{"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"};
    if (!inline_style.empty()) out += "; style-src 'self' 'sha256-" + crypto::to_base64(crypto::as_text(crypto::sha256(inline_style))) + "'";
    return out;
}

bool takes_gzip(http::Request const& request) {
    auto offered = request.header("Accept-Encoding").value_or("");
    while (!offered.empty()) {
        auto const end = std::min(offered.find(','), offered.size());
        auto const part = offered.substr(0, end);
        offered.remove_prefix(std::min(end + 1, offered.size()));
        auto const semicolon = std::min(part.find(';'), part.size());
        if (!http::equals_ignoring_case(http::trimmed(part.substr(0, semicolon)), "gzip")) continue;
        auto const weight = part.substr(semicolon);
        return weight.find("q=0") == std::string_view::npos || weight.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

http::Response gzipped(http::Response response) {
    auto small = gzip::compress(response.body);
    if (!small) return response;
    response.body = std::move(*small);
    response.with("Content-Encoding", "gzip");
    return response;
}

http::Response page(int status, Frame const& frame, std::function<void(Html&)> const& body) {
    auto html = Html{};
    auto const language = code_of(frame.language);
    html.trusted("<!DOCTYPE html>\n").open("html", {{"lang", language}}).open("head").lone("meta", {{"charset", "utf-8"}});
    html.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.lone("meta", {{"name", "robots"}, {"content", "noindex"}}).line("title", frame.title);
    if (frame.inline_style.empty()) html.lone("link", {{"rel", "stylesheet"}, {"href", "/assets/choso.css"}});
    else html.open("style").trusted(frame.inline_style).close();
    html.lone("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", "/assets/icon.svg"}});
    if (frame.refresh_seconds > 0) {
        auto const seconds = std::to_string(frame.refresh_seconds);
        html.open("noscript").lone("meta", {{"http-equiv", "refresh"}, {"content", seconds}}).close();
    }
    if (!frame.script.empty()) html.line("script", "", {{"src", frame.script}, {"defer", ""}});
    html.close().open("body");
    draw_header(html, frame);
    html.open("main");
    body(html);
    html.close().close().close();
    auto out = http::Response{status, "text/html; charset=utf-8", html.take(), {}};
    out.with("Content-Security-Policy", content_policy(frame.inline_style)).with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    out.with("Cross-Origin-Opener-Policy", "same-origin");
    out.with("X-Robots-Tag", "noindex").with("Content-Language", std::string{language}).with("Vary", "Accept-Encoding, Accept-Language");
    return frame.gzip ? gzipped(std::move(out)) : out;
}

http::Response not_found_page() { return notice_page(404, "Không tìm thấy", "Đường dẫn không đúng hoặc không còn dùng nữa."); }

http::Response notice_page(int status, std::string_view heading, std::string_view sentence) {
    auto frame = Frame{};
    frame.title = heading;
    return page(status, frame, [&](Html& html) { html.line("h1", heading).line("p", sentence); });
}

std::string with_unit(Money amount) { return with_dots(amount) + "\u00A0₫"; }

void draw_symbol(Html& html, std::string const& payload, std::string_view title) {
    auto const symbol = qr::encode(payload);
    if (!symbol) return;
    auto svg = qr::to_svg(*symbol, title);
    // Inline, an XML declaration has no place.
    if (svg.starts_with("<?xml")) svg.erase(0, svg.find("?>") + 2);
    html.open("div", {{"class", "qr"}}).trusted(svg).close();
}

bool may_still_be_paid(PaymentRequest const& request) {
    return request.status == RequestStatus::open || request.status == RequestStatus::partially_paid;
}

std::string_view state_class(RequestStatus status) {
    switch (status) {
        case RequestStatus::open: return "wait";
        case RequestStatus::partially_paid: return "part";
        case RequestStatus::paid:
        case RequestStatus::paid_late: return "done";
        case RequestStatus::expired:
        case RequestStatus::cancelled: break;
    }
    return "ended";
}

std::string state_words(PaymentRequest const& request) {
    auto const paid = with_unit(request.amount_paid);
    auto const excess = request.overpaid_by().is_positive() ? ", thừa " + with_unit(request.overpaid_by()) : std::string{};
    switch (request.status) {
        case RequestStatus::open: return "Chờ thanh toán";
        case RequestStatus::partially_paid: return "Đã nhận " + paid + ", còn thiếu " + with_unit(request.still_open());
        // “Đủ” only of exactly what was asked: of more, what was received and by how much it is too much.
        case RequestStatus::paid: return (excess.empty() ? "Đã nhận đủ " : "Đã nhận ") + paid + excess;
        case RequestStatus::paid_late: {
            auto const decision = request.late_decision == payments::LateDecision::accepted    ? ", đã được chấp nhận"
                                  : request.late_decision == payments::LateDecision::refunding ? ", đang hoàn lại"
                                                                                               : ", chờ nơi thu quyết định";
            return "Đã nhận " + paid + " sau hạn" + excess + decision;
        }
        case RequestStatus::expired:
            return request.amount_paid.is_positive() ? "Đã hết hạn; đã nhận " + paid + ", còn thiếu " + with_unit(request.still_open())
                                                     : "Đã hết hạn";
        case RequestStatus::cancelled: return "Đã huỷ";
    }
    return {};
}

void draw_request(Html& html, PaymentRequest const& request, merchants::BankAccount const* account) {
    if (request.amount) {
        html.line("p", with_unit(*request.amount), {{"class", "amount"}});
        html.line("p", amount_in_words(Language::vi, *request.amount), {{"class", "words"}});
    } else {
        html.line("p", "Số tiền do người trả nhập", {{"class", "amount"}});
    }
    if (!request.description.empty()) html.line("p", request.description, {{"class", "what"}});
    html.line("p", state_words(request), {{"class", state_class(request.status)}, {"id", "state"}});
    if (!may_still_be_paid(request)) return;
    auto const code = api::pay_code(request, account);
    if (code.payload) draw_symbol(html, *code.payload, "Mã VietQR để chuyển khoản");
    else html.line("p", "Số tiền này vượt mức một lần chuyển 24/7 (499.999.999 ₫): hãy chuyển khoản thường với nội dung dưới đây.");
    if (account == nullptr) return;
    auto const* bank = qr::find_by_bin(account->bin);
    html.open("dl");
    fact(html, "Ngân hàng", bank != nullptr ? bank->display_name() : std::string_view{account->bin});
    fact(html, "Số tài khoản", account->number);
    fact(html, "Chủ tài khoản", account->holder);
    if (request.reference) fact(html, "Nội dung", request.reference->text());
    if (request.status == RequestStatus::partially_paid) fact(html, "Còn phải chuyển", with_unit(request.still_open()));
    if (request.expires_at) fact(html, "Hạn", to_page_time(*request.expires_at));
    html.close();
}

}  // namespace choso::pages
