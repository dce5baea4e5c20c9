#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace choso::http {

/// The connection failed, the answer was not HTTP, or time ran out: what became of the request is not known.
class ClientError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// A blocking TCP connection with a deadline on each wait: the ground of the clients below, and of tests that must send
/// bytes no client would.
class Wire {
 public:
    /// `host` is an address or a name. Throws ClientError.
    Wire(std::string const& host, std::uint16_t port, std::chrono::milliseconds timeout);
    Wire(Wire&& other) noexcept;
    Wire& operator=(Wire&& other) noexcept;
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;
    ~Wire();

    /// Sends all of it. Throws ClientError.
    void send(std::string_view bytes);
    /// Appends what comes next to `in`. False if the peer closed or reset. Throws ClientError when `timeout` passes.
    bool receive(std::string& in, std::chrono::milliseconds timeout);
    bool receive(std::string& in) { return receive(in, timeout_); }
    /// Says that nothing more will be sent; the answer can still be read.
    void finish_sending();
    /// Breaks the connection so that the peer is told by a reset, as when a machine loses its state.
    void reset();
    [[nodiscard]] std::chrono::milliseconds timeout() const { return timeout_; }

 private:
    int socket_ = -1;
    std::chrono::milliseconds timeout_;
};

/// Reads one answer off a wire: `in` holds what was received before and keeps what belongs to the next one. None if the
/// peer closed before the first byte. `to_head`: it answers HEAD and has no body. Throws ClientError.
[[nodiscard]] std::optional<Response> read_response(Wire& wire, std::string& in, bool to_head = false);

struct ExchangeLimits {
    std::chrono::milliseconds total{15'000};  ///< for everything, from connecting to the answer's last byte
    std::size_t answer_bytes_max = 64 * 1024;
};
/// One request on a connection of its own, and its answer; never repeated, no redirects followed. For calling a service
/// that may do anything wrong. Throws ClientError.
[[nodiscard]] Response exchange(std::string const& host, std::uint16_t port, Method method, std::string_view target,
                                std::vector<Header> headers, std::string_view body, ExchangeLimits const& limits);

/// A small HTTP/1.1 client for tests and load generators: one connection, kept alive, made anew when the server has
/// closed it. Not for the open internet (no TLS, no redirects, no bound on the answer's size). One thread at a time.
class Client {
 public:
    Client(std::string host, std::uint16_t port, std::chrono::milliseconds timeout = std::chrono::seconds{5});

    /// Sends a request and waits for its answer. Adds Host, and Content-Length when there is a body or the method calls
    /// for one. A kept connection that turns out to be closed is replaced, for GET and HEAD only: anything else might
    /// be done twice. Throws ClientError.
    Response request(Method method, std::string_view target, std::vector<Header> const& headers = {},
                     std::string_view body = {});
    Response get(std::string_view target, std::vector<Header> const& headers = {}) {
        return request(Method::get, target, headers);
    }
    Response post(std::string_view target, std::string_view body, std::vector<Header> const& headers = {}) {
        return request(Method::post, target, headers, body);
    }

 private:
    std::string host_;
    std::uint16_t port_;
    std::chrono::milliseconds timeout_;
    std::optional<Wire> wire_{};
    std::string in_{};
};

/// Reads a live stream (text/event-stream).
class EventReader {
 public:
    /// Asks for `target` and reads the answer's head. Throws ClientError.
    EventReader(std::string const& host, std::uint16_t port, std::string_view target,
                std::vector<Header> const& headers = {}, std::chrono::milliseconds timeout = std::chrono::seconds{5});

    /// Status and headers; if the status is not 200, the body too.
    [[nodiscard]] Response const& response() const { return response_; }
    /// The next line without its end; comments and empty lines too. None when the stream has ended. Throws ClientError
    /// when `timeout` passes before the line is complete.
    std::optional<std::string> line(std::chrono::milliseconds timeout);

    struct Event {
        std::string event{};
        std::string data{};
        std::string id{};
    };
    /// The next event that has data; comments (heartbeats) are passed over. None when the stream has ended.
    std::optional<Event> event(std::chrono::milliseconds timeout);

 private:
    Wire wire_;
    std::string in_{};
    std::size_t at_ = 0;
    Response response_{};
};

}  // namespace choso::http
