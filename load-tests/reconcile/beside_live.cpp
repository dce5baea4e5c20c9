#include "load-tests/reconcile/beside_live.hpp"

#include <atomic>
#include <future>

#include "load-tests/support/gateway.hpp"
#include "load-tests/support/measure.hpp"

namespace choso::load {
namespace {

/// Half of what the whole country's NAPAS does a second.
constexpr auto life_cycles_per_s = 200.0;
constexpr auto connections = 64;
constexpr auto seconds = 12.0;

double p99(LifeCycles::Latencies const& latencies) {
    auto all = latencies.create_ms;
    all.insert(all.end(), latencies.credit_ms.begin(), latencies.credit_ms.end());
    return percentile(std::move(all), 99);
}

}  // namespace

BesideLive beside_live(Demo const& demo, std::string const& folder, std::uint16_t port, std::function<void(std::function<bool()> const& stop)> const& import) {
    auto gateway = Gateway{folder, port};
    auto cycles = LifeCycles{port, demo.api_key, demo.sepay_key, demo.payees};
    (void)cycles.closed_loop(2, connections);
    auto out = BesideLive{};
    out.p99_before_ms = p99(cycles.open_loop(seconds, life_cycles_per_s, connections));
    auto stopped = std::atomic<bool>{false};
    auto importing = std::async(std::launch::async, [&] { import([&] { return stopped.load(); }); });
    auto const during = cycles.open_loop(seconds, life_cycles_per_s, connections);
    stopped = true;
    importing.get();
    out.p99_during_ms = p99(during);
    out.per_s = during.achieved_per_s;
    out.refused = cycles.refused();
    gateway.stop();
    return out;
}

}  // namespace choso::load
