#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"
#include "platform/http/router.hpp"

namespace choso::http {

struct ServerOptions {
    std::string listen = "127.0.0.1";  ///< an IPv4 or IPv6 address
    std::uint16_t port = 8080;         ///< 0: any free one, see Server::port
    int threads = 1;                   ///< each has its own loop; a connection stays on one

    std::size_t connections_max = 20'000;  ///< one more is told 503
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 8 * 1024;
    std::size_t body_bytes_max = 1024 * 1024;  ///< a route may say otherwise (RouteLimits)

    // How long each phase of a connection may take; checked by one ticker a thread, so up to a tenth of a second late.
    std::chrono::milliseconds idle_timeout{60'000};     ///< between two requests
    std::chrono::milliseconds header_timeout{10'000};   ///< first to last byte of a head
    std::chrono::milliseconds body_timeout{30'000};     ///< the whole body
    std::chrono::milliseconds handler_timeout{30'000};  ///< then 503 and the responder is abandoned
    std::chrono::milliseconds write_timeout{30'000};    ///< each write
    std::chrono::milliseconds linger_timeout{2'000};    ///< for the client to read an answer that closes
    std::chrono::milliseconds stop_timeout{10'000};     ///< for what runs when the server stops

    std::chrono::milliseconds stream_heartbeat{5'000};  ///< a comment at least this often on a quiet stream
    std::size_t stream_buffer_bytes_max = 256 * 1024;
};

/// How one request went, beside its answer.
struct AnswerInfo {
    std::string_view route{};              ///< the route's name; "-" if none was found
    std::chrono::nanoseconds duration{0};  ///< from the head's last byte to the answer in hand
    std::optional<ErrorKind> error{};      ///< when the server answered itself
    std::string_view detail{};             ///< the gate's rule or the exception's text, for the log
    bool streaming = false;                ///< a live stream began
};

/// What the product hangs in. Each is called on a connection's thread, from several at once when there are several
/// threads, and must not block or throw.
struct Hooks {
    /// Once a request, answered or refused: access log and metrics. A request whose head was refused is nearly empty.
    std::function<void(Request const&, Response const&, AnswerInfo const&)> on_answer{};
    /// Draws the server's own errors (problem documents); the request may be null. The server keeps the status.
    std::function<Response(ErrorKind, Request const*)> make_error{};
};

/// An HTTP/1.1 server: strict gate, deadline per phase, live streams. Throws std::runtime_error if it cannot listen.
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

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace choso::http
