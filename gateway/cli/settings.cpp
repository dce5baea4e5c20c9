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

/// `sign_in=20/minute`; none if it is not of that form.
std::optional<std::pair<std::string, api::Rate>> route_rate(std::string_view text) {
    auto const equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    auto const rate = api::Rate::parse(text.substr(equals + 1));
    if (!rate) return std::nullopt;
    return std::pair{std::string{text.substr(0, equals)}, *rate};
}

std::map<std::string, api::Rate, std::less<>> rates_of(config::List const& texts) {
    std::map<std::string, api::Rate, std::less<>> out;
    for (auto const& text : texts)
        if (auto rate = route_rate(text)) out.insert(std::move(*rate));
    return out;
}

}  // namespace

Complaints Settings::wrong_in(config::Config const& config) {
    Complaints out;
    auto const say = [&](char const* key, std::string const& why) { out.push_back(config.origin(key) + ": " + key + " " + why); };
    for (auto const* key : {"limits.address", "limits.key"})
        if (auto const& text = config.get_string(key); !text.empty() && !api::Rate::parse(text)) say(key, "is a rate like 600/minute, not " + text);
    for (auto const* key : {"limits.routes", "limits.guarded"})
        for (auto const& text : config.get_list(key))
            if (!route_rate(text)) say(key, "takes route=rate, like sepay_token=120/minute, not " + text);
    for (auto const& text : config.get_list("http.proxies"))
        if (!http::Network::parse(text)) say("http.proxies", "takes networks like 10.0.0.0/8, not " + text);
    if (config.get_string("http.tls_certificate").empty() != config.get_string("http.tls_key").empty())
        say("http.tls_key", "and http.tls_certificate are set together or not at all");
    return out;
}

config::Schema const& Settings::schema() {
    static config::Schema const table{
        Key{"database.url", "", "PostgreSQL, as the server's restricted role: postgresql://choso:…@host:port/choso."}.secret(),
        Key{"database.owner_url", "", "The same database as the owner of its tables, for migrate; database.url if empty."}.secret(),
        Key{"http.listen", "127.0.0.1", "IP address to listen on."},
        Key{"http.port", 8080, "Port of the one listener."}.between(1, 65535),
        Key{"http.threads", 1, "Threads that read and write sockets."}.between(1, 64),
        Key{"http.base_url", "", "How payers' phones reach the gateway; http://localhost:PORT if empty (https with TLS)."},
        Key{"http.tls_certificate", "", "PEM file with the certificate chain, leaf first; with it the listener speaks TLS only. Read anew on SIGHUP."},
        Key{"http.tls_key", "", "PEM file with the certificate's private key, without a passphrase."},
        Key{"http.proxies", config::List{}, "Networks (CIDR) of our own proxies, whose X-Forwarded-For is believed."},
        Key{"http.connections", 20'000, "Open connections at most; one more is answered 503."}.between(16, 1'000'000),
        Key{"limits.connections_per_address", 2'000, "Open connections of one address (IPv6: one /64); 0: any number."}.between(0, 1'000'000),
        Key{"limits.address", "6000/minute", "Requests of an address that shows no valid key: COUNT/second, minute, hour or day; empty: any number."},
        Key{"limits.key", "60000/minute", "Requests under a valid key."},
        Key{"limits.routes", config::List{"sepay=60000/minute"}, "Routes with a limit of their own per address, NAME=RATE, in place of the two above."},
        Key{"limits.guarded", config::List{"sepay_token=120/minute", "create_session=30/minute", "take_sign_in=30/minute", "take_password=30/minute", "take_lookup=10/hour", "take_order_lookup=10/hour", "vietqr_lookup=60/minute"},
            "The same, and for this machine's own processes too: sign-in and lookups."},
        Key{"limits.loopback", false, "Whether limits hold for this machine's own processes."},
        Key{"core.lanes", 2, "Writer threads; each owns the buckets equal to its number, modulo their count."}.between(1, 64),
        Key{"core.queue_commands", 8192, "Commands that may wait for a lane; more are answered 503."}.between(1, 1'000'000),
        Key{"core.queue_bytes", 64 << 20, "Bytes that may wait for a lane; more are answered 503."}.between(1 << 16, 1LL << 36),
        Key{"core.batch", 512, "Commands of one commit at most."}.between(1, 4096),
        Key{"core.due_poll_ms", 500, "How often what is due later is looked for."}.between(10, 60'000),
        Key{"readers.poll_ms", 500, "How often consumers of events look for new ones when nothing tells them."}.between(10, 60'000),
        Key{"statements.schemas", "", "A folder of XML schemas (camt.053.001.02.xsd) whose findings are kept as a statement's warnings."},
        Key{"payouts.url", "", "The bank's connector, http://HOST[:PORT][/PATH]; approved payouts wait while it is empty."},
        Key{"payouts.token", "", "What the connector knows us by."}.secret(),
        Key{"payouts.timeout_ms", 15'000, "The longest one call to the connector takes; an unanswered one is asked for later."}.between(100, 60'000),
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
    out.http_tls_certificate = config.get_string("http.tls_certificate");
    out.http_tls_key = config.get_string("http.tls_key");
    auto const scheme = out.http_tls_certificate.empty() ? "http://localhost:" : "https://localhost:";
    if (out.http_base_url.empty()) out.http_base_url = scheme + std::to_string(out.http_port);
    for (auto const& text : config.get_list("http.proxies"))
        if (auto const network = http::Network::parse(text)) out.http_proxies.push_back(*network);
    out.http_connections = size("http.connections");
    out.connections_per_address = size("limits.connections_per_address");
    out.limits.address = api::Rate::parse(config.get_string("limits.address"));
    out.limits.key = api::Rate::parse(config.get_string("limits.key"));
    out.limits.routes = rates_of(config.get_list("limits.routes"));
    out.limits.guarded = rates_of(config.get_list("limits.guarded"));
    out.limits.loopback = config.get_bool("limits.loopback");
    out.core_lanes = number("core.lanes");
    out.core_queue_commands = size("core.queue_commands");
    out.core_queue_bytes = size("core.queue_bytes");
    out.core_batch = size("core.batch");
    out.core_due_poll = ms("core.due_poll_ms");
    out.readers_poll = ms("readers.poll_ms");
    out.statements_schemas = config.get_string("statements.schemas");
    out.payouts_url = config.get_string("payouts.url");
    out.payouts_token = config.get_string("payouts.token");
    out.payouts_timeout = ms("payouts.timeout_ms");
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
    if (auto complaints = wrong_in(*config); !complaints.empty()) return complaints;
    return std::move(config).value();
}

Result<Settings, Complaints> Settings::load(std::vector<std::string_view>& args, config::Environment const& environment) {
    auto const config = load_config(args, environment);
    if (!config) return config.error();
    return of(*config);
}

}  // namespace choso::cli
