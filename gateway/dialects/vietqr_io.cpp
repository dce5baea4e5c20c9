// vietqr.io's JSON calls, in its own shapes: {"code":"00","desc":…,"data":…}, other codes for refusals.
#include <algorithm>
#include <array>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/dialects/dialects.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace choso::dialects {
namespace {

constexpr FieldNames names{"acqId", "accountNo", "amount", "addInfo"};

http::Response refusal(int status, std::string_view code, std::string_view desc, std::string_view field = {}) {
    std::string body;
    auto json = json::Writer{body};
    json.object().member("code", code).member("desc", desc).key("data").null();
    if (!field.empty()) json.member("field", field);
    json.end();
    return api::json_response(status, std::move(body));
}

http::Response of_the_day(std::string body) {
    auto out = http::Response{200, "application/json", std::move(body), {}};
    out.with("Cache-Control", "public, max-age=3600").with("Access-Control-Allow-Origin", "*");
    return out;
}

/// A member as text, whether it was sent as a text or a number.
std::string text_of(json::Value const& body, std::string_view key) {
    auto const* const value = body.find(key);
    if (value == nullptr) return {};
    if (auto const text = value->as_string()) return std::string{*text};
    if (auto const number = value->as_number_text()) return std::string{*number};
    return {};
}

std::string banks_json(std::string const& base_url) {
    std::string body;
    auto json = json::Writer{body};
    auto const banks = qr::banks();
    json.object().member("code", "00").member("desc", "Get Bank list successful! Total " + std::to_string(banks.size()) + " banks").key("data").array();
    for (auto const& bank : banks) {
        json.object()
            .member("id", bank.directory_id)
            .member("name", bank.name)
            .member("code", bank.code)
            .member("bin", bank.bin)
            .member("shortName", bank.display_name())
            .member("logo", base_url + "/img/" + std::string{bank.bin} + ".png")
            .member("transferSupported", bank.transfer_supported ? 1 : 0)
            .member("lookupSupported", bank.lookup_supported ? 1 : 0)
            .member("short_name", bank.display_name())
            .member("support", bank.app_support)
            .member("isTransfer", bank.transfer_supported ? 1 : 0)
            .member("swift_code", bank.swift.empty() ? std::nullopt : std::optional{bank.swift})
            .end();
    }
    json.end().end();
    return body;
}

struct Shown {
    std::string_view name, which;
};
constexpr auto templates = std::to_array<Shown>({{"QR Only", "qr_only"}, {"Compact", "compact"}, {"Compact 2", "compact2"}, {"Print", "print"}});

std::string templates_json(std::string const& base_url) {
    std::string body;
    auto json = json::Writer{body};
    json.object().member("code", "00").member("desc", "success").key("data").array();
    for (auto const& each : templates)
        json.object()
            .member("name", each.name)
            .member("template", each.which)
            .member("demo", base_url + "/image/970415-113366668888-" + std::string{each.which} + ".png?amount=79000&addInfo=Ung+Ho+Quy+Vac+Xin")
            .end();
    json.end().end();
    return body;
}

/// What generate answers with; drawn where pictures are drawn.
http::Response generated(Made const& made, qr::Template which) {
    auto const picture = drawn(made, which, Format::png);
    if (picture.empty()) return refusal(500, "43", "Oops, Something went wrong - Lỗi không xác định");
    std::string body;
    auto json = json::Writer{body};
    json.object().member("code", "00").member("desc", "Gen VietQR successful!").key("data").object();
    auto bin = std::int64_t{0};
    for (char const c : made.bank->bin) bin = bin * 10 + (c - '0');
    json.member("acqId", bin)
        .member("accountName", made.caption.warning.empty() ? made.holder : made.caption.warning)
        .member("qrCode", made.payload)
        .member("qrDataURL", "data:image/png;base64," + crypto::to_base64(picture));
    json.end().end();
    return api::json_response(200, std::move(body));
}

/// The first required member that is missing; empty if none is.
std::string_view missing_in(json::Value const& body, std::initializer_list<std::string_view> required) {
    for (auto const name : required)
        if (text_of(body, name).empty()) return name;
    return {};
}

}  // namespace

http::Handler list_banks(api::Edge& edge) {
    return [body = banks_json(edge.base_url)](http::Request const&, http::Responder respond) { respond(of_the_day(body)); };
}

http::Handler list_templates(api::Edge& edge) {
    return [body = templates_json(edge.base_url)](http::Request const&, http::Responder respond) { respond(of_the_day(body)); };
}

http::Handler generate(Studio studio) {
    return [studio](http::Request const& request, http::Responder respond) {
        auto const body = json::parse(request.body);
        if (!body || !body->is_object()) return respond(refusal(400, "01", "Body is not a JSON object - Nội dung không phải là một đối tượng JSON"));
        if (auto const field = missing_in(*body, {"acqId", "accountNo"}); !field.empty())
            return respond(refusal(400, "01", "Missing param " + std::string{field} + " - Thiếu " + std::string{field}, field));
        auto order = Order{};
        order.bank = text_of(*body, "acqId");
        order.account = text_of(*body, "accountNo");
        order.amount = text_of(*body, "amount");
        order.purpose = text_of(*body, "addInfo");
        order.name = text_of(*body, "accountName");
        // The first edition called the template `format`; later that was text or image.
        auto const by_format = qr::template_of(text_of(*body, "format"));
        order.which = qr::template_of(text_of(*body, "template")).value_or(by_format.value_or(qr::Template::compact));
        if (qr::find_bank(order.bank) == nullptr)
            return respond(refusal(400, "02",
                                   "Invalid acqId - Mã định danh ngân hàng (thường gọi là BIN) 6 chữ số, quy định bởi Ngân hàng Nhà nước. "
                                   "Xem BIN tại " + studio.edge.base_url + "/v2/banks",
                                   "acqId"));
        auto const has_key = caller_of(studio.edge, request).has_value();
        auto made = make(order, names, *studio.edge.directory.current(), has_key);
        if (!made) {
            auto const& problem = made.error();
            return respond(refusal(400, "02", "Invalid " + problem.detail.en + " - " + problem.detail.vi, problem.param));
        }
        auto work = [made = std::move(made).value(), which = order.which](postgres::Connection&) { return generated(made, which); };
        studio.edge.drawing.run(std::move(respond), api::audience_of(request), std::move(work));
    };
}

http::Handler look_up(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = caller_of(edge, request);
        if (!caller) return respond(refusal(401, "40", "x-api-key is missing or wrong - Thiếu khoá hoặc khoá không đúng", "x-api-key"));
        auto const body = json::parse(request.body);
        if (!body || !body->is_object()) return respond(refusal(400, "01", "Body is not a JSON object - Nội dung không phải là một đối tượng JSON"));
        if (auto const field = missing_in(*body, {"bin", "accountNumber"}); !field.empty())
            return respond(refusal(400, "01", "Missing param " + std::string{field} + " - Thiếu " + std::string{field}, field));
        auto const* bank = qr::find_bank(text_of(*body, "bin"));
        if (bank == nullptr) return respond(refusal(200, "41", "Bank not support - Ngân hàng không hỗ trợ", "bin"));
        // What is another's is as what is not: nobody learns here who banks where.
        auto const* account = registered_account(*caller->directory, bank->bin, text_of(*body, "accountNumber"));
        auto const merchants = caller->merchants();
        auto const own = account != nullptr && std::ranges::any_of(merchants, [&](auto const* one) { return one->collector == account->collector; });
        if (!own) return respond(refusal(200, "42", "Account number Invalid - Số tài khoản không hợp lệ", "accountNumber"));
        std::string out;
        json::Writer{out}.object().member("code", "00").member("desc", "Success - Thành công").key("data").object()
            .member("accountName", mask_name(account->holder)).end().end();
        respond(api::json_response(200, std::move(out)));
    };
}

}  // namespace choso::dialects
