#include "gateway/api/fees/body.hpp"

#include <algorithm>
#include <utility>

namespace choso::api::fees {
namespace {

using bills::Line;
using bills::LineKind;

constexpr std::size_t lines_max = 100;

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

json::Value const* given(json::Value const& body, std::string_view field) {
    auto const* value = body.find(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Problem at_line(std::string_view field, std::size_t n, std::string_view member, Text rule) {
    return invalid(std::string{field} + "[" + std::to_string(n) + "]" + (member.empty() ? "" : "." + std::string{member}), std::move(rule));
}

/// The field's place in front of a refusal about a member of an object within the body.
Problem inside(std::string const& place, Problem problem) {
    if (!problem.param.empty()) {
        problem.detail.vi = place + "." + problem.detail.vi;
        problem.detail.en = place + "." + problem.detail.en;
        problem.param = place + "." + problem.param;
    }
    return problem;
}

Result<Line, Problem> read_line(json::Value const& value, std::string_view field, std::size_t n, bool adjustments_only) {
    if (!value.is_object()) return at_line(field, n, "", {"phải là một đối tượng", "must be an object"});
    for (auto const& member : value.members())
        if (member.key != "name" && member.key != "amount" && member.key != "item" && member.key != "quantity" && member.key != "kind" && member.key != "reason")
            return at_line(field, n, "", {"chỉ có name, amount, item, quantity, kind, reason", "may have name, amount, item, quantity, kind and reason"});
    auto const place = std::string{field} + "[" + std::to_string(n) + "]";
    auto out = Line{};
    auto item = read_text(value, "item", 0, 64);
    auto reason = read_text(value, "reason", 0, 200);
    auto name = read_text(value, "name", item.ok() && item->empty() ? 1 : 0, 200);
    for (auto const* text : {&item, &reason, &name})
        if (!*text) return inside(place, text->error());
    out.item_code = *item;
    out.reason = *reason;
    out.name = *name;
    if (auto const* kind = given(value, "kind"); kind != nullptr || adjustments_only) {
        auto const word = kind != nullptr ? kind->as_string().value_or("") : std::string_view{"adjustment"};
        if (word == "adjustment") out.kind = LineKind::adjustment;
        else if (word != "fee" || adjustments_only) return at_line(field, n, "kind", {"phải là fee hoặc adjustment", "must be fee or adjustment"});
    }
    if (out.kind == LineKind::adjustment && out.reason.empty())
        return at_line(field, n, "reason", {"phải nêu lý do điều chỉnh", "must say why it is adjusted"});
    if (auto const* quantity = given(value, "quantity")) {
        auto const number = quantity->as_int();
        if (!number || *number < 1 || *number > 1'000'000) return at_line(field, n, "quantity", {"phải là số nguyên từ 1 đến 1000000", "must be a whole number from 1 to 1000000"});
        out.quantity = static_cast<std::int32_t>(*number);
    }
    auto const* amount = given(value, "amount");
    if (amount == nullptr && !out.item_code.empty()) return out;
    auto const dong = amount == nullptr ? std::nullopt : amount->as_int();
    auto const least = out.kind == LineKind::adjustment ? -most_asked.dong() : 1;
    if (!dong || *dong == 0 || *dong < least || *dong > most_asked.dong())
        return Problem{Code::amount_invalid, place + ".amount",
                       out.kind == LineKind::adjustment
                           ? Text{place + ".amount: phải là số nguyên khác 0", place + ".amount must be a whole number other than 0"}
                           : Text{place + ".amount: phải là số nguyên từ 1 đến 99999999999", place + ".amount must be a whole number from 1 to 99999999999"}};
    out.amount = Money{*dong};
    return out;
}

Result<bills::BilledTo, Problem> read_payer(json::Value const& body) {
    auto const* value = given(body, "payer");
    if (value == nullptr) return Problem{Code::field_missing, "payer", {"Thiếu payer", "payer is missing"}};
    if (!value->is_object()) return invalid("payer", {"phải là {code, name, phone}", "must be {code, name, phone}"});
    for (auto const& member : value->members())
        if (member.key != "code" && member.key != "name" && member.key != "phone")
            return invalid("payer", {"chỉ có code, name, phone", "may have code, name and phone alone"});
    auto out = bills::BilledTo{};
    auto const code = read_text(*value, "code", 1, 64);
    if (!code) return inside("payer", code.error());
    auto const name = read_text(*value, "name", 0, 100);
    if (!name) return inside("payer", name.error());
    auto const phone = read_text(*value, "phone", 0, 20);
    if (!phone) return inside("payer", phone.error());
    out.code = *code;
    out.name = *name;
    if (!phone->empty()) {
        auto const number = bills::phone_of(*phone);
        if (!number) return invalid("payer.phone", {"phải là số điện thoại Việt Nam", "must be a Vietnamese phone number"});
        out.phone = *number;
    }
    return out;
}

}  // namespace

Result<std::string, Problem> read_text(json::Value const& body, std::string_view field, std::size_t least, std::size_t most) {
    auto const* value = given(body, field);
    if (value == nullptr) {
        if (least == 0) return std::string{};
        return Problem{Code::field_missing, std::string{field}, {"Thiếu " + std::string{field}, std::string{field} + " is missing"}};
    }
    auto const text = value->as_string();
    if (!text || length_of(*text) < least || length_of(*text) > most || has_control(*text))
        return invalid(field, {"phải là chuỗi " + std::to_string(least) + "–" + std::to_string(most) + " ký tự in được",
                               "must be a string of " + std::to_string(least) + "–" + std::to_string(most) + " printable characters"});
    return std::string{*text};
}

Result<std::string, Problem> read_day(json::Value const& body, std::string_view field, bool needed) {
    auto text = read_text(body, field, needed ? 1 : 0, 10);
    if (!text) return text.error();
    if (!text->empty() && !parse_day(*text)) return invalid(field, {"phải là ngày dạng YYYY-MM-DD", "must be a day as YYYY-MM-DD"});
    return text;
}

Result<bool, Problem> read_flag(json::Value const& body, std::string_view field, bool otherwise) {
    auto const* value = given(body, field);
    if (value == nullptr) return otherwise;
    auto const yes = value->as_bool();
    if (!yes) return invalid(field, {"phải là true hoặc false", "must be true or false"});
    return *yes;
}

Result<std::optional<Money>, Problem> read_money(json::Value const& body, std::string_view field) {
    auto const* value = given(body, field);
    if (value == nullptr) return std::optional<Money>{};
    auto const dong = value->as_int();
    if (!dong || *dong < 1 || Money{*dong} > most_asked) return Problem{Code::amount_invalid, std::string{field}};
    return std::optional{Money{*dong}};
}

Result<std::vector<Line>, Problem> read_lines(json::Value const& body, std::string_view field, bool adjustments_only) {
    auto const* value = given(body, field);
    if (value == nullptr) return std::vector<Line>{};
    if (!value->is_array() || value->items().empty() || value->items().size() > lines_max)
        return invalid(field, {"phải có 1–100 dòng", "must be 1–100 lines"});
    auto out = std::vector<Line>{};
    for (auto const& each : value->items()) {
        auto line = read_line(each, field, out.size(), adjustments_only);
        if (!line) return line.error();
        out.push_back(std::move(line).value());
    }
    return out;
}

Result<AskedBill, Problem> read_bill(json::Value const& body) {
    auto out = AskedBill{};
    auto payer = read_payer(body);
    if (!payer) return payer.error();
    out.payer = std::move(payer).value();
    auto lines = read_lines(body, "lines", false);
    if (!lines) return lines.error();
    if (lines->empty()) return Problem{Code::field_missing, "lines", {"Thiếu lines: phải có 1–100 dòng", "lines is missing: 1–100 lines"}};
    out.lines = std::move(lines).value();
    auto due = read_day(body, "due", false);
    if (!due) return due.error();
    out.due = std::move(due).value();
    struct Wanted {
        std::string_view field;
        std::size_t most;
        std::string* to;
    };
    for (auto const& [field, most, to] : {Wanted{"title", 150, &out.title}, Wanted{"code", 64, &out.code}, Wanted{"visit", 64, &out.visit}, Wanted{"unit", 64, &out.unit}}) {
        auto text = read_text(body, field, 0, most);
        if (!text) return text.error();
        *to = std::move(text).value();
    }
    auto const partial = read_flag(body, "partial", false);
    if (!partial) return partial.error();
    auto const draft = read_flag(body, "draft", false);
    if (!draft) return draft.error();
    auto const least = read_money(body, "amount_min");
    if (!least) return least.error();
    out.partial = *partial;
    out.draft = *draft;
    out.amount_min = *least;
    if (out.amount_min && !out.partial) return invalid("amount_min", {"chỉ dùng khi partial là true", "is for bills whose partial is true"});
    return out;
}

Known known_of(postgres::Connection& connection, Payee const& payee) {
    auto const place = bills::Place{payee.bucket, payee.merchant->id};
    return {bills::items_of(connection, place), bills::rules_of(connection, payee.bucket, payee.merchant->id), bills::units_of(connection, place)};
}

std::optional<Problem> price(std::vector<Line>& lines, std::vector<bills::Item> const& items, std::string_view day) {
    auto n = std::size_t{0};
    for (auto& line : lines) {
        auto const here = n++;
        if (line.item_code.empty()) continue;
        auto const* item = bills::item_on(items, line.item_code, day);
        if (item == nullptr) return at_line("lines", here, "item", {"không có khoản thu này vào ngày lập phiếu", "is in no catalogue of that day"});
        line.item = item->id;
        if (line.name.empty()) line.name = item->name;
        if (!line.amount.is_zero()) continue;
        if (!item->amount) return at_line("lines", here, "amount", {"khoản thu này không có giá sẵn: phải nêu amount", "is needed: the item has no price of its own"});
        if (item->amount->dong() > most_asked.dong() / std::max<std::int64_t>(1, line.quantity)) return at_line("lines", here, "quantity", {"số tiền quá lớn", "makes the amount too large"});
        line.amount = Money{item->amount->dong() * line.quantity};
    }
    return std::nullopt;
}

Result<std::unique_ptr<bills::IssueBill>, Problem> to_command(AskedBill asked, Known const& known, Payee const& payee, std::optional<PayerId> payer,
                                                              merchants::Directory const& directory, Instant now) {
    if (payee.account == nullptr)
        return Problem{Code::bank_account_invalid, "merchant", {"Đơn vị này chưa có tài khoản nhận tiền", "This merchant has no account to be paid into yet"}};
    if (auto problem = price(asked.lines, known.items, to_rfc3339(now).substr(0, 10))) return std::move(*problem);
    auto request = new_request(directory, *payee.merchant, *payee.account, nullptr, now);
    request->late_policy = payments::LatePolicy::accept;
    auto out = std::make_unique<bills::IssueBill>(*request);
    if (!asked.unit.empty()) {
        auto const at = std::find_if(known.units.begin(), known.units.end(), [&](auto const& unit) { return unit.code == asked.unit || unit.id.text() == asked.unit; });
        if (at == known.units.end()) return invalid("unit", {"đơn vị không có lớp, khoa hay quầy này", "is no unit of this merchant"});
        out->unit = at->id;
        asked.payer.unit = at->id;
    }
    out->id = BillId::make(payee.bucket, now);
    out->payer = std::move(asked.payer);
    out->payer.known = payer.has_value();
    out->payer.id = payer ? *payer : PayerId::make(payee.bucket, now);
    out->lines = std::move(asked.lines);
    out->rules = known.rules;
    out->due = std::move(asked.due);
    out->title = std::move(asked.title);
    out->code = std::move(asked.code);
    out->visit = std::move(asked.visit);
    out->amount_min = asked.amount_min;
    out->partial = asked.partial;
    out->draft = asked.draft;
    out->mode = payee.mode;
    return out;
}

}  // namespace choso::api::fees
