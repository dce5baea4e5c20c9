#include "platform/metrics/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "base/assert.hpp"

namespace choso::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, are_shown_as_prometheus_reads_them) {
    auto metrics = Metrics{};
    auto const paid = metrics.counter("choso_payments_total", "Payments booked.", {{"status", "paid"}});
    auto const waiting = metrics.gauge("choso_lane_waiting", "Commands that wait.");
    auto const bounds = std::array{0.1, 0.5};
    auto const took = metrics.histogram("choso_batch_seconds", "Time of a batch.", bounds, {{"lane", "0"}});
    paid.add();
    paid.add(2);
    waiting.set(7);
    waiting.add(-2.5);
    took.observe(0.1);
    took.observe(std::chrono::milliseconds{250});
    took.observe(3.0);
    EXPECT_EQ(metrics.render(),
              "# HELP choso_payments_total Payments booked.\n"
              "# TYPE choso_payments_total counter\n"
              "choso_payments_total{status=\"paid\"} 3\n"
              "# HELP choso_lane_waiting Commands that wait.\n"
              "# TYPE choso_lane_waiting gauge\n"
              "choso_lane_waiting 4.5\n"
              "# HELP choso_batch_seconds Time of a batch.\n"
              "# TYPE choso_batch_seconds histogram\n"
              "choso_batch_seconds_count{lane=\"0\"} 3\n"
              "choso_batch_seconds_sum{lane=\"0\"} 3.35\n"
              "choso_batch_seconds_bucket{lane=\"0\",le=\"0.1\"} 1\n"
              "choso_batch_seconds_bucket{lane=\"0\",le=\"0.5\"} 2\n"
              "choso_batch_seconds_bucket{lane=\"0\",le=\"+Inf\"} 3\n");
}

TEST(Metrics, what_nobody_counted_is_shown_as_zero) {
    auto metrics = Metrics{};
    (void)metrics.counter("choso_never_total", "Never.");
    EXPECT_THAT(metrics.render(), HasSubstr("choso_never_total 0\n"));
}

TEST(Metrics, the_same_name_and_labels_are_the_same_metric) {
    auto metrics = Metrics{};
    metrics.counter("choso_a_total", "A.", {{"x", "1"}, {"y", "2"}}).add();
    metrics.counter("choso_a_total", "A.", {{"y", "2"}, {"x", "1"}}).add();
    metrics.counter("choso_a_total", "A.", {{"x", "2"}, {"y", "2"}}).add();
    EXPECT_THAT(metrics.render(), HasSubstr("choso_a_total{x=\"1\",y=\"2\"} 2\nchoso_a_total{x=\"2\",y=\"2\"} 1\n"));
}

TEST(Metrics, labels_and_help_are_escaped) {
    auto metrics = Metrics{};
    metrics.counter("choso_a_total", "A.", {{"route", "a\"b\\c\nd"}}).add();
    EXPECT_THAT(metrics.render(), HasSubstr(R"(choso_a_total{route="a\"b\\c\nd"} 1)"));
}

TEST(Metrics, what_prometheus_would_refuse_is_our_own_bug) {
    auto metrics = Metrics{};
    auto const bounds = std::array{1.0, 2.0};
    auto const others = std::array{1.0, 3.0};
    auto const falling = std::array{2.0, 1.0};
    (void)metrics.counter("choso_a_total", "A.");
    auto const h = metrics.histogram("choso_h", "H.", bounds);
    EXPECT_THROW((void)metrics.counter("choso a_total", "A."), BrokenAssertion);
    EXPECT_THROW((void)metrics.counter("0_total", "A."), BrokenAssertion);
    EXPECT_THROW((void)metrics.counter("choso_a", "A."), BrokenAssertion);
    EXPECT_THROW((void)metrics.counter("choso_a_total", "B."), BrokenAssertion);
    EXPECT_THROW((void)metrics.gauge("choso_a_total", "A."), BrokenAssertion);
    EXPECT_THROW((void)metrics.counter("choso_b_total", "A.", {{"le", "1"}}), BrokenAssertion);
    EXPECT_THROW((void)metrics.counter("choso_b_total", "A.", {{"x", "1"}, {"x", "2"}}), BrokenAssertion);
    EXPECT_THROW((void)metrics.histogram("choso_h", "H.", others), BrokenAssertion);
    EXPECT_THROW((void)metrics.histogram("choso_i", "I.", falling), BrokenAssertion);
    EXPECT_THROW((void)metrics.histogram("choso_i", "I.", {}), BrokenAssertion);
    EXPECT_THROW(h.observe(std::numeric_limits<double>::quiet_NaN()), BrokenAssertion);
}

TEST(Metrics, default_made_handles_count_nothing) {
    Counter{}.add();
    Gauge{}.set(1);
    Gauge{}.add(1);
    Histogram{}.observe(1.0);
}

TEST(Metrics, threads_that_ended_leave_their_counts) {
    auto metrics = Metrics{};
    auto const counter = metrics.counter("choso_a_total", "A.");
    auto const histogram = metrics.histogram("choso_h_seconds", "H.", latency_buckets);
    for (auto round = 0; round < 20; ++round)
        std::jthread{[&] {
            counter.add(5);
            histogram.observe(0.25);
        }};
    auto const text = metrics.render();
    EXPECT_THAT(text, HasSubstr("choso_a_total 100\n"));
    EXPECT_THAT(text, HasSubstr("choso_h_seconds_count 20\n"));
    EXPECT_THAT(text, HasSubstr("choso_h_seconds_sum 5\n"));
}

TEST(Metrics, nothing_is_lost_while_others_look_and_ask_for_more) {
    constexpr auto each = 20'000;
    auto metrics = Metrics{};
    auto const counter = metrics.counter("choso_a_total", "A.");
    auto const gauge = metrics.gauge("choso_g", "G.");
    auto const histogram = metrics.histogram("choso_h", "H.", size_buckets);
    auto done = std::atomic<bool>{false};
    {
        auto looking = std::jthread{[&] {
            for (auto n = 0; !done; ++n) {
                (void)metrics.gauge("choso_more", "More.", {{"n", std::to_string(n % 50)}});
                (void)metrics.render();
            }
        }};
        {
            auto counting = std::vector<std::jthread>{};
            for (auto n = 0; n < 4; ++n)
                counting.emplace_back([&] {
                    for (auto i = 0; i < each; ++i) {
                        counter.add();
                        gauge.add(1);
                        histogram.observe(static_cast<double>(i % 2000));
                    }
                });
        }
        done = true;
    }
    auto const text = metrics.render();
    EXPECT_THAT(text, HasSubstr("choso_a_total 80000\n"));
    EXPECT_THAT(text, HasSubstr("choso_g 80000\n"));
    EXPECT_THAT(text, HasSubstr("choso_h_count 80000\n"));
}

TEST(Metrics, several_at_once_and_one_after_another_do_not_mix) {
    auto first = std::make_unique<Metrics>();
    auto second = Metrics{};
    auto const b = second.counter("choso_b_total", "B.");
    for (auto round = 1; round <= 3; ++round) {
        auto const a = first->counter("choso_a_total", "A.");
        a.add();
        b.add();
        EXPECT_THAT(first->render(), HasSubstr("choso_a_total 1\n"));
        EXPECT_THAT(first->render(), Not(HasSubstr("choso_b_total")));
        EXPECT_THAT(second.render(), HasSubstr("choso_b_total " + std::to_string(round) + "\n"));
        first = std::make_unique<Metrics>();
    }
}

TEST(Metrics, a_thread_may_outlive_what_it_counted_in) {
    auto step = std::atomic<int>{0};
    auto thread = std::jthread{};
    {
        auto metrics = Metrics{};
        auto const counter = metrics.counter("choso_a_total", "A.");
        thread = std::jthread{[&step, counter] {
            counter.add();
            step = 1;
            step.notify_all();
            step.wait(1);
        }};
        step.wait(0);
        EXPECT_THAT(metrics.render(), HasSubstr("choso_a_total 1\n"));
    }
    step = 2;
    step.notify_all();
}

TEST(Metrics, many_metrics_reach_beyond_one_chunk_of_cells) {
    auto metrics = Metrics{};
    auto counters = std::vector<Counter>{};
    for (auto n = 0; n < 1000; ++n) counters.push_back(metrics.counter("choso_a_total", "A.", {{"n", std::to_string(n)}}));
    for (std::size_t n = 0; n < counters.size(); ++n) counters[n].add(n);
    auto const text = metrics.render();
    for (auto const n : {0, 255, 256, 999})
        EXPECT_THAT(text, HasSubstr("{n=\"" + std::to_string(n) + "\"} " + std::to_string(n) + "\n"));
}

}  // namespace
}  // namespace choso::metrics
