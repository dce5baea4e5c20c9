#include "merchants/fees/catalogue.hpp"

#include <map>

#include "merchants/fees/sql.hpp"

namespace choso::fees {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using Type = postgres::Array::Type;

postgres::Statement named(std::string_view name, std::string_view sql) { return {"fees_" + std::string{name}, std::string{sql}}; }

/// Ends its transaction; rolled back where nobody committed.
class Transaction {
 public:
    explicit Transaction(Connection& connection) : connection_{connection} { connection_.execute("begin"); }
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;
    ~Transaction() {
        if (done_) return;
        try {
            connection_.execute("rollback");
        } catch (std::exception const&) {
            // The connection is gone, and the transaction with it.
        }
    }
    void commit() {
        connection_.execute("commit");
        done_ = true;
    }

 private:
    Connection& connection_;
    bool done_ = false;
};

std::string joined(std::vector<std::string> const& words) {
    auto out = std::string{};
    for (auto const& each : words) out += (out.empty() ? "" : ",") + each;
    return out;
}

}  // namespace

FeeUnitId put_unit(Connection& connection, Place place, std::string_view code, std::string_view name, std::optional<FeeUnitId> parent, Instant now) {
    static auto const statement = named("put_unit", sql::put_unit);
    auto const id = FeeUnitId::make(place.bucket, now);
    auto const rows = connection.query(statement, Params::of(place.bucket, id, place.merchant, parent, now, code, name));
    return rows.id<FeeUnitId>(0, 0);
}

std::vector<Unit> units_of(Connection& connection, Place place) {
    static auto const statement = named("units_of_merchant", sql::units_of_merchant);
    auto const rows = connection.query(statement, Params::of(place.bucket, place.merchant));
    auto out = std::vector<Unit>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<FeeUnitId>(row, 0), rows.maybe_id<FeeUnitId>(row, 1), std::string{rows.text(row, 2)}, std::string{rows.text(row, 3)}});
    return out;
}

Item put_item(Connection& connection, Place place, Item item, Instant now) {
    static auto const end = named("end_item", sql::end_item);
    static auto const put = named("put_item", sql::put_item);
    item.id = FeeItemId::make(place.bucket, now);
    auto transaction = Transaction{connection};
    connection.query(end, Params::of(place.bucket, place.merchant, item.code, item.from));
    auto const rows = connection.query(
        put, Params::of(place.bucket, item.id, place.merchant, item.amount, now, item.from, item.to, item.code, item.name, item.receipt));
    item.version = static_cast<std::int32_t>(rows.integer(0, 0));
    transaction.commit();
    return item;
}

std::vector<Item> items_of(Connection& connection, Place place) {
    static auto const statement = named("items_of_merchant", sql::items_of_merchant);
    auto const rows = connection.query(statement, Params::of(place.bucket, place.merchant));
    auto out = std::vector<Item>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<FeeItemId>(row, 0), static_cast<std::int32_t>(rows.integer(row, 1)), std::string{rows.text(row, 2)},
                       std::string{rows.text(row, 3)}, std::string{rows.text(row, 4)}, rows.maybe_money(row, 5), std::string{rows.text(row, 6)},
                       std::string{rows.text(row, 7)}});
    return out;
}

Item const* item_on(std::vector<Item> const& items, std::string_view code, std::string_view day) {
    Item const* out = nullptr;
    for (auto const& item : items)
        if (item.code == code && item.from <= day && (item.to.empty() || day <= item.to)) out = &item;
    return out;
}

FeeRuleId put_rule(Connection& connection, Place place, Rule const& rule, Instant now) {
    static auto const statement = named("put_rule", sql::put_rule);
    auto const id = FeeRuleId::make(place.bucket, now);
    connection.query(statement, Params::of(place.bucket, id, place.merchant, rule.from, rule.to, now, rule.percent, rule.online_only, rule.item,
                                           rule.category, rule.name, rule.legal_basis));
    return id;
}

bool end_rule(Connection& connection, Place place, FeeRuleId rule, Instant at) {
    static auto const statement = named("end_rule", sql::end_rule);
    return connection.query(statement, Params::of(place.bucket, place.merchant, rule, at)).affected() == 1;
}

Uuid put_schedule(Connection& connection, Place place, Schedule const& schedule, Instant now) {
    static auto const statement = named("put_schedule", sql::put_schedule);
    auto const id = new_uuid(place.bucket, now);
    auto items = Array{Type::text};
    for (auto const& item : schedule.items) items.add(item);
    connection.query(statement, Params::of(place.bucket, id, place.merchant, schedule.due, now, schedule.partial, schedule.name, items));
    return id;
}

std::optional<std::pair<MerchantId, Schedule>> find_schedule(Connection& connection, Uuid const& id) {
    static auto const statement = named("get_schedule", sql::get_schedule);
    auto const rows = connection.query(statement, Params::of(bucket_of(id), id));
    if (rows.rows() == 0) return std::nullopt;
    return std::pair{rows.id<MerchantId>(0, 0), Schedule{id, std::string{rows.text(0, 1)}, std::string{rows.text(0, 2)}, rows.boolean(0, 3), rows.text_array(0, 4)}};
}

std::vector<Schedule> schedules_of(Connection& connection, Place place) {
    static auto const statement = named("schedules_of_merchant", sql::schedules_of_merchant);
    auto const rows = connection.query(statement, Params::of(place.bucket, place.merchant));
    auto out = std::vector<Schedule>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.uuid(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}, rows.boolean(row, 3), rows.text_array(row, 4)});
    return out;
}

void put_payers(Connection& connection, Place place, std::vector<PayerRow> const& rows, Instant now) {
    static auto const payers = named("put_payers", sql::put_payers);
    static auto const persons = named("put_persons", sql::put_persons);
    static auto const drop = named("drop_guardians", sql::drop_guardians);
    static auto const guardians = named("put_guardians", sql::put_guardians);
    if (rows.empty()) return;
    Array id{Type::uuid}, code{Type::text}, unit{Type::text}, categories{Type::text};
    for (auto const& row : rows) {
        id.add(PayerId::make(place.bucket, now));
        code.add(row.code);
        unit.add(row.unit_code);
        categories.add(joined(row.categories));
    }
    auto transaction = Transaction{connection};
    auto const known = connection.query(payers, Params::of(place.bucket, place.merchant, now, id, code, unit, categories));
    auto ids = std::map<std::string, PayerId, std::less<>>{};
    for (auto row = 0; row < known.rows(); ++row) ids.emplace(known.text(row, 0), known.id<PayerId>(row, 1));

    Array person{Type::uuid}, name{Type::text}, phone{Type::text};
    Array dropped{Type::uuid}, payer{Type::uuid}, who{Type::uuid}, relation{Type::text};
    for (auto const& row : rows) {
        auto const payer_id = ids.at(row.code);
        person.add(payer_id);
        name.add(row.name);
        phone.add(row.phone);
        if (!row.guardians.empty()) dropped.add(payer_id);
        for (auto const& guardian : row.guardians) {
            auto const guardian_id = PersonId::make(place.bucket, now);
            person.add(guardian_id);
            name.add(guardian.name);
            phone.add(guardian.phone);
            payer.add(payer_id);
            who.add(guardian_id);
            relation.add(guardian.relation);
        }
    }
    connection.query(persons, Params::of(place.bucket, now, person, name, phone));
    if (!dropped.empty()) connection.query(drop, Params::of(place.bucket, dropped));
    if (!who.empty()) connection.query(guardians, Params::of(place.bucket, payer, who, relation));
    transaction.commit();
}

std::vector<PayerRow> list_payers(Connection& connection, Place place, std::optional<FeeUnitId> unit, std::string_view after, std::int64_t limit) {
    static auto const statement = named("list_payers", sql::list_payers);
    auto const rows = connection.query(statement, Params::of(place.bucket, place.merchant, unit, after, limit));
    auto out = std::vector<PayerRow>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto payer = PayerRow{};
        payer.id = rows.id<PayerId>(row, 0);
        payer.unit = rows.maybe_id<FeeUnitId>(row, 1);
        payer.code = rows.text(row, 2);
        payer.name = rows.text(row, 3);
        payer.phone = rows.text(row, 4);
        payer.unit_code = rows.text(row, 5);
        payer.unit_name = rows.text(row, 6);
        payer.categories = rows.text_array(row, 7);
        out.push_back(std::move(payer));
    }
    return out;
}

}  // namespace choso::fees
