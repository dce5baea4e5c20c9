#include <boost/asio/error.hpp>

#include <utility>

#include "platform/http/render.hpp"
#include "platform/http/session.hpp"
#include "platform/http/websocket.hpp"

namespace choso::http::detail {

namespace asio = boost::asio;
using boost::system::error_code;

asio::awaitable<void> Session::stream(std::shared_ptr<Exchange> exchange) {
    auto& start = *exchange->start;
    auto& response = exchange->response;
    response = Response{.status = 200, .content_type = "text/event-stream", .headers = std::move(start.headers)};
    if (!start.websocket_accept.empty()) {
        response.status = 101;
        response.content_type.clear();
        response.with("Upgrade", "websocket").with("Sec-WebSocket-Accept", start.websocket_accept);
        beat_ = websocket::empty_ping;
    } else {
        if (!response.header("Cache-Control")) response.with("Cache-Control", "no-store");
        response.with("X-Accel-Buffering", "no");
    }
    receive_ = std::move(start.receive);
    exchange->keep_alive = false;
    append_head(out_, response,
                {.request_id = exchange->request_.request_id,
                 .date = loop_.date(),
                 .minor = exchange->minor,
                 .keep_alive = false,
                 .secure = secure_ || loop_.common.options.tls_in_front,
                 .streaming = true});
    report(*exchange);
    auto const& options = loop_.common.options;
    live_ = std::make_shared<LiveStream>(loop_.mailbox, weak_from_this(), options.stream_buffer_bytes_max);
    ++loop_.common.streams;
    auto attach = std::move(start.attach);
    auto const wanted = exchange->request_.method != Method::head;
    exchange.reset();  // the request may go; a stream lives for hours
    auto failed = std::exception_ptr{};
    try {
        // Ten thousand streams wait side by side: no input buffer, and the kernel holds little for each.
        link_.bound_send_buffer(64 * 1024);
        auto const early = std::string{unread()};
        in_ = {};
        at_ = 0;
        attach(live_);
        attach = nullptr;
        if (receive_ && !early.empty()) receive_(early);
        if (!wanted || loop_.common.draining) live_->close();
        watch_for_end();
        co_await pump(*live_);
    } catch (...) {
        failed = std::current_exception();
    }
    // The watching read goes first: of two reads on a socket that ends, Asio completes one.
    link_.cancel();
    if (live_->dropped()) cut();
    --loop_.common.streams;
    receive_ = nullptr;
    std::exchange(live_, nullptr)->finish();
    if (failed) std::rethrow_exception(failed);
}

asio::awaitable<void> Session::pump(LiveStream& live) {
    while (!aborted_ && !ended_) {
        if (out_.empty()) live.take(out_);
        if (!out_.empty()) {
            if (!try_flush()) co_await flush();
            continue;
        }
        if (live.ending()) co_return;
        phase_ = Phase::stream;
        deadline_ = Clock::time_point::max();
        out_ = {};
        rest_until_next_beat();
        co_await wait();
    }
}

/// Spread over the last quarter of the interval, so that streams that began together do not all write in one tick.
void Session::rest_until_next_beat() {
    auto const interval = std::chrono::duration<double, std::milli>{loop_.common.options.stream_heartbeat};
    auto const rest = interval * (0.75 + 0.25 * loop_.random_part());
    next_beat_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(rest);
}

/// A stream's client has nothing more to say, unless it speaks WebSocket; a read that ends tells that it went away.
void Session::watch_for_end() {
    auto error = error_code{};
    // Some at a time: who talks without end shall not keep the loop from the others.
    for (auto reads = 0; reads < 16 && !error; ++reads) {
        auto const arrived = link_.try_read(arrived_.data(), arrived_.size(), error);
        if (receive_ && arrived > 0) receive_({arrived_.data(), arrived});
    }
    if (error && error != asio::error::would_block) {
        ended_ = true;
        wake();
        return;
    }
    link_.when_readable([self = shared_from_this()](error_code const& failed) {
        if (!self->live_) return;
        if (!failed) return self->watch_for_end();
        self->ended_ = true;
        self->wake();
    });
}

}  // namespace choso::http::detail
