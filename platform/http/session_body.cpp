#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <utility>

#include "platform/http/session.hpp"

namespace choso::http::detail {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;
using Parser = beast_http::request_parser<beast_http::string_body>;

constexpr auto read_bytes = std::size_t{16 * 1024};
constexpr auto chunk_line_bytes_max = std::size_t{4 * 1024};

std::chrono::milliseconds or_default(std::chrono::milliseconds routes, std::chrono::milliseconds servers) {
    return routes.count() > 0 ? routes : servers;
}

/// Beast and the gate must see the same frame; if they ever do not, neither is believed.
bool agrees(Parser const& parser, gate::Head const& head) {
    if (!parser.is_header_done()) return false;
    if (head.framing == gate::Framing::chunked) return parser.chunked() && !parser.content_length();
    auto const length = parser.content_length();
    return !parser.chunked() && length && *length == head.content_length;
}

/// Trailer fields are refused: nothing here reads them, and Beast would fold and bend them. `eaten` ends with the last
/// chunk, which Beast takes in one piece; without trailers the line before the final empty one is the chunk's own.
bool ends_without_trailers(std::string_view eaten) {
    if (!eaten.ends_with("\r\n\r\n")) return false;
    eaten.remove_suffix(4);
    auto const before = eaten.rfind('\n');
    auto const line = before == std::string_view::npos ? eaten : eaten.substr(before + 1);
    auto const size = line.substr(0, line.find(';'));
    return !size.empty() && size.find_first_not_of('0') == std::string_view::npos;
}

}  // namespace

/// Reads the body that the head announces into the exchange's request. False ends the connection; there is something
/// to answer first if the exchange then bears an error.
asio::awaitable<bool> Session::read_body(Exchange& exchange, gate::Head const& head, std::size_t head_bytes) {
    auto const& options = loop_.common.options;
    auto const limits = exchange.route ? exchange.route->limits : RouteLimits{};
    auto parser = Parser{};
    parser.header_limit(static_cast<std::uint32_t>(head_bytes + 1));
    parser.body_limit(limits.body_bytes_max > 0 ? limits.body_bytes_max : options.body_bytes_max);
    auto const check_extension = [](std::uint64_t, auto extension, error_code& error) {
        if (!gate::is_chunk_extension({extension.data(), extension.size()}))
            error = beast_http::error::bad_chunk_extension;
    };
    auto on_chunk_header = std::function<void(std::uint64_t, boost::beast::string_view, error_code&)>{check_extension};
    parser.on_chunk_header(on_chunk_header);

    auto error = error_code{};
    auto const eaten = parser.put(asio::buffer(unread().data(), head_bytes), error);
    if (error || eaten != head_bytes || !agrees(parser, head)) {
        fail(exchange, ErrorKind::bad_request, "the parsers disagree");
        co_return false;
    }
    at_ += head_bytes;
    if (head.expects_continue && head.minor == 1 && unread().empty()) out_.append("HTTP/1.1 100 Continue\r\n\r\n");
    parser.eager(true);
    auto timed = false;
    while (!parser.is_done()) {
        if (!unread().empty()) {
            at_ += parser.put(asio::buffer(unread().data(), unread().size()), error);
            if (error && error != beast_http::error::need_more) {
                auto const too_large = error == beast_http::error::body_limit;
                fail(exchange, too_large ? ErrorKind::payload_too_large : ErrorKind::bad_request, "body");
                co_return false;
            }
            if (parser.is_done()) break;
            if (unread().size() > chunk_line_bytes_max) {
                fail(exchange, ErrorKind::bad_request, "chunk line too long");
                co_return false;
            }
        }
        if (!try_flush()) co_await flush();
        if (aborted_) co_return false;
        if (!std::exchange(timed, true) || phase_ != Phase::body) {
            enter(Phase::body, or_default(limits.body_timeout, options.body_timeout));
        }
        auto const arrived = co_await read_some(read_bytes);
        if (std::exchange(expired_, false)) {
            fail(exchange, ErrorKind::request_timeout, "body too slow");
            exchange.keep_alive = false;
            co_return false;
        }
        if (arrived == 0) co_return false;
    }
    if (head.framing == gate::Framing::chunked && !ends_without_trailers(std::string_view{in_}.substr(0, at_))) {
        fail(exchange, ErrorKind::bad_request, "trailers");
        co_return false;
    }
    exchange.request_.body = std::move(parser.get().body());
    co_return true;
}

}  // namespace choso::http::detail
