#include "gateway/dialects/qr_picture.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/vietqr.hpp"

namespace choso::dialects {
namespace {

constexpr std::string_view unregistered = "Tài khoản chưa đăng ký với Chợ Số";
constexpr std::size_t name_characters_max = 50;

std::string_view type_of(Format format) {
    switch (format) {
        case Format::png: return "image/png";
        case Format::jpg: return "image/jpeg";
        case Format::svg: return "image/svg+xml";
    }
    return {};
}

api::Problem refused(std::string_view field, std::string vi, std::string en) {
    return {api::Code::parameter_invalid, std::string{field}, {std::move(vi), std::move(en)}};
}

api::Problem refused(qr::MakeError const& error, FieldNames names) {
    auto field = error.field;
    if (field == "bin") field = names.bank;
    if (field == "account") field = names.account;
    if (field == "amount") field = names.amount;
    if (field == "purpose") field = names.purpose;
    auto vi = std::string{field} + ": " + std::string{qr::rule_text_vi(error.rule)};
    auto en = std::string{field} + " " + std::string{qr::rule_text(error.rule)};
    return refused(field, std::move(vi), std::move(en));
}

/// Every character a cache or a picture may take; the first `most` of them.
std::string shown(std::string_view text, std::size_t most) {
    std::string out;
    std::size_t count = 0;
    if (!is_valid_utf8(text)) return out;
    for (char const c : text) {
        bool const begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        if (begins && ++count > most) break;
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out += c;
    }
    return out;
}

/// All that a picture is drawn from: equal keys are equal pictures.
std::string key_of(Made const& made, qr::Template which, Format format) {
    constexpr std::string_view edition = "1";  // raised when pictures begin to look otherwise
    std::string key{edition};
    for (auto const part : {qr::name_of(which), type_of(format), std::string_view{made.payload}, std::string_view{made.caption.bank},
                            std::string_view{made.caption.holder}, std::string_view{made.caption.account}, std::string_view{made.caption.amount},
                            std::string_view{made.caption.purpose}, std::string_view{made.caption.warning}})
        key.append("\n").append(part);
    return key;
}

bool has_already(http::Request const& request, std::string_view tag) {
    auto rest = request.header("If-None-Match").value_or("");
    while (!rest.empty()) {
        auto const end = std::min(rest.find(','), rest.size());
        auto one = http::trimmed(rest.substr(0, end));
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == tag || one == "*") return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

/// What a picture is answered with besides itself.
struct Headers {
    std::string tag;
    bool keyed;
    std::string_view saved_as;

    void put_on(http::Response& response) const {
        response.with("ETag", tag).with("Vary", "Authorization, X-Api-Key").with("Access-Control-Allow-Origin", "*");
        // A name that only a key makes us believe is nothing for other people's caches. A holder may change, so an hour is enough.
        response.with("Cache-Control", keyed ? "private, max-age=3600" : "public, max-age=3600");
        response.with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        if (!saved_as.empty()) response.with("Content-Disposition", "attachment; filename=\"" + std::string{saved_as} + "\"");
    }
};

http::Response answer(Format format, std::string const& picture, Headers const& headers) {
    auto out = http::Response{200, std::string{type_of(format)}, picture, {}};
    headers.put_on(out);
    return out;
}

}  // namespace

std::optional<Format> format_of(std::string_view extension) {
    if (http::equals_ignoring_case(extension, "png")) return Format::png;
    if (http::equals_ignoring_case(extension, "jpg") || http::equals_ignoring_case(extension, "jpeg")) return Format::jpg;
    if (http::equals_ignoring_case(extension, "svg")) return Format::svg;
    return std::nullopt;
}

merchants::BankAccount const* registered_account(merchants::Directory const& directory, std::string_view bin, std::string_view number) {
    if (auto const* account = directory.account_by_number(bin, number)) return account;
    auto const* virtual_account = directory.virtual_account(bin, number);
    return virtual_account != nullptr ? directory.account(virtual_account->account) : nullptr;
}

Result<Made, api::Problem> make(Order const& order, FieldNames names, merchants::Directory const& directory, bool has_key) {
    auto made = Made{};
    made.bank = qr::find_bank(order.bank);
    if (made.bank == nullptr)
        return refused(names.bank, "Ngân hàng không có trong danh mục; xem /v2/banks", "The bank is not in the directory; see /v2/banks");
    auto wanted = qr::MakeRequest{.bin = std::string{made.bank->bin}, .account = order.account};
    if (!order.amount.empty() && order.amount.find_first_not_of('0') != std::string::npos) {
        wanted.amount = parse_dong(order.amount);
        if (!wanted.amount)
            return refused(names.amount, "Số tiền phải là số nguyên đồng, chỉ gồm chữ số", "The amount must be a whole number of dong, digits only");
    }
    wanted.purpose = shown(order.purpose, 200);
    // Signs alone are as good as nothing: others' clients send them to mean no purpose.
    if (fold_for_memo(wanted.purpose).empty()) wanted.purpose.clear();
    auto payload = qr::make(wanted);
    if (!payload) return refused(payload.error(), names);
    made.payload = std::move(payload).value();

    auto const* account = registered_account(directory, made.bank->bin, order.account);
    made.registered = account != nullptr;
    made.holder = account != nullptr ? account->holder : has_key ? shown(order.name, name_characters_max) : std::string{};
    made.caption = {.bank = std::string{made.bank->display_name()},
                    .holder = made.holder,
                    .account = order.account,
                    .amount = wanted.amount ? with_dots(*wanted.amount) + " đ" : "",
                    .purpose = fold_for_memo(wanted.purpose),
                    .warning = made.registered || has_key ? "" : std::string{unregistered},
                    .logo = {}};
    return made;
}

std::optional<api::Caller> caller_of(api::Edge const& edge, http::Request const& request) {
    if (auto caller = api::authenticate(edge, request, {})) return std::move(caller).value();
    auto const text = request.header("x-api-key");
    if (!text || !crypto::api_key_kind(*text)) return std::nullopt;
    auto caller = api::Caller{edge.directory.current(), nullptr, std::string{crypto::as_text(crypto::sha256(*text))}};
    caller.key = caller.directory->key_by_hash(caller.key_hash);
    if (caller.key == nullptr) return std::nullopt;
    return caller;
}

std::string drawn(Made const& made, qr::Template which, Format format) {
    auto symbol = qr::encode(made.payload);
    if (!symbol) return {};
    auto const picture = qr::lay_out(which, std::move(symbol).value(), made.caption);
    if (!picture) return {};
    if (format == Format::svg) return qr::to_svg(*picture, "VietQR " + made.caption.bank + " " + made.caption.account);
    auto file = format == Format::png ? qr::to_png(*picture) : qr::to_jpeg(*picture);
    return file ? std::move(file).value() : std::string{};
}

void Studio::draw(http::Request const& request, http::Responder respond, Order const& order, FieldNames names, Format format,
                  std::string_view saved_as) const {
    auto const has_key = caller_of(edge, request).has_value();
    auto made = make(order, names, *edge.directory.current(), has_key);
    if (!made) return respond(api::to_response(made.error(), api::audience_of(request)));
    auto key = key_of(*made, order.which, format);
    auto const headers = Headers{'"' + crypto::to_hex(crypto::sha256(key)).substr(0, 32) + '"', has_key && !made->registered, saved_as};
    if (has_already(request, headers.tag)) {
        auto out = http::Response{304, {}, {}, {}};
        headers.put_on(out);
        return respond(std::move(out));
    }
    if (auto const picture = cache->find(key)) return respond(answer(format, *picture, headers));
    auto work = [pictures = cache, key = std::move(key), made = std::move(made).value(), which = order.which, format,
                 headers](postgres::Connection&) {
        auto picture = std::make_shared<std::string const>(drawn(made, which, format));
        if (picture->empty()) return api::to_response(api::Problem{api::Code::internal}, {});
        pictures->keep(key, picture);
        return answer(format, *picture, headers);
    };
    auto const audience = api::audience_of(request);
    edge.drawing.run(std::move(respond), audience, std::move(work));
}

}  // namespace choso::dialects
