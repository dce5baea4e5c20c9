#include "platform/http/loop.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <exception>

#include "platform/http/render.hpp"
#include "platform/http/session.hpp"

namespace choso::http::detail {
namespace {

using std::chrono::milliseconds;

/// An eighth of the shortest deadline, between 5 and 100 ms: late by little, and seldom enough to cost nothing.
milliseconds tick_interval(ServerOptions const& options) {
    auto const shortest =
        std::min({options.idle_timeout, options.header_timeout, options.body_timeout, options.handler_timeout,
                  options.write_timeout, options.linger_timeout, options.stream_heartbeat, options.slow_grace});
    return std::clamp(shortest / 8, milliseconds{5}, milliseconds{100});
}

}  // namespace

Response Common::error(ErrorKind kind, Request const* request) const {
    auto response = plain_error(kind);
    if (hooks.make_error) {
        try {
            response = hooks.make_error(kind, request);
        } catch (std::exception const&) {
            response = plain_error(kind);
        }
    }
    response.status = status_of(kind);
    if ((response.status == 503 || response.status == 429) && !response.header("Retry-After")) response.with("Retry-After", "1");
    return response;
}

std::string Common::counted_as(std::string const& address) const {
    if (options.connections_per_address_max == 0) return {};
    auto const parsed = Address::parse(address);
    if (!parsed || (parsed->is_loopback() && !options.limits_loopback)) return {};
    auto const is_proxy = [&](Network const& network) { return network.contains(*parsed); };
    if (std::any_of(options.proxies.begin(), options.proxies.end(), is_proxy)) return {};
    return parsed->neighbourhood();
}

std::optional<ErrorKind> Common::take_in(std::string const& address) {
    auto const name = counted_as(address);
    auto const lock = std::lock_guard{mutex};
    if (connections >= options.connections_max) return ErrorKind::overloaded;
    if (!name.empty()) {
        auto const open = by_address_.find(name);
        if (open != by_address_.end() && open->second >= options.connections_per_address_max) return ErrorKind::too_many_requests;
        ++by_address_[name];
    }
    ++connections;
    return std::nullopt;
}

void Common::let_go(std::string const& address) {
    auto const name = counted_as(address);
    {
        auto const lock = std::lock_guard{mutex};
        --connections;
        auto const open = by_address_.find(name);
        if (open != by_address_.end() && --open->second == 0) by_address_.erase(open);
    }
    emptied.notify_all();
}

Loop::Loop(Common& shared)
    : common{shared},
      random_{std::random_device{}() * 0x1'0000'0001ULL ^
              static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count())},
      interval_{tick_interval(shared.options)},
      mailbox{std::make_shared<Mailbox>([this] { boost::asio::post(io, [box = mailbox] { box->drain(); }); })},
      ticker_{io} {}

Loop::~Loop() { mailbox->close(); }

void Loop::run() {
    mailbox->adopt_thread();
    tick();
    for (;;) {
        try {
            io.run();
            return;
        } catch (std::exception const&) {
            // Out of memory in a callback: what it was about is lost to its connection's deadline; the loop goes on.
        }
    }
}

void Loop::enter(Session& session) {
    session.set_place(sessions_.size());
    sessions_.push_back(&session);
}

void Loop::leave(Session& session) {
    auto const place = session.place();
    sessions_[place] = sessions_.back();
    sessions_[place]->set_place(place);
    sessions_.pop_back();
}

void Loop::drain_all() {
    for (auto* session : sessions_) session->drain();
}

void Loop::abort_all() {
    for (auto* session : sessions_) session->abort();
}

std::string Loop::new_request_id() {
    static constexpr auto digits = std::string_view{"0123456789abcdef"};
    auto id = std::string(16, '0');
    auto bits = random_();
    for (auto& c : id) {
        c = digits[bits & 15U];
        bits >>= 4U;
    }
    return id;
}

double Loop::random_part() { return std::uniform_real_distribution<double>{0.0, 1.0}(random_); }

void Loop::tick() {
    if (auto const now = std::time(nullptr); now != date_at_) {
        date_at_ = now;
        date_ = http_date(now);
    }
    auto const now = std::chrono::steady_clock::now();
    arm_ticker();
    for (auto* session : sessions_) session->tick(now);
}

void Loop::arm_ticker() {
    ticker_.expires_after(interval_);
    ticker_.async_wait([this](boost::system::error_code const& error) {
        if (!error) tick();
    });
}

}  // namespace choso::http::detail
