#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace choso::support {

/// A migrated, otherwise empty database. `owner_url` may do what migrations do; `server_url` is the running gateway's
/// restricted role; `super_url` sees and may do everything.
struct Database {
    std::string name;
    std::string owner_url;
    std::string server_url;
    std::string super_url;
};

/// A throw-away PostgreSQL cluster, made by deploy/cluster with the same durability as a real one.
/// Errors are std::runtime_error with what the failing program said.
class Cluster {
 public:
    /// The one that all tests of this process share; the folder of CHOSO_TEST_CLUSTER_DIR (tests/run sets it, so that
    /// all binaries share one), else made at first use and removed when the process ends, however it ends.
    static Cluster& shared();

    /// One of its own, for tests that stop or crash the server.
    Cluster();
    Cluster(Cluster const&) = delete;
    Cluster& operator=(Cluster const&) = delete;
    ~Cluster();

    /// A copy of the migrated template; `choso migrate` runs once per cluster, on the template. Some 8 MB on disk; it goes
    /// with the cluster.
    [[nodiscard]] Database fresh_database();
    /// A copy of the demo province, which `choso seed demo` makes once per cluster; its keys and logins, with this address, are
    /// written to `file` as by that command.
    [[nodiscard]] Database fresh_demo(std::filesystem::path const& file, std::string const& gateway_url);
    /// For tests that make many. Ends what is still connected to it. Costs a checkpoint, so not for each test.
    void drop(Database const& database);

    /// A database without any table of ours, for tests of the migrations.
    [[nodiscard]] Database empty_database();

    /// Stops the server in order, or at once as a crash does; starts it again on the same port.
    void stop();
    void crash();
    void start();

    /// Runs SQL as superuser through psql and returns its rows, one a line, columns split by `|`.
    std::string sql(std::string_view statements, std::string const& database = "postgres");

    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }

    /// The program under test, as this build made it.
    [[nodiscard]] static std::filesystem::path program();

 private:
    class Guardian;
    explicit Cluster(std::filesystem::path given);

    void manage(std::string const& verb, std::string const& option = {});
    [[nodiscard]] std::string const& base_url(std::string const& role);
    [[nodiscard]] Database urls_of(std::string const& name);
    void make_template();
    void make_demo_template();
    [[nodiscard]] bool has_database(std::string const& name);

    std::filesystem::path folder_;
    std::map<std::string, std::string> base_urls_;
    bool template_made_ = false;
    bool demo_made_ = false;
    std::unique_ptr<Guardian> guardian_;
};

}  // namespace choso::support
