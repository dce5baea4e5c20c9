#include "merchants/fees/read.hpp"

#include <algorithm>
#include <chrono>

#include "gateway/payments/columns.hpp"
#include "merchants/fees/sql.hpp"

namespace choso::fees {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Result;

constexpr int request_columns_count = 20;
constexpr int bill_columns_count = 24;

/// One list of columns for every question about bills: the request's, the bill's as the lanes read them, the payer's.
constexpr std::string_view bill_columns =
    "request_columns(r), b.id, b.merchant, b.payer, b.unit, b.request, b.amount, b.amount_min, b.created_at, b.issued_at, coalesce(b.due::text, ''), "
    "b.revision, b.stage, b.partial, b.at_counter, coalesce(b.confirmed, ''), coalesce(b.number, ''), b.title, coalesce(b.code, ''), "
    "coalesce(b.visit, ''), b.told, "
    "(select coalesce(sum(c.amount), 0)::int8 from bill_cover c where c.bucket = b.bucket and c.bill = b.id), "
    "(select coalesce(sum(s.amount), 0)::int8 from bill_group g join share s on s.bucket = g.bucket and s.request = g.request and "
    "s.position = g.position where g.bucket = b.bucket and g.bill = b.id), 0::int4, p.categories, "
    "p.code, coalesce(n.name, ''), coalesce(n.phone, ''), coalesce(w.name, '')";
constexpr std::string_view bill_joins =
    "left join payment_request r on r.bucket = b.bucket and r.id = b.request "
    "join payer p on p.bucket = b.bucket and p.id = b.payer left join person n on n.bucket = b.bucket and n.id = b.payer "
    "left join fee_unit w on w.bucket = b.bucket and w.id = b.unit";

postgres::Statement named(std::string_view name, std::string_view sql) {
    auto text = std::string{sql};
    payments::replace_all(text, "bill_columns", bill_columns);
    payments::replace_all(text, "bill_joins", bill_joins);
    return {"fees_" + std::string{name}, payments::with_columns(std::move(text))};
}

/// Of the newest revision of each, or of the first.
void add_lines(Connection& connection, std::vector<BillView>& views, bool first) {
    static auto const statement = named("lines_of_bills", sql::lines_of_bills);
    if (views.empty()) return;
    Array buckets{Array::Type::int2}, ids{Array::Type::uuid}, revisions{Array::Type::int4};
    auto by_id = std::map<BillId, BillView*>{};
    for (auto& view : views) {
        buckets.add(view.bill.id.bucket());
        ids.add(view.bill.id);
        revisions.add(first ? std::int32_t{1} : view.bill.revision);
        by_id.emplace(view.bill.id, &view);
    }
    auto const rows = connection.query(statement, Params::of(buckets, ids, revisions));
    for (auto row = 0; row < rows.rows(); ++row) {
        auto line = Line{};
        line.kind = line_kind_of(rows.text(row, 1)).value();
        line.name = rows.text(row, 2);
        line.amount = rows.money(row, 3);
        line.quantity = static_cast<std::int32_t>(rows.integer(row, 4));
        line.item = rows.maybe_id<FeeItemId>(row, 5);
        line.online_only = rows.boolean(row, 6);
        line.reason = rows.text(row, 7);
        line.legal_basis = rows.text(row, 8);
        line.item_code = rows.text(row, 9);
        by_id.at(rows.id<BillId>(row, 0))->bill.lines.push_back(std::move(line));
    }
}

BillView read_view(Result const& rows, int row) {
    auto out = BillView{};
    out.bill = read_bill(rows, row, request_columns_count);
    if (!rows.is_null(row, 0)) {
        out.own = payments::read_request(rows, row);
        out.shown = as_shown(out.bill, *out.own);
    }
    constexpr auto payer = request_columns_count + bill_columns_count;
    out.payer_code = rows.text(row, payer);
    out.payer_name = rows.text(row, payer + 1);
    out.payer_phone = rows.text(row, payer + 2);
    out.unit_name = rows.text(row, payer + 3);
    return out;
}

std::vector<BillView> views_of(Connection& connection, Result const& rows) {
    auto out = std::vector<BillView>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read_view(rows, row));
    add_lines(connection, out, false);
    return out;
}

std::optional<BillView> one(Connection& connection, Result const& rows) {
    auto all = views_of(connection, rows);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

Array every_bucket() {
    auto out = Array{Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) out.add(static_cast<std::int16_t>(n));
    return out;
}

template <class IdType>
std::pair<Array, Array> places_of(std::vector<IdType> const& ids) {
    auto out = std::pair{Array{Array::Type::int2}, Array{Array::Type::uuid}};
    for (auto const& id : ids) {
        out.first.add(id.bucket());
        out.second.add(id);
    }
    return out;
}

Array texts_of(std::vector<std::string> const& texts) {
    auto out = Array{Array::Type::text};
    for (auto const& text : texts) out.add(text);
    return out;
}

Instant hour_of(Instant now) { return std::chrono::floor<std::chrono::hours>(now); }

}  // namespace

Bill read_bill(Result const& rows, int row, int first) {
    auto out = Bill{};
    out.id = rows.id<BillId>(row, first);
    out.merchant = rows.id<MerchantId>(row, first + 1);
    out.payer = rows.id<PayerId>(row, first + 2);
    out.unit = rows.maybe_id<FeeUnitId>(row, first + 3);
    out.request = rows.maybe_id<PaymentRequestId>(row, first + 4);
    out.amount = rows.money(row, first + 5);
    out.amount_min = rows.maybe_money(row, first + 6);
    out.created_at = rows.time(row, first + 7);
    out.issued_at = rows.maybe_time(row, first + 8);
    out.due = rows.text(row, first + 9);
    out.revision = static_cast<std::int32_t>(rows.integer(row, first + 10));
    out.stage = stage_of(rows.text(row, first + 11)).value();
    out.partial = rows.boolean(row, first + 12);
    out.at_counter = rows.boolean(row, first + 13);
    out.confirmed = rows.text(row, first + 14);
    out.number = rows.text(row, first + 15);
    out.title = rows.text(row, first + 16);
    out.code = rows.text(row, first + 17);
    out.visit = rows.text(row, first + 18);
    out.told = rows.text(row, first + 19);
    out.covered = rows.money(row, first + 20);
    out.grouped = rows.money(row, first + 21);
    out.changes = static_cast<std::int32_t>(rows.integer(row, first + 22));
    out.categories = rows.text_array(row, first + 23);
    return out;
}

std::optional<BillView> find_bill(Connection& connection, BillId id) {
    static auto const statement = named("get_bill", sql::get_bill);
    return one(connection, connection.query(statement, Params::of(id.bucket(), id)));
}

std::optional<BillView> find_bill(Connection& connection, PaymentRequestId request) {
    static auto const statement = named("get_bill_by_request", sql::get_bill_by_request);
    return one(connection, connection.query(statement, Params::of(request.bucket(), request)));
}

std::optional<BillView> find_bill(Connection& connection, Bucket bucket, MerchantId merchant, std::string_view code) {
    static auto const statement = named("get_bill_by_code", sql::get_bill_by_code);
    return one(connection, connection.query(statement, Params::of(bucket, merchant, code)));
}

std::optional<BillView> first_revision(Connection& connection, BillId id) {
    auto view = find_bill(connection, id);
    if (!view) return view;
    auto& bill = view->bill;
    bill.lines.clear();
    auto views = std::vector<BillView>{std::move(*view)};
    add_lines(connection, views, true);
    auto& first = views.front();
    first.bill.revision = 1;
    first.bill.at_counter = false;
    first.bill.amount = sum_of(first.bill.lines, false);
    first.bill.covered = first.bill.grouped = Money{};
    // A draft that was issued later had no request when it was new.
    auto const was_draft = first.bill.issued_at && *first.bill.issued_at > first.bill.created_at;
    first.bill.stage = first.bill.issued_at && !was_draft ? Stage::issued : Stage::draft;
    if (first.own) {
        first.own->amount = first.bill.amount;
        first.own->amount_paid = first.own->late_paid = Money{};
        first.own->status = payments::RequestStatus::open;
        first.shown = first.own;
    }
    if (was_draft) {
        first.own.reset();
        first.shown.reset();
        first.bill.number.clear();
        first.bill.request.reset();
    }
    return std::move(first);
}

std::optional<BillView> find_bill_by_number(Connection& connection, std::string_view typed) {
    static auto const by_number = named("get_bill_by_number", sql::get_bill_by_number);
    static auto const by_reference = named("get_bill_by_reference", sql::get_bill_by_reference);
    auto text = std::string{};
    for (auto const c : typed)
        if (c != ' ' && c != '-' && c != '.') text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    auto const& statement = text.starts_with("KX") ? by_reference : by_number;
    return one(connection, connection.query(statement, Params::of(every_bucket(), text)));
}

std::vector<BillView> list_bills(Connection& connection, ListedBills const& asked) {
    static auto const statement = named("list_bills", sql::list_bills);
    Array buckets{Array::Type::int2}, merchants{Array::Type::uuid};
    for (auto const& [bucket, merchant] : asked.places) {
        buckets.add(bucket);
        merchants.add(merchant);
    }
    return views_of(connection, connection.query(statement, Params::of(buckets, merchants, asked.before, asked.status, asked.unit, asked.limit, asked.owing)));
}

DeskSums desk_sums(Connection& connection, Bucket bucket, MerchantId merchant, std::optional<FeeUnitId> unit) {
    static auto const statement = named("desk_sums", sql::desk_sums);
    auto const rows = connection.query(statement, Params::of(bucket, merchant, unit));
    return {rows.money(0, 0), rows.money(0, 1), rows.money(0, 2), rows.integer(0, 3)};
}

std::vector<BillView> bills_of(Connection& connection, std::vector<PayerId> const& payers) {
    static auto const statement = named("bills_of_payers", sql::bills_of_payers);
    auto const [buckets, ids] = places_of(payers);
    return views_of(connection, connection.query(statement, Params::of(buckets, ids)));
}

std::vector<BillView> bills_of(Connection& connection, std::vector<BillId> const& bills) {
    static auto const statement = named("get_bills", sql::get_bills);
    auto const [buckets, ids] = places_of(bills);
    return views_of(connection, connection.query(statement, Params::of(buckets, ids)));
}

std::vector<Cover> covers_of(Connection& connection, std::vector<BillId> const& bills) {
    static auto const statement = named("covers_of_bills", sql::covers_of_bills);
    auto const [buckets, ids] = places_of(bills);
    auto const rows = connection.query(statement, Params::of(buckets, ids));
    auto out = std::vector<Cover>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto cover = Cover{};
        cover.bill = rows.id<BillId>(row, 0);
        cover.id = rows.uuid(row, 1);
        cover.kind = rows.text(row, 2);
        cover.amount = rows.money(row, 3);
        if (!rows.is_null(row, 4)) cover.desk = rows.uuid(row, 4);
        if (!rows.is_null(row, 5)) cover.undoes = rows.uuid(row, 5);
        cover.actor = {payments::actor_kind_of(rows.text(row, 6)).value(), rows.uuid(row, 7)};
        cover.outside_id = rows.text(row, 8);
        cover.reason = rows.text(row, 9);
        cover.at = rows.time(row, 10);
        out.push_back(std::move(cover));
    }
    return out;
}

std::vector<Change> changes_of(Connection& connection, std::vector<BillId> const& bills) {
    static auto const statement = named("changes_of_bills", sql::changes_of_bills);
    auto const [buckets, ids] = places_of(bills);
    auto const rows = connection.query(statement, Params::of(buckets, ids));
    auto out = std::vector<Change>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<BillId>(row, 0), static_cast<std::int32_t>(rows.integer(row, 1)), rows.money(row, 2),
                       {payments::actor_kind_of(rows.text(row, 3)).value(), rows.uuid(row, 4)}, std::string{rows.text(row, 5)},
                       std::string{rows.text(row, 6)}, rows.time(row, 7)});
    return out;
}

std::vector<std::pair<PaymentId, Money>> payments_of(Connection& connection, PaymentRequestId request) {
    static auto const statement = named("payments_of_request", sql::payments_of_request);
    auto const rows = connection.query(statement, Params::of(request.bucket(), request));
    auto out = std::vector<std::pair<PaymentId, Money>>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.id<PaymentId>(row, 0), rows.money(row, 1));
    return out;
}

std::vector<std::pair<BillId, Money>> lines_of_group(Connection& connection, PaymentRequestId request) {
    static auto const statement = named("lines_of_group", sql::lines_of_group);
    auto const rows = connection.query(statement, Params::of(request.bucket(), request));
    auto out = std::vector<std::pair<BillId, Money>>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.id<BillId>(row, 0), rows.money(row, 1));
    return out;
}

std::optional<PaymentRequestId> same_group(Connection& connection, std::vector<std::pair<BillId, Money>> const& lines) {
    static auto const statement = named("same_group", sql::same_group);
    if (lines.empty()) return std::nullopt;
    Array bills{Array::Type::uuid}, amounts{Array::Type::int8};
    for (auto const& [bill, amount] : lines) {
        bills.add(bill);
        amounts.add(amount);
    }
    auto const first = lines.front().first;
    auto const rows = connection.query(statement, Params::of(first.bucket(), first, bills, amounts));
    if (rows.rows() == 0) return std::nullopt;
    return rows.id<PaymentRequestId>(0, 0);
}

std::vector<std::pair<BillId, std::optional<PaymentRequestId>>> bills_behind(Connection& connection, PaymentRequestId request) {
    static auto const statement = named("bills_behind", sql::bills_behind);
    auto const rows = connection.query(statement, Params::of(request.bucket(), request));
    auto out = std::vector<std::pair<BillId, std::optional<PaymentRequestId>>>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.id<BillId>(row, 0), rows.maybe_id<PaymentRequestId>(row, 1));
    return out;
}

std::vector<PayerId> payers_by(Connection& connection, std::string_view code, std::string_view phone) {
    static auto const statement = named("payers_by_code", sql::payers_by_code);
    auto const rows = connection.query(statement, Params::of(every_bucket(), code, phone));
    auto out = std::vector<PayerId>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(rows.id<PayerId>(row, 0));
    return out;
}

std::vector<PayerId> family_of(Connection& connection, std::string_view phone) {
    static auto const statement = named("family_of_phone", sql::family_of_phone);
    auto const rows = connection.query(statement, Params::of(every_bucket(), phone));
    auto out = std::vector<PayerId>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(rows.id<PayerId>(row, 0));
    return out;
}

bool take_try(Connection& connection, std::vector<std::string> const& subjects, Instant now, std::int64_t most) {
    static auto const statement = named("take_try", sql::take_try);
    auto const rows = connection.query(statement, Params::of(texts_of(subjects), hour_of(now)));
    auto good = true;
    for (auto row = 0; row < rows.rows(); ++row) good = good && rows.integer(row, 0) <= most;
    return good;
}

void give_back_try(Connection& connection, std::vector<std::string> const& subjects, Instant now) {
    static auto const statement = named("give_back_try", sql::give_back_try);
    connection.query(statement, Params::of(texts_of(subjects), hour_of(now)));
}

std::string day_file(Connection& connection, Bucket bucket, MerchantId merchant, std::chrono::sys_days day) {
    static auto const statement = named("day_file", sql::day_file);
    auto const begin = Instant{day} - vietnam_offset;
    auto const rows = connection.query(statement, Params::of(bucket, merchant, begin, begin + std::chrono::days{1}));
    auto out = std::string{"transaction,bill,number,customer,amount,at\n"};
    auto sum = Money{};
    for (auto row = 0; row < rows.rows(); ++row) {
        sum += rows.money(row, 4);
        // Our own words and codes; an outside number is quoted, and no spreadsheet takes it for a formula.
        out += "\"'" + std::string{rows.text(row, 0)} + "\"," + rows.id<BillId>(row, 1).text() + ',' + std::string{rows.text(row, 2)} + ",\"'" +
               std::string{rows.text(row, 3)} + "\"," + std::to_string(rows.money(row, 4).dong()) + ',' + to_rfc3339(rows.time(row, 5)) + '\n';
    }
    return out + "total,,," + std::to_string(rows.rows()) + ',' + std::to_string(sum.dong()) + ",\n";
}

Money cash_today(Connection& connection, Bucket bucket, MerchantId merchant, Instant now) {
    static auto const statement = named("cash_today", sql::cash_today);
    return connection.query(statement, Params::of(bucket, merchant, Instant{vietnam_day(now)} - vietnam_offset)).money(0, 0);
}

std::optional<PayerId> payer_of(Connection& connection, Bucket bucket, MerchantId merchant, std::string_view code) {
    static auto const statement = named("payer_of_code", sql::payer_of_code);
    auto const rows = connection.query(statement, Params::of(bucket, merchant, code));
    if (rows.rows() == 0) return std::nullopt;
    return rows.id<PayerId>(0, 0);
}

std::vector<Rule> rules_of(Connection& connection, Bucket bucket, MerchantId merchant) {
    static auto const statement = named("rules_of_merchant", sql::rules_of_merchant);
    auto const rows = connection.query(statement, Params::of(bucket, merchant));
    auto out = std::vector<Rule>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto rule = Rule{};
        rule.id = rows.id<FeeRuleId>(row, 0);
        rule.name = rows.text(row, 1);
        rule.legal_basis = rows.text(row, 2);
        rule.percent = static_cast<std::int16_t>(rows.integer(row, 3));
        rule.online_only = rows.boolean(row, 4);
        rule.item = rows.maybe_text(row, 5);
        rule.category = rows.maybe_text(row, 6);
        rule.from = rows.time(row, 7);
        rule.to = rows.maybe_time(row, 8);
        out.push_back(std::move(rule));
    }
    return out;
}

}  // namespace choso::fees
