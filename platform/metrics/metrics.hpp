#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Counters, gauges and histograms for `/metrics` (Prometheus text format 0.0.4). Counting costs a few nanoseconds and
/// no lock: each thread writes cells of its own, which are added up only when somebody looks.
namespace choso::metrics {

class Core;

struct Label {
    std::string name;
    std::string value;
};
/// The values must come from a small set known at start-up (routes, statuses, refusals), never from what a client sent.
using Labels = std::vector<Label>;

/// Upper bounds in seconds that suit a request, from 0.5 ms to 10 s.
inline constexpr std::array<double, 14> latency_buckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                           0.1,    0.25,  0.5,    1.0,   2.5,  5.0,   10.0};
/// Upper bounds for counts of things handled together (a batch).
inline constexpr std::array<double, 11> size_buckets = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

/// Something that only grows. A cheap copyable handle; a default-made one counts nothing. Any thread. It must not be
/// used after its Metrics is gone.
class Counter {
 public:
    Counter() = default;
    void add(std::uint64_t n = 1) const;

 private:
    friend class Metrics;
    Counter(Core& core, std::size_t cell) : core_{&core}, cell_{cell} {}
    Core* core_ = nullptr;
    std::size_t cell_ = 0;
};

/// Something that goes up and down: one shared number. Handle as Counter.
class Gauge {
 public:
    Gauge() = default;
    void set(double value) const;
    void add(double difference) const;

 private:
    friend class Metrics;
    explicit Gauge(std::atomic<double>& value) : value_{&value} {}
    std::atomic<double>* value_ = nullptr;
};

/// How values spread over buckets. Handle as Counter.
class Histogram {
 public:
    struct Shape;
    Histogram() = default;
    void observe(double value) const;
    /// In seconds, as Prometheus names its units.
    void observe(std::chrono::nanoseconds took) const { observe(std::chrono::duration<double>{took}.count()); }

 private:
    friend class Metrics;
    Histogram(Core& core, Shape const& shape) : core_{&core}, shape_{&shape} {}
    Core* core_ = nullptr;
    Shape const* shape_ = nullptr;
};

/// All metrics of a process; made by whoever composes it, handed on by reference. Asking twice for the same name and
/// labels gives the same metric; another kind, help or other buckets under one name, or a name that Prometheus would
/// refuse, is our own bug (CHOSO_ASSERT). Ask at start-up, keep the handle: asking takes a lock.
class Metrics {
 public:
    Metrics();
    Metrics(Metrics const&) = delete;
    Metrics& operator=(Metrics const&) = delete;
    ~Metrics();

    /// `name` ends in `_total`.
    [[nodiscard]] Counter counter(std::string_view name, std::string_view help, Labels labels = {});
    [[nodiscard]] Gauge gauge(std::string_view name, std::string_view help, Labels labels = {});
    /// `name` ends in its unit, `_seconds` for times; `bounds` are the buckets' upper bounds, ascending, +Inf is implied.
    [[nodiscard]] Histogram histogram(std::string_view name, std::string_view help, std::span<double const> bounds,
                                      Labels labels = {});

    /// Everything as Prometheus reads it (`text/plain; version=0.0.4`), families in the order they were first asked
    /// for. Counts of other threads may be a moment old; a histogram's count always is the sum of its buckets.
    [[nodiscard]] std::string render() const;

 private:
    std::shared_ptr<Core> core_;
};

}  // namespace choso::metrics
