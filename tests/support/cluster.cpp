#include "tests/support/cluster.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "tests/support/process.hpp"

namespace choso::support {
namespace {

using namespace std::chrono_literals;

std::string const manager = CHOSO_SOURCE_DIR "/deploy/cluster";

std::string checked(Launch launch, std::chrono::milliseconds limit = 5min) {
    auto const name = launch.arguments.at(0) + ' ' + launch.arguments.at(1);
    auto const finished = run(std::move(launch), limit);
    if (finished.status != 0) throw std::runtime_error{name + " failed: " + finished.output};
    return finished.output;
}

/// Holds a file for one process at a time; let go by the kernel when the process dies.
class FileLock {
 public:
    explicit FileLock(std::filesystem::path const& file) : file_{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
        if (file_ < 0) throw std::system_error{errno, std::generic_category(), "cannot open " + file.string()};
        while (::flock(file_, LOCK_EX) != 0)
            if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "cannot lock " + file.string()};
    }
    FileLock(FileLock const&) = delete;
    FileLock& operator=(FileLock const&) = delete;
    ~FileLock() { ::close(file_); }

 private:
    int file_;
};

std::string without_newline(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

/// In the cluster's folder: the demo template's keys and logins.
constexpr auto demo_file = "choso-demo.json";

std::string new_name() {
    static std::atomic<int> count{0};
    return "test_" + std::to_string(::getpid()) + '_' + std::to_string(++count);
}

std::string creation(std::string const& name, std::string const& model) {
    return "drop database if exists " + name + " with (force); create database " + name + " template " + model +
           " owner choso_owner; revoke all on database " + name + " from public; grant connect on database " + name + " to choso;";
}

/// Runs the program under test on a database.
void choso(std::vector<std::string> arguments, Database const& database) {
    arguments.insert(arguments.begin(), Cluster::program().string());
    checked({.arguments = std::move(arguments),
             .environment = {{"CHOSO_DATABASE__URL", database.server_url}, {"CHOSO_DATABASE__OWNER_URL", database.owner_url}},
             .output = {},
             .input = {}});
}

}  // namespace

/// A small process that waits until ours is gone, in whatever way, and then removes the cluster and its folder.
/// It reads a named pipe whose only writer we are: our end, by exit or by SIGKILL, is its end of file.
class Cluster::Guardian {
 public:
    explicit Guardian(std::filesystem::path const& folder)
        : pipe_{folder / "alive"}, made_{make_pipe(pipe_)}, process_{launch(folder, pipe_)}, writer_{open_writer(pipe_)} {}
    Guardian(Guardian const&) = delete;
    Guardian& operator=(Guardian const&) = delete;
    ~Guardian() {
        ::close(writer_);
        process_.wait(2min);
    }

 private:
    static bool make_pipe(std::filesystem::path const& pipe) {
        if (::mkfifo(pipe.c_str(), 0600) != 0) throw std::system_error{errno, std::generic_category(), "mkfifo"};
        return true;
    }
    static Launch launch(std::filesystem::path const& folder, std::filesystem::path const& pipe) {
        auto const* run_of_tests = std::getenv("CHOSO_TEST_RUN");
        // setsid: neither Ctrl-C in the terminal nor a kill of our group may reach it before its work is done.
        return {.arguments = {"setsid", "--wait", "bash", "-c",
                              R"(trap '' INT TERM HUP; cat <"$1" >/dev/null; "$2" remove "$3"; rm -rf -- "$3")", "guardian",
                              pipe.string(), manager, folder.string()},
                // tests/run ends what bears its run's name, but waits for a guardian.
                .environment = {{"CHOSO_TEST_RUN", ""}, {"CHOSO_TEST_GUARDIAN", run_of_tests == nullptr ? "" : run_of_tests}},
                .output = {},
                .input = {}};
    }
    static int open_writer(std::filesystem::path const& pipe) {
        // Waits for the reader, so that there is no moment without a guardian.
        auto const writer = ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC);
        if (writer < 0) throw std::system_error{errno, std::generic_category(), "cannot open " + pipe.string()};
        return writer;
    }

    std::filesystem::path pipe_;
    bool made_;
    Process process_;
    int writer_;
};

Cluster& Cluster::shared() {
    static Cluster cluster{[] {
        auto const* given = std::getenv("CHOSO_TEST_CLUSTER_DIR");
        return std::filesystem::path{given == nullptr ? "" : given};
    }()};
    return cluster;
}

Cluster::Cluster() : Cluster{std::filesystem::path{}} {}

Cluster::Cluster(std::filesystem::path given) : folder_{std::move(given)} {
    if (!folder_.empty()) return;
    auto name = (std::filesystem::temp_directory_path() / "choso-cluster.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error{errno, std::generic_category(), "cannot make " + name};
    folder_ = name;
    guardian_ = std::make_unique<Guardian>(folder_);
    manage("init", "--throw-away");
}

Cluster::~Cluster() = default;

void Cluster::manage(std::string const& verb, std::string const& option) {
    Launch launch{.arguments = {manager, verb, folder_.string()}, .environment = {}, .output = {}, .input = {}};
    if (!option.empty()) launch.arguments.push_back(option);
    checked(std::move(launch));
}

void Cluster::stop() { manage("stop"); }
void Cluster::crash() { manage("stop", "--immediate"); }
void Cluster::start() { manage("start"); }

/// The role's URL with a `/` at its end, where a database's name follows. Asked once: the port stays for ever.
std::string const& Cluster::base_url(std::string const& role) {
    auto& known = base_urls_[role];
    if (known.empty()) {
        auto const url = checked({.arguments = {manager, "url", folder_.string(), "--role", role, "--database", "postgres"},
                                  .environment = {},
                                  .output = {},
                                  .input = {}});
        known = url.substr(0, url.rfind('/') + 1);
    }
    return known;
}

Database Cluster::urls_of(std::string const& name) {
    return {.name = name,
            .owner_url = base_url("owner") + name,
            .server_url = base_url("server") + name,
            .super_url = base_url("super") + name};
}

std::string Cluster::sql(std::string_view statements, std::string const& database) {
    // From a file, since psql makes one transaction of what `-c` holds; by the passfile, since arguments are public.
    TemporaryFolder const workplace;
    auto const script = workplace.path() / "script.sql";
    std::ofstream{script, std::ios::binary} << statements << '\n';
    return without_newline(
        checked({.arguments = {"psql", "-XqAt", "-v", "ON_ERROR_STOP=1"},
                 .environment = {{"PGHOST", "127.0.0.1"},
                                 {"PGPORT", without_newline(read_file(folder_ / "postgres.port"))},
                                 {"PGUSER", "postgres"},
                                 {"PGDATABASE", database},
                                 {"PGPASSFILE", (folder_ / "postgres-passwords").string()}},
                 .output = {},
                 .input = script}));
}

bool Cluster::has_database(std::string const& name) { return sql("select count(*) from pg_database where datname = '" + name + "'") == "1"; }

void Cluster::make_template() {
    if (template_made_) return;
    FileLock const lock{folder_ / "template.lock"};
    template_made_ = has_database("choso_template");
    if (template_made_) return;
    // Renamed only when whole: a run that died half-way leaves nothing that looks migrated.
    sql("drop database if exists choso_template_making; create database choso_template_making owner choso_owner;");
    choso({"migrate"}, urls_of("choso_template_making"));
    sql("alter database choso_template_making rename to choso_template");
    template_made_ = true;
}

void Cluster::make_demo_template() {
    make_template();
    if (demo_made_) return;
    FileLock const lock{folder_ / "template.lock"};
    demo_made_ = has_database("choso_demo");
    if (demo_made_) return;
    sql(creation("choso_demo_making", "choso_template"));
    choso({"seed", "demo", "--file", (folder_ / demo_file).string(), "--base-url", "http://localhost:1"}, urls_of("choso_demo_making"));
    sql("vacuum analyze", "choso_demo_making");
    sql("alter database choso_demo_making rename to choso_demo");
    demo_made_ = true;
}

Database Cluster::fresh_database() {
    make_template();
    auto database = urls_of(new_name());
    sql(creation(database.name, "choso_template"));
    return database;
}

Database Cluster::fresh_demo(std::filesystem::path const& file, std::string const& gateway_url) {
    make_demo_template();
    auto database = urls_of(new_name());
    sql(creation(database.name, "choso_demo"));
    std::filesystem::copy_file(folder_ / demo_file, file);
    // It finds the province there already, and writes the file's addresses anew.
    choso({"seed", "demo", "--file", file.string(), "--base-url", gateway_url}, database);
    return database;
}

Database Cluster::empty_database() {
    auto database = urls_of(new_name());
    sql(creation(database.name, "template1"));
    return database;
}

void Cluster::drop(Database const& database) { sql("drop database if exists " + database.name + " with (force)"); }

std::filesystem::path Cluster::program() { return CHOSO_BINARY; }

}  // namespace choso::support
