#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/postgres/params.hpp"

struct pg_conn;
struct pg_result;

namespace choso::postgres {

/// The connection is gone; whether what was last sent took effect is not known.
class ConnectionLost : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// The server refused a statement. `state()` is the five-letter SQLSTATE.
class StatementFailed : public std::runtime_error {
 public:
    StatementFailed(std::string state, std::string const& message) : std::runtime_error{message}, state_{std::move(state)} {}
    [[nodiscard]] std::string const& state() const { return state_; }
    /// Lock timeouts, deadlocks, shutdowns, full disks: the same batch may pass in a moment.
    [[nodiscard]] bool is_transient() const;
    /// Somebody else held a row for longer than `lock_timeout`.
    [[nodiscard]] bool is_lock_timeout() const { return state_ == "55P03"; }

 private:
    std::string state_;
};

/// A statement has a name (unique per text) and stands in a file beside its only user.
struct Statement {
    std::string name;
    std::string sql;
};

/// The rows of one statement, binary. Columns are read by position, in the order of the select list.
class Result {
 public:
    explicit Result(pg_result* result) : result_{result, &Result::free} {}

    [[nodiscard]] pg_result const* raw() const { return result_.get(); }
    [[nodiscard]] int rows() const;
    /// Rows an insert, update or delete touched.
    [[nodiscard]] std::int64_t affected() const;
    [[nodiscard]] bool is_null(int row, int column) const;
    [[nodiscard]] std::int64_t integer(int row, int column) const;
    [[nodiscard]] bool boolean(int row, int column) const;
    /// Text, json, enums and bytea as they are; valid while the Result lives.
    [[nodiscard]] std::string_view text(int row, int column) const;
    [[nodiscard]] Uuid uuid(int row, int column) const;
    [[nodiscard]] Instant time(int row, int column) const;
    [[nodiscard]] Bucket bucket(int row, int column) const { return Bucket::of_bits(static_cast<std::uint64_t>(integer(row, column))); }
    [[nodiscard]] Money money(int row, int column) const { return Money{integer(row, column)}; }
    template <class IdType>
    [[nodiscard]] IdType id(int row, int column) const { return IdType{uuid(row, column)}; }
    /// A one-dimensional int4[] without NULLs.
    [[nodiscard]] std::vector<std::int32_t> int4_array(int row, int column) const;
    /// A one-dimensional text[] without NULLs.
    [[nodiscard]] std::vector<std::string> text_array(int row, int column) const;

    template <class T, class Read>
    [[nodiscard]] std::optional<T> maybe(int row, int column, Read read) const {
        if (is_null(row, column)) return std::nullopt;
        return T{read()};
    }
    [[nodiscard]] std::optional<std::string> maybe_text(int row, int column) const;
    [[nodiscard]] std::optional<Instant> maybe_time(int row, int column) const;
    [[nodiscard]] std::optional<Money> maybe_money(int row, int column) const;
    template <class IdType>
    [[nodiscard]] std::optional<IdType> maybe_id(int row, int column) const {
        if (is_null(row, column)) return std::nullopt;
        return IdType{uuid(row, column)};
    }

 private:
    static void free(pg_result* result);
    std::shared_ptr<pg_result> result_;
};

struct ConnectionOptions {
    std::string application_name = "choso";
    std::chrono::milliseconds connect_timeout{5'000};
    /// The longest one round trip may take before the connection is given up as lost.
    std::chrono::milliseconds answer_timeout{30'000};
    std::chrono::milliseconds lock_timeout{2'000};
    std::chrono::milliseconds idle_in_transaction_timeout{5'000};
};

/// One connection, one thread at a time. It never reconnects by itself: after ConnectionLost it is dead.
class Connection {
 public:
    /// Throws ConnectionLost when the server cannot be reached.
    Connection(std::string const& url, ConnectionOptions options = {});

    /// Plain SQL without parameters, several statements allowed; the last result.
    Result execute(std::string const& sql);
    /// A prepared statement (prepared on first use), in its own implicit transaction unless one is open.
    Result query(Statement const& statement, Params const& params = {});

    /// Waits until the server sends something unasked (a notification) or `timeout`; true if notifications arrived.
    /// Each one's payload and sender's process id are handed to `on_notice`.
    bool wait_for_notices(std::chrono::milliseconds timeout, std::function<void(std::string_view payload, int pid)> const& on_notice);
    [[nodiscard]] int backend_pid() const;

 private:
    friend class Pipeline;
    [[noreturn]] void lost(std::string const& doing);
    pg_result* next_result(std::chrono::steady_clock::time_point deadline);
    void wait(bool for_write, std::chrono::steady_clock::time_point deadline);
    void flush(std::chrono::steady_clock::time_point deadline);
    void send(Statement const& statement, Params const& params);
    [[nodiscard]] std::chrono::steady_clock::time_point deadline() const;

    static void close(pg_conn* connection);
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
    ConnectionOptions options_;
    std::set<std::string, std::less<>> prepared_;
};

/// Statements sent together and answered together: one round trip. After `run()` throws StatementFailed the
/// statements behind the failed one were skipped; the caller rolls back.
class Pipeline {
 public:
    using Handler = std::function<void(Result const&)>;

    explicit Pipeline(Connection& connection) : connection_{connection} {}

    void add(Statement const& statement, Params params, Handler handler = {});
    void add(Statement const& statement) { add(statement, Params{}); }
    /// Sends all, waits for all, calls the handlers in order; empty afterwards.
    void run();

 private:
    struct Step {
        Statement const* statement;
        Params params;
        Handler handler;
        bool prepare;
    };
    void send_all(std::vector<Step> const& steps);

    Connection& connection_;
    std::vector<Step> steps_;
};

}  // namespace choso::postgres
