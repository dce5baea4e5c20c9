#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "platform/http/client.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

namespace choso::edge_tests {

inline constexpr auto patience = std::chrono::seconds{30};

/// The program on a port of its own, with these settings beside its database.
class Gateway {
 public:
    explicit Gateway(std::map<std::string, std::string> settings = {}, bool by_tls = false) : by_tls_{by_tls} {
        settings.emplace("CHOSO_DATABASE__URL", database_.server_url);
        settings.emplace("CHOSO_HTTP__PORT", std::to_string(port_));
        settings.emplace("CHOSO_LOG__LEVEL", "info");
        process_.emplace(support::Launch{.arguments = {support::Cluster::program().string(), "serve"}, .environment = std::move(settings), .output = folder_.path() / "gateway.log", .input = {}});
        if (!support::eventually(patience, [this] { return !process_->running() || is_up(); }) || !process_->running())
            throw std::runtime_error{"the gateway does not come up: " + log()};
    }
    Gateway(Gateway const&) = delete;
    Gateway& operator=(Gateway const&) = delete;
    ~Gateway() {
        process_.reset();
        support::Cluster::shared().drop(database_);
    }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] pid_t pid() const { return process_->id(); }
    void signal(int number) const { process_->signal(number); }
    [[nodiscard]] std::string log() const { return process_->output(); }
    [[nodiscard]] support::Database const& database() const { return database_; }
    /// A request on a connection of its own.
    [[nodiscard]] http::Response get(std::string const& target, std::vector<http::Header> const& headers = {}) const {
        return http::Client{"127.0.0.1", port_, patience}.get(target, headers);
    }

 private:
    [[nodiscard]] bool is_up() const {
        if (by_tls_) return log().find("\"serving\"") != std::string::npos;
        try {
            return get("/livez").status == 200;
        } catch (http::ClientError const&) {
            return false;
        }
    }
    bool by_tls_;
    support::Database database_ = support::Cluster::shared().fresh_database();
    support::TemporaryFolder folder_{};
    std::uint16_t port_ = support::free_port();
    std::optional<support::Process> process_{};
};

/// Is there such a program on this machine? (`/usr/sbin` stands in no ordinary user's path.)
[[nodiscard]] inline std::string program(std::string const& name) {
    for (auto const* folder : {"/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"})
        if (std::filesystem::exists(folder + name)) return folder + name;
    return {};
}

}  // namespace choso::edge_tests
