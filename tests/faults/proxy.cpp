#include "tests/faults/proxy.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace choso::faults {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    auto out = sockaddr_in{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Appends what has come; false at the end of the stream.
bool receive(int socket, std::string& into) {
    char buffer[65'536];
    auto const got = ::recv(socket, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    into.append(buffer, static_cast<std::size_t>(got));
    return true;
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    auto out = std::uint32_t{0};
    for (auto i = std::size_t{0}; i < 4; ++i) out = out << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return out;
}

/// Takes one whole message off `bytes`; empty when there is none yet. `typed`: behind the start-up packet each message
/// begins with a letter.
std::string take_message(std::string& bytes, bool typed) {
    auto const head = typed ? std::size_t{5} : std::size_t{4};
    if (bytes.size() < head) return {};
    auto const length = number_at(bytes, head - 4) + (typed ? 1U : 0U);
    if (bytes.size() < length) return {};
    auto out = bytes.substr(0, length);
    bytes.erase(0, length);
    return out;
}

/// Bind: 'B', length, the portal's name, the prepared statement's name, …
bool is_commit(std::string_view message) {
    if (message.empty() || message.front() != 'B') return false;
    auto const portal_end = message.find('\0', 5);
    return portal_end != std::string_view::npos && message.substr(portal_end + 1).starts_with("commit");
}

constexpr std::uint32_t ssl_request = 80'877'103;
constexpr std::uint32_t gss_request = 80'877'104;

}  // namespace

/// One client's connection and ours to the server, pumped by one thread.
class Proxy::Link {
 public:
    Link(Proxy& proxy, int client) : proxy_{proxy}, client_{client}, server_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        auto const one = 1;
        ::setsockopt(client_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        ::setsockopt(server_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        thread_ = std::thread{[this] { pump(); }};
    }
    Link(Link const&) = delete;
    Link& operator=(Link const&) = delete;
    ~Link() { thread_.join(); }

 private:
    void pump() {
        auto const address = loopback(proxy_.server_port_);
        if (::connect(server_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0)
            while (!proxy_.ending_ && step()) {}
        ::close(client_);
        ::close(server_);
    }

    /// False when both sides are to be closed.
    bool step() {
        pollfd watched[2] = {{client_, POLLIN, 0}, {server_, POLLIN, 0}};
        auto const ready = ::poll(watched, 2, 50);
        if (ready < 0) return errno == EINTR;
        if (watched[0].revents != 0 && (!receive(client_, from_client_) || !forward_to_server())) return false;
        if (watched[1].revents != 0 && (!receive(server_, from_server_) || !forward_to_client())) return false;
        return true;
    }

    bool forward_to_server() {
        if (fault_ == CommitFault::commit_withheld) return from_client_.clear(), true;
        auto out = std::string{};
        for (auto message = take_message(from_client_, started_); !message.empty(); message = take_message(from_client_, started_)) {
            if (!started_) {
                auto const code = message.size() >= 8 ? number_at(message, 4) : 0;
                if (code == ssl_request || code == gss_request) {
                    if (!send_all(client_, "N")) return false;
                    continue;
                }
                started_ = true;
            } else if (is_commit(message)) {
                fault_ = proxy_.armed_.exchange(CommitFault::none);
                ++(fault_ == CommitFault::none ? proxy_.passed_ : proxy_.hits_);
                if (fault_ == CommitFault::commit_lost || fault_ == CommitFault::commit_withheld) {
                    from_client_.clear();
                    return send_all(server_, out) && fault_ == CommitFault::commit_withheld;
                }
            }
            out += message;
        }
        return send_all(server_, out);
    }

    bool forward_to_client() {
        if (fault_ == CommitFault::none) {
            auto const bytes = std::exchange(from_server_, {});
            return send_all(client_, bytes);
        }
        // The server's ReadyForQuery tells that the batch with the COMMIT is done; none of it is passed on.
        auto done = false;
        for (auto message = take_message(from_server_, true); !message.empty(); message = take_message(from_server_, true))
            done |= message.front() == 'Z';
        return fault_ != CommitFault::answer_lost || !done;
    }

    Proxy& proxy_;
    int client_;
    int server_;
    std::string from_client_;
    std::string from_server_;
    bool started_ = false;
    CommitFault fault_ = CommitFault::none;
    std::thread thread_;
};

Proxy::Proxy(std::string const& server_url) {
    auto const colon = server_url.rfind(':');
    auto const slash = server_url.find('/', colon);
    server_port_ = static_cast<std::uint16_t>(std::stoi(server_url.substr(colon + 1, slash - colon - 1)));
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    auto size = static_cast<socklen_t>(sizeof address);
    if (::bind(listener_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::system_error{errno, std::generic_category(), "the proxy cannot listen"};
    url_ = server_url.substr(0, colon + 1) + std::to_string(ntohs(address.sin_port)) + server_url.substr(slash);
    thread_ = std::thread{[this] { listen(); }};
}

Proxy::~Proxy() {
    ending_ = true;
    thread_.join();
    links_.clear();
    ::close(listener_);
}

void Proxy::listen() {
    while (!ending_) {
        pollfd watched{listener_, POLLIN, 0};
        if (::poll(&watched, 1, 50) != 1) continue;
        auto const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) links_.push_back(std::make_unique<Link>(*this, client));
    }
}

}  // namespace choso::faults
