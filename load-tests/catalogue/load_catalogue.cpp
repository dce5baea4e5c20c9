// The public catalogue over HTTP, and files of it in: see README.md.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "load-tests/catalogue/goods.hpp"
#include "load-tests/support/calls.hpp"
#include "load-tests/support/gateway.hpp"
#include "load-tests/support/http_driver.hpp"
#include "platform/http/url.hpp"
#include "platform/json/json.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace choso;

struct Run {
    std::string folder, binary, seller;
    std::uint16_t port = 0;
    int seconds = 10;
    std::int64_t failed = 0;
};

std::string get(std::string const& target) { return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n"; }

/// Imports invented products and returns how long that took.
double import_goods(Run& run, std::int64_t first, std::int64_t count) {
    auto const path = run.folder + "/goods.csv";
    std::ofstream{path, std::ios::binary} << load::goods_csv(first, count);
    auto const begin = load::Steady::now();
    auto const told = load::output_of({run.binary, "catalogue", "import", "--seller", run.seller, "--publish", "--json", path});
    auto const seconds = load::seconds_since(begin);
    auto const tree = json::parse(told);
    auto const* const taken = tree ? tree->find("taken") : nullptr;
    if (taken == nullptr || taken->as_int() != count) throw std::runtime_error{"the import took not all: " + told};
    return seconds;
}

struct Latency {
    double rate = 0, p50_ms = 0, p95_ms = 0, p99_ms = 0;
};

/// As fast as some connections go: requests a second.
double closed_loop(Run& run, std::vector<std::string> const& targets, int connections, double seconds) {
    auto driver = load::HttpDriver{run.port, connections};
    auto const begin = load::Steady::now();
    auto answered = std::int64_t{0};
    auto at = std::size_t{0};
    while (load::seconds_since(begin) < seconds) {
        while (driver.has_idle())
            driver.send(get(targets[at++ % targets.size()]), [&](load::HttpDriver::Answer const& answer) {
                ++answered;
                run.failed += answer.status == 200 ? 0 : 1;
            });
        driver.poll(10);
    }
    auto const spent = load::seconds_since(begin);
    while (driver.in_flight() > 0) driver.poll(10);
    return static_cast<double>(answered) / spent;
}

/// So many a second, whatever comes back: latency from the moment each was due.
Latency open_loop(Run& run, std::vector<std::string> const& targets, double rate, double seconds) {
    auto driver = load::HttpDriver{run.port, 64};
    auto const begin = load::Steady::now();
    std::vector<double> latencies;
    auto const count = static_cast<std::int64_t>(rate * seconds);
    for (auto sent = std::int64_t{0}; sent < count || driver.in_flight() > 0;) {
        auto const due = static_cast<double>(sent) / rate;
        if (sent < count && load::seconds_since(begin) >= due && driver.has_idle()) {
            driver.send(get(targets[static_cast<std::size_t>(sent) % targets.size()]), [&, due](load::HttpDriver::Answer const& answer) {
                latencies.push_back((load::seconds_since(begin) - due) * 1'000);
                run.failed += answer.status == 200 ? 0 : 1;
            });
            ++sent;
        } else {
            driver.poll(1);
        }
    }
    return {static_cast<double>(count) / seconds, load::percentile(latencies, 50), load::percentile(latencies, 95), load::percentile(latencies, 99)};
}

std::string answer_to(Run& run, std::string const& target) {
    auto driver = load::HttpDriver{run.port, 1};
    auto body = std::string{};
    driver.send(get(target), [&](load::HttpDriver::Answer const& answer) { body = answer.body; });
    while (driver.in_flight() > 0) driver.poll(50);
    return body;
}

std::string search_for(std::string const& words) { return "/api/v1/products?limit=24&q=" + http::percent_encode(words); }

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(2);
    out << std::fixed << value;
    return out.str();
}

void write(json::Writer& json, std::string_view name, double closed, Latency const& open) {
    json.key(name).object().key("per_s").raw(decimal(closed)).key("open_rate").raw(decimal(open.rate)).key("p50_ms").raw(decimal(open.p50_ms));
    json.key("p95_ms").raw(decimal(open.p95_ms)).key("p99_ms").raw(decimal(open.p99_ms)).end();
}

void measure_small(Run& run, json::Writer& json) {
    auto const first = load::member(answer_to(run, search_for("mat ong")), "id");
    if (first.empty()) throw std::runtime_error{"what was imported is not found"};
    struct Kind { std::string_view name; std::vector<std::string> targets; };
    auto const kinds = std::vector<Kind>{{"list_of_24", {"/api/v1/products?limit=24"}}, {"product", {"/api/v1/products/" + first}},
                                         {"search", {search_for("mật ong"), search_for("che xanh tan cuong"), search_for("gao"), search_for("miếng dong")}}};
    for (auto const& kind : kinds) {
        auto const closed = closed_loop(run, kind.targets, 8, run.seconds);
        auto const open = open_loop(run, kind.targets, std::max(10.0, closed / 10), run.seconds);
        std::cerr << kind.name << ": " << closed << "/s; at " << open.rate << "/s p95 " << open.p95_ms << " ms\n";
        write(json, kind.name, closed, open);
    }
}

void measure_large(Run& run, json::Writer& json) {
    auto const words = load::commonest_words();
    std::vector<std::string> targets;
    for (auto i = std::size_t{0}; i < words.size(); ++i) {
        targets.push_back(search_for(words[i]));
        targets.push_back(search_for(words[i] + ' ' + words[(i * 7 + 3) % words.size()]));
    }
    (void)open_loop(run, targets, 20, 3);
    auto const open = open_loop(run, targets, 100, std::max(10, run.seconds));
    std::cerr << "common words at 100/s: p50 " << open.p50_ms << " p99 " << open.p99_ms << " ms\n";
    json.key("common_words").object().key("rate").raw(decimal(open.rate)).key("p50_ms").raw(decimal(open.p50_ms)).key("p95_ms").raw(decimal(open.p95_ms));
    json.key("p99_ms").raw(decimal(open.p99_ms)).end();
}

/// A million stamps of one lot into a file.
void measure_stamps(Run& run, json::Writer& json) {
    auto const product = load::member(answer_to(run, search_for("mat ong")), "id");
    auto const lot = load::member(load::output_of({run.binary, "trace", "lot", "--product", product, "--number", "L1", "--made", "2026-11-01", "--json"}), "lot");
    auto const begin = load::Steady::now();
    load::output_of({run.binary, "trace", "stamps", lot, "--count", "1000000", "--secret", "--activate", "--out", run.folder + "/stamps.csv"});
    auto const seconds = load::seconds_since(begin);
    std::cerr << "1 000 000 stamps in " << seconds << " s\n";
    json.key("stamps_1000000_s").raw(decimal(seconds));
}

int measure(int seconds, std::int64_t rows) {
    auto run = Run{load::required_variable("CHOSO_LOAD_CLUSTER_DIR"), load::required_variable("CHOSO_BINARY"), {}, 0, seconds, 0};
    load::output_of({run.binary, "migrate"});
    load::output_of({run.binary, "seed", "demo", "--file", run.folder + "/demo.json"});
    run.seller = load::member(support::read_file(run.folder + "/demo.json"), "seller");
    auto gateway = load::Gateway{run.folder, support::free_port()};
    run.port = gateway.port();
    std::string text;
    auto json = json::Writer{text};
    json.object().member("scenario", "catalogue").member("products_small", 2'600);
    import_goods(run, 0, 2'600 - 120);
    measure_small(run, json);
    auto const ten_thousand = import_goods(run, 1'000'000, 10'000);
    json.key("import_10000_s").raw(decimal(ten_thousand)).member("products_large", rows);
    if (rows > 12'600) import_goods(run, 2'000'000, rows - 12'600);
    // Found at once, by a word that no other name has.
    if (answer_to(run, search_for("mat ong")).find("\"total\":0") != std::string::npos) throw std::runtime_error{"what was imported is not found"};
    measure_large(run, json);
    measure_stamps(run, json);
    json.member("failed", run.failed).end();
    std::cout << text << '\n';
    return run.failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 10;
    auto rows = std::int64_t{100'000};
    for (auto i = 1; i + 1 < argc; ++i) {
        if (std::string_view{argv[i]} == "--seconds") seconds = std::atoi(argv[i + 1]);
        if (std::string_view{argv[i]} == "--rows") rows = std::atoll(argv[i + 1]);
    }
    try {
        return measure(seconds, rows);
    } catch (std::exception const& failed) {
        std::cerr << "load_catalogue: " << failed.what() << '\n';
        return 1;
    }
}
