#include "tests/support/cluster.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/process.hpp"

namespace choso::support {
namespace {

using namespace std::chrono_literals;

TEST(cluster, is_as_durable_as_a_real_one) {
    auto& cluster = Cluster::shared();
    EXPECT_EQ(cluster.sql("show fsync; show synchronous_commit; show full_page_writes; show data_checksums; show wal_compression"),
              "on\non\non\non\nlz4");
}

TEST(cluster, the_servers_role_may_make_nothing) {
    auto& cluster = Cluster::shared();
    auto const database = cluster.empty_database();
    auto const as = [&](std::string const& url) {
        return run({.arguments = {"psql", "-Xq", url, "-c", "create table anything (n int)"}, .environment = {}, .output = {}, .input = {}})
            .status;
    };
    EXPECT_NE(as(database.server_url), 0);
    EXPECT_EQ(as(database.owner_url), 0);
    cluster.drop(database);
}

TEST(cluster, fresh_databases_are_migrated_and_apart) {
    if (!std::filesystem::exists(Cluster::program())) GTEST_SKIP() << "the program is not built: " << Cluster::program();
    auto& cluster = Cluster::shared();
    auto const one = cluster.fresh_database();
    auto const other = cluster.fresh_database();
    EXPECT_NE(one.name, other.name);
    auto const tables = "select count(*) > 0 from pg_tables where schemaname not in ('pg_catalog', 'information_schema')";
    EXPECT_EQ(cluster.sql(tables, one.name), "t");
    cluster.sql("create table only_here (n int)", one.name);
    EXPECT_EQ(cluster.sql("select count(*) from pg_tables where tablename = 'only_here'", other.name), "0");
}

TEST(cluster, comes_back_after_a_crash_with_what_was_committed) {
    Cluster cluster;
    auto const database = cluster.empty_database();
    cluster.sql("create table kept (n int); insert into kept values (7)", database.name);
    cluster.crash();
    EXPECT_ANY_THROW(cluster.sql("select 1"));
    cluster.start();
    EXPECT_EQ(cluster.sql("select n from kept", database.name), "7");
    cluster.stop();
    cluster.start();
    EXPECT_EQ(cluster.sql("select n from kept", database.name), "7");
}

TEST(cluster, goes_when_its_owner_is_killed) {
    TemporaryFolder const folder;
    auto const told = folder.path() / "told";
    auto const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto const cluster = std::make_unique<Cluster>();
        std::ofstream{told.string() + ".new"} << cluster->folder().string();
        std::filesystem::rename(told.string() + ".new", told);
        for (;;) ::pause();
    }
    EXPECT_TRUE(eventually(60s, [&] { return std::filesystem::exists(told); }));
    std::filesystem::path const made = read_file(told);
    EXPECT_TRUE(std::filesystem::exists(made / "postgres" / "postmaster.pid"));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(eventually(60s, [&] { return !std::filesystem::exists(made); })) << made;
}

}  // namespace
}  // namespace choso::support
