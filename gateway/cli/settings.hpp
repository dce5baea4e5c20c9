#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gateway/api/limits.hpp"
#include "platform/config/config.hpp"
#include "platform/log/log.hpp"

namespace choso::cli {

/// What is wrong with a configuration, a line each; never empty.
using Complaints = std::vector<std::string>;

/// Everything that may be configured, typed. The table of keys, with what each is for and its limits, is
/// `Settings::schema()`; `choso config print` shows what is in effect.
struct Settings {
    std::string database_url;        ///< as the server's restricted role
    std::string database_owner_url;  ///< as the owner of the tables; the other one where it is not set
    std::string http_listen;         ///< an IP address
    int http_port = 8080;
    int http_threads = 1;
    std::string http_tls_certificate;  ///< PEM files, both or neither
    std::string http_tls_key;
    std::vector<http::Network> http_proxies;  ///< whose X-Forwarded-For is believed
    std::size_t http_connections = 20'000;
    std::size_t connections_per_address = 0;
    api::LimitOptions limits;
    std::string http_base_url;  ///< how payers reach us; no `/` at its end
    int core_lanes = 2;
    std::size_t core_queue_commands = 8192;
    std::size_t core_queue_bytes = 0;
    std::size_t core_batch = 512;
    std::chrono::milliseconds core_due_poll{500};
    std::chrono::milliseconds readers_poll{500};
    std::string statements_schemas;  ///< a folder of XML schemas; empty: no advice
    std::string payouts_url;    ///< the bank's connector; empty: approved payouts wait
    std::string payouts_token;
    std::chrono::milliseconds payouts_timeout{15'000};
    log::Level log_level = log::Level::info;
    std::vector<std::string> webhooks_allow;  ///< networks (CIDR) that webhooks may reach though they are private
    std::optional<std::filesystem::path> demo_file;

    [[nodiscard]] static config::Schema const& schema();
    /// Only of a configuration that `wrong_in` has nothing to say about.
    [[nodiscard]] static Settings of(config::Config const& config);
    /// What the keys' own types and limits cannot see: rates, networks, files that belong together.
    [[nodiscard]] static Complaints wrong_in(config::Config const& config);
    /// Takes `--config FILE` (or `--config=FILE`) out of `args`, wherever it stands, and reads that file below the
    /// environment. Without it only the environment speaks.
    [[nodiscard]] static Result<Settings, Complaints> load(
        std::vector<std::string_view>& args, config::Environment const& environment = config::process_environment());
    /// The same before it is typed: for `choso config`, which shows where each value comes from.
    [[nodiscard]] static Result<config::Config, Complaints> load_config(
        std::vector<std::string_view>& args, config::Environment const& environment = config::process_environment());
};

}  // namespace choso::cli
