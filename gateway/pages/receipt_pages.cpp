#include "gateway/pages/receipt_pages.hpp"

#include "base/vietnamese.hpp"
#include "gateway/pages/assets.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/people_frame.hpp"
#include "merchants/fees/read.hpp"
#include "merchants/receipts/print.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

using receipts::Receipt;
using receipts::Shown;

/// Both tongues of a sentence that stands on these pages alone.
std::string_view say(Language language, std::string_view vi, std::string_view en) { return language == Language::en ? en : vi; }

Frame frame_of(Language language, std::string_view title) {
    auto out = Frame{};
    out.title = title;
    out.language = language;
    out.other_language = language == Language::vi ? "?lang=en" : "?lang=vi";
    out.inline_style = assets::choso;
    return out;
}

api::Audience reader_of(http::Request const& request) {
    auto out = api::audience_of(request);
    out.english = language_of(request) == Language::en;
    out.page = person_problem_page;
    return out;
}

void fact(Html& html, std::string_view name, std::string_view value) {
    if (!value.empty()) html.line("dt", name).line("dd", value);
}

Money magnitude(Money amount) { return amount.is_negative() ? -amount : amount; }

void draw_standing(Html& html, Language language, Shown const& shown) {
    if (shown.receipt.cancels) {
        html.line("p", say(language, "Đây là biên lai điều chỉnh: nó huỷ một biên lai đã cấp trước.", "This is a counter-receipt: it cancels one that was issued before."), {{"class", "part"}});
    } else if (shown.cancelled_by) {
        html.line("p", say(language, "Biên lai này đã bị huỷ, không còn giá trị.", "This receipt has been cancelled and is no longer good."), {{"class", "part"}});
    } else {
        html.line("p", say(language, "Biên lai này có thật và còn giá trị.", "This receipt is real and good."), {{"class", "done"}});
    }
}

http::Response draw_receipt(Shown const& shown, merchants::Directory const& directory, Language language, std::string const& path) {
    auto const& receipt = shown.receipt;
    auto const* merchant = directory.merchant(receipt.merchant);
    auto const title = std::string{say(language, "Biên lai ", "Receipt ")} + receipts::number_text(receipt);
    auto frame = frame_of(language, title + " – Chợ Số");
    frame.test = merchant == nullptr || !merchant->live;
    return page(200, frame, [&](Html& html) {
        html.line("h1", title);
        draw_standing(html, language, shown);
        html.line("p", with_unit(magnitude(receipt.amount)), {{"class", "amount"}});
        html.line("p", amount_in_words(language, magnitude(receipt.amount)), {{"class", "words"}});
        html.open("dl");
        fact(html, say(language, "Đơn vị thu", "Issued by"), merchant != nullptr ? merchant->name : std::string{});
        fact(html, say(language, "Mã số thuế", "Tax code"), shown.issuer_tax_code);
        fact(html, say(language, "Người nộp", "Paid by"), mask_name(shown.payer));
        fact(html, say(language, "Nội dung thu", "Paid for"), receipt.what);
        fact(html, say(language, "Hình thức", "How"), receipt.way == receipts::Way::cash ? say(language, "Tiền mặt", "Cash") : say(language, "Chuyển khoản", "Bank transfer"));
        fact(html, say(language, "Tiền đến lúc", "Received"), to_page_time(receipt.occurred_at));
        fact(html, say(language, "Cấp lúc", "Issued"), to_page_time(receipt.issued_at));
        html.close();
        html.line("a", say(language, "Tải biên lai (PDF)", "Download the receipt (PDF)"), {{"class", "button"}, {"href", path + "/pdf"}});
        html.open("p").line("a", say(language, "Có điều gì không đúng? Gửi khiếu nại", "Something wrong? Send a complaint"), {{"href", path + "/khieu-nai"}}).close();
    });
}

/// Answers a question about the receipt of the path's token.
http::Handler about_token(api::Edge& edge, std::function<http::Response(Shown const&, merchants::Directory const&, http::Request const&)> render) {
    return [&edge, render = std::move(render)](http::Request const& request, http::Responder respond) {
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(not_found_page());
        auto const audience = reader_of(request);
        auto const later = std::make_shared<http::Responder>(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, render, token = *token](postgres::Connection& connection) {
            auto const found = receipts::find(connection, token.bucket, token.random);
            (*later)(found ? render(*found, *edge.directory.current(), later->request()) : not_found_page());
        });
    };
}

struct Searched {
    std::string code, phone, complaint;
    std::optional<std::vector<Shown>> found;
};

void draw_found(Html& html, api::Edge const& edge, merchants::Directory const& directory, std::vector<Shown> const& found, Language language) {
    html.line("h2", say(language, "Biên lai tìm thấy", "Receipts found")).open("ul");
    for (auto const& shown : found) {
        auto const* merchant = directory.merchant(shown.receipt.merchant);
        auto const url = receipts::page_url(shown.receipt, edge.base_url);
        html.open("li").line("a", receipts::number_text(shown.receipt) + " · " + with_unit(magnitude(shown.receipt.amount)), {{"href", url}});
        html.line("p", (merchant != nullptr ? merchant->name : std::string{}) + " · " + to_page_time(shown.receipt.issued_at), {{"class", "small"}});
        if (shown.cancelled_by) html.line("p", say(language, "Đã huỷ", "Cancelled"), {{"class", "small"}});
        html.close();
    }
    html.close();
}

http::Response draw_search(api::Edge const& edge, Language language, int status, Searched const& search) {
    auto const title = say(language, "Tìm lại biên lai", "Find a receipt");
    return page(status, frame_of(language, std::string{title} + " – Chợ Số"), [&](Html& html) {
        html.line("h1", title);
        if (!search.complaint.empty()) html.line("p", search.complaint, {{"class", "complaint"}, {"role", "alert"}});
        if (search.found) {
            if (search.found->empty())
                html.line("p", say(language, "Không có biên lai nào với mã và số điện thoại này.", "There is no receipt with this code and phone number."), {{"role", "status"}});
            else draw_found(html, edge, *edge.directory.current(), *search.found, language);
        }
        html.open("form", {{"method", "post"}, {"action", language == Language::en ? "/bien-lai?lang=en" : "/bien-lai"}});
        text_field(html, "code", say(language, "Số biên lai, số phiếu thu hoặc mã KX", "Receipt number, bill number or KX code"), "text", "off", search.code);
        text_field(html, "phone", say(language, "Số điện thoại đã đăng ký với nơi thu", "Phone number the payee knows"), "tel", "tel", search.phone);
        button(html, say(language, "Tìm", "Find"));
        html.close();
    });
}

/// As it is kept: capitals, no blanks.
std::string typed_code(std::string_view text) {
    std::string out;
    for (auto const c : text)
        if (c != ' ' && c != '\t') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

}  // namespace

std::string typed_phone(std::string_view text) {
    std::string digits;
    for (auto const c : text) {
        if (c >= '0' && c <= '9') digits += c;
        else if (std::string_view{" .-+()"}.find(c) == std::string_view::npos) return {};
    }
    if (digits.starts_with("84") && digits.size() == 11) digits = "0" + digits.substr(2);
    return digits.size() >= 9 && digits.size() <= 11 && digits.front() == '0' ? digits : std::string{};
}

http::Handler receipt_page(api::Edge& edge) {
    return about_token(edge, [](Shown const& shown, merchants::Directory const& directory, http::Request const& request) {
        return draw_receipt(shown, directory, language_of(request), "/bien-lai/" + request.param("token"));
    });
}

http::Handler receipt_file(api::Edge& edge) {
    return about_token(edge, [&edge](Shown const& shown, merchants::Directory const& directory, http::Request const&) {
        auto out = http::Response{200, "application/pdf", receipts::to_pdf(shown, directory, edge.base_url), {}};
        out.with("Cache-Control", "no-store").with("X-Robots-Tag", "noindex");
        out.with("Content-Disposition", "inline; filename=\"" + receipts::number_text(shown.receipt) + ".pdf\"");
        return out;
    });
}

http::Handler find_receipt_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        respond(draw_search(edge, language_of(request), 200, {std::string{request.query_value("code").value_or("")}, {}, {}, {}}));
    };
}

http::Handler find_receipt(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const language = language_of(request);
        auto search = Searched{typed_code(form_value(request, "code")), form_value(request, "phone"), {}, {}};
        auto const phone = typed_phone(search.phone);
        if (search.code.empty() || search.code.size() > 60 || phone.empty()) {
            search.complaint = say(language, "Hãy nhập mã và một số điện thoại đúng.", "Enter a code and a valid phone number.");
            return respond(draw_search(edge, language, 422, search));
        }
        auto const tries = std::vector<std::string>{"receipts address " + request.remote, "receipts code " + search.code};
        edge.reads.run(std::move(respond), reader_of(request), [&edge, language, search, phone, tries](postgres::Connection& connection) mutable {
            auto const now = edge.clock.now();
            if (!choso::fees::take_try(connection, tries, now, choso::fees::failures_an_hour)) {
                search.complaint = say(language, "Bạn đã thử quá nhiều lần. Hãy đợi một giờ rồi thử lại, hoặc hỏi nơi thu.", "Too many tries. Wait an hour and try again, or ask the payee.");
                auto out = draw_search(edge, language, 429, search);
                out.with("Retry-After", "3600");
                return out;
            }
            search.found = receipts::by_code_and_phone(connection, search.code, phone);
            if (!search.found->empty()) choso::fees::give_back_try(connection, tries, now);
            return draw_search(edge, language, 200, search);
        });
    };
}

void add_receipt_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    router.add(Method::get, "/bien-lai", "find_receipt_page", find_receipt_page(edge));
    router.add(Method::post, "/bien-lai", "find_receipt", find_receipt(edge), {.body_bytes_max = 4096});
    router.add(Method::get, "/bien-lai/{token}", "receipt_page", receipt_page(edge));
    router.add(Method::get, "/bien-lai/{token}/pdf", "receipt_file", receipt_file(edge));
}

}  // namespace choso::pages
