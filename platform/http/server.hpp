#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/address.hpp"
#include "platform/http/message.hpp"
#include "platform/http/router.hpp"

namespace choso::tls {
class Certificates;
}

namespace choso::http {

struct ServerOptions {
    std::string listen = "127.0.0.1";  ///< an IPv4 or IPv6 address
    std::uint16_t port = 8080;         ///< 0: any free one, see Server::port
    int threads = 1;                   ///< each has its own loop; a connection stays on one

    std::shared_ptr<tls::Certificates> certificates{};  ///< null: plain HTTP
    bool tls_in_front = false;       ///< TLS that ended before us: answers say all the same that it is to stay TLS
    std::vector<Network> proxies{};  ///< whose `X-Forwarded-For` is believed

    std::size_t connections_max = 20'000;  ///< one more is told 503
    std::size_t connections_per_address_max = 0;  ///< one more of its neighbourhood is told 429; 0: any number
    bool limits_loopback = false;  ///< this machine counts as an address too; proxies never do
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 8 * 1024;
    std::size_t body_bytes_max = 1024 * 1024;  ///< a route may say otherwise (RouteLimits)
    /// Of all requests in work together: whoever brings more is told 503, before anybody knows who it is.
    std::size_t bodies_bytes_max = std::size_t{256} * 1024 * 1024;

    // How long each phase of a connection may take; checked by one ticker a thread, so up to a tenth of a second late.
    std::chrono::milliseconds idle_timeout{60'000};     ///< between two requests
    std::chrono::milliseconds header_timeout{10'000};   ///< first to last byte of a head
    std::chrono::milliseconds body_timeout{30'000};     ///< the whole body
    std::chrono::milliseconds slow_grace{5'000};        ///< after it a body must have come at …
    std::size_t bytes_per_second_min = 500;             ///< … this rate on the whole, and an answer be read at it
    std::chrono::milliseconds handler_timeout{30'000};  ///< then 503 and the responder is abandoned
    std::chrono::milliseconds write_timeout{30'000};    ///< an answer, and as much more as its size takes at that rate
    std::chrono::milliseconds linger_timeout{2'000};    ///< for the client to read an answer that closes
    std::chrono::milliseconds stop_timeout{10'000};     ///< for what runs when the server stops

    std::chrono::milliseconds stream_heartbeat{5'000};  ///< a comment at least this often on a quiet stream
    std::size_t stream_buffer_bytes_max = 256 * 1024;

    /// How long `bytes` may take at the least rate.
    [[nodiscard]] std::chrono::milliseconds time_for(std::size_t bytes) const {
        return slow_grace + std::chrono::milliseconds{bytes * 1000 / bytes_per_second_min};
    }
};

/// How one request went, beside its answer.
struct AnswerInfo {
    std::string_view route{};              ///< the route's name; "-" if none was found
    std::chrono::nanoseconds duration{0};  ///< from the head's last byte to the answer in hand
    std::optional<ErrorKind> error{};      ///< when the server answered itself
    std::string_view detail{};             ///< the gate's rule or the exception's text, for the log
    bool streaming = false;                ///< a live stream began
};

/// A request that is not let in: why, and when to come again.
struct NotAdmitted {
    ErrorKind why = ErrorKind::overloaded;
    std::chrono::seconds retry_after{1};
};

/// What the product hangs in. Each is called on a connection's thread, from several at once when there are several
/// threads, and must not block or throw.
struct Hooks {
    /// Asked with the head alone, once its route is known and before any of the body is read: limits and early refusal.
    std::function<std::optional<NotAdmitted>(Request const&, Route const&)> admit{};
    /// Once a request, answered or refused: access log and metrics. A request whose head was refused is nearly empty.
    std::function<void(Request const&, Response const&, AnswerInfo const&)> on_answer{};
    /// Draws the server's own errors (problem documents); the request may be null. The server keeps the status.
    std::function<Response(ErrorKind, Request const*)> make_error{};
};

/// An HTTP/1.1 server, plain or through TLS: strict gate, deadline per phase, live streams. Throws std::runtime_error if it cannot listen.
class Server {
 public:
    Server(ServerOptions options, Router router, Hooks hooks = {});
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    /// Stops.
    ~Server();

    /// The port it listens on.
    [[nodiscard]] std::uint16_t port() const;
    /// Starts the threads and returns.
    void run_in_background();
    /// Stops accepting, lets what runs finish, closes idle connections and streams, waits for all of it at most
    /// `stop_timeout`, then cuts. From any thread but the server's own; the second call does nothing.
    void stop();

    [[nodiscard]] std::size_t connections() const;
    [[nodiscard]] std::size_t streams() const;
    /// Connections that were refused at the door: too many of them, too many of one address, no descriptor left.
    [[nodiscard]] std::uint64_t turned_away() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace choso::http
