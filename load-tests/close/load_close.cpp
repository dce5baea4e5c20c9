// The close of a day with many accounts beside live traffic: how long it takes, and what the traffic's p99 feels of it.
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "load-tests/support/life_cycles.hpp"
#include "load-tests/support/gateway.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace choso;

constexpr auto life_cycles_per_s = 500.0;
constexpr auto connections = 128;

std::string text_of(json::Value const& object, std::string_view name) {
    auto const* value = object.find(name);
    if (value == nullptr || !value->as_string()) throw std::runtime_error{"demo.json lacks " + std::string{name}};
    return std::string{*value->as_string()};
}

std::vector<load::Payee> payees_of(json::Value const& demo) {
    auto out = std::vector<load::Payee>{};
    for (auto const& stall : demo.find("stalls")->items()) out.push_back({text_of(stall, "merchant"), text_of(*stall.find("bank_account"), "account")});
    return out;
}

/// Yesterday's book: `accounts` ledger accounts over all buckets, two for each journal, each with one entry.
std::string yesterdays_book(std::int64_t accounts) {
    auto const journals = std::to_string(accounts / 2);
    return R"(
        create temporary table made as
            select (n % 64)::int2 as bucket, (n / 64 + 1)::int8 as journal, n as amount, gen_random_uuid() as subject from generate_series(1, )" + journals + R"() n;
        insert into journal (bucket, id, template, subject, occurred_at, recorded_at)
            select bucket, journal, 'credit_received', subject, now() - interval '1 day', date_trunc('day', now() + interval '7 hours') - interval '8 hours' from made;
        insert into ledger_account (bucket, id, kind, subject)
            select bucket, (journal * 2 - 1)::int4, 'bank'::account_kind, subject from made union all select bucket, (journal * 2)::int4, 'received', subject from made;
        insert into entry (bucket, journal, account, seq, amount, balance)
            select bucket, journal, (journal * 2 - 1)::int4, 1, amount, amount from made union all select bucket, journal, (journal * 2)::int4, 1, -amount, -amount from made;
        insert into account_day (bucket, day, account)
            select bucket, ((now() at time zone interval '7 hours')::date - 1), n from made, lateral (values ((journal * 2 - 1)::int4), ((journal * 2)::int4)) both_of(n);
        analyze ledger_account; analyze entry; analyze journal; analyze account_day;)";
}

double seconds_of_close(std::string const& day, std::string& told) {
    auto const started = load::Steady::now();
    auto const done = support::run({.arguments = {load::required_variable("CHOSO_BINARY"), "close", "--day", day, "--json"}, .environment = {}, .output = {}, .input = {}},
                                   std::chrono::minutes{5});
    if (done.status != 0) throw std::runtime_error{"choso close: " + done.output};
    told = done.output;
    return load::seconds_since(started);
}

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(3);
    out << std::fixed << value;
    return out.str();
}

double p99(load::LifeCycles::Latencies const& latencies) {
    auto all = latencies.create_ms;
    all.insert(all.end(), latencies.credit_ms.begin(), latencies.credit_ms.end());
    return load::percentile(std::move(all), 99);
}

int run(int seconds, std::int64_t accounts) {
    log::set_level(log::Level::warn);
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const program = load::required_variable("CHOSO_BINARY");
    load::output_of({program, "migrate"});
    load::output_of({program, "seed", "demo", "--file", folder + "/demo.json", "--base-url", "http://127.0.0.1:" + std::to_string(port)});
    auto super = postgres::Connection{load::required_variable("CHOSO_LOAD_SUPER_URL"), {.application_name = "load_close", .answer_timeout = std::chrono::minutes{10}}};
    super.execute(yesterdays_book(accounts));
    auto gateway = load::Gateway{folder, port};
    auto const demo = json::parse(support::read_file(folder + "/demo.json"));
    if (!demo) throw std::runtime_error{"demo.json is not JSON"};
    auto cycles = load::LifeCycles{gateway.port(), text_of(*demo, "api_key"), text_of(*demo->find("sepay"), "api_key"), payees_of(*demo)};

    (void)cycles.closed_loop(2, connections);
    auto const before = cycles.open_loop(seconds, life_cycles_per_s, connections);
    auto told = std::string{};
    auto close_s = 0.0;
    auto failed = std::string{};
    auto const day = std::string{super.execute("select ((now() at time zone interval '7 hours')::date - 1)::text").text(0, 0)};
    auto closing = std::thread{[&] {
        std::this_thread::sleep_for(std::chrono::seconds{1});  // the traffic is at its rate
        try {
            close_s = seconds_of_close(day, told);
        } catch (std::exception const& why) {
            failed = why.what();
        }
    }};
    auto const during = cycles.open_loop(seconds, life_cycles_per_s, connections);
    closing.join();
    if (!failed.empty()) throw std::runtime_error{failed};
    gateway.stop();
    auto const touched = std::stoll(std::string{super.execute("select count(*)::text from day_balance").text(0, 0)});

    auto const ratio = p99(during) / p99(before);
    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "close").member("accounts", touched).key("close_s").raw(decimal(close_s));
    json.key("p99_before_ms").raw(decimal(p99(before))).key("p99_during_ms").raw(decimal(p99(during))).key("p99_ratio").raw(decimal(ratio));
    json.key("before_per_s").raw(decimal(before.achieved_per_s)).key("during_per_s").raw(decimal(during.achieved_per_s)).member("refused", cycles.refused()).end();
    std::cout << out << '\n';
    return touched == accounts && cycles.refused() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 15;
    auto rows = std::int64_t{100'000};
    for (auto i = 1; i + 1 < argc; ++i) {
        if (std::string_view{argv[i]} == "--seconds") seconds = std::max(3, std::atoi(argv[i + 1]));
        if (std::string_view{argv[i]} == "--rows") rows = std::max(128, std::atoi(argv[i + 1]));
    }
    try {
        return run(seconds, rows / 2 * 2);
    } catch (std::exception const& failed) {
        std::cerr << "load_close: " << failed.what() << '\n';
        return 1;
    }
}
