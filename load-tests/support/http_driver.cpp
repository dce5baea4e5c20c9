#include "load-tests/support/http_driver.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace choso::load {
namespace {

int connect_to(std::uint16_t port) {
    auto const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = sockaddr_in{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0 || connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        throw std::runtime_error{"cannot connect to the gateway"};
    auto const one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

std::size_t content_length(std::string_view head) {
    auto const at = head.find("\r\nContent-Length: ");
    if (at == std::string_view::npos) return 0;
    auto value = std::size_t{0};
    std::from_chars(head.data() + at + 18, head.data() + head.size(), value);
    return value;
}

}  // namespace

HttpDriver::HttpDriver(std::uint16_t port, int connections) : epoll_{epoll_create1(EPOLL_CLOEXEC)} {
    for (auto n = 0; n < connections; ++n) {
        lines_.push_back({connect_to(port), {}, {}});
        auto event = epoll_event{};
        event.events = EPOLLIN;
        event.data.u64 = static_cast<std::uint64_t>(n);
        epoll_ctl(epoll_, EPOLL_CTL_ADD, lines_.back().socket, &event);
        idle_.push_back(static_cast<std::size_t>(n));
    }
}

HttpDriver::~HttpDriver() {
    for (auto const& line : lines_) close(line.socket);
    close(epoll_);
}

void HttpDriver::send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const n = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) throw std::runtime_error{"the gateway closed a connection"};
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void HttpDriver::send(std::string request, Done done) {
    auto const at = idle_.front();
    idle_.pop_front();
    lines_[at].done = std::move(done);
    send_all(lines_[at].socket, request);
}

void HttpDriver::read(std::size_t at) {
    auto& line = lines_[at];
    std::array<char, 16384> buffer;
    auto const n = recv(line.socket, buffer.data(), buffer.size(), 0);
    if (n <= 0) throw std::runtime_error{"the gateway closed a connection"};
    line.in.append(buffer.data(), static_cast<std::size_t>(n));
    auto const end = line.in.find("\r\n\r\n");
    if (end == std::string::npos) return;
    auto const head = std::string_view{line.in}.substr(0, end + 2);
    auto const length = content_length(head);
    if (line.in.size() < end + 4 + length) return;
    auto answer = Answer{0, std::string_view{line.in}.substr(end + 4, length)};
    std::from_chars(line.in.data() + 9, line.in.data() + 12, answer.status);
    auto const done = std::move(line.done);
    idle_.push_back(at);
    auto const whole = std::move(line.in);
    line.in.clear();
    answer.body = std::string_view{whole}.substr(end + 4, length);
    done(answer);
}

void HttpDriver::poll(int timeout_ms) {
    std::array<epoll_event, 256> events;
    auto const n = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
    for (auto i = 0; i < n; ++i) read(static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64));
}

}  // namespace choso::load
