#include "platform/metrics/metrics.hpp"

#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <sstream>
#include <variant>

#include "base/assert.hpp"
#include "platform/metrics/cells.hpp"

namespace choso::metrics {

/// A histogram's bounds and where its cells stand: one for each bound, one for +Inf, then the sum.
struct Histogram::Shape {
    std::vector<double> bounds;
    std::size_t first_cell;
    std::size_t sum_cell;
};

namespace {

struct CounterAt {
    std::size_t cell;
};
struct GaugeAt {
    std::atomic<double>* value;
};
struct HistogramAt {
    Histogram::Shape const* shape;
};
using Where = std::variant<CounterAt, GaugeAt, HistogramAt>;

struct Series {
    std::vector<prometheus::ClientMetric::Label> labels;
    Where where;
};

struct Family {
    std::string name;
    std::string help;
    prometheus::MetricType type;
    std::vector<Series> series;
};

bool is_name(std::string_view name, bool colons) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
    return std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (colons && c == ':');
    });
}

std::vector<prometheus::ClientMetric::Label> checked(Labels labels) {
    auto out = std::vector<prometheus::ClientMetric::Label>{};
    for (auto& label : labels) {
        CHOSO_ASSERT(is_name(label.name, false) && !label.name.starts_with("__") && label.name != "le");
        out.push_back({std::move(label.name), std::move(label.value)});
    }
    std::sort(out.begin(), out.end());
    auto const same_name = [](auto const& a, auto const& b) { return a.name == b.name; };
    CHOSO_ASSERT(std::adjacent_find(out.begin(), out.end(), same_name) == out.end());
    return out;
}

}  // namespace

/// What Metrics and its handles share. Families are only added, and shapes and gauges never move, so that handles may
/// point at them without a lock.
class Core final : public prometheus::Collectable {
 public:
    Cells cells;
    std::deque<std::atomic<double>> gauges;
    std::deque<Histogram::Shape> shapes;

    /// The series of that name and labels; `make` says where a new one lives.
    template <class At, class Make>
    At find_or_add(std::string_view name, std::string_view help, prometheus::MetricType type, Labels given, Make make) {
        CHOSO_ASSERT(is_name(name, true));
        auto labels = checked(std::move(given));
        auto const lock = std::scoped_lock{mutex_};
        auto family = std::find_if(families_.begin(), families_.end(), [&](Family const& it) { return it.name == name; });
        if (family == families_.end())
            family = families_.insert(families_.end(), Family{std::string{name}, std::string{help}, type, {}});
        CHOSO_ASSERT(family->type == type && family->help == help);
        for (auto const& series : family->series)
            if (series.labels == labels) return std::get<At>(series.where);
        auto const where = At{make()};
        family->series.push_back({std::move(labels), where});
        return where;
    }

    [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override {
        auto const lock = std::scoped_lock{mutex_};
        auto out = std::vector<prometheus::MetricFamily>{};
        for (auto const& family : families_) {
            auto& shown = out.emplace_back();
            shown.name = family.name;
            shown.help = family.help;
            shown.type = family.type;
            for (auto const& series : family.series) {
                auto& metric = shown.metric.emplace_back();
                metric.label = series.labels;
                std::visit([&](auto const& at) { fill(metric, at); }, series.where);
            }
        }
        return out;
    }

 private:
    void fill(prometheus::ClientMetric& metric, CounterAt at) const {
        metric.counter.value = static_cast<double>(cells.total_count(at.cell));
    }
    void fill(prometheus::ClientMetric& metric, GaugeAt at) const {
        metric.gauge.value = at.value->load(std::memory_order_relaxed);
    }
    void fill(prometheus::ClientMetric& metric, HistogramAt at) const {
        auto& histogram = metric.histogram;
        for (std::size_t n = 0; n <= at.shape->bounds.size(); ++n) {
            histogram.sample_count += cells.total_count(at.shape->first_cell + n);
            auto const bound = n < at.shape->bounds.size() ? at.shape->bounds[n] : std::numeric_limits<double>::infinity();
            histogram.bucket.push_back({histogram.sample_count, bound});
        }
        histogram.sample_sum = cells.total_sum(at.shape->sum_cell);
    }

    mutable std::mutex mutex_;
    std::vector<Family> families_;
};

void Counter::add(std::uint64_t n) const {
    if (core_ != nullptr) core_->cells.count(cell_, n);
}

void Gauge::set(double value) const {
    if (value_ != nullptr) value_->store(value, std::memory_order_relaxed);
}

void Gauge::add(double difference) const {
    if (value_ != nullptr) value_->fetch_add(difference, std::memory_order_relaxed);
}

void Histogram::observe(double value) const {
    if (core_ == nullptr) return;
    CHOSO_ASSERT(!std::isnan(value));  // one would spoil the sum for ever
    auto const& bounds = shape_->bounds;
    auto const bucket = static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), value) - bounds.begin());
    core_->cells.count(shape_->first_cell + bucket, 1);
    core_->cells.sum(shape_->sum_cell, value);
}

Metrics::Metrics() : core_{std::make_shared<Core>()} { core_->cells.keep_alive_by(core_); }
Metrics::~Metrics() = default;

Counter Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
    CHOSO_ASSERT(name.ends_with("_total"));
    auto const at = core_->find_or_add<CounterAt>(name, help, prometheus::MetricType::Counter, std::move(labels),
                                                  [&] { return core_->cells.add(1, Cells::Kind::count); });
    return {*core_, at.cell};
}

Gauge Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
    auto const at = core_->find_or_add<GaugeAt>(name, help, prometheus::MetricType::Gauge, std::move(labels), [&] {
        return &core_->gauges.emplace_back(0.0);
    });
    return Gauge{*at.value};
}

Histogram Metrics::histogram(std::string_view name, std::string_view help, std::span<double const> bounds, Labels labels) {
    auto const not_ascending = [](double a, double b) { return !(a < b); };
    CHOSO_ASSERT(!bounds.empty() && std::adjacent_find(bounds.begin(), bounds.end(), not_ascending) == bounds.end());
    auto const at =
        core_->find_or_add<HistogramAt>(name, help, prometheus::MetricType::Histogram, std::move(labels), [&] {
            auto const first = core_->cells.add(bounds.size() + 1, Cells::Kind::count);
            auto const sum = core_->cells.add(1, Cells::Kind::sum);
            return &core_->shapes.emplace_back(Histogram::Shape{{bounds.begin(), bounds.end()}, first, sum});
        });
    CHOSO_ASSERT(std::equal(bounds.begin(), bounds.end(), at.shape->bounds.begin(), at.shape->bounds.end()));
    return {*core_, *at.shape};
}

std::string Metrics::render() const {
    auto out = std::ostringstream{};
    prometheus::TextSerializer{}.Serialize(out, core_->Collect());
    return std::move(out).str();
}

}  // namespace choso::metrics
