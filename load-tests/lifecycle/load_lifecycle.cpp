// Full life cycles over HTTP (request → one bank notice → ledger → event) against TPC-B and against the bare batch SQL,
// on one cluster, in alternating rounds; then both calls' latency at half of what was reached; then: is all there, once?
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "load-tests/support/book_driver.hpp"
#include "load-tests/support/demo.hpp"
#include "load-tests/support/gateway.hpp"
#include "load-tests/support/life_cycles.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace choso;

std::int64_t number(postgres::Connection& database, std::string const& sql) {
    return std::stoll(std::string{database.execute(sql).text(0, 0)});
}

/// How many of these requests the book does not have as they were acknowledged.
std::int64_t missing(postgres::Connection& database, std::vector<std::string> const& created, std::vector<load::LifeCycles::Paid> const& paid) {
    static auto const present = postgres::Statement{"present", "select count(*) from unnest($1::uuid[]) u(id) join payment_request r using (id)"};
    static auto const whole = postgres::Statement{
        "whole", "select count(*) from unnest($1::uuid[], $2::int8[]) u(id, amount) join payment_request r on r.id = u.id and r.amount_paid = u.amount"};
    auto lost = std::int64_t{0};
    for (std::size_t from = 0; from < created.size(); from += 10'000) {
        auto ids = postgres::Array{postgres::Array::Type::uuid};
        for (auto i = from; i < std::min(created.size(), from + 10'000); ++i) ids.add(PaymentRequestId::parse(created[i]).value());
        lost += static_cast<std::int64_t>(ids.size()) - database.query(present, postgres::Params::of(ids)).integer(0, 0);
    }
    for (std::size_t from = 0; from < paid.size(); from += 10'000) {
        auto ids = postgres::Array{postgres::Array::Type::uuid};
        auto amounts = postgres::Array{postgres::Array::Type::int8};
        for (auto i = from; i < std::min(paid.size(), from + 10'000); ++i) {
            ids.add(PaymentRequestId::parse(paid[i].request).value());
            amounts.add(paid[i].amount);
        }
        lost += static_cast<std::int64_t>(ids.size()) - database.query(whole, postgres::Params::of(ids, amounts)).integer(0, 0);
    }
    return lost;
}

constexpr auto money_size =
    "select sum(pg_total_relation_size(c)) from unnest(array['payment_request', 'payment', 'sighting', 'allocation', 'journal', 'entry', "
    "'event', 'idempotency', 'due', 'refund', 'ledger_account', 'misdirected']::regclass[]) c";

/// Where a payment's bytes are: table and its indexes, per payment.
void print_sizes(postgres::Connection& database, std::int64_t payments) {
    auto const rows = database.execute(
        "select relname, pg_table_size(oid)::text, pg_indexes_size(oid)::text from pg_class where relkind = 'r' and relname in ('payment_request', "
        "'payment', 'sighting', 'allocation', 'journal', 'entry', 'event', 'idempotency', 'due') order by 1");
    for (auto row = 0; row < rows.rows(); ++row)
        std::cerr << "bytes a payment in " << rows.text(row, 0) << ": " << std::stoll(std::string{rows.text(row, 1)}) / std::max<std::int64_t>(1, payments) << " + "
                  << std::stoll(std::string{rows.text(row, 2)}) / std::max<std::int64_t>(1, payments) << '\n';
}

std::string with_database(std::string url, std::string const& name) { return url.substr(0, url.rfind('/') + 1) + name; }

/// The baseline's own database, so that its rows do not slow the measured one's.
std::string bare_database() {
    auto const super = load::required_variable("CHOSO_LOAD_SUPER_URL");
    auto const owner = with_database(load::required_variable("CHOSO_DATABASE__OWNER_URL"), "bare");
    load::output_of({"psql", "-q", super, "-c", "create database bare owner choso_owner"});
    load::output_of({"env", "CHOSO_DATABASE__OWNER_URL=" + owner, load::required_variable("CHOSO_BINARY"), "migrate"});
    return with_database(load::required_variable("CHOSO_DATABASE__URL"), "bare");
}

struct Rounds {
    std::vector<double> http, tpcb, bare, ratio_tpcb, ratio_bare, batch;
};

Rounds measure(load::LifeCycles& cycles, load::Gateway const& gateway, int seconds) {
    auto tpcb = load::TpcB{load::required_variable("CHOSO_LOAD_SUPER_URL")};
    auto const bare_url = bare_database();
    auto out = Rounds{};
    (void)cycles.closed_loop(3, 256);  // warm: plans, references, page cache
    for (auto round = 0; round < 5; ++round) {
        out.tpcb.push_back(tpcb.round(seconds));
        auto const commands = gateway.metric("choso_lane_commands_total");
        auto const batches = gateway.metric("choso_lane_batches_total");
        out.http.push_back(cycles.closed_loop(seconds, 256));
        out.batch.push_back((gateway.metric("choso_lane_commands_total") - commands) / (gateway.metric("choso_lane_batches_total") - batches));
        auto bare = load::BookDriver{bare_url, 2, static_cast<std::size_t>(std::max(1.0, out.batch.back() + 0.5)), 64};
        auto const result = bare.round(seconds);
        if (result.failed != 0) throw std::runtime_error{"the bare round failed"};
        out.bare.push_back(result.lifecycles_per_s);
        out.ratio_tpcb.push_back(out.http.back() / out.tpcb.back());
        out.ratio_bare.push_back(out.http.back() / out.bare.back());
        std::cerr << "round " << round + 1 << ": " << out.http.back() << " life cycles/s over HTTP (mean batch " << out.batch.back() << "), TPC-B "
                  << out.tpcb.back() << ", bare " << out.bare.back() << '\n';
    }
    return out;
}

/// Second by second, so that a stall of the disk is told from a slow path.
void print_course(std::vector<double> const& in_order_ms, int seconds) {
    auto const each = std::max<std::size_t>(1, in_order_ms.size() / static_cast<std::size_t>(seconds));
    for (std::size_t from = 0; from + each <= in_order_ms.size(); from += each) {
        auto const part = std::vector<double>(in_order_ms.begin() + static_cast<std::ptrdiff_t>(from), in_order_ms.begin() + static_cast<std::ptrdiff_t>(from + each));
        std::cerr << "second " << from / each + 1 << ": p50 " << load::percentile(part, 50) << " ms, p99 " << load::percentile(part, 99) << " ms\n";
    }
}

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(3);
    out << std::fixed << value;
    return out.str();
}

int run(int seconds) {
    log::set_level(log::Level::warn);
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const demo = load::seed_demo(folder, port);
    auto gateway = load::Gateway{folder, port};
    auto super = postgres::Connection{load::required_variable("CHOSO_LOAD_SUPER_URL"),
                                      {.application_name = "load_lifecycle", .answer_timeout = std::chrono::minutes{10}}};
    auto const empty_size = number(super, money_size);
    auto const demo_requests = number(super, "select count(*) from payment_request");
    auto cycles = load::LifeCycles{gateway.port(), demo.api_key, demo.sepay_key, demo.payees};

    auto const rounds = measure(cycles, gateway, seconds);
    auto const capacity = load::median(rounds.http);
    // What the rounds of TPC-B and bare SQL have left to write would otherwise be written in the middle of it.
    sync();
    std::cerr << "open loop at " << capacity / 2 << "/s\n";
    auto const latencies = cycles.open_loop(seconds, capacity / 2, 256);

    print_course(latencies.create_ms, seconds);

    gateway.stop();
    auto const lost = missing(super, cycles.created(), cycles.paid());
    auto const payments = number(super, "select count(*) from payment");
    auto const doubled = payments - static_cast<std::int64_t>(cycles.paid().size()) +
                         number(super, "select count(*) from payment_request") - demo_requests - static_cast<std::int64_t>(cycles.created().size());
    super.execute("vacuum analyze");
    print_sizes(super, payments);
    auto const bytes = (number(super, money_size) - empty_size) / std::max<std::int64_t>(1, payments);
    auto const verified = support::run({.arguments = {load::required_variable("CHOSO_BINARY"), "verify"}, .environment = {}, .output = {}, .input = {}},
                                       std::chrono::minutes{5});
    std::cerr << verified.output;

    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "lifecycle").key("lifecycles_per_s").raw(decimal(capacity));
    json.key("create_p50_ms").raw(decimal(load::percentile(latencies.create_ms, 50))).key("create_p99_ms").raw(decimal(load::percentile(latencies.create_ms, 99)));
    json.key("credit_p50_ms").raw(decimal(load::percentile(latencies.credit_ms, 50))).key("credit_p99_ms").raw(decimal(load::percentile(latencies.credit_ms, 99)));
    json.key("open_loop_per_s").raw(decimal(latencies.achieved_per_s)).key("tpcb_per_s").raw(decimal(load::median(rounds.tpcb)));
    json.key("ratio_tpcb").raw(decimal(load::median(rounds.ratio_tpcb))).key("bare_sql_per_s").raw(decimal(load::median(rounds.bare)));
    json.key("ratio_bare_sql").raw(decimal(load::median(rounds.ratio_bare))).key("mean_batch").raw(decimal(load::median(rounds.batch)));
    json.member("bytes_per_payment", bytes).member("payments", payments).member("payees", demo.payees.size()).member("refused", cycles.refused());
    json.member("lost", lost).member("doubled", doubled).member("verified", verified.status == 0).end();
    std::cout << out << '\n';
    return lost == 0 && doubled == 0 && verified.status == 0 && cycles.refused() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 10;
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--seconds") seconds = std::max(1, std::atoi(argv[i + 1]));
    try {
        return run(seconds);
    } catch (std::exception const& failed) {
        std::cerr << "load_lifecycle: " << failed.what() << '\n';
        return 1;
    }
}
