#include "gateway/feeds/notice.hpp"

#include <algorithm>
#include <map>

#include "base/vietnamese.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/url.hpp"
#include "platform/json/json.hpp"

namespace choso::feeds {
namespace {

using api::Code;
using api::Problem;

/// What one credit can be at most: far above any transfer, far below what a sum could overflow by.
constexpr std::int64_t amount_max = 1'000'000'000'000'000;

/// A field's text, and how it was written: a form knows no numbers, so digits will do there.
struct Field {
    std::string text;
    bool is_string = false;
};
using Fields = std::map<std::string, Field, std::less<>>;

Problem malformed(std::string_view field, api::Text rule) {
    auto const name = std::string{field};
    return {Code::field_invalid, name, {name + ": " + rule.vi, name + " " + rule.en}};
}

/// Bytes of a form that PostgreSQL's text cannot keep; the raw notice keeps them.
std::string as_text(std::string_view value) {
    auto out = is_valid_utf8(value) ? std::string{value} : fold(value);
    for (auto& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return out;
}

Result<Fields, Problem> json_fields(std::string_view body) {
    auto const parsed = json::parse(body);
    if (!parsed || !parsed->is_object()) {
        auto const why = parsed ? std::string{"not an object"} : parsed.error().message;
        return Problem{Code::body_invalid, "", {"Thông báo không phải đối tượng JSON: " + why, "The notice is not a JSON object: " + why}};
    }
    auto out = Fields{};
    for (auto const& [key, value] : parsed->members()) {
        if (auto const text = value.as_string()) out[key] = {as_text(*text), true};
        else if (auto const number = value.as_number_text()) out[key] = {std::string{*number}, false};
        else if (!value.is_null()) out[key] = {json::to_text(value), false};
    }
    return out;
}

Result<Fields, Problem> fields_of(std::string_view content_type, std::string_view body) {
    auto const kind = http::trimmed(content_type.substr(0, content_type.find(';')));
    // JSON that is announced as a form, as a bare `curl -d` does: no form of these fields begins so.
    if (body.starts_with('{')) return json_fields(body);
    if (http::equals_ignoring_case(kind, "application/x-www-form-urlencoded")) {
        auto const form = http::parse_form(body);
        if (!form) return Problem{Code::body_invalid, "", {"Biểu mẫu không hợp lệ", "The form is malformed"}};
        auto out = Fields{};
        for (auto const& [name, value] : form->fields()) out.try_emplace(name, Field{as_text(value), true});
        return out;
    }
    if (http::equals_ignoring_case(kind, "multipart/form-data")) {
        auto const parts = http::parse_multipart(content_type, body);
        if (!parts) return Problem{Code::body_invalid, "", {"Biểu mẫu nhiều phần không hợp lệ", "The multipart form is malformed"}};
        auto out = Fields{};
        for (auto const& part : *parts) out.try_emplace(part.name, Field{as_text(part.value), true});
        return out;
    }
    return json_fields(body);
}

std::string text_of(Fields const& fields, std::string_view name) {
    auto const found = fields.find(name);
    if (found == fields.end() || (found->second.is_string && found->second.text == "null")) return {};
    return found->second.text;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_account(std::string_view text) {
    auto const letter_or_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return !text.empty() && text.size() <= 34 && std::all_of(text.begin(), text.end(), letter_or_digit);
}

}  // namespace

Result<BankNotice, Problem> parse_sepay(std::string_view content_type, std::string_view body) {
    auto const read = fields_of(content_type, body);
    if (!read) return Problem{Code::field_invalid, read.error().param, read.error().detail};
    auto const& fields = *read;
    auto out = BankNotice{};
    out.id = text_of(fields, "id");
    if (!is_digits(out.id) || out.id.size() > 30) return malformed("id", {"phải là số nguyên", "must be a whole number"});
    auto const at = parse_vietnam_time(text_of(fields, "transactionDate"));
    if (!at) return malformed("transactionDate", {"phải có dạng YYYY-MM-DD HH:MM:SS, giờ Việt Nam", "must be YYYY-MM-DD HH:MM:SS, Vietnam time"});
    out.occurred_at = *at;
    out.account = text_of(fields, "accountNumber");
    if (!is_account(out.account)) return malformed("accountNumber", {"phải là số tài khoản", "must be an account number"});
    out.virtual_account = text_of(fields, "subAccount");
    if (!out.virtual_account.empty() && !is_account(out.virtual_account))
        return malformed("subAccount", {"phải là tài khoản ảo hoặc để trống", "must be a virtual account or empty"});
    auto const direction = text_of(fields, "transferType");
    if (direction != "in" && direction != "out") return malformed("transferType", {"phải là in hoặc out", "must be in or out"});
    auto const amount = parse_dong(text_of(fields, "transferAmount"));
    if (!amount || !amount->is_positive() || amount->dong() > amount_max)
        return malformed("transferAmount", {"phải là số nguyên dương", "must be a whole number above zero"});
    out.amount = direction == "in" ? *amount : -*amount;
    out.gateway = text_of(fields, "gateway");
    out.content = text_of(fields, "content");
    out.description = text_of(fields, "description");
    out.code = text_of(fields, "code");
    out.reference_code = text_of(fields, "referenceCode");
    if (out.reference_code.size() > 100) return malformed("referenceCode", {"không quá 100 ký tự", "must be at most 100 characters"});
    return out;
}

}  // namespace choso::feeds
