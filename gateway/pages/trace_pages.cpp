#include "gateway/pages/trace_pages.hpp"

#include <algorithm>

#include "gateway/api/respond.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/people_frame.hpp"
#include "marketplace/trace/epcis.hpp"
#include "marketplace/trace/gs1.hpp"
#include "marketplace/trace/lots.hpp"

namespace choso::pages {
namespace {

using namespace marketplace;

std::string day_words(std::string_view ymd) {
    return ymd.size() == 10 ? std::string{ymd.substr(8, 2)}.append("/").append(ymd.substr(5, 2)).append("/").append(ymd.substr(0, 4)) : std::string{ymd};
}

std::string_view step_words(std::string_view step) {
    struct Word { std::string_view step, words; };
    constexpr auto words = std::to_array<Word>({{"growing", "Gieo trồng, chăm sóc"}, {"harvesting", "Thu hoạch"}, {"processing", "Chế biến"}, {"packing", "Đóng gói"},
                                                {"inspecting", "Kiểm tra"}, {"shipping", "Vận chuyển"}, {"receiving", "Nhận hàng"},
                                                {"retail_selling", "Bán lẻ"}, {"recalling", "Thu hồi"}});
    auto const at = std::ranges::find(words, step, &Word::step);
    return at == words.end() ? step : at->words;
}

void fact(Html& html, std::string_view name, std::string_view value) {
    if (!value.empty()) html.line("dt", name).line("dd", value);
}

/// What a check found, in a heading and a sentence. Never "genuine": a copied code reads the same.
struct Verdict {
    std::string_view mark;   ///< ended, wait, done: colours it
    std::string heading, sentence;
};

Verdict verdict_of(Checked const& checked, Lot const& lot) {
    switch (checked.state) {
        case StampState::unknown: return {"ended", "Không có tem này", "Mã không có trong hệ thống. Hãy xem lại từng ký tự; nếu vẫn vậy, đừng tin tem này."};
        case StampState::not_activated: return {"ended", "Tem chưa được kích hoạt", "Tem đã in nhưng người bán chưa dán lên hàng. Nếu tem đang ở trên hàng, hãy báo cho người bán."};
        case StampState::issued: return {"wait", "Tem có trong hệ thống", "Tem đã phát hành, chưa ai cào mã bí mật để kiểm tra. Cào lớp phủ và nhập mã để là người kiểm tra đầu tiên."};
        case StampState::first_check: return {"done", "Lần kiểm tra đầu tiên lúc " + to_page_time(checked.first_at.value_or(Instant{})),
                                              "Mã bí mật này chưa từng được nhập trước đây. Lần sau ai nhập lại sẽ thấy giờ này."};
        case StampState::repeated: return {"part", "Đã kiểm tra lần đầu lúc " + to_page_time(checked.first_at.value_or(Instant{})),
                                           "Tem đã được hỏi " + std::to_string(checked.checks) + " lần" + (checked.first_place.empty() ? "" : ", lần đầu ở " + checked.first_place) +
                                               ". Nếu bạn vừa mua và vừa cào, có thể tem bị chép lại."};
        case StampState::recalled: return {"ended", "Lô hàng đã bị thu hồi", "Không dùng sản phẩm này. Lý do: " + lot.recall_why + "."};
        case StampState::expired: return {"part", "Lô hàng đã hết hạn", "Hạn dùng " + day_words(lot.expires_on) + "."};
        case StampState::secret_wrong: return {"ended", "Mã bí mật không đúng", "Mã dưới lớp phủ không khớp với tem. Hãy nhập lại; nếu vẫn sai, đừng tin tem này."};
    }
    return {};
}

void draw_secret_form(Html& html, std::string_view serial) {
    html.open("form", {{"method", "post"}, {"action", "/m/" + std::string{serial}}});
    html.line("label", "Mã dưới lớp cào (8 ký tự)", {{"for", "secret"}});
    html.lone("input", {{"id", "secret"}, {"name", "secret"}, {"required", ""}, {"maxlength", "16"}, {"autocomplete", "off"}, {"autocapitalize", "characters"}});
    html.line("label", "Bạn đang ở xã/phường nào (không bắt buộc)", {{"for", "place"}});
    html.lone("input", {{"id", "place"}, {"name", "place"}, {"maxlength", "80"}, {"autocomplete", "off"}});
    html.line("button", "Kiểm tra", {{"type", "submit"}}).close();
}

void draw_lot(Html& html, Lot const& lot, std::vector<TraceEvent> const& events, std::chrono::sys_days today) {
    html.line("h2", "Sản phẩm");
    if (lot.image)
        html.lone("img", {{"src", "/cho/hinh/" + lot.image->text() + "/320.webp"}, {"width", "160"}, {"height", "160"}, {"alt", lot.product_name}});
    html.open("dl");
    fact(html, "Tên", lot.product_name);
    fact(html, "Mã GTIN", lot.gtin);
    fact(html, "Lô", lot.number);
    fact(html, "Ngày sản xuất", day_words(lot.made_on));
    fact(html, "Hạn dùng", day_words(lot.expires_on));
    fact(html, "Số lượng của lô", lot.quantity);
    fact(html, "Nơi sản xuất", lot.place);
    fact(html, "Cơ sở", lot.seller_name);
    fact(html, "Địa chỉ", lot.seller_address);
    auto const until = parse_day(lot.stars_until);
    if (lot.stars > 0 && until && *until >= today)
        fact(html, "OCOP", std::to_string(lot.stars) + " sao, quyết định " + lot.stars_number + " của " + lot.stars_issuer + ", đến " + day_words(lot.stars_until));
    html.close();
    html.line("h2", "Đường đi của lô hàng").open("ol");
    for (auto const& event : events) {
        html.open("li").line("strong", step_words(event.step)).text(" – " + to_page_time(event.at) + ", " + event.place + ", " + event.party);
        if (!event.note.empty()) html.text(". " + event.note);
        html.close();
    }
    html.close();
}

http::Response trace_page(int status, std::string title, std::function<void(Html&)> const& body) {
    auto frame = Frame{};
    frame.title = std::move(title);
    return page(status, frame, body);
}

void draw_code_form(Html& html) {
    html.open("form", {{"method", "post"}, {"action", "/truy-xuat"}});
    html.line("label", "Mã trên tem hoặc trên bao bì", {{"for", "code"}});
    html.lone("input", {{"id", "code"}, {"name", "code"}, {"required", ""}, {"maxlength", "300"}, {"autocomplete", "off"}, {"autocapitalize", "characters"}});
    html.line("button", "Tra cứu", {{"type", "submit"}}).close();
}

http::Response nothing_found() {
    return trace_page(404, "Không có mã này", [](Html& html) {
        html.line("h1", "Không có mã này").line("p", "Mã không có trong hệ thống. Hãy xem lại từng ký tự; nếu vẫn vậy, đừng tin tem này.");
        draw_code_form(html);
    });
}

http::Response lot_page(postgres::Connection& connection, Lot const& lot, Instant now) {
    auto const events = events_of(connection, lot.id);
    return trace_page(200, "Truy xuất: " + lot.product_name, [&](Html& html) {
        html.line("h1", lot.product_name);
        auto const today = vietnam_day(now);
        auto const expires = parse_day(lot.expires_on);
        if (lot.recalled_at) html.line("p", "Lô hàng đã bị thu hồi. Không dùng sản phẩm này. Lý do: " + lot.recall_why + ".", {{"class", "ended"}});
        else if (expires && *expires < today) html.line("p", "Lô hàng đã hết hạn ngày " + day_words(lot.expires_on) + ".", {{"class", "part"}});
        else html.line("p", "Lô hàng có trong hệ thống.", {{"class", "wait"}});
        draw_lot(html, lot, events, today);
    });
}

http::Response stamp_page(postgres::Connection& connection, api::Edge const& edge, Check const& check) {
    auto const now = edge.clock.now();
    auto const key = edge.directory.installation().session_key;
    auto const checked = check_stamp(connection, check, key, now);
    auto const lot = checked.lot ? find_lot(connection, *checked.lot) : std::nullopt;
    if (!lot) return nothing_found();
    auto const verdict = verdict_of(checked, *lot);
    auto const events = events_of(connection, lot->id);
    return trace_page(200, verdict.heading, [&](Html& html) {
        html.line("h1", verdict.heading).line("p", verdict.sentence, {{"class", verdict.mark}});
        html.open("dl");
        fact(html, "Số tem", check.serial);
        html.close();
        auto const may_give_secret = checked.state == StampState::issued || checked.state == StampState::secret_wrong || (checked.state == StampState::repeated && check.secret.empty());
        if (may_give_secret) draw_secret_form(html, check.serial);
        draw_lot(html, *lot, events, vietnam_day(now));
    });
}

bool wants_json(http::Request const& request) {
    auto const accepted = request.header("Accept").value_or("");
    return accepted.find("json") != std::string_view::npos && accepted.find("text/html") == std::string_view::npos;
}

http::Response epcis_of(postgres::Connection& connection, api::Edge const& edge, Lot const& lot) {
    auto out = http::Response{200, "application/ld+json", epcis_document(lot, events_of(connection, lot.id), edge.base_url, edge.clock.now()), {}};
    out.with("Cache-Control", "no-store").with("Vary", "Accept");
    return out;
}

/// A code of 16 symbols is a lot's or a stamp's. A program that asks for JSON gets the lot's events; stamps are for people.
http::Response code_page(postgres::Connection& connection, api::Edge const& edge, Check check, bool as_json) {
    check.serial = serial_as_typed(check.serial);
    check.secret = serial_as_typed(check.secret);
    if (check.secret.empty())
        if (auto const lot = find_lot_by_code(connection, check.serial)) return as_json ? epcis_of(connection, edge, *lot) : lot_page(connection, *lot, edge.clock.now());
    return stamp_page(connection, edge, check);
}

http::Handler ask_for_code() {
    return [](http::Request const&, http::Responder respond) {
        respond(trace_page(200, "Truy xuất nguồn gốc", [](Html& html) {
            html.line("h1", "Truy xuất nguồn gốc").line("p", "Quét mã QR trên tem bằng máy ảnh, hoặc gõ mã in dưới nó.");
            draw_code_form(html);
        }));
    };
}

/// Where a code leads that somebody typed, or that a hand scanner sent in the keyboard's place (a link, or a symbol's bars).
std::optional<std::string> place_of(std::string typed) {
    constexpr std::string_view anywhere = "https://resolver";
    auto elements = std::vector<gs1::Element>{};
    if (auto scanned = gs1::parse_scan(typed)) {
        elements = std::move(scanned->elements);
        typed = std::move(scanned->text);
    } else if (auto link = gs1::parse_digital_link(typed)) {
        elements = std::move(link).value();
    }
    if (!gs1::value_of(elements, "01").empty())
        if (auto const uri = gs1::make_digital_link(elements, anywhere)) return uri->substr(anywhere.size());
    if (auto const at = typed.rfind("/m/"); at != std::string::npos) typed.erase(0, at + 3);
    auto const code = serial_as_typed(typed);
    if (!bucket_of_serial(code)) return std::nullopt;
    return "/m/" + code;
}

http::Handler code_typed() {
    return [](http::Request const& request, http::Responder respond) {
        auto const place = place_of(std::string{form_value(request, "code")});
        respond(place ? go_to(*place) : nothing_found());
    };
}

http::Handler code_asked(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto check = Check{};
        check.serial = request.param("code");
        check.secret = form_value(request, "secret");
        check.place = form_value(request, "place").substr(0, 80);
        if (merchants::check_text("place", check.place, 80)) check.place.clear();
        edge.reads.run(std::move(respond), api::audience_of(request), [&edge, check = std::move(check), as_json = wants_json(request)](postgres::Connection& connection) {
            return code_page(connection, edge, check, as_json);
        });
    };
}

/// GS1 Digital Link: what the path names, as far down as it goes.
http::Handler resolve(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        // The resolver reads its own address as the standard does, whatever host it is reached by.
        auto const elements = gs1::parse_digital_link("https://resolver" + request.target);
        if (!elements) {
            auto out = nothing_found();
            out.status = 400;
            return respond(std::move(out));
        }
        auto const gtin = gs1::value_of(*elements, "01");
        auto const number = gs1::value_of(*elements, "10");
        auto check = Check{};
        check.serial = serial_as_typed(gs1::value_of(*elements, "21"));
        edge.reads.run(std::move(respond), api::audience_of(request), [&edge, gtin, number, check, as_json = wants_json(request)](postgres::Connection& connection) {
            if (!check.serial.empty() && !as_json) return stamp_page(connection, edge, check);
            auto lot = number.empty() ? newest_lot_by_gtin(connection, gtin) : find_lot_by_gtin(connection, gtin, number);
            if (!lot) return nothing_found();
            if (!as_json) return lot_page(connection, *lot, edge.clock.now());
            return epcis_of(connection, edge, *lot);
        });
    };
}

}  // namespace

void add_trace_routes(http::Router& router, api::Edge& edge) {
    using http::Method;
    auto const small = http::RouteLimits{.body_bytes_max = 2'048, .body_timeout = {}, .handler_timeout = {}};
    router.add(Method::get, "/truy-xuat", "trace_form", ask_for_code());
    router.add(Method::post, "/truy-xuat", "trace_typed", code_typed(), small);
    router.add(Method::get, "/m/{code}", "trace_code", code_asked(edge));
    router.add(Method::post, "/m/{code}", "trace_secret", code_asked(edge), small);
    router.add(Method::get, "/01/{gtin}", "resolve_gtin", resolve(edge));
    router.add(Method::get, "/01/{gtin}/{rest*}", "resolve_link", resolve(edge));
}

}  // namespace choso::pages
