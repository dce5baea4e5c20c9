// What a lane takes next: live before bulk, nobody crowded out, and little of bulk beside live traffic.
#include "gateway/payments/queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "gateway/payments/book.hpp"

namespace choso::payments {
namespace {

using namespace std::chrono_literals;

class Order final : public Command {
 public:
    Order(Priority priority, std::size_t weight, MerchantId merchant) : priority_{priority}, weight_{weight}, merchant_{merchant} {}

    [[nodiscard]] std::string_view name() const override { return "order"; }
    [[nodiscard]] Bucket bucket() const override { return Bucket::of_bits(0); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant_; }
    [[nodiscard]] Priority priority() const override { return priority_; }
    [[nodiscard]] std::size_t weight() const override { return weight_; }
    void plan(Book&) const override {}
    [[nodiscard]] Outcome decide(Book&, Instant) const override { return {}; }
    [[nodiscard]] std::string text() const override { return "{}"; }

 private:
    Priority priority_;
    std::size_t weight_;
    MerchantId merchant_;
};

class QueueTest : public testing::Test {
 protected:
    static constexpr auto limits = Queue::Limits{.commands = 100, .bytes = 1'000'000, .batch = 16, .bulk_beside_live = 4, .live_for = 1h};
    Queue queue{limits};

    bool push(Priority priority, std::size_t weight = 1, MerchantId merchant = {}) {
        auto job = Job{std::make_unique<Order>(priority, weight, merchant), [](Answer) {}, 1};
        return queue.push(job);
    }
    void push(std::size_t count, Priority priority, std::size_t weight = 1, MerchantId merchant = {}) {
        for (auto n = std::size_t{0}; n < count; ++n) ASSERT_TRUE(push(priority, weight, merchant));
    }
    /// How many of each a batch held: live, bulk.
    std::pair<std::size_t, std::size_t> taken() {
        auto const batch = queue.take();
        auto const live = static_cast<std::size_t>(std::ranges::count(batch, Priority::live, [](Job const& job) { return job.command->priority(); }));
        return {live, batch.size() - live};
    }
    using Taken = std::pair<std::size_t, std::size_t>;
};

TEST_F(QueueTest, bulk_alone_fills_a_batch) {
    push(20, Priority::bulk);
    EXPECT_EQ(taken(), Taken(0, 16));
    EXPECT_EQ(taken(), Taken(0, 4));
}

TEST_F(QueueTest, beside_live_commands_a_few_facts_of_bulk_go_along) {
    push(20, Priority::bulk);
    push(3, Priority::live);
    EXPECT_EQ(taken(), Taken(3, 4));
}

TEST_F(QueueTest, as_long_as_there_is_live_traffic_batches_of_bulk_stay_short) {
    push(1, Priority::live);
    EXPECT_EQ(taken(), Taken(1, 0));
    push(20, Priority::bulk);
    EXPECT_EQ(taken(), Taken(0, 4)) << "the next live command may come at any moment";
}

TEST_F(QueueTest, when_nobody_pays_any_more_bulk_fills_a_batch_again) {
    auto brief = limits;
    brief.live_for = 1ms;
    auto calm = Queue{brief};
    calm.heed_others();
    for (auto n = 0; n < 20; ++n) {
        auto job = Job{std::make_unique<Order>(Priority::bulk, 1, MerchantId{}), [](Answer) {}, 1};
        ASSERT_TRUE(calm.push(job));
    }
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(calm.take().size(), 16U);
}

TEST_F(QueueTest, others_who_book_count_as_live_traffic) {
    queue.heed_others();
    push(20, Priority::bulk);
    EXPECT_EQ(taken(), Taken(0, 4));
}

TEST_F(QueueTest, what_brings_many_facts_counts_for_many_and_still_gets_its_turn) {
    push(2, Priority::bulk, 3);
    push(2, Priority::bulk, 100);
    push(1, Priority::live);
    EXPECT_EQ(taken(), Taken(1, 2));
    push(1, Priority::live);
    EXPECT_EQ(taken(), Taken(1, 1));
    EXPECT_EQ(taken(), Taken(0, 1));
}

TEST_F(QueueTest, a_merchant_gets_a_quarter_while_others_wait) {
    auto const one = MerchantId::make(Bucket::of_bits(0), Instant{});
    auto const other = MerchantId::make(Bucket::of_bits(1), Instant{});
    push(30, Priority::live, 1, one);
    push(2, Priority::live, 1, other);
    auto const batch = queue.take();
    ASSERT_EQ(batch.size(), 16U);
    EXPECT_EQ(std::ranges::count(batch, other, [](Job const& job) { return job.command->payer_of_turn(); }), 2);
}

TEST_F(QueueTest, what_does_not_fit_is_not_taken_in_and_what_is_in_is_handed_out_after_the_end) {
    push(100, Priority::bulk);
    EXPECT_FALSE(push(Priority::live));
    queue.close();
    EXPECT_FALSE(push(Priority::bulk));
    EXPECT_EQ(queue.size(), 100U);
    while (queue.size() > 0) EXPECT_FALSE(queue.take().empty());
    EXPECT_TRUE(queue.take().empty());
}

}  // namespace
}  // namespace choso::payments
