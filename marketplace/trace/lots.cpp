#include "marketplace/trace/lots.hpp"

#include <algorithm>
#include <array>

#include "marketplace/trace/sql.hpp"

namespace choso::marketplace {
namespace {

using postgres::Params;
using postgres::Statement;

constexpr std::array<std::string_view, 9> steps{"growing", "harvesting", "processing", "packing", "inspecting", "shipping", "receiving", "retail_selling", "recalling"};

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(Instant{day} - vietnam_offset).substr(0, 10); }

std::optional<Refused> check(NewLot const& lot) {
    if (lot.number.empty() || lot.number.size() > 20 || !std::ranges::all_of(lot.number, [](char c) { return c > ' ' && c <= '~'; }))
        return Refused{"number", "must be 1 to 20 printable ASCII characters without blanks"};
    if (lot.expires_on && *lot.expires_on < lot.made_on) return Refused{"expires_on", "must not be before made_on"};
    if (!lot.quantity.empty())
        if (auto wrong = merchants::check_text("quantity", lot.quantity, 60)) return wrong;
    if (!lot.place.empty()) return merchants::check_text("place", lot.place, 160);
    return std::nullopt;
}

Lot lot_of(postgres::Result const& rows, int row) {
    auto out = Lot{};
    auto const text = [&](int column) { return rows.is_null(row, column) ? std::string{} : std::string{rows.text(row, column)}; };
    out.id = rows.id<LotId>(row, 0);
    out.product = rows.id<ProductId>(row, 1);
    out.seller = rows.id<MerchantId>(row, 2);
    out.number = text(3);
    out.code = text(4);
    out.made_on = text(5);
    out.expires_on = text(6);
    out.quantity = text(7);
    out.place = text(8);
    out.recalled_at = rows.maybe_time(row, 9);
    out.recall_why = text(10);
    out.sold_until = text(11);
    out.product_name = text(12);
    out.gtin = text(13);
    out.unit = text(14);
    out.seller_name = text(15);
    out.seller_slug = text(16);
    out.seller_address = text(17);
    out.commune = text(18);
    out.province = text(19);
    out.image = rows.maybe_id<ImageId>(row, 20);
    if (!rows.is_null(row, 21)) out.stars = static_cast<int>(rows.integer(row, 21));
    out.stars_number = text(22);
    out.stars_issuer = text(23);
    out.stars_until = text(24);
    return out;
}

std::optional<Lot> one_lot(postgres::Result const& rows) {
    if (rows.rows() == 0) return std::nullopt;
    return lot_of(rows, 0);
}

/// `select … from lot …` with the condition it is asked by.
Statement lot_statement(std::string name, std::string_view condition) { return {std::move(name), std::string{trace_sql::load_lot} + std::string{condition}}; }

}  // namespace

Result<LotId, Refused> create_lot(postgres::Connection& connection, NewLot const& lot, Instant now) {
    static Statement const insert{"trace_insert_lot", std::string{trace_sql::insert_lot}};
    if (auto wrong = check(lot)) return *wrong;
    auto const bucket = lot.product.bucket();
    auto const id = LotId::make(bucket, now);
    auto params = Params{};
    params.add(bucket).add(id).add(lot.product).add(lot.number).add(new_serial(bucket)).add(day_text(lot.made_on));
    params.add(lot.expires_on ? std::optional{day_text(*lot.expires_on)} : std::nullopt).add(lot.quantity).add(lot.place).add(now);
    if (connection.query(insert, params).rows() == 0) return Refused{"number", "is taken by another lot of the product, or there is no such product"};
    return id;
}

Result<Done, Refused> add_event(postgres::Connection& connection, LotId lot, TraceEvent const& event, Instant now) {
    static Statement const insert{"trace_insert_event", std::string{trace_sql::insert_event}};
    if (std::ranges::find(steps, event.step) == steps.end()) return Refused{"step", "is not known"};
    if (event.at > now + std::chrono::minutes{5}) return Refused{"at", "must not lie in the future"};
    if (auto wrong = merchants::check_text("place", event.place, 160)) return *wrong;
    if (auto wrong = merchants::check_text("party", event.party, 160)) return *wrong;
    if (!event.note.empty())
        if (auto wrong = merchants::check_text("note", event.note, 500)) return *wrong;
    auto const rows = connection.query(insert, Params::of(lot.bucket(), new_uuid(lot.bucket(), now), lot, event.step, event.at, event.place, event.party, event.note));
    if (rows.rows() == 0) return Refused{"lot", "does not exist"};
    return Done{};
}

Result<Done, Refused> recall_lot(postgres::Connection& connection, LotId lot, std::string_view why, Instant now) {
    static Statement const recall{"trace_recall_lot", std::string{trace_sql::recall_lot}};
    if (auto wrong = merchants::check_text("reason", why, 500)) return *wrong;
    if (connection.query(recall, Params::of(lot.bucket(), lot, now, why, new_uuid(lot.bucket(), now))).rows() == 0)
        return Refused{"lot", "does not exist or is recalled already"};
    return Done{};
}

std::optional<Lot> find_lot(postgres::Connection& connection, LotId id) {
    static auto const statement = lot_statement("trace_lot", "where l.bucket = $1 and l.id = $2");
    return one_lot(connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<Lot> find_lot_by_code(postgres::Connection& connection, std::string_view code) {
    static auto const statement = lot_statement("trace_lot_by_code", "where l.bucket = $1 and l.code = $2");
    auto const bucket = bucket_of_serial(code);
    if (!bucket) return std::nullopt;
    return one_lot(connection.query(statement, Params::of(*bucket, code)));
}

std::optional<Lot> find_lot_by_gtin(postgres::Connection& connection, std::string_view gtin, std::string_view number) {
    static auto const statement = lot_statement("trace_lot_by_gtin", "where p.gtin = $1 and l.number = $2");
    return one_lot(connection.query(statement, Params::of(gtin, number)));
}

std::optional<Lot> newest_lot_by_gtin(postgres::Connection& connection, std::string_view gtin) {
    static auto const statement = lot_statement("trace_newest_lot", "where p.gtin = $1 order by l.made_on desc, l.id desc limit 1");
    return one_lot(connection.query(statement, Params::of(gtin)));
}

std::vector<Lot> lots_of(postgres::Connection& connection, ProductId product, std::int64_t limit) {
    static auto const statement = lot_statement("trace_lots_of", "where l.bucket = $1 and l.product = $2 order by l.made_on desc, l.id desc limit $3");
    auto const rows = connection.query(statement, Params::of(product.bucket(), product, limit));
    std::vector<Lot> out;
    for (auto i = 0; i < rows.rows(); ++i) out.push_back(lot_of(rows, i));
    return out;
}

std::vector<TraceEvent> events_of(postgres::Connection& connection, LotId lot) {
    static Statement const statement{"trace_events", std::string{trace_sql::load_events}};
    auto const rows = connection.query(statement, Params::of(lot.bucket(), lot));
    std::vector<TraceEvent> out;
    for (auto i = 0; i < rows.rows(); ++i)
        out.push_back({std::string{rows.text(i, 0)}, rows.time(i, 1), std::string{rows.text(i, 2)}, std::string{rows.text(i, 3)}, std::string{rows.text(i, 4)}});
    return out;
}

}  // namespace choso::marketplace
