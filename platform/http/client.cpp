#include "platform/http/client.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace choso::http {
namespace {

namespace beast_http = boost::beast::http;
using Parser = beast_http::response_parser<beast_http::string_body>;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

[[noreturn]] void fail(std::string const& what) { throw ClientError{what + ": " + std::strerror(errno)}; }

/// Waits until the socket can do `events`. Throws when the time is over.
void await(int socket, short events, Steady::time_point deadline) {
    for (;;) {
        auto const left = std::chrono::duration_cast<milliseconds>(deadline - Steady::now()) + milliseconds{1};
        if (left.count() <= 0) throw ClientError{"time ran out"};
        auto watched = pollfd{.fd = socket, .events = events, .revents = 0};
        auto const ready = ::poll(&watched, 1, static_cast<int>(left.count()));
        if (ready > 0) return;
        if (ready < 0 && errno != EINTR) fail("poll");
    }
}

std::optional<int> connect_to(addrinfo const& address, milliseconds timeout) {
    auto const made =
        ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
    if (made < 0) fail("socket");
    auto error = ::connect(made, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        try {
            await(made, POLLOUT, Steady::now() + timeout);
        } catch (ClientError const&) {
            ::close(made);
            throw;
        }
        auto size = static_cast<socklen_t>(sizeof error);
        ::getsockopt(made, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    if (error != 0) {
        ::close(made);
        errno = error;
        return std::nullopt;
    }
    auto const on = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return made;
}

std::string render(Method method, std::string_view target, std::string const& authority,
                   std::vector<Header> const& headers, std::string_view body) {
    auto text = std::string{to_string(method)};
    text.append(" ").append(target).append(" HTTP/1.1\r\n");
    auto names_host = false;
    for (auto const& header : headers) {
        names_host = names_host || equals_ignoring_case(header.name, "Host");
        text.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    if (!names_host) text.append("Host: ").append(authority).append("\r\n");
    auto const takes_body = method == Method::post || method == Method::put || method == Method::patch;
    if (takes_body || !body.empty()) text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    text.append("\r\n").append(body);
    return text;
}

std::string authority_of(std::string const& host, std::uint16_t port) {
    auto const is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

/// Feeds the parser until `done`; `in` keeps what it did not want.
template <class Done>
void feed(Parser& parser, Wire& wire, std::string& in, Done done) {
    auto error = boost::system::error_code{};
    while (!done()) {
        if (!in.empty()) {
            auto const eaten = parser.put(boost::asio::buffer(in), error);
            in.erase(0, eaten);
            if (error && error != beast_http::error::need_more) throw ClientError{"broken answer: " + error.message()};
            if (done() || (eaten > 0 && !error)) continue;
        }
        if (wire.receive(in)) continue;
        parser.put_eof(error);
        if (error || !done()) throw ClientError{"the connection ended within an answer"};
    }
}

Response to_response(Parser& parser) {
    auto response = Response{.status = static_cast<int>(parser.get().result_int())};
    for (auto const& field : parser.get()) {
        if (field.name() == beast_http::field::content_type) response.content_type = std::string{field.value()};
        response.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    }
    response.body = std::move(parser.get().body());
    return response;
}

}  // namespace

Wire::Wire(std::string const& host, std::uint16_t port, milliseconds timeout) : timeout_{timeout} {
    auto hints = addrinfo{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (auto const failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); failed != 0) {
        throw ClientError{"no address for " + host + ": " + ::gai_strerror(failed)};
    }
    auto const addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>{found, &::freeaddrinfo};
    for (auto const* address = found; address != nullptr; address = address->ai_next) {
        if (auto const made = connect_to(*address, timeout)) {
            socket_ = *made;
            return;
        }
    }
    fail("cannot connect to " + authority_of(host, port));
}

Wire::Wire(Wire&& other) noexcept : socket_{std::exchange(other.socket_, -1)}, timeout_{other.timeout_} {}

Wire& Wire::operator=(Wire&& other) noexcept {
    std::swap(socket_, other.socket_);
    timeout_ = other.timeout_;
    return *this;
}

Wire::~Wire() {
    if (socket_ >= 0) ::close(socket_);
}

void Wire::send(std::string_view bytes) {
    auto const deadline = Steady::now() + timeout_;
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            await(socket_, POLLOUT, deadline);
        } else if (errno != EINTR) {
            fail("send");
        }
    }
}

bool Wire::receive(std::string& in, milliseconds timeout) {
    auto const deadline = Steady::now() + timeout;
    auto piece = std::array<char, 16 * 1024>{};
    for (;;) {
        auto const got = ::recv(socket_, piece.data(), piece.size(), 0);
        if (got > 0) in.append(piece.data(), static_cast<std::size_t>(got));
        if (got >= 0) return got > 0;
        if (errno == ECONNRESET) return false;
        if (errno == EAGAIN) {
            await(socket_, POLLIN, deadline);
        } else if (errno != EINTR) {
            fail("receive");
        }
    }
}

void Wire::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void Wire::reset() {
    auto const at_once = linger{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

std::optional<Response> read_response(Wire& wire, std::string& in, bool to_head) {
    if (in.empty() && !wire.receive(in)) return std::nullopt;
    for (;;) {
        auto parser = Parser{};
        parser.header_limit(std::numeric_limits<std::uint32_t>::max());
        parser.body_limit(boost::none);
        parser.skip(to_head);
        parser.eager(true);
        feed(parser, wire, in, [&] { return parser.is_done(); });
        if (parser.get().result_int() >= 200) return to_response(parser);  // else 100 Continue: the answer follows
    }
}

Response exchange(std::string const& host, std::uint16_t port, Method method, std::string_view target, std::vector<Header> headers,
                  std::string_view body, ExchangeLimits const& limits) {
    auto const deadline = Steady::now() + limits.total;
    auto const left = [deadline] {
        auto const rest = std::chrono::duration_cast<milliseconds>(deadline - Steady::now());
        if (rest.count() <= 0) throw ClientError{"time ran out"};
        return rest;
    };
    headers.push_back({"Connection", "close"});
    auto wire = Wire{host, port, left()};
    wire.send(render(method, target, authority_of(host, port), headers, body));
    auto parser = Parser{};
    parser.body_limit(limits.answer_bytes_max);
    parser.eager(true);
    std::string in;
    auto error = boost::system::error_code{};
    for (auto received = std::size_t{0}; !parser.is_done();) {
        auto const before = in.size();
        auto const more = wire.receive(in, left());
        received += in.size() - before;
        if (received > limits.answer_bytes_max) throw ClientError{"the answer is too long"};
        if (more) in.erase(0, parser.put(boost::asio::buffer(in), error));
        else parser.put_eof(error);
        if (error && error != beast_http::error::need_more) throw ClientError{"broken answer: " + error.message()};
        if (!more && !parser.is_done()) throw ClientError{"the connection ended within an answer"};
    }
    return to_response(parser);
}

Client::Client(std::string host, std::uint16_t port, milliseconds timeout)
    : host_{std::move(host)}, port_{port}, timeout_{timeout} {}

Response Client::request(Method method, std::string_view target, std::vector<Header> const& headers,
                         std::string_view body) {
    auto const text = render(method, target, authority_of(host_, port_), headers, body);
    auto const repeatable = method == Method::get || method == Method::head;
    for (;;) {
        auto const kept = wire_.has_value();
        if (!kept) {
            in_.clear();
            wire_.emplace(host_, port_, timeout_);
        }
        auto answer = std::optional<Response>{};
        try {
            wire_->send(text);
            answer = read_response(*wire_, in_, method == Method::head);
        } catch (ClientError const&) {
            wire_.reset();
            if (!kept || !repeatable) throw;
            continue;
        }
        if (answer) {
            auto const connection = answer->header("Connection");
            if (connection && equals_ignoring_case(*connection, "close")) wire_.reset();
            return std::move(*answer);
        }
        wire_.reset();
        if (!kept || !repeatable) throw ClientError{"the server closed without an answer"};
    }
}

EventReader::EventReader(std::string const& host, std::uint16_t port, std::string_view target,
                         std::vector<Header> const& headers, milliseconds timeout)
    : wire_{host, port, timeout} {
    auto sent = headers;
    sent.push_back({"Accept", "text/event-stream"});
    wire_.send(render(Method::get, target, authority_of(host, port), sent, {}));
    auto parser = Parser{};
    feed(parser, wire_, in_, [&] { return parser.is_header_done(); });
    if (parser.get().result_int() != 200) {
        parser.eager(true);
        feed(parser, wire_, in_, [&] { return parser.is_done(); });
    }
    response_ = to_response(parser);
}

std::optional<std::string> EventReader::line(milliseconds timeout) {
    auto const deadline = Steady::now() + timeout;
    for (;;) {
        if (auto const end = in_.find('\n', at_); end != std::string::npos) {
            auto text = in_.substr(at_, end - at_);
            at_ = end + 1;
            if (text.ends_with('\r')) text.pop_back();
            return text;
        }
        in_.erase(0, std::exchange(at_, 0));
        auto const left = std::chrono::duration_cast<milliseconds>(deadline - Steady::now());
        if (!wire_.receive(in_, std::max(left, milliseconds{0}))) return std::nullopt;
    }
}

std::optional<EventReader::Event> EventReader::event(milliseconds timeout) {
    auto const deadline = Steady::now() + timeout;
    auto found = Event{};
    auto has_data = false;
    for (;;) {
        auto const left = std::chrono::duration_cast<milliseconds>(deadline - Steady::now());
        auto const text = line(std::max(left, milliseconds{0}));
        if (!text) return std::nullopt;
        if (text->empty()) {
            if (has_data) return found;
            continue;
        }
        auto const colon = std::min(text->find(':'), text->size());
        auto const name = std::string_view{*text}.substr(0, colon);
        auto value = std::string_view{*text}.substr(std::min(colon + 1, text->size()));
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (name == "event") found.event = value;
        if (name == "id") found.id = value;
        if (name != "data") continue;
        if (std::exchange(has_data, true)) found.data += '\n';
        found.data += value;
    }
}

}  // namespace choso::http
