#include "load-tests/live/live_streams.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace choso::load {
namespace {

int connect_to(std::uint16_t port, int receive_bytes) {
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_bytes > 0) setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    auto address = sockaddr_in{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        throw std::runtime_error{"cannot connect to the gateway"};
    return socket;
}

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) throw std::runtime_error{"the gateway closed a connection"};
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

std::string_view between(std::string_view text, std::string_view before, char after) {
    auto const at = text.find(before);
    if (at == std::string_view::npos) return {};
    auto const rest = text.substr(at + before.size());
    return rest.substr(0, rest.find(after));
}

std::string ask(std::string const& target, std::string const& headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

}  // namespace

LiveStreams::LiveStreams(std::uint16_t port, std::function<void(Event const&)> heard)
    : port_{port}, heard_{std::move(heard)}, epoll_{epoll_create1(EPOLL_CLOEXEC)} {}

LiveStreams::~LiveStreams() {
    for (auto& line : lines_) close(line);
    for (auto const socket : slow_) ::close(socket);
    ::close(epoll_);
}

void LiveStreams::connect(std::size_t at) {
    auto& line = lines_[at];
    line.socket = connect_to(port_, 0);
    auto event = epoll_event{};
    event.events = EPOLLIN;
    event.data.u64 = at;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, line.socket, &event);
    ++opening_;
}

void LiveStreams::open(std::string const& link_token) {
    lines_.emplace_back();
    connect(lines_.size() - 1);
    lines_.back().state = State::asks_cookie;
    send_all(lines_.back().socket, ask("/stall/" + link_token, ""));
}

void LiveStreams::open_slow(std::string const& api_key) {
    slow_.push_back(connect_to(port_, 4096));
    send_all(slow_.back(), ask("/api/v1/stream", "Authorization: Bearer " + api_key + "\r\n"));
}

void LiveStreams::close(Line& line) {
    if (line.socket >= 0) ::close(line.socket);
    line.socket = -1;
    if (line.state == State::live) --live_;
    else if (line.state != State::closed) --opening_;
    line.state = State::closed;
    line.in = {};
}

void LiveStreams::cut(std::size_t stream) { close(lines_[stream]); }

void LiveStreams::come_back(std::size_t stream) {
    connect(stream);
    auto& line = lines_[stream];
    line.state = State::asks_stream;
    auto const last = line.last_id.empty() ? std::string{} : "Last-Event-ID: " + line.last_id + "\r\n";
    send_all(line.socket, ask("/api/v1/stream", "Cookie: " + line.cookie + "\r\n" + last));
}

void LiveStreams::poll(int timeout_ms) {
    std::array<epoll_event, 512> events;
    auto const n = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
    for (auto i = 0; i < n; ++i) read(static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64));
}

void LiveStreams::read(std::size_t at) {
    auto& line = lines_[at];
    if (line.socket < 0) return;
    std::array<char, 16384> buffer;
    auto const n = recv(line.socket, buffer.data(), buffer.size(), 0);
    if (n <= 0) {
        if (line.state != State::live) throw std::runtime_error{"the gateway closed a stream that was being opened: " + line.in};
        ++ended_;
        return close(line);
    }
    line.in.append(buffer.data(), static_cast<std::size_t>(n));
    take(at);
}

void LiveStreams::take(std::size_t at) {
    auto& line = lines_[at];
    if (line.state != State::live) {
        auto const end = line.in.find("\r\n\r\n");
        if (end == std::string::npos) return;
        auto const head = std::string_view{line.in}.substr(0, end + 4);
        if (line.state == State::asks_cookie) {
            if (!head.starts_with("HTTP/1.1 303")) throw std::runtime_error{"a stall's link does not open: " + line.in};
            line.cookie = between(head, "Set-Cookie: ", ';');
            line.in.clear();
            line.state = State::asks_stream;
            return send_all(line.socket, ask("/api/v1/stream", "Cookie: " + line.cookie + "\r\n"));
        }
        if (!head.starts_with("HTTP/1.1 200")) throw std::runtime_error{"a stream does not open: " + line.in};
        line.in.erase(0, end + 4);
        line.state = State::live;
        --opening_;
        ++live_;
    }
    auto done = std::size_t{0};
    for (auto end = line.in.find("\n\n"); end != std::string::npos; end = line.in.find("\n\n", done)) {
        take_event(at, std::string_view{line.in}.substr(done, end + 1 - done));
        done = end + 2;
    }
    line.in.erase(0, done);
    if (line.in.empty()) line.in = {};
}

void LiveStreams::take_event(std::size_t at, std::string_view text) {
    auto& line = lines_[at];
    if (auto const id = between(text, "id: ", '\n'); !id.empty()) line.last_id = id;
    auto const data = between(text, "data: ", '\n');
    if (data.empty()) return;  // a heartbeat, or the greeting
    auto const numbered = between(data, "\"n\":", ',');
    if (!numbered.empty()) {
        auto n = std::int64_t{0};
        std::from_chars(numbered.data(), numbered.data() + numbered.size(), n);
        if (n != line.n + 1) ++gaps_;
        line.n = n;
    }
    heard_({at, between(text, "event: ", '\n'), data});
}

std::size_t LiveStreams::slow_cut() const {
    auto cut = std::size_t{0};
    for (auto const socket : slow_) {
        auto watched = pollfd{.fd = socket, .events = POLLRDHUP, .revents = 0};
        if (::poll(&watched, 1, 0) == 1 && (watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) ++cut;
    }
    return cut;
}

}  // namespace choso::load
