// Full checkouts against plain life cycles, in alternating rounds on one server; then: is all there, once, and sold?
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "load-tests/support/life_cycles.hpp"
#include "load-tests/support/calls.hpp"
#include "load-tests/support/gateway.hpp"
#include "load-tests/support/measure.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/shop.hpp"

namespace {

using namespace choso;

constexpr int connections = 256;

std::string text_of(json::Value const& object, std::string_view name) {
    auto const* value = object.find(name);
    if (value == nullptr || !value->as_string()) throw std::runtime_error{"demo.json lacks " + std::string{name}};
    return std::string{*value->as_string()};
}

struct Demo {
    std::string api_key, sepay_key, pool_account;
    std::vector<std::string> sellers;
    std::vector<load::Payee> payees;
};

Demo read_demo(std::string const& path) {
    auto const parsed = json::parse(support::read_file(path));
    if (!parsed) throw std::runtime_error{"demo.json is not JSON"};
    auto const* pool = parsed->find("pooled");
    auto out = Demo{text_of(*parsed, "api_key"), text_of(*parsed->find("sepay"), "api_key"), text_of(*pool->find("bank_account"), "account"), {}, {}};
    for (auto const& payee : pool->find("payees")->items()) out.sellers.emplace_back(payee.as_string().value());
    for (auto const& stall : parsed->find("stalls")->items())
        out.payees.push_back({text_of(stall, "merchant"), text_of(*stall.find("bank_account"), "account")});
    return out;
}

/// Orders of two sellers, each paid by one notice.
class Checkouts {
 public:
    Checkouts(std::uint16_t port, Demo const& demo, std::vector<support::Goods> goods)
        : port_{port}, demo_{demo}, goods_{std::move(goods)}, run_{std::to_string(SystemClock{}.now().time_since_epoch().count())} {}

    [[nodiscard]] double closed_loop(double seconds) {
        auto driver = load::HttpDriver{port_, connections};
        auto const start = load::Steady::now();
        auto const before = paid_.size();
        auto running = true;
        std::function<void()> begin = [&] {
            auto const n = next_++;
            auto const sent = load::Steady::now();
            driver.send(order_bytes(n), [&, n, sent](load::HttpDriver::Answer const& answer) {
                order_ms_.push_back(load::seconds_since(sent) * 1'000.0);
                if (answer.status != 201) return void(++refused_);
                auto const id = load::member(answer.body, "id");
                created_.push_back(id);
                auto const reference = load::member(answer.body, "reference");
                driver.send(load::credit_call(demo_.sepay_key, {demo_.pool_account, reference, amount_of(n)}, run_, 500'000'000 + n),
                            [&, id](load::HttpDriver::Answer const& credited) {
                                if (credited.status == 200) paid_.push_back(id);
                                else ++refused_;
                                if (running) begin();
                            });
            });
        };
        for (auto n = 0; n < connections; ++n) begin();
        while (load::seconds_since(start) < seconds) driver.poll(10);
        auto const rate = static_cast<double>(paid_.size() - before) / load::seconds_since(start);
        running = false;
        for (auto const stop = load::Steady::now(); driver.in_flight() > 0 && load::seconds_since(stop) < 30;) driver.poll(10);
        return rate;
    }

    [[nodiscard]] std::vector<std::string> const& created() const { return created_; }
    [[nodiscard]] std::vector<std::string> const& paid() const { return paid_; }
    [[nodiscard]] std::vector<double> const& order_ms() const { return order_ms_; }
    [[nodiscard]] std::int64_t refused() const { return refused_; }

 private:
    [[nodiscard]] support::Goods const& first(std::int64_t n) const { return goods_[static_cast<std::size_t>(n) % goods_.size()]; }
    /// Of another seller: goods stand seller by seller in turn.
    [[nodiscard]] support::Goods const& second(std::int64_t n) const { return goods_[static_cast<std::size_t>(n + 1) % goods_.size()]; }
    [[nodiscard]] std::int64_t amount_of(std::int64_t n) const { return first(n).price + 2 * second(n).price; }
    [[nodiscard]] std::string order_bytes(std::int64_t n) const {
        auto const body = R"({"lines":[{"product":")" + first(n).product + R"(","quantity":1},{"product":")" + second(n).product +
                          R"(","quantity":2}],"buyer":{"name":"Nguyen Thi Mua","phone":"09)" + std::to_string(10'000'000 + n % 90'000'000) +
                          R"(","address":"12 pho Che"}})";
        return "POST /api/v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nIdempotency-Key: " + run_ + "-o" + std::to_string(n) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    std::uint16_t port_;
    Demo const& demo_;
    std::vector<support::Goods> goods_;
    std::string run_;
    std::int64_t next_ = 0;
    std::vector<std::string> created_, paid_;
    std::vector<double> order_ms_;
    std::int64_t refused_ = 0;
};

std::int64_t number(postgres::Connection& database, std::string const& sql) { return std::stoll(std::string{database.execute(sql).text(0, 0)}); }

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(3);
    out << std::fixed << value;
    return out.str();
}

std::vector<support::Goods> fill_shop(Demo const& demo, postgres::Connection& super) {
    auto const sql = support::RunSql{[&](std::string const& text) {
        auto const rows = super.execute(text);
        return rows.rows() > 0 ? std::string{rows.text(0, 0)} : std::string{};
    }};
    for (auto const& seller : demo.sellers) support::make_seller(sql, seller);
    auto out = std::vector<support::Goods>{};
    for (auto n = 0; n < 99; ++n)
        out.push_back(support::put_goods(sql, demo.sellers[static_cast<std::size_t>(n) % demo.sellers.size()], "Chè " + std::to_string(n), 10'000 + n, 100'000'000));
    return out;
}

int run(int seconds) {
    log::set_level(log::Level::warn);
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const program = load::required_variable("CHOSO_BINARY");
    load::output_of({program, "migrate"});
    load::output_of({program, "seed", "demo", "--file", folder + "/demo.json", "--base-url", "http://127.0.0.1:" + std::to_string(port)});
    auto const demo = read_demo(folder + "/demo.json");
    auto super = postgres::Connection{load::required_variable("CHOSO_LOAD_SUPER_URL"), {.application_name = "load_checkout", .answer_timeout = std::chrono::minutes{10}}};
    auto const goods = fill_shop(demo, super);
    auto gateway = load::Gateway{folder, port};
    auto cycles = load::LifeCycles{gateway.port(), demo.api_key, demo.sepay_key, demo.payees};
    auto checkouts = Checkouts{gateway.port(), demo, goods};

    (void)cycles.closed_loop(2, connections);  // warm
    (void)checkouts.closed_loop(2);
    auto plain = std::vector<double>{};
    auto full = std::vector<double>{};
    auto ratio = std::vector<double>{};
    for (auto round = 0; round < 5; ++round) {
        plain.push_back(cycles.closed_loop(seconds, connections));
        full.push_back(checkouts.closed_loop(seconds));
        ratio.push_back(full.back() / plain.back());
        std::cerr << "round " << round + 1 << ": " << full.back() << " checkouts/s, " << plain.back() << " life cycles/s\n";
    }
    gateway.stop();

    auto const orders = static_cast<std::int64_t>(checkouts.created().size());
    auto const paid = static_cast<std::int64_t>(checkouts.paid().size());
    auto const sold = number(super, "select count(distinct \"order\") from seller_order where status = 'paid'");
    auto const units = number(super, "select sum(l.quantity) from seller_order s join order_line l on l.bucket = s.bucket and l.\"order\" = s.id where s.status = 'paid'");
    auto const left = number(super, "select sum(100000000 - on_hand) from stock where on_hand > 90000000");
    auto const lost = std::max<std::int64_t>(0, orders - number(super, "select count(*) from shop_order")) + std::max<std::int64_t>(0, paid - sold);
    auto const doubled = std::max<std::int64_t>(0, number(super, "select count(*) from shop_order") - orders) + (left == units ? 0 : 1);
    auto const verified = support::run({.arguments = {program, "verify"}, .environment = {}, .output = {}, .input = {}}, std::chrono::minutes{5});
    std::cerr << verified.output;
    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "checkout").key("checkouts_per_s").raw(decimal(load::median(full))).key("lifecycles_per_s").raw(decimal(load::median(plain)));
    json.key("ratio").raw(decimal(load::median(ratio))).key("order_p50_ms").raw(decimal(load::percentile(checkouts.order_ms(), 50)));
    json.key("order_p99_ms").raw(decimal(load::percentile(checkouts.order_ms(), 99))).member("orders", orders).member("paid", paid);
    json.member("refused", checkouts.refused() + cycles.refused()).member("lost", lost).member("doubled", doubled).member("verified", verified.status == 0).end();
    std::cout << out << '\n';
    return lost == 0 && doubled == 0 && verified.status == 0 && checkouts.refused() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 10;
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--seconds") seconds = std::max(1, std::atoi(argv[i + 1]));
    try {
        return run(seconds);
    } catch (std::exception const& failed) {
        std::cerr << "load_checkout: " << failed.what() << '\n';
        return 1;
    }
}
