#include "gateway/events/hub.hpp"

#include <algorithm>
#include <utility>

#include "gateway/events/event_json.hpp"
#include "platform/log/log.hpp"

namespace choso::events {

using std::chrono::steady_clock;

struct Hub::Subscriber {
    std::uint64_t id = 0;
    Subscription what;
    std::shared_ptr<http::Stream> stream;
    Cursor position;  ///< everything up to here was offered
    std::size_t replayed_bytes = 0;
    bool live = false;
    std::string request_text;  ///< `what.request` as bodies name it

    [[nodiscard]] bool concerns(payments::StoredEvent const& event) const {
        if (!std::binary_search(what.merchants.begin(), what.merchants.end(), event.merchant)) return false;
        if (what.request) return is_about(event, *what.request, request_text);
        if (!what.stall) return true;
        auto const stall = stall_of(event);
        if (stall) return *stall == *what.stall;
        // Money of its own account that named nobody: the seller may know whose it is.
        return event.type.starts_with("payment_request.") || event.type == payments::event_type::payment_unreferenced;
    }
};

Hub::Hub(HubOptions options) : options_{std::move(options)}, ended_{std::make_shared<Ended>()} {
    auto connection = postgres::Connection{options_.database_url};
    heads_ = read_heads(connection, all_buckets());
    last_poll_ = last_tell_ = last_recheck_ = steady_clock::now();
    if (options_.directory_version) checked_version_ = options_.directory_version();
    dispatcher_ = std::thread{[this] { dispatch(); }};
    worker_ = std::thread{[this] { work(); }};
    listener_ = std::thread{[this] { listen(); }};
}

Hub::~Hub() {
    {
        auto const lock = std::lock_guard{signal_mutex_};
        stopping_ = true;
    }
    dispatch_wake_.notify_all();
    work_wake_.notify_all();
    dispatcher_.join();
    worker_.join();
    listener_.join();
}

bool Hub::stopping() const {
    auto const lock = std::lock_guard{signal_mutex_};
    return stopping_;
}

void Hub::publish(std::vector<payments::StoredEvent> const& events) {
    if (events.empty()) return;
    {
        auto const lock = std::lock_guard{signal_mutex_};
        published_.insert(published_.end(), events.begin(), events.end());
        to_tell_ = true;
    }
    dispatch_wake_.notify_one();
    work_wake_.notify_one();
}

std::size_t Hub::subscribers() const {
    auto const lock = std::lock_guard{mutex_};
    return subscribers_.size();
}

Cursor Hub::now(std::vector<Bucket> const& buckets) const {
    auto const lock = std::lock_guard{mutex_};
    auto out = Cursor{};
    for (auto const bucket : buckets) out.set(bucket, heads_.at(bucket));
    return out;
}

Recalled Hub::recall(Heads const& since, std::span<std::string_view const> types) const {
    auto const lock = std::lock_guard{mutex_};
    auto out = Recalled{};
    for (auto const& [bucket, seq] : since) {
        if (seq + 1 < first_kept(bucket)) continue;
        out.until[bucket] = std::max(seq, heads_.at(bucket));
        auto const kept = kept_.find(bucket.number());
        if (kept == kept_.end()) continue;
        for (auto const& event : kept->second)
            if (event.seq > seq && std::ranges::find(types, std::string_view{event.type}) != types.end()) out.events.push_back(event);
    }
    return out;
}

void Hub::subscribe(Subscription what, std::shared_ptr<http::Stream> stream) {
    auto subscriber = std::make_shared<Subscriber>();
    std::sort(what.merchants.begin(), what.merchants.end());
    if (what.request) subscriber->request_text = what.request->text();
    subscriber->what = std::move(what);
    subscriber->stream = stream;
    auto at_once = false;
    {
        auto const lock = std::lock_guard{mutex_};
        subscriber->id = next_id_++;
        auto const& after = subscriber->what.after;
        for (auto const bucket : subscriber->what.buckets)
            subscriber->position.set(bucket, after ? after->at(bucket) : heads_.at(bucket));
        subscribers_.emplace(subscriber->id, subscriber);
        at_once = admit(subscriber);
    }
    stream->on_close([ended = ended_, id = subscriber->id] {
        auto const lock = std::lock_guard{ended->mutex};
        ended->ids.push_back(id);
    });
    if (at_once) return;
    {
        auto const lock = std::lock_guard{signal_mutex_};
        to_replay_.push_back(std::move(subscriber));
    }
    work_wake_.notify_one();
}

std::int64_t Hub::first_kept(Bucket bucket) const {
    auto const kept = kept_.find(bucket.number());
    return kept == kept_.end() || kept->second.empty() ? heads_.at(bucket) + 1 : kept->second.front().seq;
}

/// Replay and live meet here, under the lock that deliveries take: what the subscriber lacks is either all in memory,
/// and given to it before any newer event can be, or it stays out and reads the table first.
bool Hub::admit(std::shared_ptr<Subscriber> const& subscriber) {
    for (auto const bucket : subscriber->what.buckets)
        if (subscriber->position.at(bucket) + 1 < first_kept(bucket)) return false;
    for (auto const bucket : subscriber->what.buckets) {
        auto const kept = kept_.find(bucket.number());
        if (kept == kept_.end()) continue;
        for (auto const& event : kept->second) {
            auto json = std::string{};
            offer(*subscriber, event, json);
        }
    }
    for (auto const& merchant : subscriber->what.merchants) live_[merchant].push_back(subscriber.get());
    subscriber->live = true;
    return true;
}

/// `json` is the event's text once somebody needed it.
void Hub::offer(Subscriber& subscriber, payments::StoredEvent const& event, std::string& json) {
    if (event.seq <= subscriber.position.at(event.bucket) || !subscriber.concerns(event)) return;
    subscriber.position.set(event.bucket, event.seq);
    if (subscriber.what.request) {
        (void)subscriber.stream->send(http::sse_event("changed", "{}"));
        return;
    }
    if (json.empty()) json = event_json(event);
    auto const message = http::sse_event(event.type, json, subscriber.position.text());
    subscriber.replayed_bytes += message.size();
    (void)subscriber.stream->send(message);  // a reader too slow is dropped and told by on_close
}

bool Hub::deliver(payments::StoredEvent const& event) {
    auto& head = heads_.at(event.bucket);
    if (event.seq <= head) return true;
    if (event.seq != head + 1) return false;
    head = event.seq;
    auto& kept = kept_[event.bucket.number()];
    kept.push_back(event);
    if (kept.size() > options_.kept_per_bucket) kept.pop_front();
    auto const listeners = live_.find(event.merchant);
    if (listeners == live_.end()) return true;
    auto json = std::string{};
    for (auto* subscriber : listeners->second) offer(*subscriber, event, json);
    return true;
}

void Hub::dispatch() {
    for (;;) {
        auto events = std::vector<payments::StoredEvent>{};
        {
            auto lock = std::unique_lock{signal_mutex_};
            dispatch_wake_.wait(lock, [this] { return stopping_ || !published_.empty(); });
            if (stopping_) return;
            events.swap(published_);
        }
        auto gap = false;
        {
            auto const lock = std::lock_guard{mutex_};
            for (auto const& event : events)
                if (!deliver(event)) gap = true;
        }
        if (!gap) continue;
        {
            auto const lock = std::lock_guard{signal_mutex_};
            news_ = true;
        }
        work_wake_.notify_one();
    }
}

void Hub::catch_up(postgres::Connection& connection) {
    constexpr std::int64_t page = 1'000;
    for (;;) {
        auto since = [this] {
            auto const lock = std::lock_guard{mutex_};
            return heads_;
        }();
        auto const events = read_since(connection, since, page);
        auto counts = std::unordered_map<std::int16_t, std::int64_t>{};
        {
            auto const lock = std::lock_guard{mutex_};
            for (auto const& event : events) {
                (void)deliver(event);
                ++counts[event.bucket.number()];
            }
        }
        auto const full = std::any_of(counts.begin(), counts.end(), [](auto const& each) { return each.second == page; });
        if (!full || stopping()) return;
    }
}

void Hub::replay(postgres::Connection& connection, std::shared_ptr<Subscriber> const& subscriber) {
    constexpr std::int64_t page_events = 200;
    while (subscriber->stream->open() && !stopping()) {
        {
            auto const lock = std::lock_guard{mutex_};
            if (admit(subscriber)) return;
        }
        auto page = read_page(connection, subscriber->position, subscriber->what.buckets, subscriber->what.merchants, page_events);
        for (auto const& event : page.events) {
            auto json = std::string{};
            offer(*subscriber, event, json);
        }
        for (auto const& [bucket, seq] : page.next.places()) subscriber->position.set(bucket, seq);
        if (subscriber->replayed_bytes > options_.instalment_bytes) return subscriber->stream->close();
        if (!page.more) catch_up(connection);
    }
}

void Hub::reap() {
    auto ended = std::vector<std::uint64_t>{};
    {
        auto const lock = std::lock_guard{ended_->mutex};
        ended.swap(ended_->ids);
    }
    if (ended.empty()) return;
    auto const lock = std::lock_guard{mutex_};
    for (auto const id : ended) {
        auto const found = subscribers_.find(id);
        if (found == subscribers_.end()) continue;
        auto const* gone = found->second.get();
        for (auto const& merchant : gone->what.merchants) {
            auto const listeners = live_.find(merchant);
            if (listeners == live_.end()) continue;
            std::erase(listeners->second, gone);
            if (listeners->second.empty()) live_.erase(listeners);
        }
        subscribers_.erase(found);
    }
}

void Hub::recheck() {
    auto const version = options_.directory_version ? options_.directory_version() : 0;
    auto const now = steady_clock::now();
    if (version == checked_version_ && now - last_recheck_ < options_.recheck_every) return;
    checked_version_ = version;
    last_recheck_ = now;
    auto const everyone = [this] {
        auto const lock = std::lock_guard{mutex_};
        auto out = std::vector<std::shared_ptr<Subscriber>>{};
        for (auto const& [id, subscriber] : subscribers_) out.push_back(subscriber);
        return out;
    }();
    for (auto const& subscriber : everyone)
        if (subscriber->what.still_allowed && !subscriber->what.still_allowed()) subscriber->stream->close();
}

void Hub::work_once(postgres::Connection& connection) {
    auto behind = false;
    auto tell = false;
    auto waiting = std::vector<std::shared_ptr<Subscriber>>{};
    {
        auto lock = std::unique_lock{signal_mutex_};
        auto const poll_at = last_poll_ + options_.poll;
        auto const tell_at = last_tell_ + options_.notify_every;
        auto const due = [&] {
            auto const now = steady_clock::now();
            return stopping_ || news_ || !to_replay_.empty() || (to_tell_ && now >= tell_at) || now >= poll_at;
        };
        while (!due()) work_wake_.wait_until(lock, to_tell_ ? std::min(poll_at, tell_at) : poll_at);
        if (stopping_) return;
        auto const now = steady_clock::now();
        behind = std::exchange(news_, false) || now >= poll_at;
        if (now >= tell_at) tell = std::exchange(to_tell_, false);
        if (behind) last_poll_ = now;
        if (tell) last_tell_ = now;
        waiting.swap(to_replay_);
    }
    reap();
    recheck();
    try {
        if (tell) connection.execute("notify choso_event");
        if (behind) catch_up(connection);
        for (; !waiting.empty(); waiting.pop_back()) {
            replay(connection, waiting.back());
            recheck();  // many may wait, and a revocation must not wait for them
        }
    } catch (...) {
        auto const lock = std::lock_guard{signal_mutex_};
        to_replay_.insert(to_replay_.end(), waiting.begin(), waiting.end());
        news_ = true;
        throw;
    }
}

void Hub::work() {
    auto connection = std::unique_ptr<postgres::Connection>{};
    while (!stopping()) {
        try {
            if (!connection) {
                connection = std::make_unique<postgres::Connection>(options_.database_url);
                auto const lock = std::lock_guard{signal_mutex_};
                own_pid_ = connection->backend_pid();
            }
            work_once(*connection);
        } catch (std::exception const& failed) {
            log::warn("live_events_interrupted", {{"why", failed.what()}});
            connection.reset();
            auto lock = std::unique_lock{signal_mutex_};
            work_wake_.wait_for(lock, options_.poll, [this] { return stopping_; });
        }
    }
}

void Hub::listen() {
    auto connection = std::unique_ptr<postgres::Connection>{};
    while (!stopping()) {
        try {
            if (!connection) {
                connection = std::make_unique<postgres::Connection>(options_.database_url);
                connection->execute("listen choso_event");
            }
            auto foreign = false;
            connection->wait_for_notices(options_.poll, [&](std::string_view, int pid) {
                auto const lock = std::lock_guard{signal_mutex_};
                if (pid != own_pid_) foreign = news_ = true;
            });
            if (foreign) work_wake_.notify_one();
        } catch (std::exception const& failed) {
            log::debug("listening_interrupted", {{"why", failed.what()}});
            connection.reset();
            auto lock = std::unique_lock{signal_mutex_};
            work_wake_.wait_for(lock, options_.poll, [this] { return stopping_; });
        }
    }
}

}  // namespace choso::events
