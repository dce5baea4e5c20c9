#include "platform/http/session.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <utility>

#include "platform/http/render.hpp"

namespace choso::http::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr auto read_bytes = std::size_t{4 * 1024};
constexpr auto out_bytes_kept = std::size_t{64 * 1024};
constexpr auto vain_body_bytes_max = std::size_t{16 * 1024};
constexpr auto linger_bytes_max = std::size_t{8 * 1024 * 1024};

bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    });
}

milliseconds or_default(milliseconds routes, milliseconds servers) { return routes.count() > 0 ? routes : servers; }

}  // namespace

Session::Session(Loop& loop, Link link, std::string peer, bool secure)
    : loop_{loop}, link_{std::move(link)}, wake_{loop.io, Clock::time_point::max()}, peer_{std::move(peer)}, secure_{secure} {
    loop_.enter(*this);
}

Session::~Session() {
    if (running_) running_->abandon();
    if (live_) live_->finish();
    loop_.leave(*this);
    loop_.common.let_go(peer_);
}

asio::awaitable<void> Session::live(std::shared_ptr<Session> session) {
    try {
        session->enter(Phase::idle, session->loop_.common.options.header_timeout);
        auto going = co_await session->link_.greet();
        if (!going) session->abort();
        while (going) going = co_await session->serve_one();
    } catch (std::exception const&) {
        session->abort();  // out of memory, or a hook that threw: this connection's end, nobody else's
    }
    co_await session->finish();
}

asio::awaitable<bool> Session::serve_one() {
    auto const found = co_await read_head();
    if (found.refusal) refuse(*found.refusal);
    if (found.bytes == 0) co_return false;
    auto exchange = new_exchange();
    auto const read =
        gate::read(unread().substr(0, found.bytes), {.head_bytes_max = loop_.common.options.header_bytes_max,
                                                     .target_bytes_max = loop_.common.options.target_bytes_max});
    if (!read.ok()) {
        refuse(read.error());
        co_return false;
    }
    auto const& head = *read;
    fill_request(*exchange, head);
    auto const has_handler = choose_route(*exchange, head);
    if (has_handler && !exchange->ready) ask_admission(*exchange);
    // A refusal that already stands needs no body: a small one is read to keep the connection, a client that asks first
    // shall not send it, and for a large one the connection is not worth it.
    auto const skips_body = exchange->ready && (head.expects_continue || exchange->response.status == 413 || head.content_length > vain_body_bytes_max);
    if (skips_body && head.framing != gate::Framing::none) exchange->keep_alive = false;
    if (head.framing == gate::Framing::none || skips_body) {
        at_ += found.bytes;
    } else {
        auto const complete = co_await read_body(*exchange, head, found.bytes);
        if (!complete && exchange->error) append_answer(*exchange);
        if (!complete) co_return false;
    }
    if (has_handler && !exchange->ready) {
        dispatch(exchange);
        if (!exchange->ready) co_await await_answer(exchange);
        running_.reset();
        if (!exchange->ready) co_return false;
        if (exchange->dropped) fail(*exchange, ErrorKind::internal, exchange->detail);
    }
    if (exchange->start) {
        co_await stream(std::move(exchange));
        co_return false;
    }
    append_answer(*exchange);
    if (exchange->response.body.size() > out_bytes_kept && exchange->request_.method != Method::head) {
        co_await flush(exchange->response.body);
    } else if (out_.size() > out_bytes_kept) {
        co_await flush();  // many small requests for large answers must not pile up here
    }
    if (aborted_) co_return false;
    co_return exchange->keep_alive;
}

std::shared_ptr<Exchange> Session::new_exchange() {
    auto exchange = std::make_shared<Exchange>(loop_.mailbox, weak_from_this());
    exchange->began = Clock::now();
    exchange->request_.remote = peer_;
    exchange->request_.secure = secure_;
    return exchange;
}

void Session::fill_request(Exchange& exchange, gate::Head const& head) {
    auto& request = exchange.request_;
    request.method = head.method;
    request.target = head.target;
    request.path = head.path;
    request.query = head.query;
    request.headers.reserve(head.fields.size());
    for (auto const& [name, value] : head.fields) request.headers.push_back({std::string{name}, std::string{value}});
    if (!loop_.common.options.proxies.empty()) request.remote = client_of(head);
    auto const given = request.header("X-Request-Id");
    request.request_id = given && is_request_id(*given) ? std::string{*given} : loop_.new_request_id();
    exchange.minor = head.minor;
    exchange.keep_alive = head.keep_alive && !loop_.common.draining;
}

std::string Session::client_of(gate::Head const& head) const {
    auto forwarded = std::string{};
    for (auto const& [name, value] : head.fields) {
        if (!equals_ignoring_case(name, "X-Forwarded-For")) continue;
        forwarded.append(forwarded.empty() ? "" : ",").append(value);
    }
    return client_address(peer_, forwarded, loop_.common.options.proxies);
}

void Session::ask_admission(Exchange& exchange) {
    auto const& admit = loop_.common.hooks.admit;
    if (!admit) return;
    auto const refused = admit(exchange.request_, *exchange.route);
    if (!refused) return;
    fail(exchange, refused->why, "not admitted");
    auto& headers = exchange.response.headers;
    std::erase_if(headers, [](Header const& header) { return equals_ignoring_case(header.name, "Retry-After"); });
    exchange.response.with("Retry-After", std::to_string(refused->retry_after.count()));
}

bool Session::choose_route(Exchange& exchange, gate::Head const& head) {
    auto match = loop_.common.router.find(head.method, head.path);
    auto body_bytes_max = loop_.common.options.body_bytes_max;
    if (match.route) {
        exchange.route = match.route;
        exchange.request_.params = std::move(match.params);
        if (match.route->limits.body_bytes_max > 0) body_bytes_max = match.route->limits.body_bytes_max;
    } else if (head.method == Method::options && (!match.allow.empty() || head.path == "*")) {
        auto all = std::string{"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"};
        exchange.response = Response{.status = 204};
        exchange.response.with("Allow", head.path == "*" ? std::move(all) : std::move(match.allow));
        exchange.ready = true;
    } else if (match.allow.empty()) {
        fail(exchange, ErrorKind::not_found);
    } else {
        fail(exchange, ErrorKind::method_not_allowed);
        exchange.response.with("Allow", std::move(match.allow));
    }
    if (head.content_length > body_bytes_max) fail(exchange, ErrorKind::payload_too_large, "Content-Length");
    return exchange.route != nullptr;
}

asio::awaitable<Session::HeadRead> Session::read_head() {
    auto const& options = loop_.common.options;
    auto const limits =
        gate::Limits{.head_bytes_max = options.header_bytes_max, .target_bytes_max = options.target_bytes_max};
    auto finder = gate::Finder{};
    // RFC 9112 §2.2: one empty line before a request is forgiven.
    auto may_skip = true;
    for (;;) {
        if (may_skip && unread().starts_with("\r\n")) {
            at_ += 2;
            may_skip = false;
        }
        auto const waits_for_skip = may_skip && unread() == "\r";
        if (!unread().empty() && !waits_for_skip) {
            may_skip = false;
            auto const found = finder.look(unread(), limits);
            if (!found.ok()) co_return HeadRead{.refusal = found.error()};
            if (*found > 0) {
                expired_ = false;
                co_return HeadRead{.bytes = *found};
            }
        }
        if (!try_flush()) co_await flush();
        if (aborted_) co_return HeadRead{};
        if (unread().empty()) {
            if (loop_.common.draining && !link_.has_input()) co_return HeadRead{};
            enter(Phase::idle, std::exchange(is_new_, false) ? options.header_timeout : options.idle_timeout);
        } else if (phase_ != Phase::head) {
            enter(Phase::head, options.header_timeout);
        }
        auto const arrived = co_await read_some(read_bytes);
        if (expired_) co_return HeadRead{.refusal = gate::Refusal{ErrorKind::request_timeout, "head too slow"}};
        auto const drained_while_idle =
            arrived == 0 && !aborted_ && loop_.common.draining && unread().empty() && !ended_;
        if (arrived == 0 && !drained_while_idle) co_return HeadRead{};
    }
}

asio::awaitable<std::size_t> Session::read_some(std::size_t bytes_max) {
    if (at_ == in_.size()) {
        in_.clear();
        at_ = 0;
    } else if (at_ >= read_bytes) {
        in_.erase(0, at_);
        at_ = 0;
    }
    auto const before = in_.size();
    in_.resize(before + bytes_max);
    auto error = error_code{};
    auto const arrived = co_await link_.read_some(in_.data() + before, bytes_max, error);
    in_.resize(before + arrived);
    ended_ = error == asio::error::eof;
    co_return arrived;
}

void Session::refuse(gate::Refusal const& refusal) {
    auto const exchange = new_exchange();
    exchange->request_.request_id = loop_.new_request_id();
    fail(*exchange, refusal.kind, refusal.rule);
    exchange->keep_alive = false;
    append_answer(*exchange);
}

void Session::fail(Exchange& exchange, ErrorKind kind, std::string_view detail) {
    exchange.error = kind;
    exchange.detail = detail;
    exchange.response = loop_.common.error(kind, &exchange.request_);
    exchange.ready = true;
    if (kind == ErrorKind::payload_too_large || kind == ErrorKind::bad_request) exchange.keep_alive = false;
}

void Session::dispatch(std::shared_ptr<Exchange> const& exchange) {
    running_ = exchange;
    try {
        exchange->route->handler(exchange->request_, Responder{exchange});
    } catch (std::exception const& failure) {
        exchange->detail = failure.what();
    } catch (...) {
        exchange->detail = "unknown exception";
    }
}

asio::awaitable<void> Session::await_answer(std::shared_ptr<Exchange> exchange) {
    auto const time = or_default(exchange->route->limits.handler_timeout, loop_.common.options.handler_timeout);
    while (!exchange->ready) {
        if (!try_flush()) co_await flush();
        if (aborted_) {
            exchange->abandon();
            exchange->ready = false;
            co_return;
        }
        if (exchange->ready) break;
        phase_ = Phase::handler;
        deadline_ = expired_ ? Clock::time_point::max() : exchange->began + time;
        co_await wait();
        // If abandon() fails, the answer is already in the mail.
        if (expired_ && !exchange->ready && exchange->abandon())
            fail(*exchange, ErrorKind::handler_timeout, "handler_timeout");
    }
    expired_ = false;
}

void Session::append_answer(Exchange& exchange) {
    auto const before = out_.size();
    auto frame = AnswerFrame{.request_id = exchange.request_.request_id,
                             .date = loop_.date(),
                             .minor = exchange.minor,
                             .keep_alive = exchange.keep_alive && !loop_.common.draining,
                             .to_head = exchange.request_.method == Method::head,
                             .secure = secure_ || loop_.common.options.tls_in_front};
    exchange.keep_alive = frame.keep_alive;
    try {
        append_head(out_, exchange.response, frame);
    } catch (std::exception const& broken) {
        out_.resize(before);
        fail(exchange, ErrorKind::internal, broken.what());
        append_head(out_, exchange.response, frame);
    }
    auto const& body = exchange.response.body;
    if (!frame.to_head && has_body(exchange.response.status) && body.size() <= out_bytes_kept) out_.append(body);
    if (!has_body(exchange.response.status)) exchange.response.body.clear();
    report(exchange);
}

void Session::report(Exchange const& exchange) {
    auto const& hook = loop_.common.hooks.on_answer;
    if (!hook) return;
    auto const info = AnswerInfo{.route = exchange.route ? std::string_view{exchange.route->name} : "-",
                                 .duration = Clock::now() - exchange.began,
                                 .error = exchange.error,
                                 .detail = exchange.detail,
                                 .streaming = exchange.start.has_value()};
    hook(exchange.request_, exchange.response, info);
}

void Session::enter(Phase phase, milliseconds time) {
    phase_ = phase;
    deadline_ = Clock::now() + time;
}

/// Without waiting. True if all is out; false if some is left or the connection is broken.
bool Session::try_flush() {
    if (out_at_ == out_.size()) return true;
    auto error = error_code{};
    out_at_ += link_.try_write(std::string_view{out_}.substr(out_at_), error);
    if (error || out_at_ < out_.size()) return false;
    out_.clear();
    out_at_ = 0;
    return true;
}

asio::awaitable<bool> Session::flush(std::string_view more) {
    auto const& options = loop_.common.options;
    auto const began = Clock::now();
    auto more_at = std::size_t{0};
    auto total = std::size_t{0};
    while (out_at_ < out_.size() || more_at < more.size()) {
        // A reader that takes a little at a time lives as long as its answer takes at the least rate, no longer.
        phase_ = Phase::write;
        deadline_ = began + options.write_timeout + options.time_for(total) - options.slow_grace;
        auto error = error_code{};
        auto const first = std::string_view{out_}.substr(out_at_);
        auto const second = more.substr(more_at);
        auto const written = co_await link_.write_some(first, second, error);
        if (error || aborted_) {
            abort();
            co_return false;
        }
        auto const of_out = std::min(written, out_.size() - out_at_);
        out_at_ += of_out;
        more_at += written - of_out;
        total += written;
    }
    out_.clear();
    out_at_ = 0;
    if (out_.capacity() > 2 * out_bytes_kept) out_ = {};
    co_return true;
}

asio::awaitable<void> Session::wait() {
    auto error = error_code{};
    co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> Session::finish() {
    if (!aborted_) co_await flush();
    if (!aborted_ && !ended_) {
        // The client may still be sending; closing now would reset the connection under the answer it has not read.
        link_.finish_sending();
        enter(Phase::linger, loop_.common.options.linger_timeout);
        for (auto drained = std::size_t{0}; !aborted_ && drained < linger_bytes_max;) {
            at_ = in_.size();
            auto const arrived = co_await read_some(read_bytes);
            if (arrived == 0) break;
            drained += arrived;
        }
    }
    abort();
}

void Session::tick(Clock::time_point now) {
    if (phase_ == Phase::stream && now >= next_beat_ && live_) {
        rest_until_next_beat();
        live_->send(beat_);
    }
    if (phase_ == Phase::handler && link_.peer_is_gone()) abort();
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    switch (phase_) {
        case Phase::head:
        case Phase::body:
            expired_ = true;
            link_.cancel();
            break;
        case Phase::handler:
            expired_ = true;
            wake();
            break;
        case Phase::write: cut(); break;
        case Phase::idle:
        case Phase::linger: abort(); break;
        case Phase::stream: break;
    }
}

void Session::drain() {
    if (live_) live_->close();
    if (phase_ == Phase::idle) link_.cancel();
}

void Session::cut() {
    link_.reset();
    abort();
}

void Session::abort() {
    aborted_ = true;
    if (running_) running_->abandon();
    link_.close();
    wake();
}

}  // namespace choso::http::detail
