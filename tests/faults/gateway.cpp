#include "tests/faults/gateway.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "platform/json/json.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

std::string text_of(json::Value const& object, std::string_view name) {
    auto const* value = object.find(name);
    if (value == nullptr || !value->as_string()) throw std::runtime_error{"demo.json lacks " + std::string{name}};
    return std::string{*value->as_string()};
}

std::map<std::string, std::string> environment_of(std::string const& database_url) {
    return {{"CHOSO_DATABASE__URL", database_url}, {"CHOSO_LOG__LEVEL", "warn"}};
}

/// The number `TracerPid:` stands with in a thread's status; 0 untraced.
int tracer_of(std::filesystem::path const& thread) {
    auto in = std::ifstream{thread / "status"};
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("TracerPid:")) return std::atoi(line.c_str() + 10);
    return 0;
}

bool all_threads_traced(pid_t process) {
    auto error = std::error_code{};
    for (auto const& thread : std::filesystem::directory_iterator{"/proc/" + std::to_string(process) + "/task", error})
        if (tracer_of(thread.path()) == 0) return false;
    return !error;
}

support::Launch strace(pid_t target, std::string const& call, std::string const& signal, int at, std::filesystem::path const& log) {
    auto out = support::Launch{};
    out.arguments = {"strace", "-f", "-o", "/dev/null", "-p", std::to_string(target), "-e", "trace=" + call, "-e",
                     "inject=" + call + ":signal=" + signal + ":when=" + std::to_string(at)};
    out.output = log;
    return out;
}

}  // namespace

int rounds(int few, int full) {
    auto const* said = std::getenv("CHOSO_TEST_FAULT_ROUNDS");
    if (said == nullptr || *said == '\0') return few;
    if (std::string{said} == "full") return full;
    return std::max(1, std::atoi(said));
}

std::uint64_t seed() {
    static auto const value = [] {
        auto const* said = std::getenv("CHOSO_TEST_SEED");
        auto const out = said != nullptr && *said != '\0' ? std::strtoull(said, nullptr, 10) : std::random_device{}();
        std::cout << "CHOSO_TEST_SEED=" << out << std::endl;
        return out;
    }();
    return value;
}

std::mt19937_64& chance() {
    static auto generator = std::mt19937_64{seed()};
    return generator;
}

int pick(int least, int most) { return std::uniform_int_distribution<int>{least, most}(chance()); }

support::Finished choso(support::Database const& database, std::vector<std::string> arguments) {
    auto launch = support::Launch{};
    launch.arguments = std::move(arguments);
    launch.arguments.insert(launch.arguments.begin(), support::Cluster::program().string());
    launch.environment = environment_of(database.server_url);
    launch.environment["CHOSO_DATABASE__OWNER_URL"] = database.owner_url;
    return support::run(std::move(launch), 5min);
}

namespace {

constexpr auto nowhere = "http://localhost:1";

Province read_province(support::Database database, std::filesystem::path const& file) {
    auto out = Province{};
    out.database = std::move(database);
    auto const demo = json::parse(support::read_file(file));
    if (!demo) throw std::runtime_error{"demo.json is not JSON"};
    out.api_key = text_of(*demo, "api_key");
    out.sepay_key = text_of(*demo->find("sepay"), "api_key");
    auto const* pool = demo->find("pooled");
    out.pool_account = text_of(*pool->find("bank_account"), "account");
    for (auto const& payee : pool->find("payees")->items()) out.pool_payees.emplace_back(payee.as_string().value());
    for (auto const& stall : demo->find("stalls")->items())
        out.payees.push_back({text_of(stall, "merchant"), text_of(stall, "stall"), text_of(*stall.find("bank_account"), "account")});
    return out;
}

}  // namespace

Province Province::in(support::Cluster& cluster) {
    auto const folder = support::TemporaryFolder{};
    auto const file = folder.path() / "demo.json";
    return read_province(cluster.fresh_demo(file, nowhere), file);
}

Province Province::in(support::Database const& migrated) {
    auto const folder = support::TemporaryFolder{};
    auto const file = folder.path() / "demo.json";
    auto const seeded = choso(migrated, {"seed", "demo", "--file", file.string(), "--base-url", nowhere});
    if (seeded.status != 0) throw std::runtime_error{"choso seed demo failed: " + seeded.output};
    return read_province(migrated, file);
}

Gateway::Gateway(std::string database_url, std::map<std::string, std::string> more_settings)
    : database_url_{std::move(database_url)}, more_settings_{std::move(more_settings)}, port_{support::free_port()} {}

void Gateway::start() {
    auto launch = support::Launch{};
    launch.arguments = {support::Cluster::program().string(), "serve"};
    launch.environment = environment_of(database_url_);
    launch.environment["CHOSO_HTTP__PORT"] = std::to_string(port_);
    launch.environment["CHOSO_HTTP__BASE_URL"] = "http://localhost:" + std::to_string(port_);
    for (auto const& [name, value] : more_settings_) launch.environment[name] = value;
    launch.output = folder_.path() / "gateway.log";
    process_.emplace(std::move(launch));
    auto const ready = support::eventually(30s, [this] { return !process_->running() || is_ready(); });
    if (!ready || !process_->running()) throw std::runtime_error{"the gateway did not become ready: " + log()};
}

void Gateway::kill() {
    if (!process_) return;
    process_->signal_group(SIGKILL);
    process_->wait(30s);
}

int Gateway::stop() { return process_->stop(40s); }

bool Gateway::is_ready() const { return status_of("/readyz") == 200; }

int Gateway::status_of(std::string const& path) const {
    try {
        return http::Client{"127.0.0.1", port_, 5s}.get(path).status;
    } catch (http::ClientError const&) {
        return 0;
    }
}

double Gateway::metric(std::string const& name) const {
    auto sum = 0.0;
    auto lines = std::istringstream{http::Client{"127.0.0.1", port_}.get("/metrics").body};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(name) && (line[name.size()] == ' ' || line[name.size()] == '{'))
            sum += std::strtod(line.c_str() + line.rfind(' '), nullptr);
    return sum;
}

Injection::Injection(pid_t target, std::string const& call, std::string const& signal, int at)
    : strace_{strace(target, call, signal, at, folder_.path() / "strace.log")} {
    auto const attached = support::eventually(
        20s, [&] { return !strace_.running() || state_of(target) == '-' || state_of(target) == 'Z' || all_threads_traced(target); });
    if (!attached) throw std::runtime_error{"strace did not attach: " + strace_.output()};
}

bool Injection::possible() {
    static auto const answer = [] {
        try {
            return support::run({.arguments = {"strace", "-f", "-o", "/dev/null", "-e", "inject=write:signal=CONT:when=1", "true"},
                                 .environment = {}, .output = {}, .input = {}}).status == 0;
        } catch (std::exception const&) {
            return false;
        }
    }();
    return answer;
}

char state_of(pid_t process) {
    auto const stat = support::read_file("/proc/" + std::to_string(process) + "/stat");
    auto const at = stat.rfind(')');
    return at == std::string::npos || at + 2 >= stat.size() ? '-' : stat[at + 2];
}

}  // namespace choso::faults
