#include "gateway/cli/settings.hpp"

#include "base/assert.hpp"

namespace choso::cli {
namespace {

using config::Key;

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

/// The value of `--config`, taken out of `args`; false when it has none or stands twice.
bool take_file(std::vector<std::string_view>& args, std::optional<std::filesystem::path>& file) {
    constexpr std::string_view name = "--config";
    for (auto at = args.begin(); at != args.end();) {
        auto const joined = at->starts_with("--config=");
        if (*at != name && !joined) {
            ++at;
            continue;
        }
        auto const last = joined ? at : at + 1;
        if (file || last == args.end()) return false;
        file = joined ? at->substr(name.size() + 1) : *last;
        if (file->empty()) return false;
        at = args.erase(at, last + 1);
    }
    return true;
}

}  // namespace

config::Schema const& Settings::schema() {
    static config::Schema const table{
        Key{"database.url", "", "PostgreSQL, as the server's restricted role: postgresql://choso:…@host:port/choso."}.secret(),
        Key{"database.owner_url", "", "The same database as the owner of its tables, for migrate; database.url if empty."}.secret(),
        Key{"http.listen", "127.0.0.1", "IP address to listen on."},
        Key{"http.port", 8080, "Port of the one listener."}.between(1, 65535),
        Key{"http.threads", 1, "Threads that read and write sockets."}.between(1, 64),
        Key{"http.base_url", "", "How payers' phones reach the gateway; http://localhost:PORT if empty."},
        Key{"core.lanes", 2, "Writer threads; each owns the buckets equal to its number, modulo their count."}.between(1, 64),
        Key{"core.queue_commands", 8192, "Commands that may wait for a lane; more are answered 503."}.between(1, 1'000'000),
        Key{"core.queue_bytes", 64 << 20, "Bytes that may wait for a lane; more are answered 503."}.between(1 << 16, 1LL << 36),
        Key{"core.batch", 512, "Commands of one commit at most."}.between(1, 4096),
        Key{"core.due_poll_ms", 500, "How often what is due later is looked for."}.between(10, 60'000),
        Key{"readers.poll_ms", 500, "How often consumers of events look for new ones when nothing tells them."}.between(10, 60'000),
        Key{"log.level", "info", "From which level on lines are written."}.one_of({"debug", "info", "warn", "error"}),
        Key{"webhooks.allow", config::List{}, "Private networks (CIDR) that webhooks may reach; refused for live merchants."},
        Key{"demo.file", "", "Where choso seed demo writes its keys and ids, for scripts."}};
    return table;
}

Settings Settings::of(config::Config const& config) {
    auto const number = [&](char const* key) { return static_cast<int>(config.get_int(key)); };
    auto const size = [&](char const* key) { return static_cast<std::size_t>(config.get_int(key)); };
    auto const ms = [&](char const* key) { return std::chrono::milliseconds{config.get_int(key)}; };
    auto const level = log::parse_level(config.get_string("log.level"));
    CHOSO_ASSERT(level.has_value());
    Settings out;
    out.database_url = config.get_string("database.url");
    out.database_owner_url = config.get_string("database.owner_url");
    if (out.database_owner_url.empty()) out.database_owner_url = out.database_url;
    out.http_listen = config.get_string("http.listen");
    out.http_port = number("http.port");
    out.http_threads = number("http.threads");
    out.http_base_url = without_slash(config.get_string("http.base_url"));
    if (out.http_base_url.empty()) out.http_base_url = "http://localhost:" + std::to_string(out.http_port);
    out.core_lanes = number("core.lanes");
    out.core_queue_commands = size("core.queue_commands");
    out.core_queue_bytes = size("core.queue_bytes");
    out.core_batch = size("core.batch");
    out.core_due_poll = ms("core.due_poll_ms");
    out.readers_poll = ms("readers.poll_ms");
    out.log_level = *level;
    out.webhooks_allow = config.get_list("webhooks.allow");
    if (auto const& file = config.get_string("demo.file"); !file.empty()) out.demo_file = file;
    return out;
}

Result<config::Config, Complaints> Settings::load_config(std::vector<std::string_view>& args,
                                                         config::Environment const& environment) {
    std::optional<std::filesystem::path> file;
    if (!take_file(args, file)) return Complaints{"--config takes one file"};
    auto config = config::load(schema(), file, environment);
    if (!config) return config.error().lines;
    return std::move(config).value();
}

Result<Settings, Complaints> Settings::load(std::vector<std::string_view>& args, config::Environment const& environment) {
    auto const config = load_config(args, environment);
    if (!config) return config.error();
    return of(*config);
}

}  // namespace choso::cli
