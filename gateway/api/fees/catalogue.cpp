// Units, fee items, rules and payers: what bills are made of.
#include <set>

#include "gateway/api/fees/body.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "merchants/scopes.hpp"

namespace choso::api::fees {
namespace {

using Look = std::function<http::Response(Payee const&, bills::Place, postgres::Connection&)>;
using Put = std::function<Result<std::string, Problem>(json::Value const&, Payee const&, bills::Place, postgres::Connection&)>;

/// GET of one merchant's rows; `merchant` is wanted.
http::Handler listed(Edge& edge, std::function<void(ListJson&, bills::Place, http::Request const&, postgres::Connection&)> write) {
    return [&edge, write = std::move(write)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        edge.reads.run(std::move(respond), audience, [caller = *caller, merchants = *merchants, request = std::make_shared<http::Request>(request), write](postgres::Connection& connection) {
            auto list = ListJson{};
            for (auto const* merchant : merchants) {
                auto const payee = payee_of(*caller.directory, *merchant);
                write(list, {payee.bucket, merchant->id}, *request, connection);
            }
            return json_response(200, list.close(std::nullopt));
        });
    };
}

/// POST of one row; the answer is its JSON.
http::Handler put(Edge& edge, std::vector<std::string_view> fields, Put make) {
    return [&edge, fields = std::move(fields), make = std::move(make)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto body = parse_object(request.body, {"merchant", "code", "name", "parent", "amount", "receipt", "from", "to", "percent", "online_only", "item",
                                                "category", "legal_basis", "phone", "unit", "categories", "guardians", "due", "items", "partial"});
        if (!body) return respond(to_response(body.error(), audience));
        for (auto const& member : body->members())
            if (member.key != "merchant" && std::find(fields.begin(), fields.end(), member.key) == fields.end())
                return respond(to_response(Problem{Code::unknown_field, member.key, {"Trường không được biết: " + member.key, "Unknown field: " + member.key}}, audience));
        auto const* named = body->find("merchant");
        auto const* merchant = named == nullptr ? nullptr : caller->merchant(MerchantId::parse(named->as_string().value_or("")));
        if (named == nullptr) return respond(to_response(Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}}, audience));
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        edge.reads.run(std::move(respond), audience, [caller = *caller, merchant, audience, make, body = std::make_shared<json::Value>(std::move(body).value())](postgres::Connection& connection) {
            auto const payee = payee_of(*caller.directory, *merchant);
            auto made = make(*body, payee, {payee.bucket, merchant->id}, connection);
            return made ? json_response(201, std::move(made).value()) : to_response(made.error(), audience);
        });
    };
}

std::string unit_json(bills::Unit const& unit) {
    std::string out;
    json::Writer{out}.object().member("id", unit.id.text()).member("code", unit.code).member("name", unit.name)
        .member("parent", unit.parent ? std::optional{unit.parent->text()} : std::nullopt).end();
    return out;
}

std::string item_json(bills::Item const& item) {
    std::string out;
    json::Writer{out}.object().member("id", item.id.text()).member("code", item.code).member("version", item.version).member("name", item.name)
        .member("amount", item.amount).member("receipt", item.receipt).member("from", item.from)
        .member("to", item.to.empty() ? std::nullopt : std::optional{item.to}).end();
    return out;
}

std::string schedule_json(bills::Schedule const& schedule) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", to_hyphenated(schedule.id)).member("name", schedule.name).member("due", schedule.due).member("partial", schedule.partial).key("items").array();
    for (auto const& item : schedule.items) json.value(item);
    json.end().end();
    return out;
}

std::string rule_json(bills::Rule const& rule) {
    std::string out;
    json::Writer{out}.object().member("id", rule.id.text()).member("name", rule.name).member("legal_basis", rule.legal_basis).member("percent", rule.percent)
        .member("online_only", rule.online_only).member("item", rule.item).member("category", rule.category).member("from", to_rfc3339(rule.from))
        .member("to", rule.to ? std::optional{to_rfc3339(*rule.to)} : std::nullopt).end();
    return out;
}

std::string payer_json(bills::PayerRow const& payer) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", payer.id.text()).member("code", payer.code).member("name", payer.name).member("phone", payer.phone)
        .member("unit", payer.unit_code).key("categories").array();
    for (auto const& category : payer.categories) json.value(category);
    json.end().end();
    return out;
}

/// A moment: RFC 3339, or a day, which begins at midnight in Vietnam.
Result<std::optional<Instant>, Problem> read_moment(json::Value const& body, std::string_view field) {
    auto const text = read_text(body, field, 0, 40);
    if (!text) return text.error();
    if (text->empty()) return std::optional<Instant>{};
    if (auto const day = parse_day(*text)) return std::optional{Instant{*day} - vietnam_offset};
    if (auto const at = parse_rfc3339(*text)) return std::optional{*at};
    return invalid(field, {"phải là thời điểm RFC 3339 hoặc ngày YYYY-MM-DD", "must be an RFC 3339 time or a day as YYYY-MM-DD"});
}

Result<bills::Rule, Problem> read_rule(json::Value const& body, Instant now) {
    auto out = bills::Rule{};
    auto const name = read_text(body, "name", 1, 150);
    if (!name) return name.error();
    auto const law = read_text(body, "legal_basis", 1, 200);
    if (!law) return law.error();
    auto const item = read_text(body, "item", 0, 64);
    if (!item) return item.error();
    auto const category = read_text(body, "category", 0, 64);
    if (!category) return category.error();
    auto const online = read_flag(body, "online_only", false);
    if (!online) return online.error();
    auto const from = read_moment(body, "from");
    if (!from) return from.error();
    auto const to = read_moment(body, "to");
    if (!to) return to.error();
    auto const* percent = body.find("percent");
    auto const number = percent == nullptr ? std::nullopt : percent->as_int();
    if (!number || *number < 1 || *number > 100) return invalid("percent", {"phải là số nguyên từ 1 đến 100", "must be a whole number from 1 to 100"});
    out.name = *name;
    out.legal_basis = *law;
    out.percent = static_cast<std::int16_t>(*number);
    out.online_only = *online;
    if (!item->empty()) out.item = *item;
    if (!category->empty()) out.category = *category;
    out.from = from->value_or(now);
    out.to = *to;
    if (out.to && *out.to <= out.from) return invalid("to", {"phải sau from", "must be after from"});
    return out;
}

Result<bills::PayerRow, Problem> read_payer_row(json::Value const& body) {
    auto out = bills::PayerRow{};
    auto const code = read_text(body, "code", 1, 64);
    if (!code) return code.error();
    auto const name = read_text(body, "name", 0, 100);
    if (!name) return name.error();
    auto const unit = read_text(body, "unit", 0, 64);
    if (!unit) return unit.error();
    auto const phone = read_text(body, "phone", 0, 20);
    if (!phone) return phone.error();
    if (!phone->empty()) {
        auto const number = bills::phone_of(*phone);
        if (!number) return invalid("phone", {"phải là số điện thoại Việt Nam", "must be a Vietnamese phone number"});
        out.phone = *number;
    }
    if (auto const* all = body.find("categories"); all != nullptr)
        for (auto const& each : all->items()) {
            auto const word = each.as_string().value_or("");
            if (word.empty() || word.size() > 40 || word.find(',') != std::string_view::npos)
                return invalid("categories", {"phải là danh sách mã ngắn không có dấu phẩy", "must be a list of short codes without commas"});
            out.categories.emplace_back(word);
        }
    if (auto const* all = body.find("guardians"); all != nullptr)
        for (auto const& each : all->items()) {
            auto const who = read_text(each, "name", 1, 100);
            auto const number = bills::phone_of(read_text(each, "phone", 1, 20).ok() ? each.find("phone")->as_string().value_or("") : "");
            auto const relation = read_text(each, "relation", 0, 40);
            if (!who || !number || !relation) return invalid("guardians", {"mỗi người cần name và phone", "each needs a name and a phone"});
            out.guardians.push_back({*who, *number, *relation});
        }
    out.code = *code;
    out.name = *name;
    out.unit_code = *unit;
    return out;
}

}  // namespace

http::Handler list_units(Edge& edge) {
    return listed(edge, [](ListJson& list, bills::Place place, http::Request const&, postgres::Connection& connection) {
        for (auto const& unit : bills::units_of(connection, place)) list.add(unit_json(unit));
    });
}

http::Handler put_unit(Edge& edge) {
    return put(edge, {"code", "name", "parent"}, [&edge](json::Value const& body, Payee const&, bills::Place place, postgres::Connection& connection) -> Result<std::string, Problem> {
        auto const code = read_text(body, "code", 1, 64);
        if (!code) return code.error();
        auto const name = read_text(body, "name", 1, 150);
        if (!name) return name.error();
        auto const parent = read_text(body, "parent", 0, 64);
        if (!parent) return parent.error();
        auto above = std::optional<FeeUnitId>{};
        for (auto const& unit : bills::units_of(connection, place))
            if (!parent->empty() && (unit.code == *parent || unit.id.text() == *parent)) above = unit.id;
        if (!parent->empty() && !above) return invalid("parent", {"không có đơn vị này", "is no unit of this merchant"});
        auto const id = bills::put_unit(connection, place, *code, *name, above, edge.clock.now());
        return unit_json({id, above, *code, *name});
    });
}

http::Handler list_items(Edge& edge) {
    return listed(edge, [](ListJson& list, bills::Place place, http::Request const&, postgres::Connection& connection) {
        for (auto const& item : bills::items_of(connection, place)) list.add(item_json(item));
    });
}

http::Handler put_item(Edge& edge) {
    return put(edge, {"code", "name", "amount", "receipt", "from", "to"}, [&edge](json::Value const& body, Payee const&, bills::Place place, postgres::Connection& connection) -> Result<std::string, Problem> {
        auto item = bills::Item{};
        auto const code = read_text(body, "code", 1, 64);
        if (!code) return code.error();
        auto const name = read_text(body, "name", 1, 150);
        if (!name) return name.error();
        auto const amount = read_money(body, "amount");
        if (!amount) return amount.error();
        auto const receipt = read_text(body, "receipt", 0, 10);
        if (!receipt || (!receipt->empty() && *receipt != "receipt" && *receipt != "invoice" && *receipt != "none"))
            return invalid("receipt", {"phải là receipt, invoice hoặc none", "must be receipt, invoice or none"});
        auto const from = read_day(body, "from", false);
        if (!from) return from.error();
        auto const to = read_day(body, "to", false);
        if (!to) return to.error();
        item.code = *code;
        item.name = *name;
        item.amount = *amount;
        item.receipt = receipt->empty() ? "receipt" : *receipt;
        item.from = from->empty() ? to_rfc3339(edge.clock.now()).substr(0, 10) : *from;
        item.to = *to;
        if (!item.to.empty() && item.to < item.from) return invalid("to", {"không được trước from", "must not be before from"});
        return item_json(bills::put_item(connection, place, std::move(item), edge.clock.now()));
    });
}

http::Handler list_rules(Edge& edge) {
    return listed(edge, [](ListJson& list, bills::Place place, http::Request const&, postgres::Connection& connection) {
        for (auto const& rule : bills::rules_of(connection, place.bucket, place.merchant)) list.add(rule_json(rule));
    });
}

http::Handler put_rule(Edge& edge) {
    return put(edge, {"name", "legal_basis", "percent", "online_only", "item", "category", "from", "to"}, [&edge](json::Value const& body, Payee const&, bills::Place place, postgres::Connection& connection) -> Result<std::string, Problem> {
        auto read = read_rule(body, edge.clock.now());
        if (!read) return read.error();
        auto rule = std::move(read).value();
        rule.id = bills::put_rule(connection, place, rule, edge.clock.now());
        return rule_json(rule);
    });
}

http::Handler list_schedules(Edge& edge) {
    return listed(edge, [](ListJson& list, bills::Place place, http::Request const&, postgres::Connection& connection) {
        for (auto const& schedule : bills::schedules_of(connection, place)) list.add(schedule_json(schedule));
    });
}

http::Handler put_schedule(Edge& edge) {
    return put(edge, {"name", "due", "items", "partial"}, [&edge](json::Value const& body, Payee const&, bills::Place place, postgres::Connection& connection) -> Result<std::string, Problem> {
        auto schedule = bills::Schedule{};
        auto const name = read_text(body, "name", 1, 150);
        if (!name) return name.error();
        auto const due = read_day(body, "due", true);
        if (!due) return due.error();
        auto const partial = read_flag(body, "partial", true);
        if (!partial) return partial.error();
        schedule.name = *name;
        schedule.due = *due;
        schedule.partial = *partial;
        auto const items = bills::items_of(connection, place);
        auto const* named = body.find("items");
        for (auto const& each : named == nullptr ? std::span<json::Value const>{} : named->items()) {
            auto const code = each.as_string().value_or("");
            auto const* item = bills::item_on(items, code, to_rfc3339(edge.clock.now()).substr(0, 10));
            if (item == nullptr || !item->amount) return invalid("items", {"phải là mã khoản thu có giá sẵn: " + std::string{code}, "must be catalogue codes with a price of their own: " + std::string{code}});
            schedule.items.emplace_back(code);
        }
        if (schedule.items.empty() || schedule.items.size() > 100) return invalid("items", {"phải có 1–100 khoản thu", "must be 1–100 of the catalogue"});
        schedule.id = bills::put_schedule(connection, place, schedule, edge.clock.now());
        return schedule_json(schedule);
    });
}

http::Handler list_payers(Edge& edge) {
    return listed(edge, [](ListJson& list, bills::Place place, http::Request const& request, postgres::Connection& connection) {
        auto const after = request.query_value("after_code").value_or("");
        for (auto const& payer : bills::list_payers(connection, place, {}, after, limit_max)) list.add(payer_json(payer));
    });
}

http::Handler put_payer(Edge& edge) {
    return put(edge, {"code", "name", "phone", "unit", "categories", "guardians"}, [&edge](json::Value const& body, Payee const&, bills::Place place, postgres::Connection& connection) -> Result<std::string, Problem> {
        auto read = read_payer_row(body);
        if (!read) return read.error();
        auto row = std::move(read).value();
        auto const units = bills::units_of(connection, place);
        auto const known = std::any_of(units.begin(), units.end(), [&](auto const& unit) { return unit.code == row.unit_code; });
        if (!row.unit_code.empty() && !known) return invalid("unit", {"không có đơn vị này", "is no unit of this merchant"});
        bills::put_payers(connection, place, {row}, edge.clock.now());
        row.id = bills::payer_of(connection, place.bucket, place.merchant, row.code).value();
        return payer_json(row);
    });
}

}  // namespace choso::api::fees
