#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/api/edge.hpp"
#include "platform/http/server.hpp"
#include "platform/metrics/metrics.hpp"

namespace choso::api {

/// Watches the gateway at work: access log, counters, and the three operations routes.
///
/// `/livez` the process runs. `/readyz` it can take money: the database answers within a second and the lanes move; 503
/// otherwise. `/metrics` Prometheus text.
class Observer {
 public:
    Observer();
    Observer(Observer const&) = delete;
    Observer& operator=(Observer const&) = delete;

    /// Access log, request counters and the product's own error documents.
    [[nodiscard]] http::Hooks hooks();
    void add_routes(http::Router& router, Edge& edge);
    /// For the numbers of connections and streams; before the server runs.
    void watch(http::Server const& server) { server_ = &server; }
    /// One more line of `/readyz`: what this gateway can do without, and is without. Before the server runs.
    void note(std::string line) { notes_ += std::move(line) + "\n"; }
    /// From now on not ready, so that a balancer turns away before the listener closes.
    void begin_to_stop() { stopping_ = true; }

    /// What the lanes committed, by type.
    void count_events(std::vector<payments::StoredEvent> const& events);
    /// A bank notice's fate: accepted, repeated, unauthorized, stale_signature, account_not_allowed, malformed, conflict,
    /// failed.
    void count_notice(std::string_view verdict);

 private:
    void on_answer(http::Request const& request, http::Response const& response, http::AnswerInfo const& info);
    [[nodiscard]] metrics::Counter requests(std::string_view route, int status);
    [[nodiscard]] std::string scrape(Edge const& edge);
    void add_up(std::string_view name, std::string_view help, std::int64_t now);
    [[nodiscard]] bool lanes_move(Edge const& edge);

    metrics::Metrics metrics_;
    metrics::Histogram latency_;
    std::mutex counters_mutex_;
    std::map<std::pair<std::string, int>, metrics::Counter, std::less<>> requests_;
    std::map<std::string, metrics::Counter, std::less<>> events_;
    std::map<std::string, metrics::Counter, std::less<>> notices_;
    std::mutex scrape_mutex_;
    std::map<std::string, std::int64_t, std::less<>> scraped_;
    http::Server const* server_ = nullptr;
    std::atomic<bool> stopping_{false};
    std::string notes_;

    std::mutex lanes_mutex_;
    std::int64_t batches_seen_ = -1;
    bool was_waiting_ = false;
    std::chrono::steady_clock::time_point moved_at_;
};

}  // namespace choso::api
