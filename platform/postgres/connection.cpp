#include "platform/postgres/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <utility>

#include "base/assert.hpp"
#include "platform/postgres/wire.hpp"

namespace choso::postgres {
namespace {

using std::chrono::steady_clock;

StatementFailed failure_of(PGresult const* result) {
    auto const* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    auto const* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    auto const* table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
    auto const* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    auto text = std::string{message != nullptr ? message : "no message"};
    if (table != nullptr) text += std::string{" (table "} + table + ")";
    if (constraint != nullptr) text += std::string{" (constraint "} + constraint + ")";
    return {state != nullptr ? state : "", text};
}

bool ends_the_connection(std::string_view state) {
    // admin_shutdown, crash_shutdown, cannot_connect_now, idle_in_transaction_session_timeout
    return state == "57P01" || state == "57P02" || state == "57P03" || state == "25P03";
}

}  // namespace

bool StatementFailed::is_transient() const {
    return state_ == "55P03" || state_ == "40P01" || state_ == "40001" || state_ == "57014" || state_.starts_with("53") ||
           state_.starts_with("58");
}

void Result::free(pg_result* result) { PQclear(result); }

int Result::rows() const { return PQntuples(result_.get()); }

std::int64_t Result::affected() const {
    auto const* text = PQcmdTuples(result_.get());
    return *text == '\0' ? 0 : std::stoll(text);
}

bool Result::is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) == 1; }

std::int64_t Result::integer(int row, int column) const {
    auto const bytes = PQgetlength(result_.get(), row, column);
    auto const value = wire::get(PQgetvalue(result_.get(), row, column), bytes);
    switch (bytes) {
        case 2: return static_cast<std::int16_t>(value);
        case 4: return static_cast<std::int32_t>(value);
        case 8: return static_cast<std::int64_t>(value);
        default: CHOSO_ASSERT(!"an integer column of 2, 4 or 8 bytes"); return 0;
    }
}

bool Result::boolean(int row, int column) const { return *PQgetvalue(result_.get(), row, column) != 0; }

std::string_view Result::text(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column), static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

Uuid Result::uuid(int row, int column) const {
    auto const bytes = text(row, column);
    CHOSO_ASSERT(bytes.size() == 16);
    Uuid out{};
    for (auto i = 0U; i < 16; ++i) out[i] = static_cast<std::uint8_t>(bytes[i]);
    return out;
}

Instant Result::time(int row, int column) const {
    CHOSO_ASSERT(PQgetlength(result_.get(), row, column) == 8);
    return wire::from_server_time(wire::get(PQgetvalue(result_.get(), row, column), 8));
}

std::vector<std::int32_t> Result::int4_array(int row, int column) const {
    auto const bytes = text(row, column);
    std::vector<std::int32_t> out;
    if (bytes.size() < 20) return out;
    auto const count = wire::get(bytes.data() + 12, 4);
    for (std::uint64_t i = 0; i < count; ++i)
        out.push_back(static_cast<std::int32_t>(wire::get(bytes.data() + 20 + i * 8 + 4, 4)));
    return out;
}

std::vector<std::string> Result::text_array(int row, int column) const {
    auto const bytes = text(row, column);
    std::vector<std::string> out;
    if (bytes.size() < 20) return out;
    auto const count = wire::get(bytes.data() + 12, 4);
    auto at = std::size_t{20};
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const length = wire::get(bytes.data() + at, 4);
        out.emplace_back(bytes.substr(at + 4, length));
        at += 4 + length;
    }
    return out;
}

std::optional<std::string> Result::maybe_text(int row, int column) const {
    if (is_null(row, column)) return std::nullopt;
    return std::string{text(row, column)};
}

std::optional<Instant> Result::maybe_time(int row, int column) const {
    if (is_null(row, column)) return std::nullopt;
    return time(row, column);
}

std::optional<Money> Result::maybe_money(int row, int column) const {
    if (is_null(row, column)) return std::nullopt;
    return money(row, column);
}

void Connection::close(pg_conn* connection) { PQfinish(connection); }

Connection::Connection(std::string const& url, ConnectionOptions options)
    : connection_{nullptr, &Connection::close}, options_{std::move(options)} {
    auto const connect_s = std::to_string(std::max<std::int64_t>(2, options_.connect_timeout.count() / 1000));
    auto const answer_ms = std::to_string(options_.answer_timeout.count());
    auto const settings = "-c lock_timeout=" + std::to_string(options_.lock_timeout.count()) +
                          " -c idle_in_transaction_session_timeout=" + std::to_string(options_.idle_in_transaction_timeout.count()) +
                          " -c client_connection_check_interval=1000 -c synchronous_commit=on";
    std::array<char const*, 11> const keys{"dbname", "application_name", "connect_timeout", "keepalives", "keepalives_idle",
                                          "keepalives_interval", "keepalives_count", "tcp_user_timeout", "client_encoding",
                                          "options", nullptr};
    std::array<char const*, 11> const values{url.c_str(), options_.application_name.c_str(), connect_s.c_str(), "1", "5", "2", "3",
                                            answer_ms.c_str(), "UTF8", settings.c_str(), nullptr};
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) lost("connecting");
    PQsetNoticeProcessor(connection_.get(), [](void*, char const*) {}, nullptr);
    if (PQsetnonblocking(connection_.get(), 1) != 0) lost("connecting");
}

void Connection::lost(std::string const& doing) {
    auto const* why = connection_ ? PQerrorMessage(connection_.get()) : "out of memory";
    throw ConnectionLost{"database connection lost while " + doing + ": " + why};
}

steady_clock::time_point Connection::deadline() const { return steady_clock::now() + options_.answer_timeout; }

void Connection::wait(bool for_write, steady_clock::time_point deadline) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) throw ConnectionLost{"database did not answer in time"};
    auto events = static_cast<short>(POLLIN | (for_write ? POLLOUT : 0));
    pollfd fd{PQsocket(connection_.get()), events, 0};
    auto const ready = poll(&fd, 1, static_cast<int>(left));
    if (ready == 0) throw ConnectionLost{"database did not answer in time"};
    if (ready < 0 && errno != EINTR) lost("waiting");
}

void Connection::flush(steady_clock::time_point deadline) {
    for (;;) {
        auto const left = PQflush(connection_.get());
        if (left == 0) return;
        if (left < 0) lost("sending");
        wait(true, deadline);
        if (PQconsumeInput(connection_.get()) == 0) lost("sending");
    }
}

void Connection::send(Statement const& statement, Params const& params) {
    std::vector<char const*> values;
    std::vector<int> lengths;
    for (auto const& value : params.values_) {
        values.push_back(value ? value->data() : nullptr);
        lengths.push_back(value ? static_cast<int>(value->size()) : 0);
    }
    std::vector<int> const formats(values.size(), 1);
    if (PQsendQueryPrepared(connection_.get(), statement.name.c_str(), params.count(), values.data(), lengths.data(), formats.data(), 1) != 1)
        lost("sending");
}

pg_result* Connection::next_result(steady_clock::time_point deadline) {
    while (PQisBusy(connection_.get()) == 1) {
        wait(false, deadline);
        if (PQconsumeInput(connection_.get()) == 0) lost("reading");
    }
    return PQgetResult(connection_.get());
}

namespace {

/// Throws what a finished result says, if it is an error.
void check(PGconn* connection, PGresult const* result) {
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            return;
        default: break;
    }
    auto failed = failure_of(result);
    if (failed.state().empty() || ends_the_connection(failed.state()) || PQstatus(connection) == CONNECTION_BAD)
        throw ConnectionLost{std::string{"database connection lost: "} + failed.what()};
    throw failed;
}

/// Reads results until the statement's NULL end mark, so that the connection is ready again even after an error.
struct Drain {
    std::exception_ptr first_error;
    void note(std::exception_ptr error) {
        if (!first_error) first_error = std::move(error);
    }
};

}  // namespace

Result Connection::execute(std::string const& sql) {
    if (PQsendQuery(connection_.get(), sql.c_str()) != 1) lost("sending");
    auto const until = deadline();
    flush(until);
    Drain drain;
    Result last{nullptr};
    while (auto* const raw = next_result(until)) {
        last = Result{raw};
        try {
            check(connection_.get(), raw);
        } catch (...) {
            drain.note(std::current_exception());
        }
    }
    if (drain.first_error) std::rethrow_exception(drain.first_error);
    return last;
}

Result Connection::query(Statement const& statement, Params const& params) {
    Result out{nullptr};
    Pipeline pipeline{*this};
    pipeline.add(statement, params, [&out](Result const& result) { out = result; });
    pipeline.run();
    return out;
}

bool Connection::wait_for_notices(std::chrono::milliseconds timeout, std::function<void(std::string_view, int)> const& on_notice) {
    pollfd fd{PQsocket(connection_.get()), POLLIN, 0};
    if (poll(&fd, 1, static_cast<int>(timeout.count())) < 0 && errno != EINTR) lost("listening");
    if (PQconsumeInput(connection_.get()) == 0) lost("listening");
    auto any = false;
    while (auto* const notice = PQnotifies(connection_.get())) {
        any = true;
        on_notice(notice->extra, notice->be_pid);
        PQfreemem(notice);
    }
    return any;
}

int Connection::backend_pid() const { return PQbackendPID(connection_.get()); }

void Pipeline::add(Statement const& statement, Params params, Handler handler) {
    auto const fresh = connection_.prepared_.find(statement.name) == connection_.prepared_.end();
    auto const queued = [&] {
        for (auto const& step : steps_)
            if (step.prepare && step.statement->name == statement.name) return true;
        return false;
    }();
    steps_.push_back({&statement, std::move(params), std::move(handler), fresh && !queued});
}

void Pipeline::send_all(std::vector<Step> const& steps) {
    auto* const pg = connection_.connection_.get();
    if (PQenterPipelineMode(pg) != 1) connection_.lost("starting a pipeline");
    for (auto const& step : steps) {
        if (step.prepare &&
            PQsendPrepare(pg, step.statement->name.c_str(), step.statement->sql.c_str(), step.params.count(), step.params.types_.data()) != 1)
            connection_.lost("preparing");
        connection_.send(*step.statement, step.params);
    }
    if (PQpipelineSync(pg) != 1) connection_.lost("sending");
}

void Pipeline::run() {
    if (steps_.empty()) return;
    auto const steps = std::exchange(steps_, {});
    send_all(steps);
    auto const until = connection_.deadline();
    connection_.flush(until);
    auto* const pg = connection_.connection_.get();
    Drain drain;
    // Per command one result, then a NULL. A failed command makes all behind it PGRES_PIPELINE_ABORTED until the sync.
    auto const take_one = [&](Statement const& statement) {
        auto const result = Result{connection_.next_result(until)};
        if (result.raw() != nullptr && PQresultStatus(result.raw()) != PGRES_PIPELINE_ABORTED) {
            try {
                check(pg, result.raw());
            } catch (StatementFailed const& failed) {
                drain.note(std::make_exception_ptr(StatementFailed{failed.state(), statement.name + ": " + failed.what()}));
            }
        }
        while (auto* const more = connection_.next_result(until)) PQclear(more);
        return result;
    };
    std::vector<Result> results;
    for (auto const& step : steps) {
        if (step.prepare) take_one(*step.statement);
        if (step.prepare && !drain.first_error) connection_.prepared_.insert(step.statement->name);
        results.push_back(take_one(*step.statement));
    }
    PQclear(connection_.next_result(until));  // the sync's own result
    if (PQexitPipelineMode(pg) != 1) connection_.lost("ending a pipeline");
    if (drain.first_error) std::rethrow_exception(drain.first_error);
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (steps[i].handler) steps[i].handler(results[i]);
}

}  // namespace choso::postgres
