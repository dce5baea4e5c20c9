#include "settlement/imports/store.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#include "platform/crypto/crypto.hpp"
#include "settlement/imports/sql.hpp"

namespace choso::imports {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;
using Type = postgres::Array::Type;

constexpr std::size_t raw_part = std::size_t{4} << 20U;
constexpr std::size_t lines_at_once = 5'000;

postgres::ConnectionOptions how() {
    auto out = postgres::ConnectionOptions{};
    out.application_name = "choso import";
    out.answer_timeout = std::chrono::minutes{2};
    out.idle_in_transaction_timeout = std::chrono::seconds{60};
    return out;
}

Statement const& named(std::string_view name, std::string_view sql) {
    static auto known = std::map<std::string, Statement, std::less<>>{};
    static auto mutex = std::mutex{};
    auto const lock = std::lock_guard{mutex};
    auto at = known.find(name);
    if (at == known.end()) at = known.emplace(std::string{name}, Statement{"imports_" + std::string{name}, std::string{sql}}).first;
    return at->second;
}
#define STATEMENT(name) named(#name, sql::name)

std::string hex(Uuid const& id) {
    static constexpr std::string_view digits = "0123456789abcdef";
    auto out = std::string{};
    for (auto const byte : id) (out += digits[static_cast<std::size_t>(byte) >> 4U]) += digits[static_cast<std::size_t>(byte) & 15U];
    return out;
}

std::optional<std::int64_t> dong(std::optional<statements::Balance> const& balance) {
    if (!balance) return std::nullopt;
    auto const amount = balance->amount.dong();
    return amount ? std::optional{amount->dong()} : std::nullopt;
}

}  // namespace

Store::Store(std::string const& database_url) : database_{database_url, how()} {}

KnownFile Store::keep_file(std::string_view name, std::string_view bytes, Origin const& origin, Instant now) {
    auto const digest = crypto::sha256(bytes);
    auto const hash = std::string_view{reinterpret_cast<char const*>(digest.data()), digest.size()};
    auto const find = [&] {
        auto const rows = database_.query(STATEMENT(find_file), Params::of(postgres::Bytes{hash}));
        auto out = std::optional<KnownFile>{};
        if (rows.rows() > 0) out = KnownFile{rows.uuid(0, 0), std::string{rows.text(0, 1)}, std::string{rows.text(0, 2)}, std::string{rows.text(0, 3)}};
        return out;
    };
    if (auto const known = find()) return *known;
    auto const id = new_uuid(Bucket::of_bits(0), now);
    database_.execute("begin");
    try {
        auto const inserted = database_.query(STATEMENT(insert_file), Params::of(id, postgres::Bytes{hash}, name, static_cast<std::int64_t>(bytes.size()), origin.told_by,
                                                                                 payments::word(origin.actor.kind), origin.actor.id));
        auto part = std::int32_t{0};
        for (auto at = std::size_t{0}; inserted.affected() > 0 && at < bytes.size(); at += raw_part)
            database_.query(STATEMENT(insert_raw), Params::of(id, part++, postgres::Bytes{bytes.substr(at, raw_part)}));
        database_.execute("commit");
    } catch (postgres::StatementFailed const&) {
        database_.execute("rollback");
        throw;
    }
    // Another process may have been a moment earlier with the same bytes.
    return find().value();
}

std::string Store::raw(Uuid file) {
    auto const rows = database_.query(STATEMENT(load_raw), Params::of(file));
    auto out = std::string{};
    for (auto row = 0; row < rows.rows(); ++row) out += rows.text(row, 0);
    return out;
}

void Store::end_file(Uuid file, std::string_view state, std::string_view code, std::string_view message) {
    database_.query(STATEMENT(update_file), Params::of(file, state, code, message));
}

std::vector<std::pair<Uuid, std::string>> Store::unfinished() {
    auto const rows = database_.query(STATEMENT(find_unfinished));
    auto out = std::vector<std::pair<Uuid, std::string>>{};
    for (auto row = 0; row < rows.rows(); ++row) out.emplace_back(rows.uuid(row, 0), std::string{rows.text(row, 1)});
    return out;
}

std::set<std::size_t> Store::places_of(Uuid file) {
    auto const rows = database_.query(STATEMENT(find_places), Params::of(file));
    auto out = std::set<std::size_t>{};
    for (auto row = 0; row < rows.rows(); ++row) out.insert(static_cast<std::size_t>(rows.integer(row, 0)));
    return out;
}

bool Store::keep_statement(Prepared& prepared, Uuid file, std::size_t place, statements::Summary const& summary) {
    auto first = std::optional<std::string>{}, last = std::optional<std::string>{};
    if (!prepared.lines.empty()) {
        auto const [least, most] = std::minmax_element(prepared.lines.begin(), prepared.lines.end(), [](auto const& a, auto const& b) { return a.day < b.day; });
        first = statements::text(least->day);
        last = statements::text(most->day);
    } else if (summary.closing && summary.closing->date) {
        first = last = statements::text(*summary.closing->date);
    }
    auto difference = std::optional<std::int64_t>{};
    if (summary.difference)
        if (auto const whole = summary.difference->dong()) difference = whole->dong();
    auto warnings = Array{Type::text};
    for (auto const& warning : summary.warnings) warnings.add(warning);
    auto const in_file = static_cast<std::int32_t>(place);
    auto const rows = database_.query(
        STATEMENT(insert_statement),
        Params::of(prepared.bucket, prepared.id, prepared.account, file, in_file, dong(summary.opening), dong(summary.closing), difference,
                   static_cast<std::int32_t>(prepared.lines.size()), first, last, statements::word(summary.proof), prepared.state, prepared.held_why,
                   summary.format, summary.sequence, warnings));
    if (rows.rows() == 0) return false;
    prepared.id = rows.uuid(0, 0);
    return true;
}

std::optional<Store::Neighbour> Store::neighbour_before(Prepared const& prepared, std::chrono::sys_days day, Uuid file, Money opening) {
    auto const rows = database_.query(STATEMENT(find_neighbour), Params::of(prepared.bucket, prepared.account, statements::text(day), file, opening));
    if (rows.rows() == 0) return std::nullopt;
    auto const last = statements::iso_day(rows.text(0, 0));
    if (!last) return std::nullopt;
    return Neighbour{*last, rows.boolean(0, 1)};
}

std::vector<Uuid> Store::held_files(Bucket bucket, AccountId account) {
    auto const rows = database_.query(STATEMENT(find_held), Params::of(bucket, account));
    auto out = std::vector<Uuid>{};
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(rows.uuid(row, 0));
    return out;
}

std::vector<std::optional<std::size_t>> Store::load_known(Prepared& prepared) {
    auto const& lines = prepared.lines;
    auto sighted = std::vector<std::optional<std::size_t>>(lines.size());
    if (lines.empty()) return sighted;
    auto amounts = std::set<Money>{};
    auto first = lines.front().day, last = first;
    for (auto const& line : lines) {
        amounts.insert(line.amount);
        first = std::min(first, line.day);
        last = std::max(last, line.day);
    }
    auto wanted = Array{Type::int8};
    for (auto const amount : amounts) wanted.add(amount);
    auto const rows = database_.query(STATEMENT(load_known), Params::of(prepared.bucket, prepared.account, wanted, Instant{first} - vietnam_offset - std::chrono::days{1},
                                                                        Instant{last} - vietnam_offset + std::chrono::days{2}, prepared.source));
    auto& known = prepared.known;
    known.clear();
    known.reserve(static_cast<std::size_t>(rows.rows()));
    auto seen_amounts = std::set<Money>{};
    auto by_id = std::unordered_map<Uuid, std::size_t, UuidHash>{};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto payment = matching::KnownPayment{};
        payment.id = rows.id<PaymentId>(row, 0);
        payment.amount = rows.money(row, 1);
        payment.occurred_at = rows.time(row, 2);
        payment.bank_ref = rows.text(row, 3);
        if (!rows.is_null(row, 4)) payment.reference = Reference::parse_exact(rows.text(row, 4));
        payment.content_hash = rows.integer(row, 5);
        payment.seen_by_source = rows.boolean(row, 6);
        payment.status = payments::payment_status_of(rows.text(row, 7)).value_or(payments::PaymentStatus::allocated);
        payment.confirmed = rows.boolean(row, 8);
        if (payment.seen_by_source) {
            seen_amounts.insert(payment.amount);
            by_id.emplace(payment.id.uuid(), known.size());
        }
        known.push_back(std::move(payment));
    }
    if (seen_amounts.empty()) return sighted;
    // Only where this source has told such an amount before may it have told this very line.
    auto ids = Array{Type::text};
    auto by_key = std::unordered_map<std::string, std::size_t>{};
    for (auto i = std::size_t{0}; i < lines.size(); ++i) {
        if (!seen_amounts.contains(lines[i].amount)) continue;
        auto key = hex(lines[i].key);
        ids.add(key);
        by_key.emplace(std::move(key), i);
    }
    auto const told = database_.query(STATEMENT(load_sightings), Params::of(prepared.bucket, prepared.source, ids));
    for (auto row = 0; row < told.rows(); ++row) {
        auto const line = by_key.find(std::string{told.text(row, 0)});
        auto const payment = by_id.find(told.uuid(row, 1));
        if (line != by_key.end() && payment != by_id.end()) sighted[line->second] = payment->second;
    }
    return sighted;
}

std::optional<PaymentId> Store::find_original(Prepared const& prepared, matching::LineFact const& line) {
    // No bank takes back what is older.
    constexpr auto longest = std::chrono::days{180};
    auto references = Array{Type::text};
    for (auto const* text : {&line.reference, &line.bank_ref})
        if (!text->empty()) references.add(*text);
    // The original's number often stands in the text of what takes it back.
    for (auto at = std::size_t{0}; at < line.content.size();) {
        auto const end = std::min(line.content.find_first_of(" ,;:()", at), line.content.size());
        if (end - at >= 6) references.add(std::string_view{line.content}.substr(at, end - at));
        at = end + 1;
    }
    auto const rows = database_.query(STATEMENT(find_original), Params::of(prepared.bucket, prepared.account, -line.amount, references, line.at - longest,
                                                                           line.at + std::chrono::days{2}));
    if (rows.rows() == 0) return std::nullopt;
    return rows.id<PaymentId>(0, 0);
}

void Store::keep_lines(Prepared const& prepared) {
    auto const text = [](std::string const& value) { return value.empty() ? std::optional<std::string>{} : std::optional{value}; };
    for (auto from = std::size_t{0}; from < prepared.lines.size(); from += lines_at_once) {
        Array key{Type::uuid}, place{Type::int4}, booked{Type::text}, amount{Type::int8}, reversal{Type::boolean}, payment{Type::uuid}, fate{Type::text},
            bank_ref{Type::text}, reference{Type::text}, content{Type::text}, name{Type::text}, account{Type::text};
        auto const to = std::min(from + lines_at_once, prepared.lines.size());
        for (auto i = from; i < to; ++i) {
            auto const& line = prepared.lines[i];
            auto const& its = prepared.fates[i];
            key.add(line.key);
            place.add(static_cast<std::int32_t>(line.place));
            booked.add(statements::text(line.day));
            amount.add(line.amount);
            reversal.add(line.reversal);
            payment.add(its.payment);
            fate.add(its.how);
            bank_ref.add(line.bank_ref);
            reference.add(text(line.reference));
            content.add(text(line.content));
            name.add(text(line.other.name));
            account.add(text(line.other.account));
        }
        database_.query(STATEMENT(insert_lines), Params::of(prepared.bucket, prepared.account, prepared.id, prepared.source, key, place, booked, amount, reversal, payment,
                                                            fate, bank_ref, reference, content, name, account));
    }
}

void Store::finish(Prepared const& prepared) {
    auto const count = [](std::size_t n) { return static_cast<std::int32_t>(n); };
    database_.query(STATEMENT(finish_statement), Params::of(prepared.bucket, prepared.id, count(prepared.confirmed), count(prepared.posted), count(prepared.repeated),
                                                            count(prepared.kept_out)));
}

void Store::tell_progress(Prepared const& prepared) {
    auto const count = [](std::size_t n) { return static_cast<std::int32_t>(n); };
    database_.query(STATEMENT(progress_statement), Params::of(prepared.bucket, prepared.id, count(prepared.confirmed), count(prepared.posted), count(prepared.repeated),
                                                              count(prepared.kept_out)));
}

std::optional<statements::TableMemory> Store::layout(AccountId account) {
    auto const rows = database_.query(STATEMENT(load_layout), Params::of(account));
    if (rows.rows() == 0) return std::nullopt;
    auto out = statements::TableMemory{};
    auto const columns = rows.int4_array(0, 0);
    for (auto i = std::size_t{0}; i < std::min(columns.size(), out.columns.at.size()); ++i) out.columns.at[i] = columns[i];
    out.format = rows.integer(0, 1) == 0 ? statements::NumberFormat::dots_part : statements::NumberFormat::commas_part;
    out.swapped = rows.boolean(0, 2);
    return out;
}

void Store::learn(AccountId account, statements::TableMemory const& memory) {
    auto columns = std::string{"{"};
    for (auto const column : memory.columns.at) (columns += columns.size() > 1 ? "," : "") += std::to_string(column);
    database_.query(STATEMENT(upsert_layout), Params::of(account, columns + "}", static_cast<std::int16_t>(memory.format), memory.swapped));
}

#undef STATEMENT

}  // namespace choso::imports
