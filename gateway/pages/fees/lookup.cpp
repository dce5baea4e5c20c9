#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/assets.hpp"
#include "gateway/pages/fees/fee_pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "gateway/pages/people_frame.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/seal.hpp"

namespace choso::pages::fees {
namespace {

constexpr auto family_open = std::chrono::hours{12};
constexpr std::string_view about_family = "phi";

std::string key_of(api::Edge const& edge) {
    return std::string{crypto::as_text(crypto::hmac_sha256(edge.directory.installation().session_key, "family page"))};
}

http::Response draw_lookup(Asking const& asked, int status, std::string_view complaint, std::string_view code) {
    auto const title = std::string{asked.in("Nộp phí – Chợ Số", "Pay a fee – Chợ Số")};
    auto frame = payer_frame(asked, complaint.empty() ? title : std::string{asked.in("Lỗi: ", "Error: ")} + title, "/phi");
    return page(status, frame, [&](Html& html) {
        html.line("h1", asked.in("Nộp phí", "Pay a fee"));
        html.line("p", asked.in("Nhập mã trên phiếu thu; hoặc mã học sinh, mã bệnh nhân, mã khách hàng cùng số điện thoại đã đăng ký. Không cần tài khoản, không mất phí.",
                                "Type the number on the bill; or the pupil’s, patient’s or customer’s code with the phone number the payee knows. No account, no charge."));
        html.open("form", {{"method", "post"}, {"action", asked.path("/phi")}});
        html.line("label", asked.in("Mã phiếu thu hoặc mã người nộp", "Number of the bill, or the payer’s code"), {{"for", "ma"}});
        html.lone("input", {{"id", "ma"}, {"name", "ma"}, {"required", ""}, {"maxlength", "64"}, {"autocomplete", "off"}, {"autocapitalize", "characters"}, {"value", code}});
        html.line("label", asked.in("Số điện thoại (không cần khi nhập mã phiếu thu)", "Phone number (not needed with a bill’s number)"), {{"for", "dien-thoai"}});
        html.lone("input", {{"id", "dien-thoai"}, {"name", "dien-thoai"}, {"type", "tel"}, {"inputmode", "tel"}, {"maxlength", "20"}, {"autocomplete", "tel"}});
        if (!complaint.empty()) html.line("p", complaint, {{"class", "complaint"}, {"role", "alert"}});
        html.line("button", asked.in("Xem khoản phải nộp", "See what is to be paid"), {{"type", "submit"}}).close();
        html.line("p", asked.in("Chưa có khoản tiền nào bị trừ ở bước này.", "No money moves at this step."), {{"class", "small"}});
    });
}

bool is_number(std::string_view code) {
    auto const upper = fold_for_match(code);
    return (upper.starts_with("PT") && upper.size() == 10) || (upper.starts_with("KX") && upper.size() == 14);
}

http::Response look_up(api::Edge const& edge, postgres::Connection& connection, Asking const& asked, std::string const& code, std::string const& phone_typed, std::string const& remote) {
    auto const now = edge.clock.now();
    auto const tries = std::vector<std::string>{"address " + remote, "code " + fold_for_match(code)};
    if (!bills::take_try(connection, tries, now, bills::failures_an_hour)) {
        auto out = draw_lookup(asked, 429, asked.in("Bạn đã thử quá nhiều lần. Hãy đợi một giờ rồi thử lại, hoặc hỏi đơn vị thu.",
                                                   "Too many tries. Wait an hour and try again, or ask the payee."), code);
        out.with("Retry-After", "3600");
        return out;
    }
    // The same questions whatever is wrong, so that neither the answer nor its time tells which.
    auto const phone = bills::phone_of(phone_typed);
    auto const bill = bills::find_bill_by_number(connection, is_number(code) ? code : std::string{"PT"});
    auto const payers = bills::payers_by(connection, code, phone.value_or("-"));
    if (bill && bill->own && phone_typed.empty()) {
        bills::give_back_try(connection, tries, now);
        return go_to(asked.path("/t/" + crypto::SecretToken{bill->own->id.bucket(), bill->own->token}.text()));
    }
    if (payers.empty() || !phone)
        return draw_lookup(asked, 404, asked.in("Không tìm thấy khoản thu nào với mã và số điện thoại này. Hãy xem lại trên phiếu, hoặc hỏi đơn vị thu.",
                                                "Nothing is to be paid with this code and phone number. Look at the bill again, or ask the payee."), code);
    bills::give_back_try(connection, tries, now);
    return go_to(asked.path("/phi/" + seal_family(edge, {*phone, payers.front(), now + family_open})));
}

}  // namespace

std::string Asking::path(std::string path) const {
    if (chosen.empty()) return path;
    return path + (path.find('?') == std::string::npos ? '?' : '&') + chosen;
}

Asking asking(http::Request const& request) {
    auto const named = request.query_value("lang");
    return {language_of(request), named == "en" || named == "vi" ? "lang=" + std::string{*named} : std::string{}, takes_gzip(request)};
}

Frame payer_frame(Asking const& asked, std::string title, std::string const& here) {
    auto out = Frame{};
    out.title = std::move(title);
    out.language = asked.language;
    out.inline_style = assets::choso;
    out.gzip = asked.gzip;
    out.other_language = here + (here.find('?') == std::string::npos ? "?" : "&") + (asked.language == Language::vi ? "lang=en" : "lang=vi");
    return out;
}

std::string seal_family(api::Edge const& edge, FamilyToken const& token) {
    auto const plain = token.phone + " " + token.payer.text() + " " + std::to_string(token.until.time_since_epoch().count());
    return crypto::to_base64url(crypto::seal(key_of(edge), plain, about_family));
}

std::optional<FamilyToken> open_family(api::Edge const& edge, std::string_view text, Instant now) {
    if (text.size() > 400) return std::nullopt;
    auto const bytes = crypto::from_base64url(text);
    auto const plain = bytes ? crypto::open_sealed(key_of(edge), *bytes, about_family) : std::nullopt;
    if (!plain) return std::nullopt;
    auto const first = plain->find(' ');
    auto const second = plain->find(' ', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    auto const payer = PayerId::parse(std::string_view{*plain}.substr(first + 1, second - first - 1));
    auto const until = parse_dong(std::string_view{*plain}.substr(second + 1));
    if (!payer || !until) return std::nullopt;
    auto out = FamilyToken{plain->substr(0, first), *payer, Instant{std::chrono::microseconds{until->dong()}}};
    if (now > out.until) return std::nullopt;
    return out;
}

http::Handler lookup_page(api::Edge&) {
    return [](http::Request const& request, http::Responder respond) { respond(draw_lookup(asking(request), 200, "", "")); };
}

http::Handler take_lookup(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const asked = asking(request);
        if (api::is_from_elsewhere(request, edge.base_url))
            return respond(draw_lookup(asked, 403, asked.in("Hãy mở trang này từ chính Chợ Số.", "Open this page from Chợ Số itself."), ""));
        auto code = form_value(request, "ma");
        while (!code.empty() && code.back() == ' ') code.pop_back();
        while (!code.empty() && code.front() == ' ') code.erase(0, 1);
        auto const phone = form_value(request, "dien-thoai");
        auto const has_control = std::any_of(code.begin(), code.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (code.empty() || code.size() > 64 || has_control || !is_valid_utf8(code)) return respond(draw_lookup(asked, 422, asked.in("Mã phải có 1–64 ký tự.", "The code has 1–64 characters."), ""));
        edge.reads.run(std::move(respond), payer_of(request), [&edge, asked, code, phone, remote = request.remote](postgres::Connection& connection) {
            return look_up(edge, connection, asked, code, phone, remote);
        });
    };
}

std::string day_words(std::string_view day) {
    if (day.size() != 10) return {};
    return std::string{day.substr(8, 2)} + "/" + std::string{day.substr(5, 2)} + "/" + std::string{day.substr(0, 4)};
}

std::string title_of(bills::BillView const& view) {
    if (!view.bill.title.empty()) return view.bill.title;
    auto out = std::string{};
    for (auto const& line : view.bill.lines)
        if (line.kind == bills::LineKind::fee) out += (out.empty() ? "" : ", ") + line.name;
    return out.empty() ? "Khoản thu" : out;
}

std::string status_words(bills::BillView const& view, Language language) {
    auto const in = [&](std::string_view vi, std::string_view en) { return std::string{language == Language::vi ? vi : en}; };
    auto const status = view.status();
    if (status == "draft") return in("Chưa phát hành", "Not issued yet");
    if (status == "written_off") return in("Đã xoá nợ", "Written off");
    if (status == "cancelled") return in("Đã huỷ", "Cancelled");
    if (view.over().is_positive()) return in("Đã nộp thừa ", "Paid too much by ") + with_unit(view.over());
    if (status == "paid" || status == "paid_late") return in("Đã nộp đủ", "Paid");
    if (status == "partially_paid") return in("Đã nộp ", "Paid ") + with_unit(view.paid()) + in(", còn ", ", left ") + with_unit(view.left());
    return status == "expired" ? in("Hết hạn", "Expired") : in("Chưa nộp", "Not paid yet");
}

std::string_view status_class(bills::BillView const& view) {
    auto const status = view.status();
    if (view.over().is_positive() || status == "partially_paid") return "part";
    if (status == "paid" || status == "paid_late") return "done";
    return status == "open" ? "wait" : "ended";
}

http::Response sorry(int status, std::string_view heading, std::string_view sentence) { return notice_page(status, heading, sentence); }

}  // namespace choso::pages::fees
