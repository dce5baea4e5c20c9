#include "gateway/cli/migrate.hpp"

#include <array>
#include <charconv>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "base/assert.hpp"
#include "gateway/cli/context.hpp"
#include "gateway/cli/migrations.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/cli/sql.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::cli {
namespace {

using postgres::Bytes;
using postgres::Connection;
using postgres::Params;
using postgres::Statement;

constexpr std::string_view help =
    R"(usage: choso migrate [--status] [--config FILE]

Brings the database to the tables this program expects: numbered migrations, forward only, each in a transaction of
its own that waits at most 5 seconds for a lock. At the first run it also makes the installation's keys.
Needs database.owner_url (CHOSO_DATABASE__OWNER_URL).

  --status    show what was applied and what is pending; change nothing
)";

constexpr auto known_migrations = std::to_array<Migration>({
#include "gateway/cli/migrations.inc"
});

Statement const& load_applied() {
    static Statement const it{"migrate_load_applied", std::string{sql::load_applied}};
    return it;
}
Statement const& insert_applied() {
    static Statement const it{"migrate_insert_applied", std::string{sql::insert_applied}};
    return it;
}
Statement const& insert_installation() {
    static Statement const it{"migrate_insert_installation", std::string{sql::insert_installation}};
    return it;
}

struct Applied {
    std::string checksum;
    Instant at;
};

std::map<std::int32_t, Applied> applied_in(Connection& connection) {
    std::map<std::int32_t, Applied> out;
    auto const rows = connection.query(load_applied());
    for (auto i = 0; i < rows.rows(); ++i)
        out.emplace(static_cast<std::int32_t>(rows.integer(i, 0)), Applied{std::string{rows.text(i, 1)}, rows.time(i, 2)});
    return out;
}

std::map<std::int32_t, std::string> checksums_of(std::map<std::int32_t, Applied> const& applied) {
    std::map<std::int32_t, std::string> out;
    for (auto const& [number, it] : applied) out.emplace(number, it.checksum);
    return out;
}

bool has_history(Connection& connection) { return connection.execute("select to_regclass('schema_migration')::text").text(0, 0) != ""; }

void make_history(Connection& connection) {
    if (has_history(connection)) return;
    try {
        connection.execute(std::string{sql::create_history});
    } catch (postgres::StatementFailed const&) {
        // Two first runs at once: the other one's table serves us both.
        if (!has_history(connection)) throw;
    }
}

/// Locks the history so that of two processes one waits, then applies the first pending migration, if there is one.
/// Returns false when there was none.
Result<bool, MigrationRefusal> apply_next(Connection& connection, std::ostream& out) {
    connection.execute("begin; lock table schema_migration in share row exclusive mode");
    auto const todo = pending(migrations(), checksums_of(applied_in(connection)));
    if (!todo || todo->empty()) {
        connection.execute("rollback");
        if (!todo) return todo.error();
        return false;
    }
    auto const& next = todo->front();
    connection.execute(std::string{next.sql});
    auto const checksum = next.checksum();
    connection.query(insert_applied(), Params::of(next.number(), next.name(), Bytes{checksum}));
    connection.execute("commit");
    out << "applied " << next.file << std::endl;
    return true;
}

int apply_all(Context const& context) {
    auto connection = context.connect_as_owner();
    make_history(connection);
    for (auto more = true; more;) {
        auto const went = apply_next(connection, context.out);
        if (!went) return context.refused(went.error().text);
        more = *went;
    }
    auto const reference_key = crypto::random_bytes(16);
    auto const session_key = crypto::random_bytes(32);
    auto const made =
        connection.query(insert_installation(), Params::of(Bytes{reference_key}, Bytes{session_key})).affected();
    if (made == 1) context.out << "made the installation's keys\n";
    context.out << "the database is up to date\n";
    return exit_done;
}

int show_status(Context const& context) {
    auto connection = context.connect_as_owner();
    std::map<std::int32_t, Applied> applied;
    if (has_history(connection)) applied = applied_in(connection);
    for (auto const& migration : migrations()) {
        auto const at = applied.find(migration.number());
        context.out << migration.file << "  ";
        if (at == applied.end())
            context.out << "pending\n";
        else
            context.out << "applied " << to_rfc3339(at->second.at) << (at->second.checksum == migration.checksum() ? "\n" : "  CHANGED SINCE\n");
    }
    auto const todo = pending(migrations(), checksums_of(applied));
    return todo ? exit_done : context.refused(todo.error().text);
}

}  // namespace

std::int32_t Migration::number() const {
    std::int32_t out = 0;
    auto const [end, error] = std::from_chars(file.data(), file.data() + file.size(), out);
    CHOSO_ASSERT(error == std::errc{} && out > 0);
    return out;
}

std::string_view Migration::name() const { return file.substr(file.find('_') + 1); }

std::string Migration::checksum() const {
    auto const digest = crypto::sha256(sql);
    return std::string{crypto::as_text(digest)};
}

std::span<Migration const> migrations() { return known_migrations; }

Result<std::vector<Migration>, MigrationRefusal> pending(std::span<Migration const> known,
                                                         std::map<std::int32_t, std::string> const& applied) {
    std::vector<Migration> todo;
    auto seen = std::size_t{0};
    for (auto const& migration : known) {
        auto const at = applied.find(migration.number());
        if (at == applied.end()) {
            todo.push_back(migration);
            continue;
        }
        ++seen;
        if (at->second != migration.checksum())
            return MigrationRefusal{"migration " + std::string{migration.file} +
                                    " was applied with another text: an applied migration never changes, write a new one"};
        if (!todo.empty())
            return MigrationRefusal{"migration " + std::string{todo.front().file} + " was never applied, though " +
                                    std::string{migration.file} + " was: migrations only go forward"};
    }
    if (seen != applied.size())
        return MigrationRefusal{"the database has migrations this program does not know: it is newer than the program"};
    return todo;
}

int migrate(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso migrate", help, std::move(args), out, err, [](Context const& context, auto const& rest) {
        auto const options = Options::parse(rest, {"--status"});
        if (!options) return context.misused(options.error().text);
        if (!options->words().empty()) return context.misused("takes no such argument: " + std::string{options->words().front()});
        return options->has("--status") ? show_status(context) : apply_all(context);
    });
}

}  // namespace choso::cli
