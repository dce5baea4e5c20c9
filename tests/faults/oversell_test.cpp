// 1,000 buyers, 100 units of three sellers, money in time, late, short and twice, two gateways that are killed: exactly 100
// are sold, and every đồng is in an order, a refund task or the suspense.
#include <gtest/gtest.h>

#include <ctime>
#include <iostream>
#include <mutex>

#include "base/clock.hpp"
#include "platform/json/json.hpp"
#include "tests/faults/gateway.hpp"
#include "tests/support/shop.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

enum class Habit { exact, short_first, short_only, twice, never, late };

std::string bank_time(Instant at) {
    auto const seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::time_point{at.time_since_epoch()} + 7h);
    auto parts = std::tm{};
    gmtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    return text;
}

std::string member(std::string const& body, std::string_view name) {
    auto const json = json::parse(body);
    auto const* value = json ? json->find(name) : nullptr;
    return value == nullptr ? std::string{} : std::string{value->as_string().value_or("")};
}

/// All buyers of one wave, each until it is answered. What is unsettled goes on, byte for byte the same, to the other gateway.
class Buyers {
 public:
    Buyers(Province const& province, std::vector<std::uint16_t> ports, std::vector<support::Goods> goods, int first, int count, Instant now, bool all_exact)
        : province_{province}, ports_{std::move(ports)}, goods_{std::move(goods)}, next_{first}, end_{first + count}, now_{now}, all_exact_{all_exact} {
        for (std::size_t n = 0; n < 12; ++n) threads_.emplace_back([this, n] { run(n); });
    }
    ~Buyers() { join(); }
    void join() {
        for (auto& thread : threads_)
            if (thread.joinable()) thread.join();
    }
    [[nodiscard]] bool done() const { return next_ >= end_ && under_way_ == 0; }
    [[nodiscard]] int answered() const { return answered_; }

    struct Late {
        int buyer;
        std::string reference;
        std::int64_t amount;
    };
    void pay(std::size_t thread, int buyer, std::string const& reference, std::int64_t amount, Instant at, int n) {
        std::string notice;
        json::Writer{notice}.object().member("id", 1'000'000 + buyer * 10 + n).member("gateway", "Vietcombank").member("transactionDate", bank_time(at))
            .member("accountNumber", province_.pool_account).key("code").null().member("content", "MBVCB." + std::to_string(buyer) + "." + reference + ".CT tu 0123")
            .member("transferType", "in").member("transferAmount", amount).member("accumulated", 0).key("subAccount").null()
            .member("referenceCode", "FT" + std::to_string(buyer) + "-" + std::to_string(n)).member("description", "").end();
        auto const answer = send(thread, "/feeds/sepay", notice, {{"Authorization", "Apikey " + province_.sepay_key}, {"Content-Type", "application/json"}});
        if (answer.first != 200) complain("notice answered " + std::to_string(answer.first) + ": " + answer.second);
    }

    std::vector<Late> late;
    std::vector<std::string> complaints;

 private:
    std::pair<int, std::string> send(std::size_t thread, std::string const& target, std::string const& body, std::vector<http::Header> const& headers) {
        for (auto round = std::size_t{0};; ++round) {
            try {
                auto client = http::Client{"127.0.0.1", ports_[(thread + round) % ports_.size()], 35s};
                auto const answer = client.post(target, body, headers);
                if (answer.status != 503 && answer.status != 500) return {answer.status, answer.body};
            } catch (http::ClientError const&) {
                // Not known what became of it.
            }
            std::this_thread::sleep_for(20ms);
        }
    }
    void complain(std::string what) {
        auto const lock = std::lock_guard{mutex_};
        if (complaints.size() < 20) complaints.push_back(std::move(what));
    }
    void run(std::size_t thread) {
        for (;;) {
            ++under_way_;
            auto const buyer = next_++;
            if (buyer < end_) live(thread, buyer);
            --under_way_;
            if (buyer >= end_) return;
        }
    }
    void live(std::size_t thread, int buyer) {
        // Half of them want something of two sellers.
        auto const& first = goods_[static_cast<std::size_t>(buyer) % goods_.size()];
        auto const& second = goods_[static_cast<std::size_t>(buyer + 1) % goods_.size()];
        auto amount = first.price;
        auto lines = R"({"product":")" + first.product + R"(","quantity":1})";
        if (buyer % 2 == 0) {
            lines += R"(,{"product":")" + second.product + R"(","quantity":1})";
            amount += second.price;
        }
        auto const phone = "09" + std::to_string(10'000'000 + buyer);
        auto const body = R"({"lines":[)" + lines + R"(],"buyer":{"name":"Người mua","phone":")" + phone + R"(","address":"thôn 1"}})";
        auto const answer = send(thread, "/api/v1/orders", body, {{"Content-Type", "application/json"}, {"Idempotency-Key", "buyer-" + std::to_string(buyer)}});
        ++answered_;
        if (answer.first == 409 && member(answer.second, "code") == "out_of_stock") return;
        auto const reference = member(answer.second, "reference");
        if (answer.first != 201 || reference.empty()) return complain("order answered " + std::to_string(answer.first) + ": " + answer.second);
        switch (all_exact_ ? Habit::exact : static_cast<Habit>(buyer % 6)) {
            case Habit::exact: return pay(thread, buyer, reference, amount, now_, 1);
            case Habit::short_first: pay(thread, buyer, reference, 1'000, now_, 1); return pay(thread, buyer, reference, amount - 1'000, now_, 2);
            case Habit::short_only: return pay(thread, buyer, reference, amount - 1, now_, 1);
            case Habit::twice: pay(thread, buyer, reference, amount, now_, 1); return pay(thread, buyer, reference, amount, now_, 2);
            case Habit::never: return;
            case Habit::late: {
                auto const lock = std::lock_guard{mutex_};
                late.push_back({buyer, reference, amount});
            }
        }
    }

    Province const& province_;
    std::vector<std::uint16_t> ports_;
    std::vector<support::Goods> goods_;
    std::atomic<int> next_;
    int end_;
    Instant now_;
    bool all_exact_;
    std::atomic<int> under_way_{0}, answered_{0};
    std::mutex mutex_;
    std::vector<std::thread> threads_;
};

TEST(Oversell, a_thousand_buyers_get_a_hundred_units_between_them_through_kills) {
    auto const province = Province::in(support::Cluster::shared());
    auto const sql = support::RunSql{[&](std::string const& text) { return support::Cluster::shared().sql(text, province.database.name); }};
    auto goods = std::vector<support::Goods>{};
    auto const units = std::vector<std::int64_t>{40, 35, 25};
    for (std::size_t n = 0; n < 3; ++n) {
        support::make_seller(sql, province.pool_payees.at(n), n == 0 ? "household" : "cooperative");
        goods.push_back(support::put_goods(sql, province.pool_payees[n], "Vải thiều " + std::to_string(n), 10'000 + static_cast<std::int64_t>(n), units[n]));
    }
    auto gateways = std::vector<std::unique_ptr<Gateway>>{};
    for (auto n = 0; n < 2; ++n) {
        gateways.push_back(std::make_unique<Gateway>(province.database.server_url));
        gateways.back()->start();
    }
    auto const ports = std::vector{gateways[0]->port(), gateways[1]->port()};
    auto const now = SystemClock{}.now();
    auto kills = 0;
    auto const through_kills = [&](Buyers& buyers) {
        for (auto round = 0; !buyers.done(); ++round) {
            auto const enough = buyers.answered() + pick(20, 120);
            (void)support::eventually(60s, [&] { return buyers.done() || buyers.answered() >= enough; });
            auto& victim = *gateways[static_cast<std::size_t>(round) % 2];
            victim.kill();
            victim.start();
            ++kills;
        }
        buyers.join();
        for (auto const& complaint : buyers.complaints) ADD_FAILURE() << complaint;
    };
    auto const before = std::stoll(sql("select sum(on_hand) from stock"));
    // Everything is reserved at once; what is not paid comes free again when its time is over.
    auto first = Buyers{province, ports, goods, 0, 700, now, false};
    through_kills(first);
    ASSERT_EQ(choso(province.database, {"clock", "advance", "25m"}).status, 0);
    ASSERT_TRUE(support::eventually(120s, [&] { return sql("select count(*) from shop_order where waiting") == "0"; })) << sql("select count(*) from shop_order where waiting");
    // Then the latecomers pay for goods that others want as well.
    auto second = Buyers{province, ports, goods, 700, 300, now + 25min, true};
    for (auto const& late : first.late) first.pay(0, late.buyer, late.reference, late.amount, now + 25min, 1);
    through_kills(second);
    EXPECT_EQ(sql("select count(*) from shop_order where waiting"), "0");
    EXPECT_EQ(std::stoll(sql("select sum(on_hand) from stock")), before - 100) << "what was wanted was sold to the last";
    EXPECT_EQ(sql("select sum(reserved) from stock"), "0");
    EXPECT_EQ(sql("select sum(l.quantity) from seller_order s join order_line l on l.bucket = s.bucket and l.\"order\" = s.id where s.status = 'paid'"), "100");
    EXPECT_EQ(sql("select count(*) from quarantine"), "0");
    // Every đồng: what came is in live parts or asked back, as `verify` holds it for each order; and nothing else came.
    EXPECT_EQ(sql("select sum(amount) from payment"), sql("select sum(amount_paid) from payment_request"));
    auto const verified = choso(province.database, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
    std::cout << "  " << kills << " kills; " << sql("select count(*) from shop_order") << " orders, " << sql("select count(*) from refund") << " refund tasks of "
              << sql("select coalesce(sum(amount), 0) from refund") << " đồng, CHOSO_TEST_SEED=" << seed() << "\n";
    for (auto& gateway : gateways) EXPECT_EQ(gateway->stop(), 0) << gateway->log();
}

}  // namespace
}  // namespace choso::faults
