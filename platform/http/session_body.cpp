#include <algorithm>
#include <utility>

#include "platform/http/body_reader.hpp"
#include "platform/http/session.hpp"

namespace choso::http::detail {
namespace {

namespace asio = boost::asio;

constexpr auto read_bytes = std::size_t{16 * 1024};

std::chrono::milliseconds or_default(std::chrono::milliseconds routes, std::chrono::milliseconds servers) {
    return routes.count() > 0 ? routes : servers;
}

}  // namespace

/// Reads the body that the head announces into the exchange's request. False ends the connection; there is something
/// to answer first if the exchange then bears an error.
asio::awaitable<bool> Session::read_body(Exchange& exchange, gate::Head const& head, std::size_t head_bytes) {
    auto const& options = loop_.common.options;
    auto const limits = exchange.route ? exchange.route->limits : RouteLimits{};
    auto const bytes_max = limits.body_bytes_max > 0 ? limits.body_bytes_max : options.body_bytes_max;
    auto reader = BodyReader{head, unread().substr(0, head_bytes), bytes_max};
    at_ += head_bytes;
    if (head.expects_continue && head.minor == 1 && unread().empty()) out_.append("HTTP/1.1 100 Continue\r\n\r\n");
    auto const began = Clock::now();
    auto const whole_time = or_default(limits.body_timeout, options.body_timeout);
    auto received = std::size_t{0};
    for (;;) {
        auto const fed = reader.feed(unread());
        at_ += fed;
        if (!exchange.body_share.take(loop_.common.body_bytes, fed, options.bodies_bytes_max)) {
            fail(exchange, ErrorKind::overloaded, "bodies");
            exchange.keep_alive = false;
            co_return false;
        }
        if (auto const& refused = reader.refusal()) {
            fail(exchange, refused->kind, refused->rule);
            co_return false;
        }
        if (reader.complete()) break;
        if (!try_flush()) co_await flush();
        if (aborted_) co_return false;
        phase_ = Phase::body;
        deadline_ = began + std::min(whole_time, options.time_for(received));
        auto const arrived = co_await read_some(read_bytes);
        if (std::exchange(expired_, false)) {
            fail(exchange, ErrorKind::request_timeout, "body too slow");
            exchange.keep_alive = false;
            co_return false;
        }
        if (arrived == 0) co_return false;
        received += arrived;
    }
    exchange.request_.body = reader.take();
    co_return true;
}

}  // namespace choso::http::detail
