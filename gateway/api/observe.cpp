#include "gateway/api/observe.hpp"

#include "gateway/api/auth.hpp"
#include "gateway/api/respond.hpp"
#include "platform/log/log.hpp"

namespace choso::api {
namespace {

constexpr auto stuck_after = std::chrono::seconds{5};

constexpr std::string_view event_types[] = {
    "payment_request.created", "payment_request.expired", "payment_request.cancelled", "payment_request.amount_set", "payment_request.paid",
    "payment_request.partially_paid", "payment_request.paid_late", "payment.received", "payment.duplicate", "payment.unreferenced",
    "payment.wrong_account", "payment.confirmed", "payment.reversed", "refund.proposed", "refund.failed"};
constexpr std::string_view verdicts[] = {"accepted", "repeated", "unauthorized", "stale_signature", "account_not_allowed",
                                         "malformed", "conflict", "original_unknown", "failed"};

/// The eight symbols after `sk_test_`, which tell keys apart and give nothing away; the log masks whole keys.
std::string_view key_of(http::Request const& request) {
    auto const key = credential(request, "Bearer");
    if (!key || !key->starts_with("sk_") || key->size() < 16) return {};
    return key->substr(8, 8);
}

bool is_operations(std::string_view route) { return route == "livez" || route == "readyz" || route == "metrics"; }

http::Handler livez() {
    return [](http::Request const&, http::Responder respond) { respond({200, "text/plain; charset=utf-8", "ok\n", {}}); };
}

}  // namespace

Observer::Observer()
    : latency_{metrics_.histogram("choso_http_request_seconds", "From a request's last byte of head to its answer.", metrics::latency_buckets)},
      moved_at_{std::chrono::steady_clock::now()} {
    for (auto const type : event_types)
        events_.emplace(type, metrics_.counter("choso_events_total", "Events committed by this process.", {{"type", std::string{type}}}));
    for (auto const verdict : verdicts)
        notices_.emplace(verdict, metrics_.counter("choso_notices_total", "Bank notices by what became of them.", {{"verdict", std::string{verdict}}}));
}

metrics::Counter Observer::requests(std::string_view route, int status) {
    auto const lock = std::lock_guard{counters_mutex_};
    auto key = std::pair{std::string{route}, status};
    auto found = requests_.find(key);
    if (found == requests_.end()) {
        auto labels = metrics::Labels{{"route", key.first}, {"status", std::to_string(status)}};
        found = requests_.emplace(std::move(key), metrics_.counter("choso_http_requests_total", "Answers by route and status.", std::move(labels))).first;
    }
    return found->second;
}

void Observer::on_answer(http::Request const& request, http::Response const& response, http::AnswerInfo const& info) {
    requests(info.route, response.status).add();
    if (!info.streaming) latency_.observe(info.duration);
    auto const level = is_operations(info.route) ? log::Level::debug : response.status >= 500 ? log::Level::warn : log::Level::info;
    if (!log::shows(level)) return;
    auto const ms = std::chrono::duration<double, std::milli>{info.duration}.count();
    log::write(level, "request",
               {{"route", info.route}, {"method", http::to_string(request.method)}, {"status", response.status}, {"ms", ms},
                {"key_prefix", key_of(request)}, {"remote", request.remote}, {"detail", info.detail}},
               request.request_id);
}

http::Hooks Observer::hooks() {
    auto out = http::Hooks{};
    out.on_answer = [this](http::Request const& request, http::Response const& response, http::AnswerInfo const& info) {
        on_answer(request, response, info);
    };
    out.make_error = [](http::ErrorKind error, http::Request const* request) { return to_response(error, request); };
    return out;
}

void Observer::count_events(std::vector<payments::StoredEvent> const& events) {
    for (auto const& event : events)
        if (auto const found = events_.find(event.type); found != events_.end()) found->second.add();
}

void Observer::count_notice(std::string_view verdict) {
    auto const found = notices_.find(verdict);
    CHOSO_ASSERT(found != notices_.end());
    found->second.add();
}

/// A counter kept elsewhere, brought up to what it stands at now.
void Observer::add_up(std::string_view name, std::string_view help, std::int64_t now) {
    auto& before = scraped_[std::string{name}];
    metrics_.counter(name, help).add(static_cast<std::uint64_t>(now - before));
    before = now;
}

std::string Observer::scrape(Edge const& edge) {
    auto const lock = std::lock_guard{scrape_mutex_};
    auto const& stats = edge.core.stats();
    add_up("choso_lane_batches_total", "Batches committed.", stats.batches);
    add_up("choso_lane_commands_total", "Commands answered.", stats.commands);
    add_up("choso_lane_replays_total", "Batches run again after a doubtful commit or a held lock.", stats.replays);
    add_up("choso_lane_splits_total", "Batches halved to find the command that fails.", stats.splits);
    add_up("choso_lane_quarantined_total", "Commands that failed alone.", stats.quarantined);
    add_up("choso_lane_connections_lost_total", "Database connections a lane lost.", stats.connections_lost);
    add_up("choso_lane_commit_microseconds_total", "Time spent in batches' transactions.", stats.commit_us);
    add_up("choso_log_lines_lost_total", "Log lines that could not be written.", static_cast<std::int64_t>(log::lost()));
    metrics_.gauge("choso_lane_waiting", "Commands that wait for a lane.").set(static_cast<double>(edge.core.waiting()));
    metrics_.gauge("choso_stream_subscribers", "Live streams.").set(static_cast<double>(edge.hub.subscribers()));
    metrics_.gauge("choso_directory_version", "The directory version in use.").set(static_cast<double>(edge.directory.current()->version()));
    if (server_ != nullptr) {
        metrics_.gauge("choso_http_connections", "Open connections.").set(static_cast<double>(server_->connections()));
        add_up("choso_http_turned_away_total", "Connections refused at the door.", static_cast<std::int64_t>(server_->turned_away()));
        metrics_.gauge("choso_http_streams", "Connections that are live streams.").set(static_cast<double>(server_->streams()));
    }
    return metrics_.render();
}

/// Lanes that have work and have finished none of it for a while are not up.
bool Observer::lanes_move(Edge const& edge) {
    auto const lock = std::lock_guard{lanes_mutex_};
    auto const now = std::chrono::steady_clock::now();
    auto const batches = edge.core.stats().batches.load();
    auto const waiting = edge.core.waiting() > 0;
    if (batches != batches_seen_ || !waiting || !was_waiting_) {
        batches_seen_ = batches;
        moved_at_ = now;
    }
    was_waiting_ = waiting;
    return now - moved_at_ < stuck_after;
}

void Observer::add_routes(http::Router& router, Edge& edge) {
    using http::Method;
    router.add(Method::get, "/livez", "livez", livez());
    router.add(Method::get, "/metrics", "metrics", [this, &edge](http::Request const&, http::Responder respond) {
        respond({200, "text/plain; version=0.0.4; charset=utf-8", scrape(edge), {}});
    });
    auto limits = http::RouteLimits{};
    limits.handler_timeout = std::chrono::seconds{1};
    router.add(Method::get, "/readyz", "readyz", [this, &edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        if (stopping_ || !lanes_move(edge)) return respond(to_response(Problem{Code::not_ready}, audience));
        edge.reads.run(std::move(respond), audience, [this](postgres::Connection& connection) {
            connection.execute("select 1");
            return http::Response{200, "text/plain; charset=utf-8", "ready\n" + notes_, {}};
        });
    }, limits);
}

}  // namespace choso::api
