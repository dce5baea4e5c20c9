#include <map>

#include "gateway/api/fees/import.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/fees/sql.hpp"
#include "merchants/scopes.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/log/log.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::api::fees {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;

constexpr std::size_t errors_kept = 5'000;
constexpr std::size_t under_way_max = 1'024;
constexpr std::size_t payers_at_once = 1'000;

postgres::Statement named(std::string_view name, std::string_view sql) { return {"fees_" + std::string{name}, std::string{sql}}; }

void keep_errors(Connection& connection, ImportId id, std::vector<RowError> const& errors) {
    static auto const statement = named("insert_import_errors", bills::sql::insert_import_errors);
    Array row{Array::Type::int4}, field{Array::Type::text}, rule{Array::Type::text};
    for (auto const& error : errors) {
        if (row.size() == errors_kept) break;
        row.add(error.row);
        field.add(error.field);
        rule.add(error.rule);
    }
    if (!row.empty()) connection.query(statement, Params::of(id.bucket(), id, row, field, rule));
}

std::string today(Instant now) { return to_rfc3339(now).substr(0, 10); }

payments::IdempotencyKey key_of(ImportId id, MerchantId merchant, std::int32_t row) {
    auto const text = id.text() + "/" + std::to_string(row);
    return SentKey{text, "IMPORT", id.text(), text}.of(merchant);
}

/// Every payer that the payee has, by code: what was kept for them pays their new bills first.
std::map<std::string, PayerId, std::less<>> payers_of(Connection& connection, Payee const& payee) {
    auto out = std::map<std::string, PayerId, std::less<>>{};
    for (auto after = std::string{};;) {
        auto const page = bills::list_payers(connection, {payee.bucket, payee.merchant->id}, {}, after, payers_at_once);
        for (auto const& payer : page) out.emplace(payer.code, payer.id);
        if (page.size() < payers_at_once) return out;
        after = page.back().code;
    }
}

}  // namespace

std::string import_json(ImportView const& view) {
    std::string out;
    json::Writer{out}.object().member("id", view.id.text()).member("merchant", view.merchant.text()).member("kind", view.kind).member("state", view.state)
        .member("file_name", view.file_name).member("problem", view.problem).member("rows", view.all).member("rows_good", view.good)
        .member("rows_bad", view.all - view.good).member("rows_done", view.done).member("rows_failed", view.failed).end();
    return out;
}

ImportView keep_import(Connection& connection, Payee const& payee, payments::Actor const& actor, bool of_bills, std::string_view name, std::string_view file,
                       Instant now) {
    static auto const statement = named("insert_import", bills::sql::insert_import);
    auto const read = read_file(file, of_bills, known_of(connection, payee), today(now));
    auto out = ImportView{};
    out.id = ImportId::make(payee.bucket, now);
    out.merchant = payee.merchant->id;
    out.kind = of_bills ? "bills" : "payers";
    out.good = static_cast<std::int32_t>(of_bills ? read.bills.size() : read.payers.size());
    out.all = read.rows;
    out.state = out.good > 0 ? "checked" : "refused";
    out.file_name = name.substr(0, 100);
    if (out.good == 0) out.problem = read.errors.empty() ? "không có dòng nào" : read.errors.front().rule;
    auto const kept = out.good > 0 ? file : std::string_view{};
    connection.query(statement, Params::of(payee.bucket, out.id, out.merchant, payments::word(actor.kind), actor.id, now, out.all, out.good, out.state, out.kind,
                                           out.file_name, out.problem, postgres::Bytes{kept}));
    keep_errors(connection, out.id, read.errors);
    return out;
}

std::optional<ImportView> find_import(Connection& connection, ImportId id) {
    static auto const statement = named("get_import", bills::sql::get_import);
    auto const rows = connection.query(statement, Params::of(id.bucket(), id));
    if (rows.rows() == 0) return std::nullopt;
    auto const number = [&](int column) { return static_cast<std::int32_t>(rows.integer(0, column)); };
    return ImportView{id, rows.id<MerchantId>(0, 0), std::string{rows.text(0, 1)}, std::string{rows.text(0, 2)}, std::string{rows.text(0, 3)},
                      std::string{rows.text(0, 4)}, number(5), number(6), number(7), number(8)};
}

bool start_import(Connection& connection, ImportId id) {
    static auto const statement = named("start_import", bills::sql::start_import);
    return connection.query(statement, Params::of(id.bucket(), id)).affected() == 1;
}

std::string errors_csv(Connection& connection, ImportId id) {
    static auto const errors = named("import_errors", bills::sql::import_errors);
    static auto const kept = named("import_file", bills::sql::import_file);
    auto const rows = connection.query(errors, Params::of(id.bucket(), id));
    auto lines = std::map<std::size_t, std::vector<std::string>>{{1, {"dong", "cot", "loi"}}};
    for (auto row = 0; row < rows.rows(); ++row)
        lines[static_cast<std::size_t>(rows.integer(row, 0))] = {std::to_string(rows.integer(row, 0)), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}};
    // The row itself beside its fault, as long as the file is kept: what is mended here can be sent as it stands.
    if (auto const file = connection.query(kept, Params::of(id.bucket(), id)); file.rows() == 1) {
        (void)sheet::for_each_row(file.text(0, 0), {}, [&](std::size_t row, std::span<std::string const> cells) {
            if (auto const at = lines.find(row); at != lines.end()) at->second.insert(at->second.end(), cells.begin(), cells.end());
            return row < lines.rbegin()->first;
        });
    }
    auto out = std::string{"\xEF\xBB\xBF"};
    for (auto const& [row, cells] : lines) sheet::append_csv_row(out, cells);
    return out;
}

Importer::Importer(Edge& edge, std::string database_url) : edge_{edge}, database_url_{std::move(database_url)}, thread_{[this] { run(); }} {}

Importer::~Importer() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

bool Importer::stopping() {
    auto const lock = std::lock_guard{mutex_};
    return stopping_;
}

void Importer::run() {
    auto connection = std::unique_ptr<Connection>{};
    for (;;) {
        auto worked = false;
        try {
            if (!connection) connection = std::make_unique<Connection>(database_url_);
            erase_old(*connection);
            worked = work_off_one(*connection);
        } catch (std::exception const& failed) {
            log::warn("import_failed", {{"why", failed.what()}});
            connection.reset();
        }
        auto lock = std::unique_lock{mutex_};
        if (stopping_) return;
        if (!worked && wake_.wait_for(lock, std::chrono::milliseconds{500}, [this] { return stopping_; })) return;
    }
}

void Importer::erase_old(Connection& connection) {
    static auto const erase = named("erase_import_files", bills::sql::erase_import_files);
    auto const now = edge_.clock.now();
    if (now < erase_again_) return;
    connection.query(erase, Params::of(now));
    erase_again_ = now + std::chrono::hours{1};
}

bool Importer::work_off_one(Connection& connection) {
    static auto const lease = named("lease_import", bills::sql::lease_import);
    static auto const finish = named("finish_import", bills::sql::finish_import);
    auto buckets = Array{Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) buckets.add(static_cast<std::int16_t>(n));
    auto const rows = connection.query(lease, Params::of(buckets));
    if (rows.rows() == 0) return false;
    auto const id = rows.id<ImportId>(0, 0);
    auto const directory = edge_.directory.current();
    auto const* merchant = directory->merchant(rows.id<MerchantId>(0, 1));
    if (merchant == nullptr) return false;  // not seen by this process yet
    auto const payee = payee_of(*directory, *merchant);
    auto const actor = payments::Actor{payments::actor_kind_of(rows.text(0, 2)).value(), rows.uuid(0, 3)};
    auto const of_bills = rows.text(0, 4) == "bills";
    auto const day = to_rfc3339(rows.time(0, 5)).substr(0, 10);
    auto const file = read_file(rows.text(0, 6), of_bills, known_of(connection, payee), day);
    if (of_bills) {
        issue_rows(connection, id, payee, actor, file);
        if (stopping()) return false;
    } else {
        for (std::size_t at = 0; at < file.payers.size(); at += payers_at_once) {
            auto const end = std::min(file.payers.size(), at + payers_at_once);
            bills::put_payers(connection, {payee.bucket, merchant->id}, {file.payers.begin() + static_cast<std::ptrdiff_t>(at), file.payers.begin() + static_cast<std::ptrdiff_t>(end)},
                              edge_.clock.now());
        }
        static auto const progress = named("import_progress", bills::sql::import_progress);
        connection.query(progress, Params::of(id.bucket(), id, static_cast<std::int32_t>(file.payers.size()), std::int32_t{0}));
    }
    connection.query(finish, Params::of(id.bucket(), id, edge_.clock.now()));
    return true;
}

void Importer::issue_rows(Connection& connection, ImportId id, Payee const& payee, payments::Actor const& actor, ReadFile const& file) {
    static auto const progress = named("import_progress", bills::sql::import_progress);
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        std::size_t under_way = 0;
        std::int32_t done = 0;
        std::vector<RowError> failed;
        std::vector<BillRow const*> again;
    };
    auto const shared = std::make_shared<Shared>();
    auto const directory = edge_.directory.current();
    auto const known = known_of(connection, payee);
    auto const payers = payers_of(connection, payee);
    auto told = std::chrono::steady_clock::now();
    auto waiting = std::vector<BillRow const*>{};
    for (auto it = file.bills.rbegin(); it != file.bills.rend(); ++it) waiting.push_back(&*it);
    while (!stopping()) {
        {
            auto lock = std::unique_lock{shared->mutex};
            shared->changed.wait_for(lock, std::chrono::milliseconds{200}, [&] { return shared->under_way < under_way_max; });
            waiting.insert(waiting.end(), shared->again.begin(), shared->again.end());
            shared->again.clear();
            if (waiting.empty() && shared->under_way == 0) break;
            if (waiting.empty() || shared->under_way >= under_way_max) continue;
            ++shared->under_way;
        }
        auto const* row = waiting.back();
        waiting.pop_back();
        auto const payer = payers.find(row->asked.payer.code);
        auto command = to_command(row->asked, known, payee, payer == payers.end() ? std::nullopt : std::optional{payer->second}, *directory, edge_.clock.now());
        auto const end = [shared, row](std::optional<RowError> error, bool again) {
            auto const lock = std::lock_guard{shared->mutex};
            --shared->under_way;
            if (again) shared->again.push_back(row);
            else if (error) shared->failed.push_back(std::move(*error));
            else ++shared->done;
            shared->changed.notify_all();
        };
        if (!command) {
            end(RowError{row->row, command.error().param, command.error().detail.vi}, false);
            continue;
        }
        (*command)->bulk = true;
        (*command)->actor = actor;
        (*command)->idempotency = key_of(id, payee.merchant->id, row->row);
        edge_.core.submit(std::move(command).value(), [end, row](payments::Answer const& answer) {
            if (!answer && answer.error() != payments::Failure::failed) return end(std::nullopt, answer.error() != payments::Failure::stopping);
            auto const code = problem_in(answer);
            end(code ? std::optional{RowError{row->row, "", std::string{kind_of(*code).vi}}} : std::nullopt, false);
        });
        if (auto const now = std::chrono::steady_clock::now(); now - told > std::chrono::seconds{1}) {
            told = now;
            auto lock = std::unique_lock{shared->mutex};
            auto const done = shared->done;
            auto const failed = static_cast<std::int32_t>(shared->failed.size());
            lock.unlock();
            connection.query(progress, Params::of(id.bucket(), id, done, failed));
        }
    }
    auto lock = std::unique_lock{shared->mutex};
    shared->changed.wait(lock, [&] { return shared->under_way == 0; });
    lock.unlock();
    connection.query(progress, Params::of(id.bucket(), id, shared->done, static_cast<std::int32_t>(shared->failed.size())));
    keep_errors(connection, id, shared->failed);
}

http::Handler create_import(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const* merchant = caller->merchant(MerchantId::parse(request.query_value("merchant").value_or("")));
        if (merchant == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        auto const kind = request.query_value("kind").value_or("");
        if (kind != "bills" && kind != "payers") return respond(to_response(Problem{Code::parameter_invalid, "kind", {"kind phải là bills hoặc payers", "kind must be bills or payers"}}, audience));
        auto const body = std::make_shared<std::string>(request.body);
        edge.reads.run(std::move(respond), audience, [&edge, caller = *caller, merchant, kind, body](Connection& connection) {
            auto const view = keep_import(connection, payee_of(*caller.directory, *merchant), caller.actor(), kind == "bills", "api", *body, edge.clock.now());
            return json_response(201, import_json(view));
        });
    };
}

namespace {

/// The caller's import of the path, then `look` at it.
http::Handler of_import(Edge& edge, std::string_view scope, std::function<http::Response(ImportView const&, Connection&)> look) {
    return [&edge, scope, look = std::move(look)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, scope);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = ImportId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        edge.reads.run(std::move(respond), audience, [caller = *caller, audience, id = *id, look](Connection& connection) {
            auto const view = find_import(connection, id);
            if (!view || !caller.may_see(view->merchant)) return to_response(Problem{Code::not_found}, audience);
            return look(*view, connection);
        });
    };
}

}  // namespace

http::Handler get_import(Edge& edge) {
    return of_import(edge, merchants::scope::requests_read, [](ImportView const& view, Connection&) { return json_response(200, import_json(view)); });
}

http::Handler get_import_errors(Edge& edge) {
    return of_import(edge, merchants::scope::requests_read, [](ImportView const& view, Connection& connection) {
        return http::Response{200, "text/csv; charset=utf-8", errors_csv(connection, view.id), {}};
    });
}

http::Handler confirm_import(Edge& edge) {
    return of_import(edge, merchants::scope::requests_write, [](ImportView const& view, Connection& connection) {
        (void)start_import(connection, view.id);  // started before: the answer says how far it is
        return json_response(200, import_json(*find_import(connection, view.id)));
    });
}

}  // namespace choso::api::fees
